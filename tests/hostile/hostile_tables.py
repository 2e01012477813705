"""Parquet files that are damaged, that lie about themselves, or whose columns are of other types."""

import struct
from datetime import UTC, datetime
from io import BytesIO

import pyarrow as arrow
import pyarrow.parquet as parquet
from kinds import FIELDS, SOURCE, Kind, one_file
from sound_pages import DUMP, SENTENCES, TITLE, html

THEME = "Parquet"
TEXT = "\n".join(SENTENCES)


def _written(columns: dict[str, object], rows: int = 1, **options: object) -> bytes:
    """Write a table; a column of the source's fields that is not given holds nulls."""
    nothing = {name: arrow.nulls(rows, arrow.string()) for name in FIELDS}
    stream = BytesIO()
    parquet.write_table(arrow.table({**nothing, **columns}), stream, **options)
    return stream.getvalue()


def _sound(rows: int = 1) -> bytes:
    texts = [f"{TEXT}\nDay {number} was the wettest of the year at Mera." for number in range(rows)]
    return _written({"title": [TITLE] * rows, "text": texts}, rows, row_group_size=2)


def _cells(name: str, about: str, *ends: str, **columns: object) -> Kind:
    """Write one row with a sound text and title, but for the columns given."""
    build = lambda: _written({"title": [TITLE], "text": [TEXT], **columns})  # noqa: E731
    return one_file(f"parquet-{name}", about, "rows.parquet", build, *(ends or ("article",)))


def _raw(name: str, about: str, raw: bytes, *ends: str, **options: object) -> Kind:
    return one_file(f"parquet-{name}", about, "rows.parquet", lambda: raw, *(ends or ("broken-parquet",)), **options)


def _footer_length(length: int) -> bytes:
    """Write a sound file that states another length of its footer."""
    return _sound()[:-8] + struct.pack("<I", length) + b"PAR1"


def _damaged() -> bytes:
    """Write a file of six rows in three groups and change bytes of the text in the first."""
    raw = _written({"title": [TITLE] * 6, "text": [f"{TEXT} {n}" for n in range(6)]}, 6,
                   row_group_size=2, write_page_checksum=True, compression="none", use_dictionary=False,
                       write_statistics=False)  # fmt: skip
    place = raw.index(SENTENCES[1].encode())
    return raw[:place] + b"x" * 20 + raw[place + 20 :]


def _bomb() -> bytes:
    """Write a text of 40 million letters, which compresses to next to nothing."""
    return _written({"title": [TITLE], "text": ["a" * 40_000_000]}, compression="zstd")


def _table(table: arrow.Table) -> bytes:
    stream = BytesIO()
    parquet.write_table(table, stream)
    return stream.getvalue()


def _deep_column() -> arrow.Array:
    column = arrow.array([1])
    for _ in range(60):
        column = arrow.ListArray.from_arrays(arrow.array([0, 1], arrow.int32()), column)
    return column


KINDS = [
    _raw("of-nothing", "no byte at all", b""),
    _raw("marks-only", "the marks of a Parquet file and nothing between", b"PAR1PAR1"),
    _raw("cut-off", "a file that is cut off", _sound(6)[:-300]),
    _raw("cut-at-its-start", "a file whose start is missing", _sound(6)[300:]),
    _raw("wrong-mark", "a file whose last byte is another", _sound()[:-1] + b"2"),
    _raw("encrypted", "the mark of a file with an encrypted footer", b"PARE" + _sound()[4:-4] + b"PARE"),
    _raw("footer-past-the-file", "a footer that is said to be longer than the file", _footer_length(2**31 - 1)),
    _raw("footer-negative", "a footer whose length is negative to some", _footer_length(2**32 - 1)),
    _raw("footer-of-zero", "a footer of no byte", _footer_length(0)),
    _raw("footer-of-junk", "a footer of other bytes", b"PAR1" + b"\xff" * 500 + struct.pack("<I", 500) + b"PAR1"),
    _raw("footer-of-zeros", "a footer of zeros", b"PAR1" + bytes(500) + struct.pack("<I", 500) + b"PAR1"),
    _raw("footer-deep", "a footer of a thousand structures inside one another",
         b"PAR1" + b"\x1c" * 60_000 + struct.pack("<I", 60_000) + b"PAR1"),
    _raw("of-text", "a dump that is named .parquet", DUMP.encode()),
    _raw("of-arrow", "the marks of another format of tables", b"ARROW1\0\0" + bytes(1_000) + b"ARROW1"),
    _raw("damaged-page", "letters of the first text are others than the checksum says", _damaged()),
    _raw("header-of-a-page", "the header of its first page is other bytes", b"PAR1" + b"\xff" * 40 + _sound()[44:]),
    one_file("parquet-bomb", "one row with 40 MB of one letter, in some kilobytes", "rows.parquet", _bomb, "too-large"),
    one_file("parquet-bomb-of-a-dictionary",
              "16 rows that share one text of eleven megabytes, which the file has once", "rows.parquet",
             lambda: _written({"title": [TITLE] * 16, "text": arrow.DictionaryArray.from_arrays(
                 arrow.array([0] * 16, arrow.int32()), arrow.array(["rain " * 2_200_000]))}, 16),
             *["too-large"] * 16),
    one_file("parquet-no-rows", "a table without rows", "rows.parquet", lambda: _written({}, 0), "empty-file"),
    one_file("parquet-no-columns", "a table without columns", "rows.parquet", lambda: _table(arrow.table({})),
              "missing-column"),
    one_file("parquet-many-columns", "a table of 5,000 columns", "rows.parquet",
             lambda: _written({"title": [TITLE], "text": [TEXT], **{f"column {n}": [n] for n in range(5_000)}}),
                 "article"),
    one_file("parquet-many-groups", "300 rows, each a group of its own", "rows.parquet",
             lambda: _written({"title": [TITLE] * 300, "text": [f"{TEXT}\n{n} days." for n in range(300)]}, 300,
                 row_group_size=1),
             *["article"] * 300),
    one_file("parquet-missing-column", "a table without the column of the text, with names of control characters",
              "rows.parquet",
             lambda: _table(arrow.table({"title": ["a"], "te\nxt\x1b[2J": ["b"], "\u202e": ["c"]})), "missing-column"),
    one_file("parquet-same-column-again", "two columns of the same name", "rows.parquet",
             lambda: _table(arrow.Table.from_arrays(
                 [*[arrow.nulls(1, arrow.string())] * (len(FIELDS) - 1), *[arrow.array([TEXT])] * 3],
                 names=[*FIELDS[1:], "text", "text", "title"])), "article"),
    one_file("parquet-no-field-paths", "a source that does not say in which columns its text is", "rows.parquet",
              _sound,
             "no-field-paths", source=SOURCE),
    _cells("column-of-numbers", "the text is a number", "empty-text", text=[5]),
    _cells("column-of-nulls", "the column of the text has no type and no value", "empty-text", text=arrow.nulls(1)),
    _cells("column-of-true", "the text is true", "empty-text", text=[True]),
    _cells("column-of-structures", "the text is a list of structures", "empty-text",
           text=arrow.array([[{"a": TEXT}]])),
    _cells("column-of-lists", "the text is a list of paragraphs", text=arrow.array([list(SENTENCES)])),
    _cells("column-of-maps", "a map beside the text",
              more=arrow.array([[("a", 1), ("a", 2)]], arrow.map_(arrow.string(), arrow.int64()))),
    _cells("column-deep", "a column of 60 lists inside one another", "broken-parquet", more=_deep_column()),
    _cells("column-of-bytes", "the text is bytes that are no UTF-8", "empty-text",
              text=arrow.array([b"\xff\xfe\xfd"], arrow.binary())),
    _cells("column-of-page-bytes", "the page is bytes in another encoding",
           html=arrow.array([html(below="<p>café").encode("cp1252")], arrow.binary())),
    _cells("column-of-broken-text", "a text that is said to be UTF-8 and is not", "broken-parquet",
           text=arrow.Array.from_buffers(arrow.string(), 1,
               [None, arrow.py_buffer(struct.pack("<ii", 0, 3)), arrow.py_buffer(b"\xff\xfe\xfd")])),
    _cells("column-of-infinity", "numbers that JSON does not have", published=[float("nan")], section=[float("inf")]),
    _cells("column-of-decimals", "a decimal number of 38 digits",
              published=arrow.array([None], arrow.decimal128(38, 0)),
                  more=arrow.array([10**37], arrow.decimal128(38, 0))),
    _cells("date-past-the-end", "a time past the year 9999", "broken-parquet",
              published=arrow.array([2**62], arrow.timestamp("ms"))),
    _cells("date-before-the-start", "a time before the first year", "broken-parquet",
              published=arrow.array([-(2**53)], arrow.timestamp("s"))),
    _cells("date-of-nanoseconds", "a time in nanoseconds, finer than the program counts",
              published=arrow.array([1], arrow.timestamp("ns"))),
    _cells("date-of-an-unknown-zone", "a time in a zone that there is not", "broken-parquet",
           published=arrow.array([datetime(2021, 3, 14, tzinfo=UTC)], arrow.timestamp("us", tz="Nowhere/Orsk"))),
    _cells("duration", "a span of time where a date should be", published=arrow.array([5], arrow.duration("s"))),
    _cells("text-of-controls", "NUL, escapes and half a row of no width in every text",
           title=[f"{TITLE}\0\x1b[2J"], text=[f"{TEXT}\0\u200b\x07 \u2028."], section=["a\0b"]),
]  # fmt: skip

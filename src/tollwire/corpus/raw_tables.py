"""Raw records as rows of Arrow tables, the form in which they are sent to those who work on them."""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tollwire.corpus.page import RawPage

if TYPE_CHECKING:
    import pyarrow as pa

KEY_BYTES = 16  # of the digest that names a record's content
# Records that are sent together: a quarter of a second of work, so that a hung one is found soon, and what is done once
# for each table is little; and no more bytes than two large pages have.
ROWS, BYTES = 64, 4_000_000
ROWS_HELD = 8192


def content_key(page: RawPage) -> bytes:
    """
    Name what an article is made of: the bytes, and how they are to be read.

    Neither where the record was found nor its number is in it: a line that moves in its file is the same record.
    """
    read_as = f"\0{page.raw_format}\0{page.url or ''}\0{page.encoding or ''}"
    return sha256(page.raw + read_as.encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES]


@cache
def raw_schema() -> "pa.Schema":
    """One row is one raw record: its content key, and the fields of RawPage that its content is."""
    import pyarrow as pa

    names = {"raw": pa.large_binary(), "raw_format": pa.string(), "url": pa.string(), "encoding": pa.string()}
    return pa.schema({"key": pa.binary(KEY_BYTES), **names})


def to_tables(records: Iterable[tuple[bytes, RawPage]]) -> Iterator["pa.Table"]:
    """Put records, each after its key, into tables of at most ROWS rows."""
    held: list[tuple[Any, ...]] = []
    size = 0
    for key, page in records:
        held.append((key, page.raw, page.raw_format, page.url, page.encoding))
        size += len(page.raw)
        if len(held) == ROWS or size > BYTES:
            yield to_table(held, raw_schema())
            held, size = [], 0
    if held:
        yield to_table(held, raw_schema())


def pages_of(table: "pa.Table") -> Iterator[tuple[bytes, RawPage]]:
    """Take the records out of a table, each after its key."""
    for key, raw, raw_format, url, encoding in zip(*(column.to_pylist() for column in table.columns), strict=True):
        yield key, RawPage(raw, raw_format, "", 0, url, encoding)


def to_table(rows: list[tuple[Any, ...]], schema: "pa.Schema") -> "pa.Table":
    """Make a table of rows whose values are in the order of the schema."""
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(column, one.type) for column, one in zip(columns, schema, strict=True)], schema=schema)


def packed(table: "pa.Table") -> bytes:
    """Give a table as bytes, to be sent: pickled, it takes ten times as long where its columns are of many parts."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    raw: bytes = sink.getvalue().to_pybytes()
    return raw


def unpacked(raw: bytes) -> "pa.Table":
    """Take a table out of the bytes that it was sent as."""
    import pyarrow as pa

    with pa.ipc.open_stream(raw) as reader:
        return reader.read_all()


class Rows:
    """Rows that are added one by one and kept as Arrow arrays, in a tenth of the memory of Python's objects."""

    def __init__(self, schema: "pa.Schema") -> None:
        self._schema = schema
        self._held: list[tuple[Any, ...]] = []
        self._tables: list[pa.Table] = []
        self._stored = 0

    def __len__(self) -> int:
        return self._stored + len(self._held)

    def add(self, *row: Any) -> None:
        """Add one row."""
        self._held.append(row)
        if len(self._held) == ROWS_HELD:
            self._store()

    def table(self) -> "pa.Table":
        """Give all rows, each column in one piece."""
        import pyarrow as pa

        self._store()
        self._tables = [pa.concat_tables(self._tables).combine_chunks()]
        return self._tables[0]

    def _store(self) -> None:
        self._tables.append(to_table(self._held, self._schema))
        self._stored += len(self._held)
        self._held = []

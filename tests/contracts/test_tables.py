"""Tables are written whole or not at all, and read back as they were: by us, and by the datasets library."""

import datetime
import subprocess
import sys
from pathlib import Path
from typing import Any

import datasets
import polars as pl
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from valid_rows import CONTRACTS, VALID, frame_of, valid_row

from tollwire.contracts.contract import TABLES
from tollwire.contracts.forms import arrow_schema, features, polars_schema
from tollwire.contracts.tables import check_frame, make_frame, read_table, to_arrow, write_parquet, write_table
from tollwire.problems import TollwireError

CET = datetime.timezone(datetime.timedelta(hours=1))
GREATEST = 2**31 - 1
# The last part of each key, for a second row beside the valid one.
SECOND = {"article_id": "00000000000000b2", "incident": 2, "record": 2, "harm": "missing"}


def bare_row(table: str) -> dict[str, Any]:
    """Give a second valid row of a table: whatever may be null is null, every list that may be empty is."""
    columns, last = CONTRACTS[table].columns, CONTRACTS[table].key[-1]
    bare: dict[str, Any] = {name: None for name, column in columns.items() if column.nullable}
    bare |= {name: [] for name, column in columns.items() if column.type == "list" and name != "blocks"}
    own: dict[str, dict[str, Any]] = {"articles": {"is_withheld": True}, "casualties": {"bound": "vague"}}
    return valid_row(table, **bare, **own.get(table, {}), **{last: SECOND.get(last, "z9")})


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def frame(table: str) -> pl.DataFrame:
    return make_frame([bare_row(table), valid_row(table)], CONTRACTS[table])


@pytest.fixture
def written(table: str, frame: pl.DataFrame, tmp_path: Path) -> Path:
    write_table(frame, CONTRACTS[table], CONTRACTS.labels, tmp_path / f"{table}.parquet")
    return tmp_path / f"{table}.parquet"


def test_a_table_is_read_back_as_it_was(table: str, frame: pl.DataFrame, written: Path) -> None:
    read = read_table(written, CONTRACTS[table])

    assert read.equals(frame)
    assert read.schema == polars_schema(CONTRACTS[table])
    assert read.to_dicts() == [valid_row(table), bare_row(table)]


def test_load_dataset_sees_the_features_of_the_contract(table: str, written: Path, tmp_path: Path) -> None:
    loaded = datasets.load_dataset("parquet", data_files=str(written), cache_dir=str(tmp_path / "cache"))["train"]

    assert loaded.features == features(CONTRACTS[table])
    assert loaded.num_rows == 2
    for row, expected in zip(loaded, (valid_row(table), bare_row(table)), strict=True):
        assert row == expected


def test_a_file_has_plain_strings_and_lists(table: str, written: Path) -> None:
    schema = parquet.read_schema(written)

    assert schema.equals(arrow_schema(CONTRACTS[table]))
    assert schema.metadata == arrow_schema(CONTRACTS[table]).metadata
    assert "large" not in str(schema.types)


def test_a_table_written_twice_has_the_same_bytes(
    table: str, frame: pl.DataFrame, written: Path, tmp_path: Path
) -> None:
    write_table(frame.clone(), CONTRACTS[table], CONTRACTS.labels, tmp_path / "again.parquet")

    assert (tmp_path / "again.parquet").read_bytes() == written.read_bytes()


def test_a_table_that_breaks_its_contract_is_not_written(table: str, tmp_path: Path) -> None:
    frame = frame_of(table, [valid_row(table, **{CONTRACTS[table].key[0]: None})])

    with pytest.raises(TollwireError, match=r"\[not-null\]"):
        write_table(frame, CONTRACTS[table], CONTRACTS.labels, tmp_path / "new" / f"{table}.parquet")

    assert list(tmp_path.iterdir()) == []


def test_a_broken_table_leaves_the_older_file_as_it_was(written: Path, table: str) -> None:
    before = written.read_bytes()

    with pytest.raises(TollwireError):
        write_table(frame_of(table, [valid_row(table)] * 2), CONTRACTS[table], CONTRACTS.labels, written)

    assert written.read_bytes() == before


def test_a_write_that_fails_at_the_end_leaves_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "actors.parquet").mkdir()

    with pytest.raises(OSError, match="directory"):
        write_parquet(
            to_arrow(frame_of("actors", [valid_row("actors")]), CONTRACTS["actors"]), tmp_path / "actors.parquet"
        )

    assert [one.name for one in tmp_path.iterdir()] == ["actors.parquet"]


WRITE_ON_A_FULL_DISK = """
import resource, signal, sys
import pyarrow as pa
from pathlib import Path
from tollwire.contracts.tables import write_parquet
table = pa.table({"n": list(range(100_000))})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    write_parquet(table, Path(sys.argv[1]))
except OSError as error:
    print(error.strerror or error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit on the size of a file; run on Linux")
def test_a_write_that_is_interrupted_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "actors.parquet").write_text("the file before")

    command = [sys.executable, "-c", WRITE_ON_A_FULL_DISK, str(tmp_path / "actors.parquet")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "File too large" in done.stdout
    assert [one.name for one in tmp_path.iterdir()] == ["actors.parquet"]
    assert (tmp_path / "actors.parquet").read_text() == "the file before"


@pytest.mark.parametrize(
    ("table", "name", "value", "demand"),
    [
        ("casualties", "start", "1", "start is '1'; must be int32"),
        ("casualties", "start", True, "start is True; must be int32"),
        ("casualties", "start", 1.5, "start is 1.5; must be int32"),
        ("casualties", "low", 2**31, "low is 2147483648; must be int32"),
        ("casualties", "harm", 3, "harm is 3; must be label"),
        ("casualties", "surface", b"nine", "surface is b'nine'; must be string"),
        ("casualties", "surface", "nine \ud83d", r"surface is 'nine \ud83d'; must be string"),
        ("casualties", "victim_groups", "women", "victim_groups is 'women'; must be list"),
        ("casualties", "victim_groups", [3], "victim_groups[0] is 3; must be label"),
        ("articles", "bylines", "Li", "bylines is 'Li'; must be list"),
        ("articles", "blocks", [["title", 0, 15]], "blocks[0] is ['title', 0, 15]; must be struct of kind, start, end"),
        (
            "articles",
            "blocks",
            [{"kind": "title"}],
            "blocks[0] is {'kind': 'title'}; must be struct of kind, start, end",
        ),
        ("articles", "blocks", [{"kind": "title", "start": "0", "end": 1}], "blocks[0].start is '0'; must be int32"),
        ("articles", "is_withheld", 1, "is_withheld is 1; must be bool"),
        ("actors", "start", [17], "start is [17]; must be int32"),
        ("actors", "role", {"a": 1}, "must be label"),
        ("articles", "published_date", "2021-03-14", "published_date is '2021-03-14'; must be date"),
        ("articles", "published_date", datetime.datetime(2021, 3, 14, 9), "must be date"),
        ("articles", "published_at", datetime.datetime(2021, 3, 14, 9), "must be timestamp"),
        ("annotations", "seconds", "90", "seconds is '90'; must be float64"),
        ("annotations", "seconds", True, "seconds is True; must be float64"),
    ],
)
def test_a_value_of_another_type_is_refused_and_never_converted(table: str, name: str, value: Any, demand: str) -> None:
    with pytest.raises(TollwireError) as raised:
        make_frame([valid_row(table), valid_row(table, **{name: value})], CONTRACTS[table])

    assert len(raised.value.problems) == 1
    assert str(raised.value).startswith(f"{table}, row 1: [type] {name}")
    assert str(raised.value).endswith(demand)


def test_a_value_that_equals_a_right_one_is_refused_beside_it() -> None:
    """True equals 1, and 17.0 equals 17; neither is a whole number here."""
    for value, right in ((True, 1), (17.0, 17)):
        rows = [valid_row("actors", start=right), valid_row("actors", span_id="other", start=value)]

        with pytest.raises(TollwireError, match=rf"actors, row 1: \[type\] start is {value}; must be int32"):
            make_frame(rows, CONTRACTS["actors"])


def test_a_moment_in_another_zone_becomes_the_same_moment_in_utc() -> None:
    moment = datetime.datetime(2021, 3, 14, 10, 30, tzinfo=CET)

    frame = make_frame([valid_row("articles", published_at=moment)], CONTRACTS["articles"])

    assert frame["published_at"][0] == VALID["articles"]["published_at"] == moment
    assert frame["published_at"][0].utcoffset() == datetime.timedelta(0)


def test_whole_seconds_become_a_float() -> None:
    frame = make_frame([valid_row("annotations", seconds=90)], CONTRACTS["annotations"])

    assert frame["seconds"].to_list() == [90.0]


def test_rows_are_put_into_the_order_of_the_key_and_columns_into_that_of_the_contract() -> None:
    rows = [dict(reversed(valid_row("actors", span_id=name).items())) for name in ("a3", "a1", "a2")]

    frame = make_frame(rows, CONTRACTS["actors"])

    assert frame["span_id"].to_list() == ["a1", "a2", "a3"]
    assert frame.columns == list(CONTRACTS["actors"].columns)
    check_frame(frame, CONTRACTS["actors"], CONTRACTS.labels)


def test_a_row_with_other_columns_is_refused_by_their_names() -> None:
    row = valid_row("actors", colour="red")
    del row["role"]

    with pytest.raises(TollwireError) as raised:
        make_frame([valid_row("actors"), row], CONTRACTS["actors"])

    what = "the row's columns differ from the contract's in colour, role"
    assert str(raised.value) == f"actors, row 1: [unknown-column] {what}"


def test_a_table_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(TollwireError) as raised:
        read_table(tmp_path / "build" / "actors.parquet", CONTRACTS["actors"])

    assert str(raised.value).startswith("build/actors.parquet: [missing-table] there is no table actors; run ")


def test_a_file_that_is_not_parquet_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "actors.parquet").write_text("article_id,annotator\n")

    with pytest.raises(TollwireError) as raised:
        read_table(tmp_path / "actors.parquet", CONTRACTS["actors"])

    assert [problem.rule for problem in raised.value.problems] == ["not-parquet"]


def test_a_parquet_file_cut_short_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "actors.parquet"
    write_table(frame_of("actors", [valid_row("actors")]), CONTRACTS["actors"], CONTRACTS.labels, path)
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(TollwireError) as raised:
        read_table(path, CONTRACTS["actors"])

    assert [problem.rule for problem in raised.value.problems] == ["not-parquet"]


def test_a_table_with_other_columns_is_one_line_that_names_them(tmp_path: Path) -> None:
    path = tmp_path / "actors.parquet"
    write_table(frame_of("actors", [valid_row("actors")]), CONTRACTS["actors"], CONTRACTS.labels, path)

    with pytest.raises(TollwireError) as raised:
        read_table(path, CONTRACTS["relations"])

    assert [problem.rule for problem in raised.value.problems] == ["other-columns"]
    assert "head_span_id" in str(raised.value)


COUNT = st.integers(0, GREATEST)
ABOVE_ZERO = st.integers(1, GREATEST)
RANGE = st.tuples(COUNT, COUNT).filter(lambda ends: ends[0] < ends[1])
FIGURES = st.one_of(
    ABOVE_ZERO.map(lambda n: ("exact", n, n, n)),
    COUNT.map(lambda n: ("at_least", n, None, None)),
    ABOVE_ZERO.map(lambda n: ("more_than", n, None, None)),
    ABOVE_ZERO.map(lambda n: ("at_most", None, None, n)),
    COUNT.map(lambda n: ("less_than", None, None, n)),
    COUNT.map(lambda n: ("about", None, n, None)),
    RANGE.map(lambda ends: ("range", ends[0], None, ends[1])),
    st.one_of(st.none(), COUNT).map(lambda n: ("vague", n, None, None)),
    st.just(("none", 0, 0, 0)),
)


def one_of(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from(list(CONTRACTS.labels.vocabulary(vocabulary)))


@st.composite
def casualties(draw: st.DrawFn) -> dict[str, Any]:
    words = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
    start = draw(st.integers(0, GREATEST - len(words)))
    bound, low, best, high = draw(FIGURES)
    return {
        "article_id": draw(st.from_regex("[0-9a-f]{16}", fullmatch=True)),
        "annotator": draw(st.from_regex("[a-z0-9][a-z0-9_-]*", fullmatch=True)),
        "span_id": draw(st.from_regex("[A-Za-z0-9_.-]+", fullmatch=True)),
        "start": start,
        "end": start + len(words),
        "surface": draw(st.sampled_from([words, None])),
        "harm": draw(one_of("harm")),
        "bound": bound,
        "low": low,
        "best": best,
        "high": high,
        "victim_status": draw(one_of("victim_status")),
        "victim_groups": draw(st.lists(one_of("victim_group"), unique=True)),
        "status": draw(one_of("status")),
        "scope": draw(one_of("scope")),
        "incident": draw(st.none() | st.integers(1, 99)),
    }


def key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name].encode() for name in CONTRACTS["casualties"].key)


@settings(max_examples=50, deadline=None)
@given(st.lists(casualties(), unique_by=key, max_size=5))
def test_any_valid_casualties_are_read_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("casualties") / "casualties.parquet"

    write_table(make_frame(rows, CONTRACTS["casualties"]), CONTRACTS["casualties"], CONTRACTS.labels, path)

    assert read_table(path, CONTRACTS["casualties"]).to_dicts() == sorted(rows, key=key)

"""Read and write a table as Parquet under its contract: sorted, checked, whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from tollwire.contracts.checks import table_problems
from tollwire.contracts.contract import Contract, Labels
from tollwire.contracts.forms import arrow_schema, polars_schema
from tollwire.contracts.records import Block
from tollwire.contracts.values import all_fit, misfits
from tollwire.contracts.whole_files import written_aside
from tollwire.problems import Problem, TollwireError, shown

if TYPE_CHECKING:
    import polars
    import pyarrow

ROWS_PER_GROUP = 10_000  # DESIGN of releases: 5,000 to 25,000 rows a group keep a page index useful


def table_rows(records: Iterable[Any], **key: str) -> list[dict[str, Any]]:
    """Turn records (of contracts.records) into rows, each headed by ``key``, e.g. its article and annotator."""
    return [{**key, **{name: _plain(getattr(record, name)) for name in record.__slots__}} for record in records]


def _plain(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    # Not dataclasses.asdict, which copies whatever is in a block: with it a row takes as long as to read a page.
    return [{"kind": one.kind, "start": one.start, "end": one.end} if isinstance(one, Block) else one for one in value]


def record_table(records: Iterable[Any], kind: type) -> "pyarrow.Table":
    """Make an Arrow table of records of one dataclass whose fields are texts, whole numbers and numbers."""
    import pyarrow as pa

    sorts = {str: pa.string(), int: pa.int64(), float: pa.float64(), float | None: pa.float64()}
    schema = pa.schema([(name, sorts[sort]) for name, sort in get_type_hints(kind).items()])
    return pa.Table.from_pylist([asdict(record) for record in records], schema)


def make_frame(rows: Iterable[Mapping[str, Any]], contract: Contract) -> "polars.DataFrame":
    """
    Make a frame of rows, in contract order and sorted by the key.

    Raises:
        TollwireError: a row lacks a column, has one too many, or a value does not fit the column's type.
    """
    import polars as pl

    rows = list(rows)
    schema = polars_schema(contract)
    problems = []
    for number, row in enumerate(rows):
        if row.keys() != schema.keys():
            names = sorted(row.keys() ^ schema.keys())
            what = f"the row's columns differ from the contract's in {', '.join(names)}"
            problems.append(Problem(f"{contract.table}, row {number}", "unknown-column", what))
    for name, column in contract.columns.items():
        # Polars would read "2021-03-14" as a date, 1.5 as 1 and "Li" as a list of two letters without a word.
        if problems or all_fit((row[name] for row in rows), column):
            continue
        for number, row in enumerate(rows):
            for place, value, type_name in misfits(row[name], column, name):
                what = f"{place} is {shown(value)}"
                problems.append(Problem(f"{contract.table}, row {number}", "type", what, f"must be {type_name}"))
    if problems:
        raise TollwireError(problems)
    columns = [_series(name, [row[name] for row in rows], dtype) for name, dtype in schema.items()]
    return pl.DataFrame(columns).sort(contract.key)


def _series(name: str, values: list[Any], dtype: "polars.DataType") -> "polars.Series":
    import polars as pl
    import pyarrow as pa

    if not isinstance(dtype, pl.List):
        return pl.Series(name, values, dtype=dtype)
    # Polars makes a series of each list first: ten times as long.
    lists = pa.array(values, pl.Series([], dtype=dtype).to_arrow().type)
    return pl.Series(name, lists, dtype=dtype)


def check_frame(
    frame: "polars.DataFrame", contract: Contract, labels: Labels, where: str = "", is_sorted: bool = True
) -> None:
    """Raise TollwireError with everything that is wrong with the table; do nothing when it keeps its contract."""
    if problems := table_problems(frame, contract, labels, where, is_sorted):
        raise TollwireError(problems)


def to_arrow(frame: "polars.DataFrame", contract: Contract) -> "pyarrow.Table":
    """Cast a frame to the contract's Arrow schema: Polars alone would write large_string and large_list."""
    table: pyarrow.Table = frame.to_arrow().cast(arrow_schema(contract))
    return table


def write_table(frame: "polars.DataFrame", contract: Contract, labels: Labels, path: Path) -> None:
    """
    Check a table and write it as Parquet: beside its place first, then renamed, so that no part of a file is ever seen.

    Raises:
        TollwireError: the table breaks its contract; nothing is written.
    """
    check_frame(frame, contract, labels)
    write_parquet(to_arrow(frame, contract), path)


def write_parquet(table: "pyarrow.Table", path: Path) -> None:
    """Write Parquet with the settings that every file of ours has; the same table gives the same bytes."""
    write_groups([table], path)


def write_groups(parts: "Iterable[pyarrow.Table]", path: Path) -> None:
    """Write Parquet part by part, one at least, as ``write_parquet`` does all at once; parts end where groups do."""
    import pyarrow.parquet as parquet

    with written_aside(path) as aside:
        writer = None
        try:
            for part in parts:
                writer = writer or parquet.ParquetWriter(
                    aside,
                    part.schema,
                    compression="zstd",
                    compression_level=3,
                    write_page_index=True,
                    use_content_defined_chunking=True,
                )
                writer.write_table(part, row_group_size=ROWS_PER_GROUP)
        finally:
            if writer is not None:
                writer.close()


def read_table(path: Path, contract: Contract) -> "polars.DataFrame":
    """
    Read a table that ``write_table`` wrote.

    Raises:
        TollwireError: there is no such file, it is not Parquet, or its columns are not the contract's.
    """
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as parquet

    where = f"{path.parent.name}/{path.name}"
    try:
        table = parquet.read_table(path)
    except FileNotFoundError as error:
        fix = "run `tollwire normalise corpus/raw` first, or name its folder with --corpus"
        raise TollwireError(Problem(where, "missing-table", f"there is no table {contract.table}", fix)) from error
    except pa.ArrowException as error:
        raise TollwireError(Problem(where, "not-parquet", shown(str(error)), "write it again")) from error
    if not table.schema.equals(arrow_schema(contract)):
        found, wanted = (
            {f"{one.name} ({one.type})" for one in schema} for schema in (table.schema, arrow_schema(contract))
        )
        differing = ", ".join(sorted(found ^ wanted)) or "they are in another order"
        what = f"its columns are not those of schemas/{contract.table}.toml: {differing}"
        raise TollwireError(Problem(where, "other-columns", what, "write it again with this version"))
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame

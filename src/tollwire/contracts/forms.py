"""The forms that a contract compiles to: datasets Features, and from these Arrow and Polars; and Markdown."""

from typing import TYPE_CHECKING, Any

from tollwire.contracts.contract import Column, Contract, Labels

if TYPE_CHECKING:
    import datasets
    import polars
    import pyarrow

STORED_AS = {
    "string": "string",
    "label": "string",
    "int32": "int32",
    "float64": "float64",
    "bool": "bool",
    "date": "date32",
    "timestamp": "timestamp[us, tz=UTC]",
}


def features(contract: Contract, labels: Labels | None = None) -> "datasets.Features":
    """
    Compile to ``datasets.Features``.

    Labels are stored as strings. With ``labels`` they are declared as ClassLabel, which is what a release's card says:
    ``load_dataset`` then casts the stored strings to class numbers.
    """
    import datasets

    return datasets.Features({name: _feature(column, labels) for name, column in contract.columns.items()})


def _feature(column: Column, labels: Labels | None) -> Any:
    import datasets

    if column.items is not None:
        return datasets.List(_feature(column.items, labels))
    if column.fields is not None:
        return {name: _feature(field, labels) for name, field in column.fields.items()}
    if column.labels is not None and labels is not None:
        return datasets.ClassLabel(names=list(labels.vocabulary(column.labels)))
    return datasets.Value(STORED_AS[column.type])


def arrow_schema(contract: Contract) -> "pyarrow.Schema":
    """Compile to the Arrow schema that the Parquet files have, with the features in its metadata."""
    schema: pyarrow.Schema = features(contract).arrow_schema
    return schema


def polars_schema(contract: Contract) -> "polars.Schema":
    """Compile to the Polars schema in which a table is checked."""
    import polars as pl
    import pyarrow as pa

    return pl.Schema(pa.schema(list(arrow_schema(contract))))


def markdown(contract: Contract, labels: Labels) -> str:
    """Write the table's data dictionary: one line a column, nested ones with a dot, closed vocabularies spelled out."""
    lines = [
        f"### {contract.table}",
        "",
        contract.about,
        "",
        f"Key: {', '.join(f'`{name}`' for name in contract.key)}.",
        "",
        "| column | type | unit | meaning |",
        "|---|---|---|---|",
    ]
    for name, column in contract.columns.items():
        lines += _markdown_rows(name, column, labels)
    return "\n".join(lines) + "\n"


def _markdown_rows(name: str, column: Column, labels: Labels) -> list[str]:
    kind = f"list of {column.items.type}" if column.items is not None else column.type
    if column.labels is not None:
        values = " · ".join(f"`{value}`" for value in labels.vocabulary(column.labels))
        about = f"{column.about} One of {values}."
    else:
        about = column.about
    cells = (f"`{name}`", f"{kind}{'?' if column.nullable else ''}", column.unit or "", about)
    rows = [f"| {' | '.join(map(_cell, cells))} |"]
    if column.items is not None and column.items.type != "string":
        inner = column.items.fields or {"": column.items}
        for part, field in inner.items():
            rows += _markdown_rows(f"{name}[].{part}" if part else f"{name}[]", field, labels)
    return rows


def _cell(text: str) -> str:
    """Write text so that it stays in one cell of a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|")

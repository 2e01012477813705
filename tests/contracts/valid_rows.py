"""The valid rows that the tests start from, and frames made of them as they are: unsorted and unchecked."""

import datetime
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import polars as pl

from tollwire.contracts.checks import table_problems
from tollwire.contracts.contract import TABLES, read_contracts
from tollwire.contracts.forms import polars_schema
from tollwire.contracts.references import reference_problems
from tollwire.problems import Problem

CONTRACTS = read_contracts()
VALID = tomllib.loads((Path(__file__).parent / "valid_rows.toml").read_text("utf-8"))


def valid_row(table: str, /, **changes: Any) -> dict[str, Any]:
    """Give the valid row of a table with some values changed."""
    return {**dict.fromkeys(CONTRACTS[table].columns), **deepcopy(VALID[table]), **changes}


def frame_of(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Make a frame of rows as they are, columns of no contract last."""
    schema = dict(polars_schema(CONTRACTS[table]))
    extra = {name: None for row in rows for name in row if name not in schema}
    return pl.DataFrame(rows, schema={**schema, **extra})


def from_json(table: str, changes: dict[str, Any]) -> dict[str, Any]:
    """Change the valid row by what a case says in JSON, where days and moments are strings."""
    read = {"date": datetime.date.fromisoformat, "timestamp": datetime.datetime.fromisoformat}
    types = {name: column.type for name, column in CONTRACTS[table].columns.items()}
    values = {
        name: read[types[name]](value) if types.get(name) in read and value is not None else value
        for name, value in changes.items()
    }
    return valid_row(table, **values)


def problems_of(tables: dict[str, pl.DataFrame]) -> list[Problem]:
    """Check each table by itself; when each keeps its contract, all of them against each other."""
    single = [
        problem for table in TABLES for problem in table_problems(tables[table], CONTRACTS[table], CONTRACTS.labels)
    ]
    return single or reference_problems(tables)

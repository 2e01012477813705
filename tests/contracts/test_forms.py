"""A contract compiles to datasets Features, Arrow, Polars, the card's YAML and Markdown, all of them alike."""

import re

import datasets
import polars as pl
import pyarrow as pa
import pytest
from valid_rows import CONTRACTS

from tollwire.contracts.contract import TABLES, Column, Contract
from tollwire.contracts.forms import arrow_schema, features, markdown, polars_schema


@pytest.mark.parametrize("table", TABLES)
def test_all_forms_have_the_columns_in_order(table: str) -> None:
    names = list(CONTRACTS[table].columns)

    assert list(features(CONTRACTS[table])) == names
    assert arrow_schema(CONTRACTS[table]).names == names
    assert list(polars_schema(CONTRACTS[table])) == names


def test_each_type_of_column_has_its_polars_type() -> None:
    types = {
        column.type: polars_schema(CONTRACTS[table])[name]
        for table in TABLES
        for name, column in CONTRACTS[table].columns.items()
        if column.items is None
    }

    assert types == {
        "string": pl.String,
        "label": pl.String,
        "int32": pl.Int32,
        "float64": pl.Float64,
        "bool": pl.Boolean,
        "date": pl.Date,
        "timestamp": pl.Datetime("us", "UTC"),
    }
    assert polars_schema(CONTRACTS["casualties"])["victim_groups"] == pl.List(pl.String)
    assert polars_schema(CONTRACTS["articles"])["blocks"] == pl.List(
        pl.Struct({"kind": pl.String, "start": pl.Int32, "end": pl.Int32})
    )


@pytest.mark.parametrize("table", TABLES)
def test_arrow_has_no_large_types(table: str) -> None:
    assert "large" not in str(arrow_schema(CONTRACTS[table]).types)


def test_labels_are_stored_as_strings_and_declared_as_classes() -> None:
    stored = features(CONTRACTS["casualties"])
    declared = features(CONTRACTS["casualties"], CONTRACTS.labels)

    assert stored["harm"] == datasets.Value("string")
    assert declared["harm"] == datasets.ClassLabel(names=list(CONTRACTS.labels.harm))
    assert declared["victim_groups"] == datasets.List(datasets.ClassLabel(names=list(CONTRACTS.labels.victim_group)))
    assert declared["span_id"] == datasets.Value("string")
    assert arrow_schema(CONTRACTS["casualties"]).field("harm").type == pa.string()


@pytest.mark.parametrize("with_labels", [False, True], ids=["strings", "classes"])
@pytest.mark.parametrize("table", TABLES)
def test_features_survive_the_yaml_of_a_card(table: str, with_labels: bool) -> None:
    made = features(CONTRACTS[table], CONTRACTS.labels if with_labels else None)

    info = datasets.DatasetInfo(features=made)
    read = datasets.DatasetInfo._from_yaml_dict(info._to_yaml_dict())

    assert read.features == made


def rows_of(text: str) -> list[list[str]]:
    """Read the body of a Markdown table as a renderer does: a bar that is escaped does not end a cell."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


@pytest.mark.parametrize("table", TABLES)
def test_the_data_dictionary_names_each_column_and_label_once(table: str) -> None:
    contract = CONTRACTS[table]

    rows = rows_of(markdown(contract, CONTRACTS.labels))

    assert [cells[0].strip("`") for cells in rows if "[]" not in cells[0]] == list(contract.columns)
    assert len({cells[0] for cells in rows}) == len(rows)
    assert {len(cells) for cells in rows} == {4}
    about = {cells[0].strip("`"): cells[3] for cells in rows}
    for name, column in contract.columns.items():
        assert column.about in about[name]
        for value in CONTRACTS.labels.vocabulary(column.labels) if column.labels else ():
            assert about[name].count(f"`{value}`") == 1


def test_the_data_dictionary_names_nested_parts() -> None:
    rows = {cells[0]: cells for cells in rows_of(markdown(CONTRACTS["articles"], CONTRACTS.labels))}

    assert rows["`blocks`"][1] == "list of struct"
    assert rows["`blocks[].start`"][1:3] == ["int32", "code points"]
    assert "`list_item`" in rows["`blocks[].kind`"][3]


def test_a_bar_or_a_line_end_in_the_words_does_not_break_the_data_dictionary() -> None:
    column = Column(type="string", about="Either a | b,\nor neither.", unit="a|b", nullable=True)
    contract = Contract(table="tolls", about="A table.", key=["x"], rules=[], columns={
        "x": Column(type="string", about="It."), "y": column,
    })  # fmt: skip

    rows = rows_of(markdown(contract, CONTRACTS.labels))

    assert rows[1] == ["`y`", "string?", r"a\|b", r"Either a \| b, or neither."]

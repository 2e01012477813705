"""The records that the program passes around have the columns of their tables."""

from dataclasses import fields

import pytest
from valid_rows import CONTRACTS, valid_row

from tollwire.contracts.records import Actor, Article, Block, Casualty, Rejection, Relation, Verdict
from tollwire.contracts.tables import make_frame, table_rows

KEY = ("article_id", "annotator")
RECORDS = [
    (Article, "articles", ()),
    (Rejection, "rejected", ()),
    (Actor, "actors", KEY),
    (Casualty, "casualties", KEY),
    (Relation, "relations", KEY),
    (Verdict, "annotations", KEY),
]


@pytest.mark.parametrize(("record", "table", "key"), RECORDS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_record_has_its_tables_columns_in_order(record: type, table: str, key: tuple[str, ...]) -> None:
    names = [field.name for field in fields(record)]

    assert [*key, *names] == list(CONTRACTS[table].columns)


def test_a_block_has_the_parts_of_the_column_blocks() -> None:
    parts = CONTRACTS["articles"].columns["blocks"].items

    assert parts is not None
    assert parts.fields is not None
    assert [field.name for field in fields(Block)] == list(parts.fields)


@pytest.mark.parametrize(("record", "table", "key"), RECORDS, ids=lambda one: getattr(one, "__name__", ""))
def test_records_become_rows_of_their_table(record: type, table: str, key: tuple[str, ...]) -> None:
    row = valid_row(table)
    values = {name: value for name, value in row.items() if name not in key}
    if record is Article:
        values["blocks"] = tuple(Block(**block) for block in row["blocks"])

    frame = make_frame(table_rows([record(**values)], **{name: row[name] for name in key}), CONTRACTS[table])

    assert frame.to_dicts() == [row]

"""Every check on every column rejects a row that breaks it, and nothing else is wrong with the row."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from valid_rows import CONTRACTS, VALID, frame_of, problems_of, valid_row

from tollwire.contracts.checks import column_checks, sound_rows, table_problems
from tollwire.contracts.contract import TABLES, Column
from tollwire.contracts.rules import ROW_RULES
from tollwire.problems import Problem, TollwireError

# The part of a column's description that sets each rule; `type`, `about` and `unit` set none but the type's.
SET_BY = {
    "nullable": "not-null",
    "min": "min",
    "max": "max",
    "match": "match",
    "min_length": "min-length",
    "labels": "label",
    "items": "not-null-item",
    "fields": "not-null-item",
}
COLUMNS = [(table, name) for table in TABLES for name in CONTRACTS[table].columns]


def bad_values(value: Any, column: Column) -> Iterator[tuple[str, str, Any]]:
    """Yield (name of the case, rule, value that breaks it) for each check on a column, nested parts included."""
    if column.min is not None:
        yield "min", "min", column.min - 1
    if column.max is not None:
        yield "max", "max", column.max + 1
    if column.type == "float64":
        yield "finite", "finite", float("nan")
        yield "finite-infinity", "finite", float("inf")
    if column.min_length is not None:
        yield "min-length", "min-length", "x" * (column.min_length - 1)
    if column.match is not None:
        yield "match", "match", "\n"
        yield "match-to-the-end", "match", f"{value}\n"
        yield "match-from-the-start", "match", f"\n{value}"
    if column.labels is not None:
        yield "label", "label", "no such label"
    if column.items is not None:
        first, *rest = value
        yield "null-item", "not-null-item", [*value, None]
        for case, rule, bad in bad_values(first, column.items):
            yield f"item-{case}", rule, [bad, *rest]
    for name, field in (column.fields or {}).items():
        if not field.nullable:
            yield f"{name}-not-null", "not-null-item", {**value, name: None}
        for case, rule, bad in bad_values(value[name], field):
            yield f"{name}-{case}", rule, {**value, name: bad}


def bad_cases() -> list[tuple[str, str, str, str, Any]]:
    cases = []
    for table, name in COLUMNS:
        column = CONTRACTS[table].columns[name]
        if not column.nullable:
            cases.append((table, name, "not-null", "not-null", None))
        cases += [(table, name, *case) for case in bad_values(VALID[table][name], column)]
    return cases


CASES = bad_cases()


def column_faults(problems: list[Problem]) -> list[tuple[str, str]]:
    """List (rule, column) of the problems that are a single column's: a bad value may break rules of its row too."""
    return [(one.rule, one.what.split()[0]) for one in problems if one.rule not in ROW_RULES]


def test_the_valid_rows_of_all_tables_are_valid() -> None:
    assert problems_of({table: frame_of(table, [valid_row(table)]) for table in TABLES}) == []


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_is_valid(table: str) -> None:
    assert table_problems(frame_of(table, []), CONTRACTS[table], CONTRACTS.labels) == []


@pytest.mark.parametrize(
    ("table", "name", "rule", "value"),
    [pytest.param(table, name, rule, value, id=f"{table}.{name}-{case}") for table, name, case, rule, value in CASES],
)
def test_a_value_that_breaks_a_check_is_rejected_by_it_alone(table: str, name: str, rule: str, value: Any) -> None:
    key = CONTRACTS[table].key[-1]
    other = {"article_id": "00000000000000a2", "record": 2, "harm": "injured"}.get(key, "other")
    good, bad = valid_row(table, **{key: other}), valid_row(table, **{name: value})

    sound, problems = sound_rows(frame_of(table, [bad, good]), CONTRACTS[table], CONTRACTS.labels)

    assert column_faults(problems) == [(rule, name)]
    assert all(problem.where.startswith(f"{table}, row 0 ") for problem in problems)
    assert sound.rows() == frame_of(table, [good]).rows()


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        pytest.param(table, name, value, id=f"{table}.{name}-{value}")
        for table, name in COLUMNS
        for value in (CONTRACTS[table].columns[name].min, CONTRACTS[table].columns[name].max)
        if value is not None
    ],
)
def test_the_least_and_the_greatest_value_are_sound(table: str, name: str, value: int) -> None:
    problems = table_problems(frame_of(table, [valid_row(table, **{name: value})]), CONTRACTS[table], CONTRACTS.labels)

    assert column_faults(problems) == []


@pytest.mark.parametrize(("table", "name"), [pytest.param(*one, id=f"{one[0]}.{one[1]}-type") for one in COLUMNS])
def test_a_column_of_another_type_is_rejected_by_its_type_alone(table: str, name: str) -> None:
    frame = frame_of(table, [valid_row(table)]).with_columns(pl.lit(b"").alias(name))

    problems = table_problems(frame, CONTRACTS[table], CONTRACTS.labels)

    assert column_faults(problems) == [("type", name)]
    assert len(problems) == 1
    assert f"must be {CONTRACTS[table].columns[name].type}" in problems[0].fix
    with pytest.raises(TollwireError):
        sound_rows(frame, CONTRACTS[table], CONTRACTS.labels)


@pytest.mark.parametrize(
    ("table", "name"),
    [pytest.param(*one, id=f"{one[0]}.{one[1]}") for one in COLUMNS if CONTRACTS[one[0]].columns[one[1]].nullable],
)
def test_a_nullable_column_may_be_null(table: str, name: str) -> None:
    frame = frame_of(table, [valid_row(table, **{name: None})])

    problems = table_problems(frame, CONTRACTS[table], CONTRACTS.labels)

    assert column_faults(problems) == []


def test_every_check_that_a_column_can_have_is_tested() -> None:
    checks = set(Column.model_fields) - {"type", "about", "unit"}

    assert checks == set(SET_BY)
    assert {rule for _, _, _, rule, _ in CASES} == {*SET_BY.values(), "finite"}


@pytest.mark.parametrize("table", TABLES)
def test_every_check_that_a_contract_compiles_to_is_tested(table: str) -> None:
    tested = defaultdict(set)
    for of, name, _, rule, _ in CASES:
        if of == table:
            tested[name].add(rule)

    for name, column in CONTRACTS[table].columns.items():
        compiled = {rule for rule, _ in column_checks(name, column, CONTRACTS.labels)}
        assert compiled == tested[name] - {"not-null"}, name

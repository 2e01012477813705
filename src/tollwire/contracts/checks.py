"""Check a table against its contract with pandera: eagerly, every fault at once, each as one Problem line."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tollwire.contracts.contract import Column, Contract, Labels
from tollwire.contracts.forms import polars_schema
from tollwire.contracts.rules import ROW_RULES
from tollwire.problems import Problem, TollwireError, shown

if TYPE_CHECKING:
    import pandera.polars
    import polars

# pandera's own checks, under the names that our problems use.
PANDERA_RULES = {
    "not_nullable": "not-null",
    "column_in_dataframe": "missing-column",
    "column_in_schema": "unknown-column",
    "column_ordered": "column-order",
    "multiple_fields_uniqueness": "unique-key",
}
LONGEST_KEY = 40  # characters of one part of a row's key that are shown
MOST_LISTED = 20  # problems of one rule and column; a table that is wrong throughout says so in one line more


def pandera_schema(contract: Contract, labels: Labels) -> "pandera.polars.DataFrameSchema":
    """
    Compile to the pandera schema: types, column checks, row rules, unique key, columns in order and no others.

    Always validate an eager frame with it: pandera checks only the schema of a LazyFrame and passes bad rows.
    """
    import pandera.polars as pandera

    columns = {}
    for name, dtype in polars_schema(contract).items():
        column = contract.columns[name]
        checks = [_check(rule, expression) for rule, expression in column_checks(name, column, labels)]
        columns[name] = pandera.Column(dtype, nullable=column.nullable, checks=checks)
    rules = [_check(rule, ROW_RULES[rule].holds()) for rule in contract.rules]
    return pandera.DataFrameSchema(columns, checks=rules, unique=contract.key, strict=True, ordered=True)


def _check(rule: str, holds: "polars.Expr") -> "pandera.polars.Check":
    import pandera.polars as pandera

    # What cannot be judged because a part is null is judged by nullability alone.
    expression = holds.fill_null(True)
    return pandera.Check(lambda data: data.lazyframe.select(expression), name=rule, error=rule)


def column_checks(name: str, column: Column, labels: Labels) -> Iterator[tuple[str, "polars.Expr"]]:
    """Yield a column's own checks, its nested parts' included, as (rule, expression that is true where it holds)."""
    import polars as pl

    return _value_checks(pl.col(name), column, labels)


def _value_checks(value: "polars.Expr", column: Column, labels: Labels) -> Iterator[tuple[str, "polars.Expr"]]:
    import polars as pl

    if column.type == "float64":
        yield "finite", value.is_finite()
    if column.min is not None:
        yield "min", value >= column.min
    if column.max is not None:
        yield "max", value <= column.max
    if column.min_length is not None:
        yield "min-length", value.str.len_chars() >= column.min_length
    if column.match is not None:
        yield "match", value.str.contains(column.match)
    if column.labels is not None:
        yield "label", value.is_in(list(labels.vocabulary(column.labels)))
    if column.items is not None:
        element = pl.element()
        fields = column.items.fields or {}
        needed = [element, *(element.struct.field(name) for name, field in fields.items() if not field.nullable)]
        lacking = pl.any_horizontal(part.is_null() for part in needed)
        yield "not-null-item", ~value.list.eval(lacking).list.any()
        parts = [(element.struct.field(name), field) for name, field in fields.items()] or [(element, column.items)]
        for part, inner in parts:
            for rule, holds in _value_checks(part, inner, labels):
                yield rule, value.list.eval(holds).list.all()


def table_problems(
    frame: "polars.DataFrame", contract: Contract, labels: Labels, where: str = "", is_sorted: bool = True
) -> list[Problem]:
    """
    Check one table; list everything that is wrong with it, an empty list when nothing is.

    Rows are counted from 0. ``where`` names the table in the problems; by default the contract's own name.
    Only a table that ``is_sorted`` has to be in the order of its key.
    """
    where = where or contract.table
    cases = _failure_cases(frame, contract, labels)
    if cases is not None:
        return _problems(cases, frame, contract, labels, where)
    keys = frame.select(contract.key)
    if is_sorted and not keys.equals(keys.sort(contract.key)):
        fix = f"sort it by {', '.join(contract.key)}"
        return [Problem(where, "key-order", "the rows are not in the order of the key", fix)]
    return []


def sound_rows(
    frame: "polars.DataFrame", contract: Contract, labels: Labels, where: str = ""
) -> "tuple[polars.DataFrame, list[Problem]]":
    """
    Part the rows that keep the contract from those that do not: give the sound ones, and the problems of the others.

    Raises:
        TollwireError: the table itself is wrong, not single rows of it (a column is missing or of another type).
    """
    import polars as pl

    cases = _failure_cases(frame, contract, labels)
    if cases is None:
        return frame, []
    problems = _problems(cases, frame, contract, labels, where or contract.table)
    if cases["index"].null_count():
        raise TollwireError(problems)
    bad = pl.Series(sorted(set(cases["index"])), dtype=pl.UInt32)
    kept = frame.with_row_index("row of the table").filter(~pl.col("row of the table").is_in(bad.implode()))
    return kept.drop("row of the table"), problems


def _failure_cases(frame: "polars.DataFrame", contract: Contract, labels: Labels) -> "polars.DataFrame | None":
    """Validate with pandera; give its report of all that failed, None when nothing did."""
    import pandera.errors

    schema = pandera_schema(contract, labels)
    if any(frame.schema.get(name) != dtype for name, dtype in polars_schema(contract).items()):
        # On columns that are missing or of another type the checks fail without saying anything of their own, and
        # some bring Polars down (a panic, where binary is compared to text): the form alone is judged.
        schema.checks = []
        for column in schema.columns.values():
            column.checks = []
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases: polars.DataFrame = errors.failure_cases
        return cases
    return None


def _problems(
    cases: "polars.DataFrame", frame: "polars.DataFrame", contract: Contract, labels: Labels, where: str
) -> list[Problem]:
    problems = []
    listed: Counter[tuple[str, str]] = Counter()
    seen = set()
    for case in cases.iter_rows(named=True):
        column = case["column"] if case["column"] in contract.columns else None
        rule = "type" if str(case["check"]).startswith("dtype") else PANDERA_RULES.get(case["check"], case["check"])
        # Two parts of a nested value may break the same rule.
        if case["index"] is not None and (rule, column, case["index"]) in seen:
            continue
        seen.add((rule, column, case["index"]))
        listed[rule, column or "the table"] += 1
        if listed[rule, column or "the table"] > MOST_LISTED:
            continue
        row = case["index"]
        place = where if row is None else f"{where}, row {row}{_key_of(frame, contract, row)}"
        problems.append(Problem(place, rule, *_what(rule, column, case, contract, labels, frame)))
    for (rule, column_name), count in listed.items():
        if count > MOST_LISTED:
            problems.append(Problem(where, rule, f"{count - MOST_LISTED} rows more break this in {column_name}"))
    return problems


def _key_of(frame: "polars.DataFrame", contract: Contract, row: int) -> str:
    if not set(contract.key) <= set(frame.columns):
        return ""
    return f" ({' '.join(str(value)[:LONGEST_KEY] for value in frame.select(contract.key).row(row))})"


def _what(
    rule: str, name: str | None, case: dict[str, object], contract: Contract, labels: Labels, frame: "polars.DataFrame"
) -> tuple[str, str]:
    """Say what is wrong and what to do, from the contract's own words."""
    value = case["failure_case"]
    if rule in ROW_RULES:
        return f"the row breaks the rule that {ROW_RULES[rule].about}", "mend the values"
    if rule == "missing-column":
        return f'there is no column "{value}"', f"it is: {contract.columns[str(value)].about}"
    if rule == "unknown-column":
        return f'"{value}" is not a column of {contract.table}', "leave it out, or add it to the contract"
    if rule == "column-order":
        return f'column "{value}" is out of order', f"the order is {', '.join(contract.columns)}"
    if rule == "unique-key":
        return f"two rows have the same {', '.join(contract.key)}", "keep one"
    if name is None:
        return f"{case['column']} is {shown(value)}", ""
    column = contract.columns[name]
    if isinstance(case["index"], int):
        value = frame[name][case["index"]]
        value = value.to_list() if hasattr(value, "to_list") else value
    return f"{name} is {shown(value)}", _demand(rule, column, labels) or f"it is: {column.about}"


def _demand(rule: str, column: Column, labels: Labels) -> str:
    """Say what a column's check demands; of a list, what it demands of the items."""
    if rule == "not-null-item" and column.items is not None:
        needed = [name for name, field in (column.items.fields or {}).items() if not field.nullable]
        return "every item must be set" + (f", with its {', '.join(needed)}" if needed else "")
    if column.items is not None and rule not in ("not-null", "type"):
        parts = column.items.fields or {"": column.items}
        demands = {part: _demand(rule, inner, labels) for part, inner in parts.items()}
        return ", ".join(f"{part} {demand}".strip() for part, demand in demands.items() if demand)
    words = {
        "min": f"must be at least {column.min}" if column.min is not None else "",
        "max": f"must be at most {column.max}" if column.max is not None else "",
        "min-length": "must not be empty" if column.min_length is not None else "",
        "match": f"must match {column.match}" if column.match is not None else "",
        "label": f"must be one of {', '.join(labels.vocabulary(column.labels))}" if column.labels else "",
        "type": f"must be {column.type}",
        "not-null": "must be set",
        "finite": "must be a finite number",
    }
    return words.get(rule, "")

"""Which Python values a column holds as they are: nothing is converted on the way into a table."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any

from tollwire.contracts.contract import Column

SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no UTF-8 can hold it


def misfits(value: Any, column: Column, place: str) -> Iterator[tuple[str, Any, str]]:
    """
    Yield what in a value is not of its column's type, as (place, value, type); nested parts are named with a dot.

    None fits everywhere here: whether it may stand there is for the contract's checks to say.
    """
    if value is None:
        return
    if column.items is not None:
        if not isinstance(value, list | tuple):
            yield place, value, "list"
            return
        for number, item in enumerate(value):
            yield from misfits(item, column.items, f"{place}[{number}]")
    elif column.fields is not None:
        if not isinstance(value, dict) or value.keys() != column.fields.keys():
            yield place, value, f"struct of {', '.join(column.fields)}"
            return
        for name, part in column.fields.items():
            yield from misfits(value[name], part, f"{place}.{name}")
    elif not _fits(value, column.type):
        yield place, value, column.type


def all_fit(values: Iterable[Any], column: Column) -> bool:
    """Say whether all values of a column are of its type; many at a time, which ``misfits`` would take long for."""
    present = [value for value in values if value is not None]
    kinds = set(map(type, present))
    if column.items is not None:
        return kinds <= {list, tuple} and all_fit(chain.from_iterable(present), column.items)
    if column.fields is not None:
        return (
            kinds <= {dict}
            and all(value.keys() == column.fields.keys() for value in present)
            and all(all_fit([value[name] for value in present], part) for name, part in column.fields.items())
        )
    if kinds == {str}:
        return column.type in ("string", "label") and not SURROGATE.search("".join(present))
    # Each by itself, not the set of them: True equals 1, and a list has no place in a set.
    return all(_fits(value, column.type) for value in present)


def _fits(value: Any, type_name: str) -> bool:
    if type_name in ("string", "label"):
        return isinstance(value, str) and not SURROGATE.search(value)
    if type_name == "int32":
        return isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31
    if type_name == "float64":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if type_name == "bool":
        return isinstance(value, bool)
    if type_name == "date":
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, datetime) and value.tzinfo is not None

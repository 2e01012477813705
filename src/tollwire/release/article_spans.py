"""The spans of an article of a release as records, for the functions that add them up or link them."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from tollwire.annotations.regions import Spans
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.records import Actor, Casualty, Relation, Span
from tollwire.release.token_labels import label_name


def spans_of(article: Mapping[str, Any]) -> Spans:
    """
    Give the spans of an article as it comes from ``load_dataset``, or as a row with the names of its classes.

    ``document_toll`` and ``complete_relations`` take them. Of a withheld article the surfaces are None.
    """
    return Spans(
        tuple(_record(Actor, "actors", row) for row in article["actors"]),
        tuple(_record(Casualty, "casualties", row) for row in article["casualties"]),
        tuple(_record(Relation, "relations", row) for row in article["relations"]),
    )


def _record(kind: type[Span], table: str, row: Mapping[str, Any]) -> Span:
    vocabularies = _vocabularies(table)
    return kind(**{one.name: _named(row.get(one.name), vocabularies.get(one.name)) for one in fields(kind)})


def _named(value: Any, vocabulary: str | None) -> Any:
    """Give the name of a class that may be told by its number; several of them as a tuple."""
    if isinstance(value, list):
        return tuple(_named(one, vocabulary) for one in value)
    return label_name(value, vocabulary) if vocabulary and value is not None else value


@cache
def _vocabularies(table: str) -> dict[str, str]:
    """Name the vocabulary of each column that has classes."""
    columns = read_contracts()[table].columns
    found = {name: one.labels or (one.items.labels if one.items else None) for name, one in columns.items()}
    return {name: vocabulary for name, vocabulary in found.items() if vocabulary}

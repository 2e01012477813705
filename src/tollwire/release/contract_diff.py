"""What differs between the contracts and documents of two versions: columns, vocabularies, what they say."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tollwire.release.reading import Release
from tollwire.release.shape import CONFIGS

if TYPE_CHECKING:
    import polars

MEANING = ("type", "unit", "labels", "items", "fields")  # of a column: other values there, and it is another column
Row = dict[str, str | None]


def contract_changes(old: Release, new: Release) -> "polars.DataFrame":
    """List the columns and labels that came, went and changed, and the contracts and documents that were reworded."""
    import polars as pl

    rows = [
        *_columns(old.schemas, new.schemas),
        *_labels(old.schemas.get("labels.toml", {}), new.schemas.get("labels.toml", {})),
        *_files(old, new),
    ]
    names = ("table", "article_id", "row_id", "change", "column", "old", "new")
    return pl.DataFrame([dict.fromkeys(names) | row for row in rows], schema=dict.fromkeys(names, pl.String))


def _columns(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Row]:
    for table in CONFIGS:
        before, after = (side.get(f"{table}.toml", {}).get("columns", {}) for side in (old, new))
        for name in sorted(before.keys() | after.keys()):
            row: Row = {"table": table, "column": name}
            if name not in before:
                yield row | {"change": "column_added"}
            elif name not in after:
                yield row | {"change": "column_removed"}
            else:
                parts = [part for part in MEANING if _bare(before[name].get(part)) != _bare(after[name].get(part))]
                if after[name].get("nullable", False) and not before[name].get("nullable", False):
                    parts.append("nullable")
                for part in parts:
                    was, is_now = (str(one.get(part)) if part in one else None for one in (before[name], after[name]))
                    yield row | {"change": "column_changed", "row_id": part, "old": was, "new": is_now}


def _bare(part: Any) -> Any:
    """Give what a part of a column means, without what is said about it."""
    if not isinstance(part, dict):
        return part
    return {key: _bare(value) for key, value in part.items() if key != "about" or not isinstance(value, str)}


def _labels(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Row]:
    for vocabulary in sorted(old.keys() & new.keys()):
        before, after = list(old[vocabulary]), list(new[vocabulary])
        for place, label in enumerate(before):
            if after[place : place + 1] != [label]:
                now = str(after.index(label)) if label in after else None
                yield _label(vocabulary, label, "label_removed") | {"old": str(place), "new": now}
        for label in after:
            if label not in before:
                yield _label(vocabulary, label, "label_added")


def _label(vocabulary: str, label: str, change: str) -> Row:
    return {"table": "schemas", "row_id": f"{vocabulary}.{label}", "change": change}


def _files(old: Release, new: Release) -> Iterator[Row]:
    for path in sorted(old.schemas.keys() & new.schemas.keys()):
        if old.schemas[path] != new.schemas[path]:
            yield {"table": "schemas", "row_id": path, "change": "wording_changed"}
    for name in sorted(old.documents.keys() & new.documents.keys()):
        if old.documents[name] != new.documents[name]:
            yield {"table": "files", "row_id": name, "change": "wording_changed"}

"""Find values in a JSON record by the field paths of its source."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

BYTES = "base64"  # the key under which a record holds bytes that are no text; see parquet_file.py
MILLISECONDS = 100_000_000_000  # from here on a number of seconds would be past the year 5000


def find_values(record: Any, path: str | None) -> list[Any]:
    """
    Follow a dotted path into a record; a list on the way stands for all its items.

    Where some records have an object (`{"by": {"name": "A. Bee"}}`) and others a text (`{"by": "A. Bee"}`), the text
    counts as what the path's last key asks of the object.

    Returns:
        The values in the order of the record, nulls left out; none where the path leads nowhere.
    """
    if path is None:
        return []
    *way, last = path.split(".")
    found = [record]
    for key in way:
        found = [one.get(key) for one in _items(found) if isinstance(one, dict)]
    named = dict | str if way and last else dict  # a record that is itself a text is none
    found = [one.get(last) if isinstance(one, dict) else one for one in _items(found) if isinstance(one, named)]
    return [one for one in _items(found) if one is not None]


def find_texts(record: Any, path: str | None) -> list[str]:
    """Find the texts at a path; what is not text there is left out, and so is text without a letter in it."""
    return [one for one in find_values(record, path) if isinstance(one, str) and one.strip()]


def find_text(record: Any, path: str | None) -> str:
    """Find the first text at a path; empty where there is none."""
    return next(iter(find_texts(record, path)), "")


def find_stamp(record: Any, path: str | None) -> str:
    """Find the first date or time at a path; a number counts as seconds or milliseconds since 1970."""
    for value in find_values(record, path):
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                return datetime.fromtimestamp(value / 1_000 if value >= MILLISECONDS else value, UTC).isoformat()
            except (ValueError, OverflowError, OSError):
                continue
    return ""


def find_page(record: Any, path: str | None) -> str | bytes:
    """Find the first page at a path: text, or bytes in an encoding that is still to be told."""
    for value in find_values(record, path):
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, dict) and isinstance(coded := value.get(BYTES), str):
            try:
                return base64.b64decode(coded, validate=True)
            except (binascii.Error, ValueError):
                continue
    return ""


def _items(values: list[Any]) -> list[Any]:
    return [item for value in values for item in (value if isinstance(value, list) else [value])]

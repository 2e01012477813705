"""Read JSON that somebody else wrote: what cannot be read, or is nested without end, is one kind of error."""

import json
from typing import Any

MOST_DEPTH = 200  # values inside one another; Python's parser has a limit of its own, which hangs on who calls it


def parse_json(text: str | bytes, strict: bool = True) -> Any:
    """
    Parse a JSON text; without ``strict`` there may be control characters in strings.

    Raises:
        ValueError: it is not JSON, or nested deeper than MOST_DEPTH.
    """
    too_deep = f"nested more than {MOST_DEPTH} deep"
    try:
        value = json.loads(text, strict=strict)
    except RecursionError as error:
        raise ValueError(too_deep) from error
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise ValueError(too_deep)
        inner = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [one for values in inner for one in values if isinstance(one, dict | list)]
    return value

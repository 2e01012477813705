"""Why each line of a page was kept or dropped, in words."""

from typing import NamedTuple

DROPPED = "dropped"


class ExplainedLine(NamedTuple):
    """One line of a page: its clean text, the kind of block that it became (or "dropped"), and the reason."""

    text: str
    kind: str
    reason: str

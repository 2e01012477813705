"""Why each line of a page was kept or dropped, in words."""

from dataclasses import dataclass

DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line of a page: its clean text, the kind of block that it became (or "dropped"), and the reason."""

    text: str
    kind: str
    reason: str

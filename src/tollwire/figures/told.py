"""Told: the figures of an article so far, in its order, and what was found to link them."""

from collections import defaultdict
from typing import Final

from tollwire.figures.casualties import Sighting
from tollwire.figures.lexicons import lexicon

LINK_WORDS: Final[dict[str, frozenset[str]]] = {
    name: frozenset(words) for name, words in lexicon("links")["words"].items()
}
OPENING_BLOCKS: Final = 2  # the headline and the lead: a figure in them is told again below
# Figures of one harm that are compared with a new one: the first of the article and the last, so that time is linear.
OPENING_FIGURES: Final = 12
RECENT_FIGURES: Final = 24
NEAR: Final = 10  # tokens before a figure in which "rose to" or "bringing the toll to" stands


class Told:
    """
    What an article has told so far.

    ``kept`` are its figures, ``news`` by harm those that are reported of an incident; ``relations`` are (kind, head,
    tail). ``same`` has the first mention of each figure that is told again, ``risen`` a toll that has changed before
    the article has told from which, ``early`` the figures of which an earlier state was found.
    """

    def __init__(self) -> None:
        self.kept: list[Sighting] = []
        self.relations: list[tuple[str, str, str]] = []
        self.risen: Sighting | None = None
        self.early: set[str] = set()
        self.same: dict[str, Sighting] = {}
        self.linked_heads: set[str] = set()
        self.linked_tails: set[str] = set()
        self.news: dict[str, list[Sighting]] = defaultdict(list)
        self.incident_of: dict[str, int] = {}

    def add(self, kind: str, head: Sighting, tail: Sighting) -> None:
        """Link a figure to another."""
        self.relations.append((kind, head.row.span_id, tail.row.span_id))
        if kind == "same_as":
            self.same[head.row.span_id] = self.first(tail)
        self.linked_heads.add(head.row.span_id)
        self.linked_tails.add(tail.row.span_id)

    def first(self, sighting: Sighting) -> Sighting:
        """Give the first mention of a figure that is told again."""
        first = self.same.get(sighting.row.span_id)
        return sighting if first is None else first


def is_news(sighting: Sighting) -> bool:
    """Tell a figure that is reported of an incident; none is no figure that another could be linked to."""
    return sighting.row.status == "reported" and sighting.row.scope == "incident" and sighting.row.bound != "none"

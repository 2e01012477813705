"""Attribution: which actor of its sentence a figure is claimed by, and which it is inflicted by."""

from collections.abc import Iterator, Sequence

from tollwire.contracts.records import Actor, Relation
from tollwire.figures.casualties import Sighting
from tollwire.figures.lexicons import lexicon
from tollwire.figures.tokens import Tokens

_CONTRAST = frozenset(lexicon("links")["words"]["contrast"]) - {"only"}
LINKS = (("claimed_by", "source"), ("inflicted_by", "attacker"))


def attribute(tokens: Tokens, sightings: Sequence[Sighting], actors: Sequence[Actor]) -> Iterator[Relation]:
    """
    Give the relations claimed_by and inflicted_by of the figures of one sentence.

    Each where just one actor of that role stands in the figure's part of the sentence; parts of another figure take
    over what is said of that one, and a figure of none is inflicted by nobody. Relations have no ids yet.

    Source: annotations/GUIDELINES.md, 9 "Relations".
    """
    borders = [tokens.starts[place] for place, word in enumerate(tokens.words) if word in _CONTRAST]
    for sighting in sightings:
        row = sighting.row
        if sighting.whole is not None:
            continue
        for kind, role in LINKS:
            found = [
                one for one in actors if one.role == role and _part(one.start, borders) == _part(row.start, borders)
            ]
            if len(found) == 1 and not (kind == "inflicted_by" and row.bound == "none"):
                yield Relation("", kind, row.span_id, found[0].span_id)


def _part(start: int, borders: Sequence[int]) -> int:
    return sum(border <= start for border in borders)

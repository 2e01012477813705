"""Tolls: what the figures of one article add up to, event by event, without counting anybody twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tollwire.contracts.records import Casualty, Relation

NO_INCIDENT = 0  # the number under which figures stand that were given none
# From the wording that says most of a number to that which says least: of figures that mean the same, the first counts.
TELLING = ("exact", "none", "range", "at_least", "more_than", "about", "at_most", "less_than", "vague")


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people, in persons: the least claimed, the number stated, the greatest claimed (None: not said)."""

    low: int | None
    best: int | None
    high: int | None
    is_contested: bool = False
    span_ids: tuple[str, ...] = ()


def incident_tolls(casualties: Iterable[Casualty], relations: Iterable[Relation] = ()) -> dict[tuple[int, str], Toll]:
    """
    Add up the figures of one article, by (incident, harm).

    Left out are denied and hypothetical figures, those of earlier events or of many, sub-counts (part_of) and what a
    later figure replaced (updates). Figures that are the same_as one another count once; of those that dispute one
    another the least is the low and the greatest the high; the others are siblings and are added.
    """
    relations = list(relations)
    left_out = {one.head_span_id for one in relations if one.kind == "part_of"}
    left_out |= {one.tail_span_id for one in relations if one.kind == "updates"}
    groups: dict[tuple[int, str], list[Casualty]] = defaultdict(list)
    for one in sorted(casualties, key=lambda figure: (figure.start, figure.end, figure.span_id)):
        if one.span_id not in left_out and one.status == "reported" and one.scope == "incident":
            groups[one.incident or NO_INCIDENT, one.harm].append(one)
    return {place: _toll(figures, relations) for place, figures in sorted(groups.items())}


def _toll(figures: Sequence[Casualty], relations: Sequence[Relation]) -> Toll:
    same = _linked(figures, [one for one in relations if one.kind == "same_as"])
    claims = [min(group, key=lambda one: TELLING.index(one.bound)) for group in same]
    counted = {one.span_id: claim for group, claim in zip(same, claims, strict=True) for one in group}
    rivalries = [
        Relation(one.relation_id, one.kind, counted[one.head_span_id].span_id, counted[one.tail_span_id].span_id)
        for one in relations
        if one.kind == "disputes" and {one.head_span_id, one.tail_span_id} <= counted.keys()
    ]
    total = Toll(0, 0, 0)
    for rivals in _linked(claims, rivalries):
        total = _add(total, _claimed(rivals))
    return Toll(total.low, total.best, total.high, total.is_contested, tuple(sorted(one.span_id for one in claims)))


def _linked(figures: Sequence[Casualty], links: Sequence[Relation]) -> list[list[Casualty]]:
    """Group figures that links join, directly or through others; in the order of the text."""
    leader = {one.span_id: one.span_id for one in figures}
    for link in links:
        if link.head_span_id in leader and link.tail_span_id in leader:
            old, new = leader[link.head_span_id], leader[link.tail_span_id]
            leader = {span_id: new if first == old else first for span_id, first in leader.items()}
    groups: dict[str, list[Casualty]] = defaultdict(list)
    for one in figures:
        groups[leader[one.span_id]].append(one)
    return list(groups.values())


def _claimed(rivals: Sequence[Casualty]) -> Toll:
    """Make one toll of rival claims; a single claim is its own toll."""
    lows = [_least(one) for one in rivals]
    highs = [one.high for one in rivals]
    bests = {one.best for one in rivals}
    return Toll(
        min(lows),
        bests.pop() if len(bests) == 1 else None,
        None if None in highs else max(high for high in highs if high is not None),
        len(rivals) > 1,
    )


def _least(one: Casualty) -> int:
    return one.low if one.low is not None else one.best or 0


def _add(one: Toll, other: Toll) -> Toll:
    return Toll(
        _sum(one.low, other.low),
        _sum(one.best, other.best),
        _sum(one.high, other.high),
        one.is_contested or other.is_contested,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other

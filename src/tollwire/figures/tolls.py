"""Tolls: what the figures of one article add up to, event by event, without counting anybody twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from tollwire.contracts.records import Casualty, Relation
from tollwire.figures.parse import parse_figure
from tollwire.figures.profile import load_profile

NO_INCIDENT = 0  # the number under which figures stand that were given none
# From the wording that says most of a number to that which says least: of figures that mean the same, the first counts.
TELLING = ("exact", "none", "range", "at_least", "more_than", "about", "at_most", "less_than", "vague")

BETWEEN_FIGURES = ("same_as", "part_of", "disputes", "updates")

Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people, in persons: the least claimed, the number stated, the greatest claimed (None: not said)."""

    low: int | None
    best: int | None
    high: int | None
    is_contested: bool = False
    span_ids: tuple[str, ...] = ()


def incident_tolls(casualties: Iterable[Casualty], relations: Iterable[Relation] = ()) -> dict[Place, Toll]:
    """
    Add up the figures of one article, by (incident, harm).

    Left out are denied and hypothetical figures, those of earlier events or of many, and what a later figure replaced
    (updates). Figures that are the same_as one another count once, by the most telling of them. A part of another
    figure is not added to it, nor is what disputes the part; it only raises what the whole amounts to at least.
    Of figures that dispute one another the least is the low and the greatest the high. The others are siblings.

    Source: annotations/GUIDELINES.md, 9 "Relations" and 10 "Hard cases".
    """
    figures = sorted(casualties, key=lambda one: (one.start, one.end, one.span_id))
    news = [one for one in figures if one.status == "reported" and one.scope == "incident"]
    links = _between_claims(news, list(relations))
    claims = {claim.span_id: claim for claim in links.claims}
    parts = _parts(claims, links)
    denied = {_place(one) for one in figures if one.status == "denied" and one.scope == "incident"}
    groups: dict[Place, list[Casualty]] = defaultdict(list)
    for claim in links.claims:
        if claim.span_id not in parts and claim.span_id not in links.replaced:
            groups[_place(claim)].append(claim)
    return {place: _toll(group, claims, parts, links, place in denied) for place, group in sorted(groups.items())}


def document_toll(
    casualties: Iterable[Casualty], relations: Iterable[Relation] = (), profile: str = "acled"
) -> dict[str, Toll]:
    """
    Add up the figures of a whole article by harm, over all incidents that it reports as news.

    What a vague word is worth is read anew with ``profile`` where the figure's words are at hand.

    Returns:
        For each harm of which the article has a figure that counts, the toll in persons.

    Raises:
        UsageError: there is no such profile; the message lists those that exist.

    Source: annotations/GUIDELINES.md, 9 "Relations" and 10 "Hard cases"; profiles in schemas/profiles.
    """
    load_profile(profile)
    totals: dict[str, Toll] = {}
    for (_, harm), toll in incident_tolls([_valued(one, profile) for one in casualties], relations).items():
        before = totals.get(harm)
        totals[harm] = _add(before, toll, before.span_ids + toll.span_ids) if before else toll
    return totals


def _valued(one: Casualty, profile: str) -> Casualty:
    """Give a vague figure the value that a profile has for its words."""
    figure = parse_figure(one.surface, profile) if one.bound == "vague" and one.surface else None
    return replace(one, low=figure.low) if figure and figure.bound == "vague" else one


@dataclass(frozen=True, slots=True)
class _Links:
    """The claims of an article, one for all figures that are the same, and what links them, by their span ids."""

    claims: list[Casualty]
    whole_of: dict[str, str]
    rivals: list[tuple[str, str]]
    replaced: set[str]


def _place(one: Casualty) -> Place:
    return one.incident or NO_INCIDENT, one.harm


def _between_claims(figures: Sequence[Casualty], relations: Sequence[Relation]) -> _Links:
    if not any(one.kind in BETWEEN_FIGURES for one in relations):
        return _Links(list(figures), {}, [], set())
    ids = [one.span_id for one in figures]
    same = _joined(ids, [(one.head_span_id, one.tail_span_id) for one in relations if one.kind == "same_as"])
    by_id = {one.span_id: one for one in figures}
    claim_of: dict[str, str] = {}
    claims = []
    for group in same:
        claim = min((by_id[span_id] for span_id in group), key=lambda one: (TELLING.index(one.bound), -_least(one)))
        claims.append(claim)
        claim_of |= dict.fromkeys(group, claim.span_id)
    ends: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in relations:
        if one.head_span_id in claim_of and one.tail_span_id in claim_of:
            head, tail = claim_of[one.head_span_id], claim_of[one.tail_span_id]
            if head != tail:
                ends[one.kind].append((head, tail))
    return _Links(claims, dict(ends["part_of"]), ends["disputes"], {tail for _, tail in ends["updates"]})


def _parts(claims: dict[str, Casualty], links: _Links) -> dict[str, str]:
    """
    Give the claims that are not added, because they are counted in another one: part to whole.

    Of a whole and its parts in other incidents those are kept that tell more: the parts when they make up the whole,
    which then is the one that is not added.
    """
    parts: dict[str, str] = {}
    elsewhere: dict[str, list[str]] = defaultdict(list)
    for part, whole in links.whole_of.items():
        if (claims[part].incident or NO_INCIDENT) == (claims[whole].incident or NO_INCIDENT):
            parts[part] = whole
        else:
            elsewhere[whole].append(part)
    for whole, members in elsewhere.items():
        if sum(_least(claims[part]) for part in members) >= _least(claims[whole]):
            parts[whole] = members[0]
        else:
            parts |= dict.fromkeys(members, whole)
    for rival, part in links.rivals:
        if part in parts and rival not in parts:
            parts[rival] = parts[part]
    return parts


def _toll(
    group: Sequence[Casualty], claims: dict[str, Casualty], parts: dict[str, str], links: _Links, is_denied: bool
) -> Toll:
    rivals = [pair for pair in links.rivals if not set(pair) & parts.keys()]
    claimed = []
    for ids in _joined([one.span_id for one in group], rivals):
        versions = [claims[span_id] for span_id in ids]
        # "There were no losses" disputes a figure of dead as much as "nobody died" would.
        versions += [
            claims[other]
            for pair in rivals
            for one, other in (pair, pair[::-1])
            if one in ids and other not in ids and claims[other].bound == "none"
        ]
        confirmed = [_least(claims[part]) for part, whole in parts.items() if whole in ids and part in claims]
        claimed.append(_claimed(versions, max(confirmed, default=0)))
    lows, bests, highs, contested = zip(*claimed, strict=True)
    span_ids = tuple(one.span_id for one in group)
    return Toll(sum(lows), _sum(bests), _sum(highs), is_denied or any(contested), span_ids)


def _claimed(versions: Sequence[Casualty], confirmed: int) -> tuple[int, int | None, int | None, bool]:
    """
    Give low, best and high of rival claims, or of a single one, and whether they are contested.

    A part of a single claim that is ``confirmed`` is the least of it.
    """
    if len(versions) == 1:
        (one,) = versions
        least = _least(one)
        most = None if one.high is None or one.high < least else one.high
        return max(least, confirmed if most is None else min(confirmed, most)), one.best, most, False
    lows = [low for one in versions if (low := _stated_low(one)) is not None]
    highs = [one.high for one in versions if one.high is not None]
    bests = {one.best for one in versions}
    high = max(highs, default=None)
    if high is not None and high < max(lows, default=0):
        high = None
    return min(lows, default=0), bests.pop() if len(bests) == 1 else None, high, True


def _stated_low(one: Casualty) -> int | None:
    return one.low if one.low is not None else one.best


def _least(one: Casualty) -> int:
    return _stated_low(one) or 0


def _joined(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Group ids that links join, directly or through others; in the order given."""
    links = list(links)
    if not links:
        return [[name] for name in ids]
    leader = {one: one for one in ids}
    for one, other in links:
        if one in leader and other in leader:
            old, new = leader[one], leader[other]
            leader = {name: new if first == old else first for name, first in leader.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for name in ids:
        groups[leader[name]].append(name)
    return list(groups.values())


def _add(one: Toll, other: Toll, span_ids: tuple[str, ...]) -> Toll:
    return Toll(
        _sum((one.low, other.low)),
        _sum((one.best, other.best)),
        _sum((one.high, other.high)),
        one.is_contested or other.is_contested,
        span_ids,
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Add up; of something of which a part is not said nothing is said."""
    return None if None in numbers else sum(cast(Sequence[int], numbers))

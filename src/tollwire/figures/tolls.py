"""Tolls: what the figures of one article add up to, event by event, without counting anybody twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from tollwire.contracts.records import Casualty, Relation
from tollwire.figures.claims import Links, between_claims, incident_of, joined, least, parts_of, stated_low
from tollwire.figures.parse import parse_figure
from tollwire.figures.profile import load_profile

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
    links = between_claims(news, list(relations))
    claims = {claim.span_id: claim for claim in links.claims}
    parts = parts_of(claims, links)
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


def _place(one: Casualty) -> Place:
    return incident_of(one), one.harm


def _toll(
    group: Sequence[Casualty], claims: dict[str, Casualty], parts: dict[str, str], links: Links, is_denied: bool
) -> Toll:
    rivals = [pair for pair in links.rivals if not set(pair) & parts.keys()]
    claimed = []
    for ids in joined([one.span_id for one in group], rivals):
        versions = [claims[span_id] for span_id in ids]
        # "There were no losses" disputes a figure of dead as much as "nobody died" would.
        versions += [
            claims[other]
            for pair in rivals
            for one, other in (pair, pair[::-1])
            if one in ids and other not in ids and claims[other].bound == "none"
        ]
        confirmed = [least(claims[part]) for part, whole in parts.items() if whole in ids and part in claims]
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
        stated = least(one)
        most = None if one.high is None or one.high < stated else one.high
        return max(stated, confirmed if most is None else min(confirmed, most)), one.best, most, False
    lows = [low for one in versions if (low := stated_low(one)) is not None]
    highs = [one.high for one in versions if one.high is not None]
    bests = {one.best for one in versions}
    high = max(highs, default=None)
    if high is not None and high < max(lows, default=0):
        high = None
    return min(lows, default=0), bests.pop() if len(bests) == 1 else None, high, True


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

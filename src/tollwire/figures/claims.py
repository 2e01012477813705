"""Claims: the figures of an article told apart from their repeats, and which of them are counted in which."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tollwire.contracts.records import Casualty, Relation

NO_INCIDENT: Final = 0  # the number under which figures stand that were given none
# From the wording that says most of a number to that which says least: of figures that mean the same, the first counts.
TELLING: Final = ("exact", "none", "range", "at_least", "more_than", "about", "at_most", "less_than", "vague")

BETWEEN_FIGURES: Final = ("same_as", "part_of", "disputes", "updates")


@dataclass(frozen=True, slots=True)
class Links:
    """The claims of an article, one for all figures that are the same, and what links them, by their span ids."""

    claims: list[Casualty]
    whole_of: dict[str, str]
    rivals: list[tuple[str, str]]
    replaced: set[str]


def between_claims(figures: Sequence[Casualty], relations: Sequence[Relation]) -> Links:
    """Make one claim of all figures that are the same_as one another, the most telling; and link the claims."""
    if not any(one.kind in BETWEEN_FIGURES for one in relations):
        return Links(list(figures), {}, [], set())
    ids = [one.span_id for one in figures]
    same = joined(ids, [(one.head_span_id, one.tail_span_id) for one in relations if one.kind == "same_as"])
    by_id = {one.span_id: one for one in figures}
    claim_of: dict[str, str] = {}
    claims = []
    for group in same:
        claim = min((by_id[span_id] for span_id in group), key=lambda one: (TELLING.index(one.bound), -least(one)))
        claims.append(claim)
        claim_of |= dict.fromkeys(group, claim.span_id)
    ends: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in relations:
        if one.head_span_id in claim_of and one.tail_span_id in claim_of:
            head, tail = claim_of[one.head_span_id], claim_of[one.tail_span_id]
            if head != tail:
                ends[one.kind].append((head, tail))
    return Links(claims, dict(ends["part_of"]), ends["disputes"], {tail for _, tail in ends["updates"]})


def parts_of(claims: dict[str, Casualty], links: Links) -> dict[str, str]:
    """
    Give the claims that are not added, because they are counted in another one: part to whole.

    Of a whole and its parts in other incidents those are kept that tell more: the parts when they make up the whole,
    which then is the one that is not added.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for part, whole in links.whole_of.items():
        members[whole].append(part)
    made_up = {
        whole
        for whole, own in members.items()
        if sum(least(claims[part]) for part in own) >= least(claims[whole])
        and any(incident_of(claims[part]) != incident_of(claims[whole]) for part in _below(whole, members))
    }
    is_kept = {whole: not made_up.issuperset((whole, *_above(whole, links.whole_of))) for whole in members}
    parts = {part: whole for part, whole in links.whole_of.items() if is_kept[whole]}
    parts |= {whole: own[0] for whole, own in members.items() if not is_kept[whole]}
    for rival, part in links.rivals:
        if part in parts and rival not in parts:
            parts[rival] = parts[part]
    return parts


def _above(part: str, whole_of: dict[str, str]) -> list[str]:
    """Give the claims that a part is counted in, directly or through others."""
    found: list[str] = []
    while (whole := whole_of.get(part)) is not None and whole not in found:
        found.append(whole)
        part = whole
    return found


def _below(whole: str, members: dict[str, list[str]]) -> list[str]:
    """Give the claims that are counted in a whole, directly or through others."""
    found = list(members[whole])
    for one in found:
        found += (part for part in members.get(one, ()) if part not in found)
    return found


def incident_of(claim: Casualty) -> int:
    """Give the number of a claim's incident, ``NO_INCIDENT`` where it was given none."""
    return claim.incident or NO_INCIDENT


def stated_low(one: Casualty) -> int | None:
    """Give the number of persons that a claim says at least; of "about nine" nine."""
    return one.low if one.low is not None else one.best


def least(one: Casualty) -> int:
    """Give the number of persons that a claim says at least, 0 where it says none."""
    return stated_low(one) or 0


def joined(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
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

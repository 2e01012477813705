"""Links between the figures of one article: the same figure again, a part, an update, a rival; and its incidents."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tollwire.contracts.records import Casualty, Relation
from tollwire.figures.behind import SAME
from tollwire.figures.casualties import Sighting
from tollwire.figures.clause_words import ORDINALS
from tollwire.figures.fates import find_bodies, is_among_those, is_flight, is_outcome, made_it_rise, takes_in
from tollwire.figures.link_rules import counted_in, disputed, repeated, updated
from tollwire.figures.summing import sums
from tollwire.figures.told import (
    LINK_WORDS,
    OPENING_BLOCKS,
    OPENING_FIGURES,
    RECENT_FIGURES,
    Told,
    is_news,
)
from tollwire.figures.told_before import POINTING, is_uncounted

OPENING: Final = 12  # tokens of a sentence in which it is told that it is of another incident
# What a later figure does to those before it comes first; then the first of these rules that finds one links the two.
_FATES: Final[Sequence[Callable[[Told, Sighting, Sequence[Sighting]], bool]]] = (
    made_it_rise,
    takes_in,
    is_among_those,
    is_outcome,
)
_RULES: Final[Sequence[tuple[str, Callable[[Told, Sighting, Sequence[Sighting]], Sighting | None]]]] = (
    ("updates", updated),
    ("part_of", counted_in),
    ("same_as", repeated),
    ("disputes", disputed),
)


def link(sightings: Sequence[Sighting]) -> tuple[list[Casualty], list[Relation]]:
    """
    Link the figures of one article, given in the order of its text.

    Returns:
        The figures, each with the number of its incident, without those that only name again whom the text has
        counted ("the rebels"); and the relations part_of, same_as, updates and disputes between them, without ids.

    Source: annotations/GUIDELINES.md, 7 "Incidents", 9 "Relations" and 10 "Hard cases".
    """
    told, incident, tokens = Told(), 1, None
    for sighting in sightings:
        if sighting.tokens is not tokens:
            tokens = sighting.tokens
            is_other = not LINK_WORDS["elsewhere"].isdisjoint(tokens.words[:OPENING])
            incident += bool(told.kept) and not sighting.is_title and is_other
        if sighting.is_again:
            if _repeats(told, sighting):
                told.kept.append(sighting)
                continue
            if not sighting.is_counted_before:
                find_bodies(told, sighting)
                continue
        if not _is_told(told, sighting) or _names_again(told, sighting) or is_flight(told, sighting):
            continue
        _link(told, sighting, incident)
        told.kept.append(sighting)
    for kind, head, tail in sums(told.kept, OPENING_BLOCKS, is_news, told.linked_heads, told.linked_tails):
        told.add(kind, head, tail)
    _drop_uncounted(told)
    rows = [_numbered(told, sighting.row) for sighting in told.kept]
    return rows, [Relation("", *one) for one in told.relations]


def _drop_uncounted(told: Told) -> None:
    """Leave out "the insurgents" where the text counts them later."""
    counted = {
        harm: max(map(_start, one)) for harm, news in told.news.items() if (one := list(filter(_is_counted, news)))
    }
    kept = [one for one in told.kept if not _is_uncounted(one) or _start(one) > counted.get(one.row.harm, -1)]
    gone = {one.row.span_id for one in told.kept} - {one.row.span_id for one in kept}
    told.kept = kept
    told.relations = [one for one in told.relations if gone.isdisjoint(one[1:])]


def _numbered(told: Told, row: Casualty) -> Casualty:
    is_event = row.scope == "incident" and row.status != "hypothetical"
    return replace(row, incident=told.incident_of[row.span_id]) if is_event else row


def _is_told(told: Told, sighting: Sighting) -> bool:
    """Give a figure that names no harm that of the one before; tell whether there is one."""
    if sighting.row.harm != SAME:
        return True
    if sighting.whole is not None:
        if sighting.whole.row.harm == SAME:
            _is_told(told, sighting.whole)  # "one of the six": the whole stands behind
        sighting.row = replace(sighting.row, harm=sighting.whole.row.harm)
        return sighting.row.harm != SAME
    words, mention = sighting.tokens.words, sighting.mention
    is_victims = words[mention.end - 1] in ("victims", "victim")
    is_put = words[sighting.harm.place] not in POINTING and sighting.harm.place < mention.start
    recent = told.kept[-RECENT_FIGURES:]
    if sighting.tells_who:
        larger = [one for one in recent if is_news(one) and one.count > sighting.count]
        sighting.row = replace(sighting.row, harm=larger[-1].row.harm) if larger else sighting.row
        return bool(larger)
    is_free = is_victims or is_put or words[mention.start] not in POINTING
    if is_victims and not ORDINALS.isdisjoint(words[mention.start : mention.end]):
        recent.sort(key=_is_dead)  # "the third victim" of three dead and five hurt
    for one in reversed(recent):
        is_again = is_free or one.count == sighting.count
        if is_news(one) and is_again:
            sighting.row = replace(sighting.row, harm=one.row.harm)
            return True
    if is_victims and _is_counted(sighting):
        sighting.row = replace(sighting.row, harm="killed")
        return True
    return False


def _repeats(told: Told, sighting: Sighting) -> bool:
    """Give a figure that names again whom another counts that one's number; tell whether there is such a one."""
    harm, is_one = sighting.row.harm, sighting.count == 1
    for one in reversed(told.kept[-RECENT_FIGURES:]):
        is_drawn = one.row.span_id in told.linked_heads and one.row.span_id not in told.same
        is_part = not is_one and (one.whole is not None or is_drawn)
        if is_part or not is_news(one) or (one.count == 1) != is_one or harm not in (one.row.harm, SAME):
            continue
        first = told.first(one)
        values = {name: getattr(one.row, name) for name in ("harm", "bound", "low", "best", "high")}
        sighting.row, sighting.count = replace(sighting.row, **values), one.count
        told.incident_of[sighting.row.span_id] = told.incident_of[one.row.span_id]
        told.add("same_as", sighting, first)
        return True
    return False


def _names_again(told: Told, sighting: Sighting) -> bool:
    news = told.news[sighting.row.harm]
    if sighting.is_counted_before:
        return any(one.count == sighting.count for one in news)  # the number was taken from there
    return _is_uncounted(sighting) and bool(news)


def _link(told: Told, sighting: Sighting, incident: int) -> None:
    told.incident_of[sighting.row.span_id] = incident
    if sighting.whole is not None:
        told.add("part_of", sighting, told.first(sighting.whole))
        return
    if not is_news(sighting):
        return
    news = told.news[sighting.row.harm]
    before = news[:OPENING_FIGURES] + news[max(OPENING_FIGURES, len(news) - RECENT_FIGURES) :]
    news.append(sighting)
    if any(is_told(told, sighting, before) for is_told in _FATES):
        return
    for kind, find in _RULES:
        if (other := find(told, sighting, before)) is not None:
            told.add(kind, sighting, other)
            if kind in ("same_as", "part_of", "updates"):
                told.incident_of[sighting.row.span_id] = told.incident_of[other.row.span_id]
            return


def _is_uncounted(sighting: Sighting) -> bool:
    return is_uncounted(sighting.tokens, sighting.mention)


def _is_counted(sighting: Sighting) -> bool:
    return not sighting.mention.is_bare and sighting.count > 1


def _is_dead(sighting: Sighting) -> bool:
    return sighting.row.harm == "killed"


def _start(sighting: Sighting) -> int:
    return sighting.row.start

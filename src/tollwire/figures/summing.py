"""Sums: the figures of an article that add up to another, and those of its headline that its text tells in full."""

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Final

from tollwire.figures.casualties import Sighting
from tollwire.figures.likeness import is_one_of
from tollwire.figures.numbers import NUMBER_WORDS

LONGEST_SUM: Final = 8  # figures that add up to a total
MOST_TOTALS: Final = 12  # of a harm, in headline and lead: time grows with the length of a text alone
Link = tuple[str, Sighting, Sighting]  # kind, head, tail
_DEFINITE: Final = frozenset(("the", "these", "those", "all", "both"))


def sums(
    kept: Sequence[Sighting], opening: int, is_news: Callable[[Sighting], bool], heads: Set[str], tails: Set[str]
) -> Iterator[Link]:
    """
    Find what adds up, and what a headline tells before the text does; ``heads`` and ``tails`` grow as links are added.

    ``kept`` are the figures of an article from its start, of which those in the first ``opening`` blocks are told
    again below; those that do not report the news add up to nothing.

    Source: annotations/GUIDELINES.md, 9 "Relations" and 10 "The same figure in headline, lead and caption".
    """
    news = [one for one in kept if is_news(one)]
    for harm in dict.fromkeys(one.row.harm for one in news):
        own = [one for one in news if one.row.harm == harm]
        yield from _below(own, opening, heads)
        yield from _before(own, heads, tails)
        yield from _headline(own, heads, tails)


def _below(own: Sequence[Sighting], opening: int, heads: Set[str]) -> Iterator[Link]:
    """Find what adds up to the total of headline or lead: "five died" and then "two" and "three"."""
    for total in own[:MOST_TOTALS]:
        if total.block >= opening or total.count < 2 or (total.row.bound == "vague" and not total.is_title):
            continue
        later = [
            one
            for one in own
            if one.tokens is not total.tokens
            and one.row.start > total.row.start
            and one.row.span_id not in heads
            and one.count < total.count
        ]
        found = _run_of(later, total.count)
        is_summary = total.count > 2 or "operations" in total.tokens.words  # "two leaders were held in operations"
        if found and (is_summary or _is_definite(found[0]) or all(is_one_of(one, total) for one in found)):
            yield from (("part_of", one, total) for one in found)


def _before(own: Sequence[Sighting], heads: Set[str], tails: Set[str]) -> Iterator[Link]:
    """
    Find what adds up to a number that takes it up: "a supplier", "two suspects", and then "all three men".

    "One of three insurgents" is a part of "all three", too.
    """
    for place, total in enumerate(own):
        if total.count < 2 or total.row.bound != "exact" or not _is_definite(total):
            continue
        if total.row.span_id in heads or total.row.span_id in tails:
            continue
        near = own[max(0, place - 2 * LONGEST_SUM) : place]
        free = [one for one in near if one.row.span_id not in heads and one.tokens is not total.tokens]
        found = _run_of(free, total.count) or [one for one in free if _numbers(one) & _numbers(total)]
        yield from (("part_of", one, total) for one in found if one.count < total.count)


def _headline(own: Sequence[Sighting], heads: Set[str], tails: Set[str]) -> Iterator[Link]:
    """Find who of the text is meant in its headline, where no word that both have tells: "Man held", "a tailor"."""
    for title in own[:MOST_TOTALS]:
        if not title.is_title or title.row.span_id in heads or title.row.span_id in tails:
            continue
        text = [one for one in own if not one.is_title and one.row.span_id not in heads]
        same = next((one for one in text if one.count == title.count), None)
        larger = next((one for one in text if one.count > title.count), None)
        if same is not None:
            yield "same_as", same, title
        elif larger is not None:
            yield "part_of", title, larger


def _numbers(sighting: Sighting) -> set[str]:
    words = sighting.tokens.words[sighting.mention.start : sighting.mention.end]
    return {word for word in words if word != "one" and word in NUMBER_WORDS}


def _is_definite(sighting: Sighting) -> bool:
    return sighting.tokens.words[sighting.mention.start] in _DEFINITE


def _run_of(sightings: Sequence[Sighting], total: int) -> Sequence[Sighting]:
    """Find the first two or more figures in a row that add up to a total."""
    for first in range(len(sightings) - 1):
        summed = 0
        for last in range(first, min(first + LONGEST_SUM, len(sightings))):
            summed += sightings[last].count
            if summed == total and last > first:
                return sightings[first : last + 1]
            if summed >= total:
                break
    return ()

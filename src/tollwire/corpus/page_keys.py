"""What is remembered of one page of an outlet: hashes of its lines and DOM paths, never a word of it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xxhash import xxh3_64_intdigest

from tollwire.corpus.lines import count_words

MOST_LINES = 500  # learnt of each end of a page; no page of news has as many, a hostile one may
EDGE = 25  # lines from the head or the tail of a page within which its position is told from the middle
LONG = 12  # words from which a line is one that only a copy of the page has too, or a notice of the outlet
STORY_LINES = 12  # long lines, those with the least hashes, by which two pages are compared
HEAD, MIDDLE, TAIL = 1, 2, 4  # where a line stands
BODY_STEPS = 10  # a path's share of body text is kept in tenths
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PageLines:
    """
    One page as the first pass reads it: its clean text lines in order, empty ones left out.

    ``paths`` are the DOM paths of the lines (tags and classes), ``kept`` says which lines the first pass took for the
    article; both are None where it is not known.
    """

    lines: Sequence[str]
    paths: Sequence[str] | None = None
    kept: Sequence[bool] | None = None


@dataclass(frozen=True, slots=True)
class PageKeys:
    """
    One page in hashes of 64 bits; ``page`` is that of all its lines.

    ``story`` are the hashes that tell a copy of the page. ``lines`` maps a line's hash to where it stands, as a sum of
    HEAD, MIDDLE and TAIL; ``paths`` a path's hash to the tenths of the text under it that were body.
    """

    page: int
    story: frozenset[int]
    lines: Mapping[int, int]
    paths: Mapping[int, int]


def page_keys(page: PageLines) -> PageKeys:
    """Reduce a page to what is remembered of it."""
    keys = [line_key(line) for line in page.lines]
    learnt = both_ends(len(keys))
    lines: dict[int, int] = {}
    for number in learnt:
        lines[keys[number]] = lines.get(keys[number], 0) | _learnt_at(number, len(keys))
    kept = [number for number in learnt if page.kept is None or page.kept[number]]
    story = sorted({keys[number] for number in kept if count_words(page.lines[number]) >= LONG})[:STORY_LINES]
    return PageKeys(page_key(keys), frozenset(story), lines, _body_tenths(page, learnt))


def line_key(line: str) -> int:
    """Hash a line, or a path, so that "12 comments" and "7 Comments" are one: digits masked, case folded."""
    return xxh3_64_intdigest(DIGITS.sub("0", line).casefold().encode("utf-8", "surrogatepass"))


def page_key(keys: Sequence[int]) -> int:
    """Name a page by the hashes of its lines: the same text is known again wherever it comes from."""
    return xxh3_64_intdigest(b"".join(key.to_bytes(8, "little") for key in keys))


def both_ends(count: int) -> Sequence[int]:
    """Give the numbers of the lines that are learnt: all, or both ends of a page that has too many."""
    return range(count) if count <= 2 * MOST_LINES else [*range(MOST_LINES), *range(count - MOST_LINES, count)]


def stands_at(number: int, count: int) -> int:
    """Tell where line ``number`` of a page of ``count`` lines stands, as a sum of HEAD and TAIL, or MIDDLE."""
    return (HEAD if number < EDGE else 0) | (TAIL if number >= count - EDGE else 0) or MIDDLE


def _learnt_at(number: int, count: int) -> int:
    """
    Tell where a line counts as standing when it is learnt: within twice the edge at an end, and in the middle too.

    A menu that is some lines longer on the page that asks then moves none of its lines out of the head.
    """
    wide = (HEAD if number < 2 * EDGE else 0) | (TAIL if number >= count - 2 * EDGE else 0)
    return wide | stands_at(number, count)


def _body_tenths(page: PageLines, learnt: Sequence[int]) -> dict[int, int]:
    if page.paths is None or page.kept is None:
        return {}
    text: dict[str, int] = defaultdict(int)
    body: dict[str, int] = defaultdict(int)
    for number in learnt:
        text[page.paths[number]] += len(page.lines[number])
        body[page.paths[number]] += len(page.lines[number]) if page.kept[number] else 0
    return {line_key(path): round(BODY_STEPS * body[path] / length) for path, length in text.items() if length}

"""Find the same words in a changed text: each span by its quote and the words around it, or not at all."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

Place = tuple[int, int]

# Words of context before and behind a span that, with it, must stand exactly once in both texts. One word of both sides
# at least: "at least nine people" is not "nine people", though the words are there. Where a paragraph starts or ends,
# that is the context.
CONTEXTS = ((3, 3), (1, 8), (8, 1), (8, 8), (24, 24), (80, 80), (1_000, 1_000))
_TOKEN = re.compile(r"\n\n|\S+")
_BREAK = "\n\n"


def find_again(old: str, new: str, spans: Sequence[Place]) -> list[Place | None]:
    """
    Give the place in ``new`` of each span of ``old``; None where it cannot be told without doubt.

    A span is found when its words, with those around it in its paragraph, stand exactly once in the old text and
    exactly once in the new one, for one of several widths of context. Neighbouring paragraphs are no evidence: they
    change places. So a span is never moved to words that only read alike.

    Source: W3C Web Annotation Data Model, 4.2.4 "Text Quote Selector" (quote, prefix and suffix).
    """
    if old == new:
        return [(start, end) for start, end in spans]
    before, after = (f"{_BREAK}{text}{_BREAK}" for text in (old, new))
    tokens = [found.span() for found in _TOKEN.finditer(before)]
    breaks = [place for place, (start, end) in enumerate(tokens) if before[start:end] == _BREAK]
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    found: list[Place | None] = []
    for start, end in spans:
        # The tokens that it starts and ends in, and the borders of its paragraph.
        first = bisect_right(starts, start + len(_BREAK)) - 1
        last = bisect_left(ends, end + len(_BREAK))
        opening = breaks[bisect_right(breaks, first) - 1]
        closing = breaks[bisect_left(breaks, last)]
        moved = None
        for left, right in CONTEXTS:
            from_, to = starts[max(opening, first - left)], ends[min(closing, last + right)]
            quote = before[from_:to]
            if _stands_once(before, quote) and _stands_once(after, quote):
                place = after.index(quote) + start - from_
                moved = (place, place + end - start)
                break
        found.append(moved)
    return found


def _stands_once(text: str, quote: str) -> bool:
    place = text.find(quote)
    return place >= 0 and text.find(quote, place + 1) < 0

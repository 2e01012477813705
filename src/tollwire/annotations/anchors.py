"""Find the same words in a changed text: each span by its quote and the words around it, or not at all."""

from collections.abc import Sequence

from tollwire.annotations.tokens import BREAK, Tokens, stands_once

Place = tuple[int, int]

# Words of context before and behind a span that, with it, must stand exactly once in both texts. One word of both sides
# at least: "at least nine people" is not "nine people", though the words are there. Where a paragraph starts or ends,
# that is the context.
CONTEXTS = ((3, 3), (1, 8), (8, 1), (8, 8), (24, 24), (80, 80), (1_000, 1_000))


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
    before, after = Tokens(old), f"{BREAK}{new}{BREAK}"
    found: list[Place | None] = []
    for start, end in spans:
        first, behind = before.around(start, end)
        opening, closing = before.borders(first, behind)
        moved = None
        for left, right in CONTEXTS:
            from_, to = before.starts[max(opening, first - left)], before.ends[min(closing, behind - 1 + right)]
            quote = before.text[from_:to]
            if stands_once(before.text, quote) and stands_once(after, quote):
                place = after.index(quote) + start - from_
                moved = (place, place + end - start)
                break
        found.append(moved)
    return found

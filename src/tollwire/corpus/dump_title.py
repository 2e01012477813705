"""Find the headline among the lines of a dump."""

import re

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.dump_kinds import Line
from tollwire.corpus.line_features import known
from tollwire.corpus.line_table import LineTable
from tollwire.corpus.page_metadata import is_title_with_site

TITLE_WORDS = range(3, 31)
NEARLY_BEST = 0.5  # a headline above others counts when it scores this share of the best
LEAST_BELOW = 0.6  # share of the body below the headline; notices of the site can stand above it
SENTENCE_END = re.compile(r"[.,\u3002\u0964][\"'\u201d\u2019\u00bb)\]]*$")


def find_title(lines: list[Line], table: LineTable, is_body: NDArray[np.bool_]) -> int | None:
    """
    Find the headline: the first line above (nearly) all the body that shares (nearly) the most words with it.

    Returns:
        Its place; None when no line above the body has a word of it.
    """
    words = np.where(is_body, table.words, 0.0)
    total = words.sum()
    below = np.cumsum(words[::-1])[::-1]
    last = int(np.flatnonzero(is_body)[-1])
    held = np.bincount(table.word_line, minlength=len(lines))
    scores = (below / total) ** 2 * known(table, is_body.astype(np.float64)) ** 2 * held
    candidates = [
        place
        for place in np.flatnonzero((scores > 0) & (below >= LEAST_BELOW * total)).tolist()
        if place < last and _may_be_title(lines[place])
    ]
    if not candidates:
        return None
    # A standfirst under the headline can share more words with the body than the headline itself.
    best = max(scores[candidates])
    found = next(place for place in candidates if scores[place] >= NEARLY_BEST * best)
    # Many a dump starts with the browser's title, "Headline - Site", and has the headline itself further down.
    stated = lines[found].text
    bare = (place for place in candidates if place > found and is_title_with_site(stated, lines[place].text))
    return next(bare, found)


def _may_be_title(line: Line) -> bool:
    """Tell a line that may be a headline: no furniture, and no sentence but a question or an outcry."""
    if line.words not in TITLE_WORDS or line.kind not in ("short", "unlikely", "list_item", "paragraph", "repeated"):
        return False
    return line.kind in ("short", "list_item") or not SENTENCE_END.search(line.text)

"""Find the headline among the lines of a dump."""

import re

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.dates import is_stamp
from tollwire.corpus.dump_kinds import Line
from tollwire.corpus.line_features import known
from tollwire.corpus.line_table import LineTable
from tollwire.corpus.lines import byline_people, count_words, furniture
from tollwire.corpus.page_metadata import is_title_with_site

TITLE_WORDS = range(2, 31)
LEAST_TITLE = 0.002  # probability; the likeliest line is taken, so it only keeps a page without any from having one
SENTENCE_END = re.compile(r"[.,\u3002\u0964][\"'\u201d\u2019\u00bb)\]]*$")
SURE_CAPTION = 0.5  # a headline that is repeated looks like a caption, but not that much
NO_TITLE = ("boilerplate", "consent", "copyright")
UNSHARED = 0.2  # what a headline is worth none of whose words the body has, against 1.2 where it has them all
LEAST_BELOW = 0.8  # share of the body below the headline; notices of the site can stand above it
# The line right above the likeliest is the headline, and that its standfirst, if it has so many words, such a share of
# the other's probability, and such a share of its words in the body: of the headlines of 258 dumps, outlets left out,
# 201 are right with that and 199 without.
LEAST_ABOVE, LEAST_SHARE_ABOVE, LEAST_SHARED_ABOVE = 6, 0.07, 0.4
LONGEST_SITE = 4  # words of the name of a site or section behind a headline, and they are fewer than half of its own
SEPARATOR = re.compile(r" [-|\u2013\u2014\u00b7\u00bb:*\u2022]+ | ?[|\uff5c] ?|\uff1a")


def find_title(lines: list[Line], table: LineTable, is_body: NDArray[np.bool_]) -> int | None:
    """
    Find the headline: of the lines above (nearly) all the body the likeliest that shares words with it.

    Returns:
        Its place; None when no line above the body may be one.
    """
    words = np.array([line.words for line in lines]) * is_body
    below = np.cumsum(words[::-1])[::-1]
    last = int(np.flatnonzero(is_body)[-1])
    candidates = [
        place
        for place in np.flatnonzero(below >= LEAST_BELOW * words.sum()).tolist()
        if place < last and _may_be_title(lines[place])
    ]
    shared = known(table, is_body.astype(np.float64))
    candidates.sort(key=lambda place: -_worth(lines[place]) * (UNSHARED + float(shared[place])))
    found = next((place for place in candidates if not _is_other(lines[place].text)), None)
    if found is None:
        return None
    found = _above_standfirst(found, candidates, lines, shared)
    # Many a dump starts with the browser's title, "Headline - Site", and has the headline itself further down.
    stated = lines[found].text
    bare = (place for place in sorted(candidates) if place > found and is_title_with_site(stated, lines[place].text))
    return int(next(bare, found))


def _may_be_title(line: Line) -> bool:
    """Tell a line that may be a headline: of its length, nothing else, and no sentence but a question or an outcry."""
    is_caption = line.kind == "caption" and line.caption >= SURE_CAPTION
    if line.words not in TITLE_WORDS or line.title < LEAST_TITLE or line.kind in NO_TITLE or is_caption:
        return False
    return not SENTENCE_END.search(line.text)


def _above_standfirst(found: int, candidates: list[int], lines: list[Line], shared: NDArray[np.float64]) -> int:
    """Give the line right above the likeliest one where it can be the headline, and the other its standfirst."""
    above = found - 1
    if above not in candidates or _is_other(lines[above].text) or lines[above].words < LEAST_ABOVE:
        return found
    is_likely = lines[above].title >= LEAST_SHARE_ABOVE * lines[found].title and shared[above] >= LEAST_SHARED_ABOVE
    return above if is_likely else found


def _is_other(text: str) -> bool:
    """Tell a line that stands beside a headline and is none: furniture, the date, who wrote it."""
    return bool(furniture(text)) or is_stamp(text) or byline_people(text) is not None


def _worth(line: Line) -> float:
    return line.title * (1.0 - line.caption)


def without_browser_suffix(title: str) -> str:
    """
    Cut the names of site and section off the first line of a page, "Headline - Section | Site", by its form alone.

    Only a browser's title ends so; it is the headline of a page that has no other line for it.
    """
    for found in reversed(list(SEPARATOR.finditer(title))):
        head, tail = title[: found.start()].rstrip(), title[found.end() :]
        if not tail or count_words(tail) > LONGEST_SITE or 2 * count_words(tail) >= count_words(head):
            break
        title = head
    return title

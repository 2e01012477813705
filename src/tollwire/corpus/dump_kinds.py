"""What each line of a dump is, and why: by the classifiers, the outlet's other pages, and the words of the line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.credits import split_credit
from tollwire.corpus.dump_model import judge_lines
from tollwire.corpus.extract import MIN_BODY_WORDS
from tollwire.corpus.line_table import LineTable, read_lines
from tollwire.corpus.lines import LONG_LINE, byline_people, furniture, is_terminated

LEAST_BODY = 0.45  # probability from which a line is body: the best F1 out of fold, flat from .40 to .50
LEAST_HEADING = 0.25  # and from which a short line between two paragraphs is a heading
LEAST_CAPTION = 0.4  # likewise for captions, where body is less likely
LIKELY_CAPTION = 0.6  # and where it is not
DOUBTFUL = 0.08  # a line that is less likely than that is not looked at any further
SURE = 0.9  # a line that is more likely than that is body, whatever its words remind one of
REPEATED_CAPTION = 6  # words from which a repeated line is a caption: 95 % of the long lines that repeat are not body
LEAST_PAGES = 2  # of an outlet, from which it is known what it repeats
LONGEST_LABEL = 8  # words of a heading over links
RESUMING = 12  # words of a line of prose with which the article goes on after a list of links
RESUMED = 0.5  # a list of links in mid-article is followed by this share of the words before it; at the end, by fewer
# After so many other lines an article does not go on, unless half as much as before follows; what does is another one,
# or comments. F1 out of fold .935 with that rule and .932 without; from 10 lines to 25 it is .934 and more.
FAR_BELOW, LEAST_CONTINUED = 15, 0.5
BULLET = re.compile(r"[-*\u2022\u25aa\u00b7\u2013]\s+")
BODY = ("paragraph", "heading", "list_item")


class OutletLines(Protocol):
    """What is known of an outlet's other pages, as ``tollwire.corpus.outlet.Outlet`` knows it."""

    @property
    def pages(self) -> int:
        """How many pages it was learnt from."""

    def shares(self, lines: Sequence[str]) -> NDArray[np.float32]:
        """Give for each line of a page the share of the outlet's other pages that have it."""

    def furniture(self, lines: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which lines of a page are the outlet's furniture."""


@dataclass(slots=True)
class Line:
    """
    One line of a dump, clean.

    ``body``, ``caption`` and ``title`` are what the classifiers say; ``kind`` is a block kind or the reason why it is
    dropped, and ``reason`` says more where there is more to say.
    """

    text: str
    words: int
    body: float
    caption: float
    title: float
    kind: str = ""
    reason: str = ""


def judge_dump(
    texts: Sequence[str], gaps: NDArray[np.bool_], own: frozenset[str], outlet: OutletLines | None
) -> tuple[list[Line], LineTable]:
    """
    Say what every line of a page is by itself, and give the arrays that tell it.

    Short lines stay "short" until the headline is found.
    ``own`` are the fixed lines that the source record lists, in small letters.
    """
    repeated = _repeated(texts, outlet)
    table = read_lines(texts)
    found = judge_lines(table, gaps)
    is_doubtful = np.maximum(found.body, found.caption) < DOUBTFUL
    is_passed = is_doubtful & (table.repeats == 1)
    told = (table.words.astype(np.int64), found.body, found.caption, found.title)
    kinds = ["unlikely" if one else "" for one in is_passed.tolist()]
    lines = list(map(Line, texts, *(column.tolist() for column in told), kinds))
    doubtful: dict[str, str] = {}  # a copy of such a line is of the same kind: menus stand on a page twice
    for place in np.flatnonzero(~is_passed).tolist():
        line = lines[place]
        if (kind := doubtful.get(line.text) if is_doubtful[place] else None) is None:
            kind = _kind(line, int(table.repeats[place]))
            if is_doubtful[place]:
                doubtful[line.text] = kind
        line.kind = kind
    for place, reason in repeated.items():
        lines[place].kind, lines[place].reason = "repeated", reason
    for place in _fixed(texts, own):
        lines[place].kind, lines[place].reason = "boilerplate", "a fixed line of the source record"
    _drop_links(lines)
    return lines, table


def _fixed(texts: Sequence[str], own: frozenset[str]) -> list[int]:
    longest = max(map(len, own), default=0)  # small letters are never fewer
    return [place for place, text in enumerate(texts) if len(text) <= longest and text.casefold() in own]


def _repeated(texts: Sequence[str], outlet: OutletLines | None) -> dict[int, str]:
    """
    Say of the lines that the outlet puts on its pages on how much of the others they stand.

    They are dropped whatever the classifiers say: of the lines of 141 pages that other pages of the outlet had, too,
    0.1 % were body.
    """
    if outlet is None or outlet.pages < LEAST_PAGES:
        return {}
    furnished = np.flatnonzero(outlet.furniture(texts)).tolist()
    shares = outlet.shares(texts) if furnished else np.zeros(0)
    return {place: f"repeated on {shares[place]:.0%} of the outlet's {outlet.pages} pages" for place in furnished}


def _kind(line: Line, repeats: int) -> str:
    if line.body < SURE and (found := furniture(line.text)):
        return found
    text, credit = split_credit(line.text) if line.body < SURE or line.caption > DOUBTFUL else (line.text, "")
    ended = is_terminated(line.text)
    said_again = repeats > 1 and line.body < SURE and (repeats > 2 or ended)
    depicted = line.caption >= LIKELY_CAPTION or line.caption >= max(LEAST_CAPTION, line.body)
    if depicted or (line.words >= REPEATED_CAPTION and ((credit and line.body < SURE) or said_again)):
        return "caption"
    if credit and not text:
        return "credit"
    if line.body < SURE and byline_people(line.text) is not None:
        return "byline"
    if line.body < LEAST_BODY:
        return "short" if line.words < LONG_LINE and not ended else "unlikely"
    if line.words > 3 and BULLET.match(line.text):
        return "list_item"
    return "paragraph" if line.words >= LONG_LINE or (line.words >= 3 and ended) else "short"


def drop_far_below(lines: list[Line], is_body: NDArray[np.bool_]) -> None:
    """Drop what stands far below the longest stretch of the body and is much shorter, there and in ``is_body``."""
    places = np.flatnonzero(is_body)
    if (places[1:] - places[:-1]).max(initial=0) <= FAR_BELOW:
        return
    stretches = np.split(places, np.flatnonzero(np.diff(places) > FAR_BELOW) + 1)
    words = [sum(lines[place].words for place in stretch.tolist()) for stretch in stretches]
    longest = words.index(max(words))
    for stretch, count in zip(stretches[longest + 1 :], words[longest + 1 :], strict=True):
        if count < LEAST_CONTINUED * words[longest]:
            is_body[stretch] = False
            for place in stretch.tolist():
                lines[place].kind, lines[place].reason = "link", "far below the article"


def _drop_links(lines: list[Line]) -> None:
    """Drop the links under each heading such as "Related": up to the next prose, or to the page's end."""
    prose = [line.words if line.kind == "paragraph" else 0 for line in lines]
    total, before = sum(prose), 0
    links_until_prose = links_to_end = False
    for line, words in zip(lines, prose, strict=True):
        # A line that nobody looked at may be such a heading; above the prose, and below all of it, it does not matter.
        if line.kind == "unlikely" and MIN_BODY_WORDS <= before < total and line.words <= LONGEST_LABEL:
            line.kind = furniture(line.text) or line.kind
        if (links_to_end and line.body < SURE) or (links_until_prose and words < RESUMING):
            line.kind = "link"
        elif line.kind == "tail" and before >= MIN_BODY_WORDS:
            links_until_prose = True
            links_to_end = total - before < RESUMED * before
        else:
            links_until_prose = False
        before += words

"""Decide what becomes of each block of an HTML page: which kind of block of the article it is, or why it is none."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.clean import clean_line
from tollwire.corpus.credits import split_credit
from tollwire.corpus.dates import is_stamp
from tollwire.corpus.explain import DROPPED, ExplainedLine
from tollwire.corpus.html_blocks import CELLS, HEADINGS, Element, HtmlBlock, HtmlBlocks
from tollwire.corpus.html_classifier import judge
from tollwire.corpus.html_context import (
    IS_BODY,
    IS_HEADING,
    LONGEST_NOTICE,
    keep_headings_of_prose,
    keep_lists_whole,
    keep_posts_whole,
    without_empty_headings,
    without_labels,
    without_pull_quotes,
)
from tollwire.corpus.lines import byline_people, count_words, furniture, is_terminated
from tollwire.corpus.part_names import named_parts
from tollwire.corpus.site_names import letters
from tollwire.corpus.sources import Source
from tollwire.corpus.statements import Statements

if TYPE_CHECKING:
    from tollwire.corpus.outlet import Outlet

IS_CAPTION = 0.2  # captions are few; recall and precision meet here (R .84, P .84, outlets left out)
# With fewer stories of the outlet a path says nothing; the shares are of text under it that was body on those pages.
LEAST_STORIES, NEVER_BODY, ALWAYS_BODY = 2, 0.05, 0.95
DOUBTFUL = (0.25, 0.9)  # probabilities between which what is known of the path decides
MOSTLY_FURNITURE = 0.5  # share of the body's words past which the outlet's lines are not believed: the page is a copy
LONGEST_HEADING = 25  # words of a line in bold type that stands alone
LONGEST_MARKS = 20  # characters by which two forms of a headline differ that have the same letters
ADVERTISING = named_parts("advertisement")
MOST_ADVERTISING = 0.1  # share of the body's words that advertising may hold; past it the name misleads
LAYOUT = 4  # blocks of a cell from which it is no cell of a table but a column of the page


def decide(
    page: HtmlBlocks,
    title: str,
    statements: Statements,
    source: Source,
    outlet: "Outlet | None" = None,
    least: float = IS_BODY,
) -> list[ExplainedLine]:
    """
    Say of each block, in page order, which kind of block it becomes or that it is dropped, and why.

    ``least`` is the probability from which a block is body.
    """
    if not page.blocks:
        return []
    body, caption = judge(page, title, statements)
    keep_posts_whole(page, body)
    keep_lists_whole(page, body)
    keep_headings_of_prose(page, body)
    repeated = _known(page, body, outlet)
    advertising = _advertising(page, body)
    own = {clean_line(line).casefold() for line in (*source.boilerplate, source.publisher)}
    headline = letters(title)

    def is_headline(text: str) -> bool:
        if not headline:
            return False
        # On an old page the date may stand in the same line, behind one break.
        if text.startswith(title) and is_stamp(text[len(title) :].strip()):
            return True
        return abs(len(text) - len(title)) < LONGEST_MARKS and letters(text) == headline

    said: set[str] = set()
    is_titled = False
    verdicts = []
    for number, block in enumerate(page.blocks):
        text = block.text
        kind, reason = _verdict(block, float(body[number]), float(caption[number]), least)
        if kind == "caption":
            text, _ = split_credit(text)
        if kind != DROPPED:
            if repeated[number]:
                kind, reason = DROPPED, "on other pages of the outlet too"
            elif advertising[number]:
                kind, reason = DROPPED, "in a part that is named as advertising"
            elif block.text.casefold() in own:
                kind, reason = DROPPED, "boilerplate of the source record"
            elif not text:
                kind, reason = DROPPED, "credit"
            elif is_headline(text):
                kind, reason = DROPPED, "headline, said before"
            elif text in said:
                kind, reason = DROPPED, "said before"
            elif kind != "caption" and len(text) < LONGEST_NOTICE and furniture(text) in SURE_FURNITURE:
                kind, reason = DROPPED, f"words of a {furniture(text)} line"
            elif kind in ("paragraph", "heading") and (why := _no_text(block)):
                kind, reason = DROPPED, why
        if not is_titled and is_headline(block.text):
            # Its own kind: the title is a block already, from the place where it is stated best.
            kind, reason, is_titled = "title", "headline", True
        if kind not in (DROPPED, "title"):
            said.add(text)
        verdicts.append(ExplainedLine(text if kind == "caption" else block.text, kind, reason))
    return without_empty_headings(without_pull_quotes(page, without_labels(page, verdicts)))


# Of the furniture that words alone tell, what is never part of an article, however it is set.
SURE_FURNITURE = frozenset(("consent", "newsletter", "navigation", "copyright"))


def _no_text(block: HtmlBlock) -> str | None:
    """Say of a line that stands alone why it is none of the text: the time of a live blog's entry, who wrote it."""
    if block.element.tag in CELLS and block.element.blocks < LAYOUT:
        return None
    if not any(map(str.isalpha, block.text)):
        return "no words"
    if is_stamp(block.text):
        return "date"
    if not split_credit(block.text)[0]:
        return "credit"
    if block.element.tag in CELLS and block.linked >= len(block.text) and not is_terminated(block.text):
        return "a link"
    return "by-line" if byline_people(block.text) is not None else None


def _verdict(block: HtmlBlock, body: float, caption: float, least: float) -> tuple[str, str]:
    if caption >= IS_CAPTION and caption >= body:
        return "caption", f"classifier, caption {caption:.2f}"
    if body < (min(IS_HEADING, least) if block.element.tag in HEADINGS[1:] else least):
        return DROPPED, f"classifier, body {body:.2f}"
    return _kind(block), f"classifier, body {body:.2f}"


def _kind(block: HtmlBlock) -> str:
    element = block.element
    if element.tag in HEADINGS:
        return "heading"
    if "blockquote" in element.tags:
        return "quote"
    if "li" in element.tags and not _is_entry(element):
        return "list_item"
    is_bold = block.strong >= len(block.text) and count_words(block.text) <= LONGEST_HEADING
    return "heading" if is_bold and not is_terminated(block.text) and element.tag != "td" else "paragraph"


def _is_entry(element: Element) -> bool:
    """Tell a paragraph in an item of a list that has more than it: an entry of a live blog."""
    around: Element | None = element
    while around is not None and around.tag != "li":
        around = around.above
    return element.tag == "p" and around is not None and around.blocks > 1


def _advertising(page: HtmlBlocks, body: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell the blocks in parts that name themselves as advertising, unless they hold much of the body."""
    names = (block.element.names | (block.element.above.names if block.element.above else 0) for block in page.blocks)
    found = np.array([bool(name & ADVERTISING) for name in names], dtype=bool) & (body >= IS_BODY)
    if not found.any():
        return found
    words = np.array([count_words(block.text) for block in page.blocks]) * (body >= IS_BODY)
    return found if words[found].sum() <= MOST_ADVERTISING * words.sum() else np.zeros_like(found)


def _known(page: HtmlBlocks, body: NDArray[np.float32], outlet: "Outlet | None") -> NDArray[np.bool_]:
    """
    Apply what is known of the outlet: change doubtful verdicts in ``body``, and tell the lines that it repeats.

    Where most of the body would go, the page repeats an article and not the site's furniture.
    """
    nothing = np.zeros(len(page.blocks), dtype=bool)
    if outlet is None or not outlet.pages:
        return nothing
    texts = [block.text for block in page.blocks]
    paths = [block.element.path for block in page.blocks]
    stories, shares = outlet.path_shares(paths, texts)
    doubtful = (stories >= LEAST_STORIES) & (body > DOUBTFUL[0]) & (body < DOUBTFUL[1])
    body[doubtful & (shares <= NEVER_BODY)] = 0.0
    body[doubtful & (shares >= ALWAYS_BODY)] = 1.0
    repeated = outlet.furniture(texts)
    words = np.array([count_words(text) for text in texts]) * (body >= IS_BODY)
    return nothing if words[repeated].sum() > MOSTLY_FURNITURE * words.sum() else repeated

"""What the blocks around a block of an HTML page say of it: its list, the post that it is in, paragraphs, headline."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.explain import DROPPED, ExplainedLine
from tollwire.corpus.html_blocks import CELLS, HEADINGS, Element, HtmlBlocks
from tollwire.corpus.lines import is_terminated
from tollwire.corpus.part_names import named_parts
from tollwire.corpus.site_names import letters

IS_BODY = 0.5
# Short blocks weigh little in training: of the headings from .3 to .5, outlets left out, 68 % are body.
IS_HEADING = 0.3
LONGEST_NOTICE = 300  # characters of a line that its words alone may drop
NO_BODY = (DROPPED, "title", "caption")  # kinds of verdict that are no part of the body
SHORTEST_PULLED = 12  # letters of a pull quote
PULLED = frozenset({"aside", "blockquote", "figure"})  # where pull quotes stand that are paragraphs by their tag
LISTS = ("ul", "ol")
LEAST_LIST = 0.4  # mean probability of the items of a list from which it is one of the article
LINKED_LIST = 0.2  # share of a list's characters inside links past which it is a menu
LEAST_OF_PROSE = 0.1  # probability of a heading between two paragraphs from which it is one of theirs
EMBEDDED = named_parts("tweet embed")


def keep_posts_whole(page: HtmlBlocks, body: NDArray[np.float32]) -> None:
    """
    Give all blocks of one embedded post the probability of the likeliest of them.

    Not of every quotation: on 258 pages of news that added names and jobs of those quoted, which no gold body has.
    """
    if not any(element.tag == "blockquote" and element.names & EMBEDDED for element in page.elements):
        return
    posts: list[int] = []  # of each element, the post around it
    for element in page.elements:
        is_post = element.tag == "blockquote" and element.names & EMBEDDED
        posts.append(element.number if is_post else posts[element.above.number] if element.above else -1)
    held: dict[int, list[int]] = {}
    for place, block in enumerate(page.blocks):
        if (post := posts[block.element.number]) >= 0:
            held.setdefault(post, []).append(place)
    for places in held.values():
        body[places] = body[places].max()


def keep_lists_whole(page: HtmlBlocks, body: NDArray[np.float32]) -> None:
    """Give all items of a list, unless it is a menu of links, the mean of their probabilities: it is whole or not."""
    held: dict[int, list[int]] = {}
    for place, block in enumerate(page.blocks):
        above = block.element.above
        if block.element.tag == "li" and above is not None and above.tag in LISTS and above.blocks > 1:
            held.setdefault(above.number, []).append(place)
    for places in held.values():
        around = page.blocks[places[0]].element.above
        if around is not None and len(places) == around.blocks and around.linked <= LINKED_LIST * around.characters:
            mean = float(body[places].mean())
            body[places] = max(mean, IS_BODY) if mean >= LEAST_LIST else mean


def keep_headings_of_prose(page: HtmlBlocks, body: NDArray[np.float32]) -> None:
    """Raise a heading that stands between paragraphs of one part of the page, and is no link, to where it is kept."""
    prose: set[int] = set()  # parts that had a paragraph of the article so far
    for place, (block, following) in enumerate(pairwise(page.blocks)):
        if body[place] >= IS_BODY and block.element.tag == "p":
            prose.add(_part(block.element).number)
        elif (
            block.element.tag in HEADINGS[1:]
            and LEAST_OF_PROSE <= body[place] < IS_HEADING
            and not block.linked
            and following.element.tag == "p"
            and body[place + 1] >= IS_BODY
            and _part(block.element).number in prose
            and _part(following.element) is _part(block.element)
        ):
            body[place] = IS_HEADING


def _part(element: Element) -> Element:
    """Give the part of the page that an element is one of several blocks of, past the boxes that hold it alone."""
    around = element.above
    while around is not None and around.blocks <= 1 and around.above is not None:
        around = around.above
    return around or element


def without_labels(page: HtmlBlocks, verdicts: list[ExplainedLine]) -> list[ExplainedLine]:
    """Drop the labels above the headline in a page laid out by tables, such as the section; a sentence there stays."""
    title = next((number for number, line in enumerate(verdicts) if line.kind == "title"), 0)
    for number, (block, line) in enumerate(zip(page.blocks[:title], verdicts, strict=False)):
        is_label = block.element.tag in CELLS and not is_terminated(line.text)
        if is_label and line.kind in ("paragraph", "heading"):
            verdicts[number] = ExplainedLine(line.text, DROPPED, "a label above the headline")
    return verdicts


def without_pull_quotes(page: HtmlBlocks, verdicts: list[ExplainedLine]) -> list[ExplainedLine]:
    """Drop what stands outside the paragraphs and repeats words of one of them."""
    said = "\n".join(letters(line.text) for line in verdicts if line.kind not in NO_BODY)
    for number, (block, line) in enumerate(zip(page.blocks, verdicts, strict=True)):
        is_beside = block.element.tag != "p" or not PULLED.isdisjoint(block.element.tags)
        if line.kind in ("paragraph", "quote") and is_beside and len(line.text) < LONGEST_NOTICE:
            short = letters(line.text)
            if len(short) >= SHORTEST_PULLED and said.count(short) > 1:
                verdicts[number] = ExplainedLine(line.text, DROPPED, "pull quote")
    return verdicts


def without_empty_headings(verdicts: Sequence[ExplainedLine]) -> list[ExplainedLine]:
    """Drop the headings at the end, under which nothing of the article stands."""
    kept, open_end = list(verdicts), True
    for number in range(len(kept) - 1, -1, -1):
        line = kept[number]
        if open_end and line.kind == "heading":
            kept[number] = ExplainedLine(line.text, DROPPED, "heading with nothing under it")
        elif line.kind not in NO_BODY:
            open_end = False
    return kept

"""Find the article in an HTML page: its blocks as a classifier judges them, and what the page states of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from tollwire.corpus.agencies import agencies
from tollwire.corpus.bylines import authors, organisations
from tollwire.corpus.credits import split_credit
from tollwire.corpus.dateline import dateline, stated_place
from tollwire.corpus.explain import DROPPED, ExplainedLine
from tollwire.corpus.extract import Extract
from tollwire.corpus.headline import headline
from tollwire.corpus.html_blocks import HtmlBlocks, parse_html, read_blocks
from tollwire.corpus.html_context import NO_BODY
from tollwire.corpus.html_verdicts import decide
from tollwire.corpus.page_dates import read_dates
from tollwire.corpus.page_keys import PageLines
from tollwire.corpus.page_kinds import ENOUGH_WORDS, count_prose, name_stub, reject_html
from tollwire.corpus.page_metadata import canonical_url, keywords, section, stated_language
from tollwire.corpus.part_names import named_parts
from tollwire.corpus.sources import Source
from tollwire.corpus.stated_body import with_stated_body
from tollwire.corpus.statements import Statements, read_statements

if TYPE_CHECKING:
    from tollwire.corpus.outlet import Outlet

IS_BODY_OF_LITTLE = 0.2  # outlets left out, it raises TRAF from .929 to .931; FP is .966 either way
CREDIT = named_parts("credit")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A parsed page: its tree, what it states of itself, its headline ("" where it has none) and its blocks."""

    tree: LexborHTMLParser
    statements: Statements
    title: str
    blocks: HtmlBlocks


def read_page(html: bytes | str, source: Source) -> HtmlPage:
    """Parse a page. Raises NoArticle when the parser gives up."""
    tree = parse_html(html)
    statements, blocks = read_statements(tree), read_blocks(tree)
    return HtmlPage(tree, statements, headline(blocks.headings, statements, source), blocks)


def extract_html(html: bytes | str, source: Source, outlet: "Outlet | None" = None, url: str | None = None) -> Extract:
    """
    Find the article in a page, which is in UTF-8 where it is bytes.

    ``url`` is where it was fetched, ``outlet`` what is known from its other pages.

    Raises:
        NoArticle: nothing of the page is an article; the rule says what it seems to be instead.
    """
    page = read_page(html, source)
    verdicts = _lines(page, source, outlet)
    reject_html(page.statements, page.title, page.blocks, verdicts)
    tree, statements = page.tree, page.statements
    blocks = [(line.kind, line.text) for line in verdicts if line.kind not in (DROPPED, "title")]
    paragraphs = [text for kind, text in blocks if kind == "paragraph"]
    canonical = canonical_url(statements)
    published, modified = read_dates(
        tree,
        statements,
        ZoneInfo(source.time_zone),
        url or canonical,
        stated_language(statements) or source.language,
    )
    return Extract(
        page.title,
        tuple(blocks),
        # "By Reuters" is who wrote it, where no person is named.
        authors(tree, statements, source, page.blocks) or organisations(statements),
        published,
        canonical,
        modified=modified,
        dateline=(dateline(paragraphs[0]) if paragraphs else None) or stated_place(statements),
        agencies=agencies(statements, paragraphs),
        section=section(statements),
        keywords=keywords(statements),
        credits=_credits(page.blocks, verdicts),
    )


def explain_html(html: bytes | str, source: Source, outlet: "Outlet | None" = None) -> list[ExplainedLine]:
    """Say of every line of a page, in its order, what became of it and why."""
    return _lines(read_page(html, source), source, outlet)


def html_lines(html: bytes | str, source: Source) -> PageLines:
    """Read a page as an outlet's knowledge is learnt from it: lines, their DOM paths, and first verdicts."""
    page = read_page(html, source)
    verdicts = decide(page.blocks, page.title, page.statements, source)
    return PageLines(
        [block.text for block in page.blocks.blocks],
        [block.element.path for block in page.blocks.blocks],
        [line.kind not in NO_BODY for line in verdicts],
    )


def _lines(page: HtmlPage, source: Source, outlet: "Outlet | None") -> list[ExplainedLine]:
    """
    Decide on the blocks of a page, in their order; behind them stands what it states of its text and does not show.

    Where next to nothing is likely to be the article, and it is no stub, what is doubtful counts too.
    """
    verdicts = decide(page.blocks, page.title, page.statements, source, outlet)
    if count_prose(verdicts) >= ENOUGH_WORDS:
        return verdicts
    if stated := with_stated_body(verdicts, page.statements):
        return stated
    if name_stub(page.statements, verdicts):
        return verdicts
    return decide(page.blocks, page.title, page.statements, source, outlet, IS_BODY_OF_LITTLE)


def _credits(page: HtmlBlocks, verdicts: list[ExplainedLine]) -> tuple[str, ...]:
    """List whom the captions credit, each once: at their end, or in a block of its own beside them."""
    found: dict[str, None] = {}
    near = False
    for block, line in zip(page.blocks, verdicts, strict=False):  # behind them stands what is only stated
        if line.kind == "caption" or (near and block.element.names & CREDIT):
            credit = split_credit(block.text)[1] or ("" if line.kind == "caption" else block.text)
            if credit:
                found.setdefault(credit)
        near = line.kind == "caption"
    return tuple(found)

"""Who wrote the article of an HTML page: from its JSON-LD, its meta tags, its by-line, in this order."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tollwire.corpus.agencies import agency
from tollwire.corpus.clean import clean_line
from tollwire.corpus.names import people
from tollwire.corpus.page_parts import UNREAD, is_called, is_within
from tollwire.corpus.site_names import letters, site_names
from tollwire.corpus.sources import Source
from tollwire.corpus.statements import Statements, stated_objects, stated_text

MOST_PARTS = 60
LONGEST_BYLINE = 300  # characters of an element that is a by-line; a longer one is a portrait of its author
DEEPEST = 8
# Meta tags in which sites name the author.
# Source: Open Graph (ogp.me), Dublin Core, and the tags that Parse.ly, Sailthru, Cxense and The New York Times define.
AUTHOR_TAGS = (
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "og:author",
    "article:byline",
    "byl",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "authors",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "articleauthor",
    "mrf:authors",
    "dable:author",
)
INVERTED = re.compile(r"([^\s,]+(?: [^\s,]+)?), ([^\s,]+(?: [^\s,]+)?)")
SELECTOR = (
    "h1, [rel~=author], [itemprop~=author], [class*=author i], [class*=byline i], [class*=autor i], [class*=auteur i], "
    "[class*=writer i], [class*=reporter i], [class*=journalist i], [class*=vcard i], address"
)


def authors(tree: LexborHTMLParser, statements: Statements, source: Source) -> tuple[str, ...]:
    """
    List the people who wrote the article, as the page first names them; empty when it names none.

    No agency, no desk, no outlet: those are not people.
    """
    names = site_names(tree, statements, source)
    for stated in (_linked, _tagged, _shown):
        found = [one for one in stated(tree, statements) if agency(one) is None and letters(one) not in names]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _linked(tree: LexborHTMLParser, statements: Statements) -> Iterator[str]:
    for key in ("author", "creator"):
        for one in stated_objects(statements.linked.get(key), statements):
            if "Organization" in str(one.get("@type")):
                continue
            name = stated_text(one.get("name"))
            if not name:
                name = f"{stated_text(one.get('givenName'))} {stated_text(one.get('familyName'))}".strip()
            yield from people(name, is_stated=True)


def _tagged(tree: LexborHTMLParser, statements: Statements) -> Iterator[str]:
    for tag in AUTHOR_TAGS:
        listed = [content for name, content in statements.repeated if name == tag]
        for content in listed:
            flipped = INVERTED.fullmatch(content) if tag.startswith(("dc", "citation")) else None
            yield from people(f"{flipped[2]} {flipped[1]}" if flipped else content, is_stated=True)


def _shown(tree: LexborHTMLParser, statements: Statements) -> Iterator[str]:
    """Read the by-line of the page: the first part called one that names people, below the headline before above it."""
    above: list[str] = []
    is_below = False
    for part in tree.css(SELECTOR)[: 5 * MOST_PARTS]:
        if part.tag == "h1":
            is_below = True
        elif (is_below or not above) and _is_byline(part) and (found := _people_of(part)):
            if is_below:
                yield from found
                return
            above = found
    yield from above


def _is_byline(part: LexborNode) -> bool:
    attributes = part.attributes
    is_marked = "author" in f"{attributes.get('rel')} {attributes.get('itemprop')}" or part.tag == "address"
    return (is_marked or is_called(part, "byline")) and not is_within(part, "not_byline", levels=5)


def _people_of(part: LexborNode) -> list[str]:
    pieces = [piece for text in _texts(part, DEEPEST) if (piece := clean_line(text))]
    if not pieces or sum(map(len, pieces)) > LONGEST_BYLINE:
        return []
    return people(" | ".join(pieces), is_stated=True)


def _texts(node: LexborNode, depth: int) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif depth and child.tag not in UNREAD and child.tag not in ("img", "figure", "figcaption"):
            yield from _texts(child, depth - 1)

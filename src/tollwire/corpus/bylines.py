"""Who wrote the article of an HTML page: from its JSON-LD, its meta tags, its by-line, in this order."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tollwire.corpus.agencies import agency
from tollwire.corpus.clean import clean_line
from tollwire.corpus.html_blocks import HtmlBlocks
from tollwire.corpus.names import MAIL_OR_WEB, announced_people, is_announced, is_nobody, is_person, only_name, people
from tollwire.corpus.page_parts import UNREAD, is_called, is_within, seen_text
from tollwire.corpus.site_names import letters, site_names
from tollwire.corpus.sources import Source
from tollwire.corpus.statements import Statements, stated_objects, stated_text

MOST_PARTS = 600  # elements looked at
LONGEST_BYLINE = 300  # characters of an element that is a by-line; a longer one is a portrait of its author
DEEPEST = 8
LONGEST_LINE = 120
MOST_NAME_WORDS = 4
OPENING_WORDS = 40  # of running text, up to which one is beside the headline
MOST_WORDS = 20_000
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
    "h1, p, [rel~=author], [itemprop~=author], [class*=author i], [class*=byline i], [class*=autor i], "
    "[class*=auteur i], [class*=writer i], [class*=reporter i], [class*=journalist i], [class*=vcard i], "
    "a[href*='/author' i], a[href*='/autor' i], a[href*='/auteur' i]"
)


def authors(tree: LexborHTMLParser, statements: Statements, source: Source, blocks: HtmlBlocks) -> tuple[str, ...]:
    """
    List the people who wrote the article, as the page first names them; empty when it names none.

    No agency, no desk, no outlet: those are not people.
    """
    names = site_names(statements, source)
    short: list[str] = []
    # A page that credits its outlet or an agency seldom names people too, and then beside the headline.
    reach = OPENING_WORDS if organisations(statements) else MOST_WORDS
    readings = (_linked(statements), _tagged(statements), _shown(tree, reach), _written(blocks, reach))
    for people_read in readings:
        found = [one for one in people_read if agency(one) is None and letters(one) not in names]
        full = [one for one in found if " " in one or not one.isascii()]
        if full:
            return tuple(dict.fromkeys(full))
        short = short or found
    return tuple(dict.fromkeys(short))


def organisations(statements: Statements) -> tuple[str, ...]:
    """List the offices, outlets and agencies that the page states as author, in its own words: "The Post", "dpa"."""
    stated = [name for _, name in _stated_authors(statements)]
    stated += [
        content for name, content in statements.repeated if name in AUTHOR_TAGS and not MAIL_OR_WEB.search(content)
    ]
    return tuple(
        dict.fromkeys(
            name
            for name in stated
            if name and not people(name, is_stated=True) and not only_name(name) and not is_nobody(name)
        )
    )


def _stated_authors(statements: Statements) -> Iterator[tuple[bool, str]]:
    for key in ("author", "creator"):
        for one in stated_objects(statements.linked.get(key), statements):
            name = stated_text(one.get("name"))
            given = f"{stated_text(one.get('givenName'))} {stated_text(one.get('familyName'))}".strip()
            yield "Organization" not in str(one.get("@type")), name or given


def _linked(statements: Statements) -> Iterator[str]:
    for may_be_person, name in _stated_authors(statements):
        if may_be_person:
            yield from _people_stated(name)


def _people_stated(text: str) -> list[str]:
    found = people(text, is_stated=True)
    if not found and (alone := only_name(text)):
        return [alone]
    return found


def _tagged(statements: Statements) -> Iterator[str]:
    for tag in AUTHOR_TAGS:
        for content in (content for name, content in statements.repeated if name == tag):
            flipped = INVERTED.fullmatch(content) if tag.startswith(("dc", "citation")) else None
            yield from _people_stated(f"{flipped[2]} {flipped[1]}" if flipped else content)
    # Labels beside a shared link, as WordPress writes them: "Written by", and then the name.
    for number in "123":
        if is_announced(statements.tags.get(f"twitter:label{number}", "")):
            yield from _people_stated(statements.tags.get(f"twitter:data{number}", ""))


def _shown(tree: LexborHTMLParser, reach: int) -> Iterator[str]:
    """Read the by-line of the page: the first part called one that names people, below the headline before above it."""
    above: list[str] = []
    is_below = False
    words = 0
    for part in tree.css(SELECTOR)[:MOST_PARTS]:
        if part.tag == "h1":
            is_below = True
            continue
        is_marked = _is_marked(part)
        # Links to authors further down are those of other articles.
        if (
            (is_marked or (part.tag == "a" and words < OPENING_WORDS))
            and (is_below or not above)
            and not is_within(part, "not_byline", levels=3)
        ):
            found = _people_of(part)
            if found and is_below:
                yield from found
                return
            above = found or above
        if part.tag == "p" and is_below:
            words += len(seen_text(part)[:LONGEST_BYLINE].split())
        if words > reach:
            break
    yield from above


def _is_marked(part: LexborNode) -> bool:
    attributes = part.attributes
    return "author" in f"{attributes.get('rel')} {attributes.get('itemprop')}" or is_called(part, "byline")


def _people_of(part: LexborNode) -> list[str]:
    pieces, length = [], 0
    for text in _texts(part, DEEPEST):
        if piece := clean_line(text[: LONGEST_BYLINE + 1]):
            pieces.append(piece)
            length += len(piece)
        if length > LONGEST_BYLINE:
            return []
    return people(" | ".join(pieces), is_stated=True)


def _texts(node: LexborNode, depth: int) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif depth and child.tag not in UNREAD and child.tag not in ("img", "figure", "figcaption"):
            yield from _texts(child, depth - 1)


def _written(page: HtmlBlocks, reach: int) -> Iterator[str]:
    """Read a by-line that no class gives away: a line such as "By N. N.", or a name alone and bold beside the text."""
    alone: list[str] = []
    words_before = 0
    is_below = all(heading.tag != "h1" for heading in page.headings)
    for block in page.blocks:
        tag, text = block.element.tag, block.text
        if tag == "h1":
            is_below = True
        if not is_below or tag == "h1":
            continue
        if len(text) < LONGEST_LINE and (found := announced_people(text)):
            yield from found
            return
        if tag == "p":
            words = len(text.split())
            if words <= MOST_NAME_WORDS and block.strong >= len(text) and is_person(text):
                # The last name before the text begins, or the first one after it.
                alone = [text] if words_before < OPENING_WORDS or not alone else alone
            words_before += words
        if words_before > reach:
            break
    yield from alone

"""Find the article in an HTML page: body by trafilatura, captions and order by the page itself."""

import re
from copy import deepcopy
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from tollwire.corpus.clean import clean_line
from tollwire.corpus.extract import MIN_BODY_WORDS, Extract, NoArticle, name_of_no_article
from tollwire.corpus.lines import byline_people, count_words, furniture, is_prose, split_credit
from tollwire.corpus.page_metadata import authors, canonical_url, headline, published, read_metadata
from tollwire.corpus.sources import Source

BLOCK_KINDS = {"p": "paragraph", "head": "heading", "quote": "quote", "item": "list_item"}
CAPTION_TAGS = ("figcaption", "p", "div", "span")
# Parts of a page that are never the article, by a word of their class or id, as sites name them.
FURNITURE_PART = re.compile(
    r"(?:^|[\s_-])(?:ads?|adslot|advert(?:isement|ising)?|banner|breadcrumbs?|comments?|consent|cookies?|dfp|newsletter|outbrain|"
    r"popular|promo(?:tion)?s?|recirc|recommended|related|share|sharing|signup|social|sponsored|subscribe|subscription|"
    r"support-us|taboola|trending)(?=$|[\s_-])",
    re.IGNORECASE,
)
# What no XML may hold, though HTML's parser lets it pass; a single one makes trafilatura give up the whole page.
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SEEN_TEXT = etree.XPath("//text()[not(parent::script or parent::style or parent::noscript)]")
CREDIT_PART = re.compile(r"credit|copyright|photographer", re.IGNORECASE)
MOST_PRUNED = 0.4  # share of the page's prose that the parts to prune may hold; past it a class misleads, and it stays
MOST_LINKED = 0.6  # share of a block that may be the words of links; what has more is a menu
MOST_ALIKE = 50  # links with one first word that are looked for; no page of news has as many, a hostile one may
ANCHOR = 60  # characters by which a block is found again in the page; two blocks seldom start with the same


def extract_html(html: str, source: Source) -> Extract:
    """
    Find the article in a page.

    Raises:
        NoArticle: nothing of the page is an article; the rule says what it seems to be instead.
    """
    tree = _parse(html)
    metadata = read_metadata(tree)
    title = headline(tree, metadata, source)
    captions = _captions(tree)
    body = _body(tree, title, captions, source)
    words = sum(count_words(text) for _, text in body if is_prose(text))
    if words < MIN_BODY_WORDS:
        lines = [line for part in tree.itertext() if (line := clean_line(part))]
        raise NoArticle(*name_of_no_article([furniture(line) or "" for line in lines], lines, words))
    if not title:
        raise NoArticle("no-title", f"the page states no headline; its text starts {body[0][1][:60]!r}")
    return Extract(
        title,
        tuple(_in_page_order(tree, body, captions)),
        tuple(authors(metadata) or _bylines(tree)),
        published(tree, metadata, ZoneInfo(source.time_zone)),
        canonical_url(tree, metadata),
    )


def _parse(html: str) -> HtmlElement:
    try:
        # From bytes: lxml refuses a str whose page declares an encoding.
        parser = HTMLParser(no_network=True, encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = document_fromstring(NOT_XML.sub(" ", html).encode("utf-8"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise NoArticle("broken-html", f"the page cannot be parsed: {error}") from error
    # The parser itself makes more of them, of references such as &#8;.
    for element in tree.iter():
        if NOT_XML.search(element.text or ""):
            element.text = NOT_XML.sub(" ", element.text)
        if NOT_XML.search(element.tail or ""):
            element.tail = NOT_XML.sub(" ", element.tail)
    return tree


def _captions(tree: HtmlElement) -> list[str]:
    """List the captions in page order, each once and without its credit."""
    captions = []
    for element in tree.iter(*CAPTION_TAGS):
        if element.tag != "figcaption" and "caption" not in (element.get("class") or "").lower():
            continue
        text = clean_line(element.text_content())
        for part in element.iterdescendants():
            if CREDIT_PART.search(part.get("class") or ""):
                text = text.removesuffix(clean_line(part.text_content())).rstrip()
        captions.append(split_credit(text)[0])
    return [caption for caption in dict.fromkeys(captions) if count_words(caption) > 1]


def _body(tree: HtmlElement, title: str, captions: list[str], source: Source) -> list[tuple[str, str]]:
    """Extract the body's blocks in order: no title, no caption, no furniture, no text twice."""
    from trafilatura import bare_extraction

    found = bare_extraction(_pruned(tree), include_comments=False, include_tables=False, with_metadata=False)
    if found is None:
        return []
    own = {clean_line(line).casefold() for line in (*source.boilerplate, source.publisher, title, *captions)}
    links = _links(tree)
    blocks: dict[str, str] = {}
    for kind, text in _leaves(found.body):
        bare = split_credit(text)[0]
        if not text or {text.casefold(), bare.casefold()} & own or furniture(text) or byline_people(text) is not None:
            continue
        if _linked(text, links) <= MOST_LINKED * len(text):
            blocks.setdefault(text, kind)
    kept = [(kind, text) for text, kind in blocks.items()]
    while kept and kept[-1][0] == "heading":
        kept.pop()
    return kept


def _links(tree: HtmlElement) -> dict[str, list[str]]:
    """List the texts of the page's links by their first words, the longest first."""
    links: dict[str, list[str]] = {}
    for text in {clean_line(link.text_content()) for link in tree.iter("a")} - {""}:
        links.setdefault(text.split(" ")[0], []).append(text)
    return {word: sorted(texts, key=lambda text: (-len(text), text))[:MOST_ALIKE] for word, texts in links.items()}


def _linked(text: str, links: dict[str, list[str]]) -> int:
    """Count the characters of a block that are the text of some link of the page."""
    count = end = 0
    for word in re.finditer(r"\S+", text):
        if word.start() < end:
            continue
        link = next((one for one in links.get(word[0], ()) if text.startswith(one, word.start())), "")
        count += len(link)
        end = word.start() + len(link)
    return count


def _pruned(tree: HtmlElement) -> HtmlElement:
    """Copy the tree without the parts that name themselves as furniture, unless they hold much of the page's prose."""
    copy = deepcopy(tree)
    prose = _prose(copy)
    named: dict[str, list[HtmlElement]] = {}
    for part in copy.iter("div", "section", "aside", "ul", "ol", "p", "form", "figure"):
        if found := FURNITURE_PART.search(f"{part.get('class') or ''} {part.get('id') or ''}"):
            named.setdefault(found[0].strip(" _-").lower(), []).append(part)
    for parts in named.values():
        small = {part for part in parts if _prose(part) <= MOST_PRUNED * prose}
        outermost = [part for part in small if small.isdisjoint(part.iterancestors())]
        # Each paragraph of an article can carry the word too; so all that it names is weighed together.
        if sum(map(_prose, outermost)) <= MOST_PRUNED * prose:
            for part in outermost:
                part.drop_tree()
    return copy


def _prose(part: HtmlElement) -> int:
    return sum(len(p.text_content()) for p in part.iter("p"))


def _leaves(body: HtmlElement) -> list[tuple[str, str]]:
    """List (kind, text) of the innermost blocks of trafilatura's tree."""
    leaves = []
    for element in body.iter(*BLOCK_KINDS):
        if next(element.iterdescendants(*BLOCK_KINDS), None) is not None:
            continue
        quoted = element.tag == "quote" or any(parent.tag == "quote" for parent in element.iterancestors())
        separator = "" if element.find("lb") is None else " "
        text = clean_line(separator.join(element.itertext()))
        leaves.append(("quote" if quoted else BLOCK_KINDS[element.tag], text))
    return leaves


def _in_page_order(tree: HtmlElement, body: list[tuple[str, str]], captions: list[str]) -> list[tuple[str, str]]:
    """Merge the captions into the body where they stand in the page; one that stands nowhere near it is left out."""
    if not captions:
        return body
    squeezed = clean_line("".join(SEEN_TEXT(tree))).replace(" ", "")
    position = 0
    placed: list[tuple[int, int, tuple[str, str]]] = []
    for kind, text in body:
        found = squeezed.find(text.replace(" ", "")[:ANCHOR], position)
        position = found if found >= 0 else position
        placed.append((position, len(placed), (kind, text)))
    last = position
    for caption in captions:
        found = squeezed.find(caption.replace(" ", "")[:ANCHOR])
        if 0 <= found <= last:
            placed.append((found, len(placed), ("caption", caption)))
    return [block for _, _, block in sorted(placed)]


def _bylines(tree: HtmlElement) -> list[str]:
    """Read the people of the first line of the page that is a by-line."""
    for element in tree.iter("p", "div", "span", "address", "a", "li"):
        line = clean_line(element.text_content()) if len(element) < 5 else ""
        if line and (names := byline_people(line.split(" \u00b7 ")[0])):
            return names
    return []

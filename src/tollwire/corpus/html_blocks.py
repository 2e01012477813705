"""Cut an HTML page into blocks of text, in reading order, each with the elements that hold it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tollwire.corpus.clean import clean_line
from tollwire.corpus.extract import NoArticle
from tollwire.corpus.part_names import named_parts

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What an element means for the text that is being read. Whatever is not named here starts a new line.
TEXT, UNREAD, INLINE, LINK, BOLD, MAYBE_BLOCK, BREAK, PICTURE, MENU, BLOCK, BOLD_BLOCK = range(11)
KINDS = {
    tag: kind
    for kind, tags in {
        TEXT: "-text",
        # What is inside these is not text that a reader sees.
        UNREAD: "-comment script style noscript template svg iframe object embed select textarea button audio video "
        "canvas map head math datalist input dialog",
        # What stands between these belongs to one line.
        INLINE: "abbr acronym bdi bdo big code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp "
        "strike sub sup time tt u var wbr picture source",
        LINK: "a",
        BOLD: "b strong",
        MAYBE_BLOCK: "span small cite",  # where their names say that they are a caption or a credit
        BREAK: "br",
        PICTURE: "img amp-img",
        MENU: "nav footer",
    }.items()
    for tag in tags.split()
}
KINDS |= dict.fromkeys(HEADINGS, BOLD_BLOCK)
TEXT_INSIDE = "p, h1, article, section, figure, blockquote"  # a menu that is not closed swallows the page
DEEPEST_MENU = 8  # menus inside one another that are looked through; each costs a walk through all that is in it
LONGEST_MENU = 300  # characters of a menu that are read
MOST_BLOCKS = 20_000  # a page with more lines than this is made to be slow; the rest of it is not read
CELLS = frozenset({"td", "th"})
HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
MANY_TAGS = 10_000  # from here on a page is looked through for elements inside elements before it is parsed
DEEPEST = 512  # elements inside one another; source: Chromium, kMaximumHTMLParserDOMTreeDepth
TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]*)[^<>]*>?")
# These hold nothing, or are closed by the next of their kind: however many there are, they are not inside one another.
NOT_NESTED = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot "
    b"colgroup html head body".split()
)
# The parser goes through all choices of a list at every new one (40,000 took it 10 seconds), and through the notes of
# ruby where there is no ruby around them. Their text stays, parted by an element that breaks no line.
SLOW = frozenset(b"option optgroup rt rp rb rtc".split())
DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Element:
    """A block-level element that is open: what it and those around it are called, and what they hold."""

    tag: str
    names: int
    above: "Element | None"
    number: int
    depth: int
    class_name: str
    all_names: int
    tags: frozenset[str]
    is_hidden: bool
    is_article_body: bool
    characters: int = 0
    linked: int = 0
    blocks: int = 0
    images: int = 0

    @property
    def path(self) -> str:
        """Its place by name: the tags and classes of the element and of the two around it, digits masked."""
        above = self.above
        beyond = above.above if above else None
        return "/".join(_place(one.tag, one.class_name) for one in (beyond, above, self) if one)


@dataclass(slots=True)
class HtmlBlock:
    """
    One stretch of text between two borders of block-level elements; ``text`` is one clean line.

    ``linked`` and ``strong`` count its characters inside links and inside bold type.
    """

    text: str
    element: Element
    linked: int
    strong: int


@dataclass(slots=True)
class HtmlBlocks:
    """
    The blocks of a page in reading order, and the block-level elements in the order in which they open.

    ``alternatives`` are what the images say of themselves where they cannot be seen; ``pictures`` says of each image or
    video how many blocks stand before it; ``headings`` are the elements h1 and h2.
    """

    blocks: list[HtmlBlock] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    headings: list[LexborNode] = field(default_factory=list)


def parse_html(html: bytes | str) -> LexborHTMLParser:
    """
    Parse a page as browsers do (WHATWG HTML Standard, 13.2), whatever is wrong with it; nothing is fetched.

    Bytes are UTF-8.

    Raises:
        NoArticle: the parser gives up (``broken-html``).
    """
    raw = html.encode("utf-8", "replace") if isinstance(html, str) else html
    # The parser looks through all open elements at every new one: 100,000 inside one another took it 25 seconds.
    if raw.count(b"<") > MANY_TAGS:
        raw = _flattened(raw)
    try:
        return LexborHTMLParser(raw)
    except (RuntimeError, ValueError) as error:
        raise NoArticle("broken-html", f"the page cannot be parsed: {error}") from error


def _flattened(html: bytes) -> bytes:
    """Leave out the tags of elements deeper inside one another than any browser keeps them, and those that are slow."""
    depth = 0

    def keep(found: re.Match[bytes]) -> bytes:
        nonlocal depth
        name = found[2].lower()
        if name in SLOW:
            return b"<wbr>"
        if name in NOT_NESTED or found[0].endswith(b"/>"):
            return found[0]
        if found[1]:
            depth = max(depth - 1, 0)
            return found[0] if depth < DEEPEST else b" "
        depth += 1
        return found[0] if depth <= DEEPEST else b" "

    return TAG.sub(keep, html)


def read_blocks(tree: LexborHTMLParser) -> HtmlBlocks:
    """Read the blocks of a page, in time that grows with the page only and without recursion."""
    node: LexborNode | None = tree.body or tree.root
    if node is None:
        return HtmlBlocks()
    page = _Reader()
    blocks = page.found.blocks
    around: list[tuple[LexborNode, int]] = []
    while node is not None and len(blocks) < MOST_BLOCKS:
        tag = node.tag or "-"
        kind = KINDS.get(tag, BLOCK)
        if kind == TEXT:
            page.text(node.text_content or "")
        elif kind == UNREAD or tag[0] == "-":
            if tag == "video":
                page.picture("")
        elif kind == MENU and page.menus < DEEPEST_MENU and node.css_first(TEXT_INSIDE) is None:
            page.menu(tag, node)
        else:
            opened = page.enter(kind, tag, node)
            if (child := node.first_child) is not None:
                around.append((node, opened))
                node = child
                continue
            page.leave(opened)
        following = node.next if around else None
        while following is None and around:
            node, opened = around.pop()
            page.leave(opened)
            following = node.next if around else None
        node = following
    page.flush()
    return page.found


class _Reader:
    """What is open while a page is walked through: the elements, and the line that is being read."""

    def __init__(self) -> None:
        self.found = HtmlBlocks()
        self.element = Element("body", 0, None, 0, 0, "", 0, frozenset(), False, False)
        self.found.elements.append(self.element)
        self.links = self.bold = self.linked = self.strong = self.menus = 0
        self.parts: list[str] = []

    def text(self, text: str) -> None:
        if text.isspace():
            if self.parts:
                self.parts.append(" ")
            return
        self.parts.append(text)
        if self.links:
            self.linked += len(text)
        if self.bold:
            self.strong += len(text)

    def menu(self, tag: str, node: LexborNode) -> None:
        """Read a menu as one line: four in ten blocks of a page of news stand in one, and none is the article's."""
        self._open(tag, node.attributes)
        self.links += 1
        self.text(node.text(separator=" ")[:LONGEST_MENU])
        self.links -= 1
        self.leave(BLOCK)

    def picture(self, alternative: str) -> None:
        self.element.images += 1
        self.found.pictures.append(len(self.found.blocks) + bool(self.parts))
        if alternative:
            self.found.alternatives.append(alternative)

    def enter(self, kind: int, tag: str, node: LexborNode) -> int:
        """Open an element; give the kind as which ``leave`` closes it."""
        if kind >= MENU:
            self._open(tag, node.attributes)
            self.menus += kind == MENU
            if kind == BOLD_BLOCK:
                self.bold += 1
                if tag in HEADINGS[:2]:
                    self.found.headings.append(node)
        elif kind == LINK:
            self.links += 1
        elif kind == BOLD:
            self.bold += 1
        elif kind == MAYBE_BLOCK:
            attributes = node.attributes
            if attributes and named_parts(attributes.get("class") or "", attributes.get("id") or "") & BLOCK_LIKE:
                self._open(tag, attributes)
                return BLOCK
        elif kind == PICTURE:
            self.picture(node.attributes.get("alt") or "")
        elif kind == BREAK:
            # One break goes on with the paragraph, two make a new one; in a cell one ends the line.
            if self.element.tag in CELLS or (self.parts and self.parts[-1] == "\n"):
                self.flush()
            else:
                self.parts.append("\n")
        return kind

    def _open(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if self.parts:
            self.flush()
        above = self.element
        class_name, names, is_hidden, is_body = "", 0, above.is_hidden, above.is_article_body
        if attributes:
            class_name = attributes.get("class") or ""
            names = named_parts(class_name, attributes.get("id") or "")
            style = attributes.get("style")
            is_hidden = is_hidden or "hidden" in attributes or bool(style and HIDDEN.search(style))
            is_body = is_body or "articleBody" in (attributes.get("itemprop") or "")
        self.element = Element(
            tag,
            names,
            above,
            len(self.found.elements),
            above.depth + 1,
            class_name,
            above.all_names | names,
            above.tags if tag in above.tags else _with_tag(above.tags, tag),
            is_hidden,
            is_body,
        )
        self.found.elements.append(self.element)

    def leave(self, kind: int) -> None:
        """Close what ``enter`` opened."""
        if kind == LINK:
            self.links -= 1
        elif kind == BOLD:
            self.bold -= 1
        elif kind >= MENU:
            if self.parts:
                self.flush()
            self.menus -= kind == MENU
            if kind == BOLD_BLOCK:
                self.bold -= 1
            closed = self.element
            above = closed.above
            if above is not None:
                above.characters += closed.characters
                above.linked += closed.linked
                above.blocks += closed.blocks
                above.images += closed.images
                self.element = above

    def flush(self) -> None:
        """End the line that is being read; what is only white space is none."""
        text = clean_line("".join(self.parts))
        if text:
            linked, strong = min(self.linked, len(text)), min(self.strong, len(text))
            self.found.blocks.append(HtmlBlock(text, self.element, linked, strong))
            self.element.characters += len(text)
            self.element.linked += linked
            self.element.blocks += 1
        self.parts.clear()
        self.linked = self.strong = 0


BLOCK_LIKE = named_parts("caption credit")


@lru_cache(maxsize=4096)
def _with_tag(tags: frozenset[str], tag: str) -> frozenset[str]:
    return tags | {tag}


@lru_cache(maxsize=8192)
def _place(tag: str, class_name: str) -> str:
    masked = DIGITS.sub("0", ".".join(sorted(class_name.split()[:6])))[:120].replace("/", "-")
    return f"{tag}.{masked}"

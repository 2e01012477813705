"""The first pass over an outlet's pages: what there is on a page to learn from."""

from itertools import groupby
from typing import TYPE_CHECKING

from tollwire.corpus.charset import decode
from tollwire.corpus.clean import clean_line, split_lines
from tollwire.corpus.extract import NoArticle
from tollwire.corpus.json_record import page_in_record
from tollwire.corpus.lines import furniture, is_prose
from tollwire.corpus.page import RawPage
from tollwire.corpus.page_keys import PageLines
from tollwire.corpus.sources import Source

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

UNSEEN = frozenset(("script", "style", "noscript", "template"))
# Elements within a line of text. Source: HTML Standard, "Phrasing content", without those that hold other documents.
INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strong strike "
    "sub sup time tt u var wbr".split()
)
PATH_LENGTH = 6  # elements of a path, the innermost ones; what is above them is the same on all pages


def page_lines(page: RawPage, source: Source) -> PageLines | None:
    """Read a page's lines; None when it is a record without furniture, or cannot be read."""
    try:
        text = decode(page.raw, page.raw_format, page.encoding or source.encoding, source.language)
        if page.raw_format == "text":
            return _dump_lines(text)
        if page.raw_format in ("jsonl", "parquet"):
            text = page_in_record(text, source)
    except NoArticle:
        return None
    return _html_lines(text) if text else None


def _dump_lines(text: str) -> PageLines:
    lines = [line for part in split_lines(text) if (line := clean_line(part))]
    return PageLines(lines, None, [_is_body(line) for line in lines])


def _html_lines(html: str) -> PageLines:
    from selectolax.lexbor import LexborHTMLParser

    lines: list[str] = []
    paths: list[str] = []
    root = LexborHTMLParser(html).root
    texts = [node for node in root.traverse(include_text=True) if node.is_text_node] if root is not None else []
    blocks = ((_block(node), node) for node in texts)
    for _, same in groupby(blocks, key=lambda one: one[0].mem_id if one[0] is not None else None):
        group = list(same)
        block = group[0][0]
        if block is not None and (line := clean_line("".join(node.text() for _, node in group))):
            lines.append(line)
            paths.append(_path(block))
    return PageLines(lines, paths, [_is_body(line) for line in lines])


def _is_body(line: str) -> bool:
    return is_prose(line) and furniture(line) is None


def _block(node: "LexborNode") -> "LexborNode | None":
    """Find the element that sets the line of a text; None for text that a reader does not see."""
    block = node.parent
    while block is not None and block.tag in INLINE:
        block = block.parent
    return None if block is None or block.tag in UNSEEN else block


def _path(block: "LexborNode") -> str:
    parts: list[str] = []
    node: LexborNode | None = block
    while node is not None and node.is_element_node and node.tag is not None and len(parts) < PATH_LENGTH:
        parts.append(".".join([node.tag, *(node.attributes.get("class") or "").split()]))
        node = node.parent
    return ">".join(reversed(parts))

"""What a part of a page calls itself, by the words of its class and id; and the text of a part as a reader sees it."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from selectolax.lexbor import LexborNode

from tollwire.corpus.clean import clean_line

LEXICON = Path(__file__).parent / "lexicon" / "page_parts.toml"
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
LONGEST_NAME = 400  # characters of class and id; the utility classes of some sites go on for thousands
DEEPEST = 12  # elements inside one another in a heading; a page of news has five
LONGEST_TEXT = 4000  # characters
UNREAD = frozenset({"script", "style", "svg", "noscript", "template", "rt", "rp", "button", "-comment"})
SPACED = frozenset({"br", "div", "p", "li", "ul", "small", "h1", "h2", "h3", "h4", "time", "figcaption", "tr", "td"})


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return {
        part: re.compile(rf"(?:^|[\s_\-:])(?:{'|'.join(words)})(?=$|[\s_\-:\d])", re.IGNORECASE)
        for part, words in lexicon.items()
    }


def is_called(node: LexborNode, part: str) -> bool:
    """Tell whether the class or id of an element names it as one of the parts in ``lexicon/page_parts.toml``."""
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:LONGEST_NAME]
    return names != " " and _names_part(names, part)


@lru_cache(maxsize=16_384)
def _names_part(names: str, part: str) -> bool:
    return bool(_patterns()[part].search(CAMEL.sub("-", names)))


def is_within(node: LexborNode, part: str, levels: int = 6) -> bool:
    """Tell whether an element or one of those around it is called so."""
    one: LexborNode | None = node
    for _ in range(levels):
        if one is None or one.tag == "body":
            return False
        if is_called(one, part):
            return True
        one = one.parent
    return False


def seen_text(node: LexborNode, without: str | None = None) -> str:
    """
    Give the text of an element as one line, words of neighbouring blocks apart; ``without`` the parts called so.

    Of a longer element, or a deeper one, than a heading or by-line ever is, only the beginning.
    """
    pieces, length = [], 0
    for piece in _pieces(node, without, DEEPEST):
        pieces.append(piece)
        length += len(piece)
        if length > LONGEST_TEXT:
            break
    return clean_line("".join(pieces)[:LONGEST_TEXT])


def _pieces(node: LexborNode, without: str | None, depth: int) -> Iterator[str]:
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            yield child.text_content or ""
        elif tag not in UNREAD and depth and not (without and is_called(child, without)):
            space = " " if tag in SPACED else ""
            yield space
            yield from _pieces(child, without, depth - 1)
            yield space

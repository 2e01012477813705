"""Sentences: the stretches of a text that are read one by one; none runs over a block's border."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sentencex import segment

from tollwire.contracts.records import Block

_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_WIDE_SPACES: Final = re.compile(r"[^\S\x00-\x7f]")


def sentences(text: str, blocks: Sequence[Block] | None, language: str) -> Iterator[tuple[int, int, int, bool]]:
    """
    Give of each sentence its start, its end, the number of its block, and whether that is a title.

    Without blocks, blank lines part the paragraphs, and a first one that does not end as a sentence is the title.
    """
    for number, (start, end, is_title) in enumerate(_stretches(text, blocks)):
        paragraph = text[start:end]
        if not paragraph.isascii():
            # The splitter is not Python: it takes no lone surrogates, and fails on an initial before such a space.
            # One for one keeps the offsets.
            paragraph = _WIDE_SPACES.sub(" ", _SURROGATES.sub("\ufffd", paragraph))
        for sentence in segment(language, paragraph):
            end = start + len(sentence)
            yield start, end, number, is_title
            start = end


def _stretches(text: str, blocks: Sequence[Block] | None) -> Iterator[tuple[int, int, bool]]:
    if blocks is not None:
        for block in blocks:
            yield block.start, block.end, block.kind == "title"
        return
    for number, (start, end) in enumerate(_paragraphs(text)):
        is_title = number == 0 and end < len(text) and not text[start:end].rstrip().endswith((".", "!", "?", '"', "”"))
        yield start, end, is_title


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)

"""Sentences: the stretches of a text that are read one by one; none runs over a block's border."""

import re
from collections.abc import Iterator, Sequence

from sentencex import get_sentence_boundaries

from tollwire.contracts.records import Block

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_SURROGATES = re.compile("[\ud800-\udfff]")


def sentences(text: str, blocks: Sequence[Block] | None, language: str) -> Iterator[tuple[int, int]]:
    """Give the start and end of each sentence; without blocks, blank lines part the paragraphs."""
    for start, end in [(block.start, block.end) for block in blocks] if blocks is not None else _paragraphs(text):
        # The splitter is not Python and takes no lone surrogates; one for one keeps the offsets.
        paragraph = _SURROGATES.sub("\ufffd", text[start:end])
        for boundary in get_sentence_boundaries(language, paragraph):
            yield start + boundary["start_index"], start + boundary["end_index"]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)

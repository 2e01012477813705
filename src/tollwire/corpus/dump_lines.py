"""Split a plain-text dump of a page into its lines, clean, with the gaps between them."""

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from tollwire.contracts.text import STRAY
from tollwire.corpus.clean import LINE_BREAK
from tollwire.corpus.lines import is_terminated

WRAPPED_LENGTH = range(45, 101)  # characters of the lines of a page that was wrapped at a fixed width
# Spaces to make one: any but U+0020, or more than one. A single space, the usual case, is no match and costs nothing.
ODD = r"\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
SPACES = re.compile(rf"[{ODD}][{ODD} ]*| [{ODD} ]+")
LEAST_LINES = 8  # of a page whose width can be told


def dump_lines(text: str) -> tuple[list[str], NDArray[np.bool_]]:
    """
    Give the lines of a dump that hold anything, clean, and for each whether an empty line stands above it.

    Where the page was wrapped at a fixed width the lines of each paragraph are joined again.
    """
    lines = _joined(_cleaned(text))
    filled = [number for number, line in enumerate(lines) if line]
    gaps = np.diff(np.array(filled), prepend=-1) > 1
    return [lines[number] for number in filled], gaps


def _cleaned(text: str) -> list[str]:
    """Clean every line as ``clean_line`` does, all of them in one go: none of its rules looks across a line's end."""
    text = SPACES.sub(" ", LINE_BREAK.sub("\n", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if STRAY.search(text):
        text = SPACES.sub(" ", STRAY.sub("", text))
        text = unicodedata.normalize("NFC", text)
    return [line.strip(" ") for line in text.split("\n")]


def _joined(lines: list[str]) -> list[str]:
    filled = [line for line in lines if line]
    if len(filled) < LEAST_LINES or max(map(len, filled)) >= WRAPPED_LENGTH.stop:
        return lines
    # A wrapped page is one whose lines are all of middling length and mostly break off in mid-sentence.
    wrapped = sum(len(line) in WRAPPED_LENGTH and not is_terminated(line) for line in filled)
    if wrapped < 0.5 * len(filled):
        return lines
    paragraphs = [""]
    for line in lines:
        if line:
            paragraphs[-1] = f"{paragraphs[-1]} {line}".lstrip()
        elif paragraphs[-1]:
            paragraphs.append("")
    return paragraphs

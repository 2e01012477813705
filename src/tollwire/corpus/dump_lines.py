"""Split a plain-text dump of a page into its lines, clean, with the gaps between them."""

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.clean import clean_line, split_lines
from tollwire.corpus.lines import is_terminated

WRAPPED_LENGTH = range(45, 101)  # characters of the lines of a page that was wrapped at a fixed width
MOST_LINES = 20_000  # a dump with more is made to be slow; the rest of it is not read, as with the blocks of HTML
LEAST_LINES = 8  # of a page whose width can be told


def dump_lines(text: str) -> tuple[list[str], NDArray[np.bool_]]:
    """
    Give the lines of a dump that hold anything, clean, and for each whether an empty line stands above it.

    Where the page was wrapped at a fixed width the lines of each paragraph are joined again.
    """
    lines = _joined([clean_line(line) for line in split_lines(text)])
    filled = [number for number, line in enumerate(lines) if line][:MOST_LINES]
    gaps = np.diff(np.array(filled), prepend=-1) > 1
    return [lines[number] for number in filled], gaps


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

"""Split a plain-text dump of a page into its lines, clean, with the gaps between them."""

from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.clean import clean_line, split_lines
from tollwire.corpus.lines import is_terminated

WRAPPED_LENGTH = range(45, 101)  # characters of the lines of a page that was wrapped at a fixed width
MOST_LINES = 20_000  # a dump with more is made to be slow; the rest of it is not read, as with the blocks of HTML
LEAST_LINES = 8  # of a page whose width can be told
LEAST_WRAPPED = 0.3  # share of a page's characters that stand in paragraphs of lines that are full


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
    needed = LEAST_WRAPPED * sum(map(len, filled))
    if len(filled) < LEAST_LINES or sum(len(line) for line in filled if len(line) < WRAPPED_LENGTH.stop) < needed:
        return lines
    runs = [list(run) for _, run in groupby(lines, key=bool)]
    # Furniture may be longer than the text is wide.
    for width in sorted({len(line) for line in filled if len(line) in WRAPPED_LENGTH}, reverse=True):
        wrapped = [run for run in runs if _is_wrapped(run, width)]
        inner = [line for run in wrapped for line in run[:-1]]
        # Paragraphs of one line each end as sentences do; most lines of a wrapped one break off.
        is_page = 2 * sum(map(is_terminated, inner)) <= len(inner)
        if is_page and sum(len(line) for run in wrapped for line in run) >= needed:
            return [line for run in runs for line in ([" ".join(run)] if _is_broken(run, width) else run)]
    return lines


def _is_wrapped(run: list[str], width: int) -> bool:
    """Tell a paragraph that was wrapped at a width: no line had room for the first word of the next."""
    return (
        len(run) > 1
        and len(run[-1]) <= width
        and all(len(line) <= width < len(line) + 1 + len(after.split(" ", 1)[0]) for line, after in pairwise(run))
    )


def _is_broken(run: list[str], width: int) -> bool:
    """Tell a paragraph of a wrapped page also where signs that are gone made a line shorter, in mid-sentence."""
    return _is_wrapped(run, width) or all(
        len(line) in WRAPPED_LENGTH and len(line) <= width and not is_terminated(line) for line in run[:-1]
    )

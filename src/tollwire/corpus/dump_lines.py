"""Split a plain-text dump of a page into its lines, clean, with the gaps between them."""

from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.clean import clean_lines
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
    lines = _joined(clean_lines(text))
    filled = [number for number, line in enumerate(lines) if line][:MOST_LINES]
    gaps = np.array([number > 0 and not lines[number - 1] for number in filled], np.bool_)
    return [lines[number] for number in filled], gaps


def _joined(lines: list[str]) -> list[str]:
    filled = [line for line in lines if line]
    lengths = list(map(len, filled))
    needed = LEAST_WRAPPED * sum(lengths)
    if len(filled) < LEAST_LINES or sum(length for length in lengths if length < WRAPPED_LENGTH.stop) < needed:
        return lines
    runs = [list(run) for _, run in groupby(lines, key=bool)]
    spans = [(run, _wrapping_widths(run)) for run in runs if len(run) > 1]
    widths = {width for width in lengths if width in WRAPPED_LENGTH and any(width in span for _, span in spans)}
    # Furniture may be longer than the text is wide.
    for width in sorted(widths, reverse=True):
        wrapped = [run for run, span in spans if width in span]
        if sum(len(line) for run in wrapped for line in run) < needed:
            continue
        inner = [line for run in wrapped for line in run[:-1]]
        # Paragraphs of one line each end as sentences do; most lines of a wrapped one break off.
        if 2 * sum(map(is_terminated, inner)) <= len(inner):
            return [line for run in runs for line in ([" ".join(run)] if _is_broken(run, width) else run)]
    return lines


def _wrapping_widths(run: list[str]) -> range:
    """
    Give the widths at which a paragraph can have been wrapped: no line had room for the first word of the next.

    There are none for empty lines.
    """
    longest = max(map(len, run))
    end = WRAPPED_LENGTH.stop
    for line, after in pairwise(run):
        end = min(end, len(line) + 1 + len(after.split(" ", 1)[0]))
        if end <= longest:
            return range(0)
    return range(longest, end)


def _is_broken(run: list[str], width: int) -> bool:
    """Tell a paragraph of a wrapped page also where signs that are gone made a line shorter, in mid-sentence."""
    return (len(run) > 1 and width in _wrapping_widths(run)) or all(
        len(line) in WRAPPED_LENGTH and len(line) <= width and not is_terminated(line) for line in run[:-1]
    )

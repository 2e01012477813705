"""Count the kinds of characters in each line of a page, by one look-up for the whole page."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

UPPER, LOWER, LETTER, DIGIT, SPACE, COMMA, STOP, UNSPACED, THAI, OTHER = range(10)
KINDS = 10
BEYOND = 0x10000  # characters above it are counted as OTHER


class CharacterCounts(NamedTuple):
    """Characters by kind in each line (float32, shape (lines,)); ``words`` is an estimate in scripts without spaces."""

    characters: NDArray[np.float32]
    words: NDArray[np.float32]
    upper: NDArray[np.float32]
    letters: NDArray[np.float32]
    digits: NDArray[np.float32]
    commas: NDArray[np.float32]
    stops: NDArray[np.float32]


def count_characters(lines: Sequence[str]) -> CharacterCounts:
    """Count the kinds of characters of clean lines; all arrays are empty when there are no lines."""
    lengths = np.array([len(line) for line in lines], dtype=np.int64)
    joined = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds()[np.minimum(joined, BEYOND)]
    owner = np.repeat(np.arange(len(lines)), lengths)
    counts = np.bincount(owner * KINDS + kinds, minlength=len(lines) * KINDS).reshape(-1, KINDS).astype(np.float32)
    # A Chinese or Japanese word has some 2 letters, a Thai, Lao, Burmese or Khmer one some 5.
    words = (lengths > 0) + counts[:, SPACE] + counts[:, UNSPACED] / 2 + counts[:, THAI] / 5
    return CharacterCounts(
        lengths.astype(np.float32),
        words.astype(np.float32),
        counts[:, UPPER],
        counts[:, UPPER] + counts[:, LOWER] + counts[:, LETTER] + counts[:, UNSPACED] + counts[:, THAI],
        counts[:, DIGIT],
        counts[:, COMMA],
        counts[:, STOP],
    )


@cache
def _kinds() -> NDArray[np.uint8]:
    """Give the kind of each character of the Basic Multilingual Plane, by its general category (UAX 44)."""
    table = np.full(BEYOND + 1, OTHER, dtype=np.uint8)
    by_category = {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Nd": DIGIT}
    by_category |= dict.fromkeys(("Lo", "Lm", "Mn", "Mc"), LETTER)
    for code in range(BEYOND):
        table[code] = by_category.get(unicodedata.category(chr(code)), OTHER)
    table[0x41:0x5B] = UPPER
    for first, last in ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF)):
        table[first : last + 1] = UNSPACED
    for first, last in ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF)):
        table[first : last + 1] = THAI
    table[ord(" ")] = SPACE
    for mark in ",;\u060c\u3001\uff0c":
        table[ord(mark)] = COMMA
    for mark in ".!?\u2026\u3002\uff01\uff1f\u061f\u0964":
        table[ord(mark)] = STOP
    return table

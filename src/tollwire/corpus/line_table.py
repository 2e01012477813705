"""The lines of a page as arrays: their letters by class, their words by hash. Everything about a page in one go."""

import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

# Classes of characters. A word is a run of UPPER, LOWER and CASELESS; a character of a script that puts no space
# between words is a word of its own, told by the character after it.
OTHER, UPPER, LOWER, CASELESS, IDEOGRAPH, SYLLABLE, DIGIT, SPACE, END, COMMA, QUOTE, COLON, BAR, BRACKET, DASH, SIGN = (
    range(16)
)
CLASSES = 16
PUNCTUATION = {
    END: ".!?\u2026\u3002\uff01\uff1f\u061f\u0964\u06d4\u1362",
    COMMA: ",;\u060c\u3001\uff0c\uff1b",
    QUOTE: "\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f",
    COLON: ":\uff1a",
    BAR: "|/\\>\u203a\u2192",
    BRACKET: "()[]{}\uff08\uff09\u3010\u3011",
    DASH: "-\u2010\u2011\u2012\u2013\u2014\u2022\u00b7\u25aa*\u25cf\u25a0\u30fb",
    SIGN: "\u00a9@#&+=%\u00ae\u2122_~",
}
IDEOGRAPHS = ((0x3040, 0x3100), (0x3400, 0xA000), (0xF900, 0xFB00))  # two to a word
SYLLABLES = ((0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800))  # Thai, Lao, Burmese, Khmer: five to a word
LONGEST_WORD = 64  # letters that tell one word from another
LEAST_LETTERS = 3  # of a word that tells what a text is about
MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15  # odd, so that no power of it is 0
PAIR = np.uint64(0x10001)


@cache
def character_classes() -> NDArray[np.int64]:
    """Give the class of every character of the Basic Multilingual Plane."""
    by_category = {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Lo": CASELESS, "Lm": CASELESS, "Mn": CASELESS}
    by_category |= {"Mc": CASELESS, "Nd": DIGIT, "Zs": SPACE, "Cc": SPACE}
    table = np.array([by_category.get(unicodedata.category(chr(code)), OTHER) for code in range(0x10000)], np.int64)
    for kind, characters in PUNCTUATION.items():
        table[[ord(one) for one in characters]] = kind
    for kind, ranges in ((IDEOGRAPH, IDEOGRAPHS), (SYLLABLE, SYLLABLES)):
        for first, end in ranges:
            letters = np.arange(first, end)
            table[letters[table[letters] == CASELESS]] = kind
    return table


@cache
def _lower() -> NDArray[np.uint64]:
    """Give each character's small letter, where that is one character."""
    small = (chr(code).lower() for code in range(0x10000))
    return np.array([ord(one) if len(one) == 1 else code for code, one in enumerate(small)], np.uint64)


@cache
def _powers() -> NDArray[np.uint64]:
    return np.array([pow(STEP, place + 1, MASK + 1) for place in range(LONGEST_WORD)], np.uint64)


@dataclass(frozen=True, slots=True)
class LineTable:
    """
    The filled lines of one page.

    ``counts`` is line x class of character; ``words`` counts words, estimated where a script has no spaces; ``first``
    and ``last`` are the classes of a line's first and last character, brackets and quotes at the end passed over.
    Of the words that tell what a text is about ``word_line`` gives the line of each, ``word_id`` its number among the
    different ones of the page, ``word_hash`` the hashes in the order of these numbers, and ``held`` how many each line
    has (1 where it has none).
    """

    lines: Sequence[str]
    counts: NDArray[np.int64]
    length: NDArray[np.int64]
    words: NDArray[np.float64]
    capitalised: NDArray[np.int64]
    sentences: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    closing: NDArray[np.int64]
    word_line: NDArray[np.int64]
    word_id: NDArray[np.int64]
    word_hash: NDArray[np.uint64]
    held: NDArray[np.int64]
    repeats: NDArray[np.int64]


def read_lines(lines: Sequence[str]) -> LineTable:
    """Measure the lines of a page; none of them may be empty or hold a line feed."""
    count = len(lines)
    stored = np.frombuffer(("\n".join(lines) + "\n").encode("utf-32-le", "surrogatepass"), np.uint32)
    # What lies beyond the first plane are signs and rare ideographs: one class for all of them does.
    codes = np.minimum(stored, 0xFFFF).astype(np.int64)
    kinds = character_classes()[codes]
    breaks = np.flatnonzero(codes == 10)
    starts = np.concatenate(([0], breaks[:-1] + 1))
    length = breaks - starts
    line_of = np.repeat(np.arange(count), length + 1)
    counts = np.bincount(line_of * CLASSES + kinds, minlength=count * CLASSES).reshape(count, CLASSES)
    counts[:, SPACE] -= 1
    is_letter = (kinds >= UPPER) & (kinds <= SYLLABLE)
    is_alone = (kinds == IDEOGRAPH) | (kinds == SYLLABLE)
    begins = is_letter.copy()
    begins[1:] &= ~is_letter[:-1] | is_alone[1:] | is_alone[:-1]
    capitalised = np.bincount(line_of[begins & (kinds == UPPER)], minlength=count)
    ends = (kinds[:-1] == END) & (kinds[1:] == SPACE)
    sentences = np.bincount(line_of[:-1][ends], minlength=count)
    spaced = counts[:, SPACE] + 1.0
    unspaced = counts[:, IDEOGRAPH] / 2 + counts[:, SYLLABLE] / 5
    closing = kinds[breaks - 1]
    word_line, hashes = _words(codes, kinds, line_of, is_letter, is_alone, begins)
    word_hash, word_id = np.unique(hashes, return_inverse=True)
    repeats = Counter(lines)
    return LineTable(
        lines,
        counts,
        length,
        np.where(unspaced > 0, np.ceil(unspaced) + spaced - 1, spaced),
        capitalised,
        sentences,
        kinds[starts],
        _last(kinds, starts, breaks, closing),
        closing,
        word_line,
        word_id,
        word_hash,
        np.maximum(np.bincount(word_line, minlength=count), 1),
        np.array([repeats[line] for line in lines]),
    )


def _last(
    kinds: NDArray[np.int64], starts: NDArray[np.int64], breaks: NDArray[np.int64], closing: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give the class of each line's last character, up to three closing quotes and brackets passed over."""
    last = closing
    for back in (2, 3, 4):
        passed = ((last == QUOTE) | (last == BRACKET)) & (breaks - back >= starts)
        last = np.where(passed, kinds[np.maximum(breaks - back, 0)], last)
    return last


def _words(
    codes: NDArray[np.int64],
    kinds: NDArray[np.int64],
    line_of: NDArray[np.int64],
    is_letter: NDArray[np.bool_],
    is_alone: NDArray[np.bool_],
    begins: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Give the line and the hash of every word of ``LEAST_LETTERS`` or more, in small letters."""
    letters = np.flatnonzero(is_letter)
    if not len(letters):
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    firsts = np.flatnonzero(begins[letters])
    sizes = np.diff(firsts, append=len(letters))
    places = np.arange(len(letters)) - np.repeat(firsts, sizes)
    small = _lower()[codes[letters]]
    alone = is_alone[letters]
    if alone.any():
        # A pair of characters tells more than one; the second is whatever stands there, be it the line's end.
        small[alone] = small[alone] * PAIR + codes[letters[alone] + 1].astype(np.uint64)
    hashes = np.add.reduceat(small * _powers()[np.minimum(places, LONGEST_WORD - 1)], firsts)
    kept = (sizes >= LEAST_LETTERS) | alone[firsts]
    result: NDArray[np.uint64] = hashes[kept]
    return line_of[letters[firsts[kept]]], result


def hash_word(word: str) -> int:
    """Hash one word in small letters, or a pair of characters of a script without spaces, as ``read_lines`` does."""
    if len(word) == 2:
        return (ord(word[0]) * int(PAIR) + ord(word[1])) * STEP & MASK
    return sum(ord(letter) * pow(STEP, place + 1, MASK + 1) for place, letter in enumerate(word)) & MASK


if sys.byteorder != "little":  # pragma: no cover
    raise ImportError("the letters of a page are read as little-endian numbers")

"""The lines of a page as arrays: their letters by class, their words by hash. Everything about a page in one go."""

import sys
import unicodedata
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
LEAST_LETTERS = 3  # of a word that tells what a text is about
MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15  # odd, so that no power of it is 0, and each has an inverse
USUAL_LENGTH = 1 << 16  # characters of a page, up to which the powers are kept
PAIR = np.uint64(0x10001)


@cache
def character_classes() -> NDArray[np.uint8]:
    """Give the class of every character of the Basic Multilingual Plane."""
    by_category = {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Lo": CASELESS, "Lm": CASELESS, "Mn": CASELESS}
    by_category |= {"Mc": CASELESS, "Nd": DIGIT, "Zs": SPACE, "Cc": SPACE}
    table = np.array([by_category.get(unicodedata.category(chr(code)), OTHER) for code in range(0x10000)], np.uint8)
    for kind, characters in PUNCTUATION.items():
        table[[ord(one) for one in characters]] = kind
    for kind, ranges in ((IDEOGRAPH, IDEOGRAPHS), (SYLLABLE, SYLLABLES)):
        for first, end in ranges:
            letters = np.arange(first, end)
            table[letters[table[letters] == CASELESS]] = kind
    return table


@cache
def _small_letters() -> NDArray[np.uint64]:
    """Give each letter's small letter, where that is one character; 0 for what is no letter."""
    small = (chr(code).lower() for code in range(0x10000))
    codes = np.array([ord(one) if len(one) == 1 else code for code, one in enumerate(small)], np.uint64)
    classes = character_classes()
    codes[(classes < UPPER) | (classes > SYLLABLE)] = 0
    return codes


@cache
def _usual_powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    return _count_powers(USUAL_LENGTH)


def _powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Give the powers of STEP from the first on, and those of its inverse from the zeroth on."""
    if count > USUAL_LENGTH:
        return _count_powers(count)
    powers, inverse = _usual_powers()
    return powers[:count], inverse[:count]


def _count_powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    inverse = np.full(count, pow(STEP, -1, MASK + 1), np.uint64)
    inverse[0] = 1
    return np.multiply.accumulate(np.full(count, STEP, np.uint64)), np.multiply.accumulate(inverse)


@dataclass(frozen=True, slots=True)
class LineTable:
    """
    The filled lines of one page.

    ``counts`` is line x class of character; ``words`` counts words, estimated where a script has no spaces; ``first``
    and ``last`` are the classes of a line's first and last character, brackets and quotes at the end passed over.
    Of the words that tell what a text is about ``word_line`` gives the line of each, ``word_id`` its number among the
    different ones of the page, ``word_hash`` the hashes in the order of these numbers, and ``held`` how many each line
    has (1 where it has none). Lines that are the same have one ``line_id``; ``repeats`` says how many they are.
    """

    lines: Sequence[str]
    counts: NDArray[np.int64]
    length: NDArray[np.int64]
    words: NDArray[np.float64]
    capitalised: NDArray[np.int64]
    sentences: NDArray[np.int64]
    first: NDArray[np.uint8]
    last: NDArray[np.uint8]
    closing: NDArray[np.uint8]
    word_line: NDArray[np.int64]
    word_id: NDArray[np.int64]
    word_hash: NDArray[np.uint64]
    held: NDArray[np.int64]
    line_id: NDArray[np.int64]
    repeats: NDArray[np.int64]


def read_lines(lines: Sequence[str]) -> LineTable:
    """Measure the lines of a page; none of them may be empty or hold a line feed."""
    count = len(lines)
    codes = _codes("\n".join(lines) + "\n")
    kinds = character_classes().take(codes)
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
    capitalised = np.bincount(line_of.take(np.flatnonzero(begins & (kinds == UPPER))), minlength=count)
    ends = np.flatnonzero((kinds[:-1] == END) & (kinds[1:] == SPACE))
    sentences = np.bincount(line_of.take(ends), minlength=count)
    spaced = counts[:, SPACE] + 1.0
    unspaced = counts[:, IDEOGRAPH] / 2 + counts[:, SYLLABLE] / 5
    closing = kinds[breaks - 1]
    word_line, hashes = _words(codes, line_of, is_letter, is_alone, begins)
    word_hash, word_id = np.unique(hashes, return_inverse=True)
    numbers: dict[str, int] = {}
    line_id = np.array([numbers.setdefault(line, len(numbers)) for line in lines])
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
        line_id,
        np.bincount(line_id)[line_id],
    )


def _codes(text: str) -> NDArray[np.uint16]:
    """Give the characters of a text as numbers; what lies beyond the first plane (signs, rare ideographs) is 0xFFFF."""
    stored = text.encode("utf-16-le", "surrogatepass")
    if len(stored) == 2 * len(text):
        return np.frombuffer(stored, np.uint16)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(wide, 0xFFFF).astype(np.uint16)


def _last(
    kinds: NDArray[np.uint8], starts: NDArray[np.int64], breaks: NDArray[np.int64], closing: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """Give the class of each line's last character, up to three closing quotes and brackets passed over."""
    last = closing
    for back in (2, 3, 4):
        passed = ((last == QUOTE) | (last == BRACKET)) & (breaks - back >= starts)
        last = np.where(passed, kinds[np.maximum(breaks - back, 0)], last)
    return last


def _words(
    codes: NDArray[np.uint16],
    line_of: NDArray[np.int64],
    is_letter: NDArray[np.bool_],
    is_alone: NDArray[np.bool_],
    begins: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Give the line and the hash of every word of ``LEAST_LETTERS`` or more, in small letters."""
    firsts = np.flatnonzero(begins)
    if not len(firsts):
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    small = _small_letters().take(codes)
    if is_alone.any():
        # A pair of characters tells more than one; the second is whatever stands there, be it the line's end.
        alone = np.flatnonzero(is_alone)
        small[alone] = small[alone] * PAIR + codes[alone + 1]
    # Each letter by its place on the page; what stands between two words is 0. Then as if each word stood at its start.
    powers, inverse = _powers(len(codes))
    sums = np.cumsum(small * powers)
    ends = sums.take(np.append(firsts[1:], len(sums)) - 1)
    hashes = np.diff(ends, prepend=np.uint64(0)) * inverse[firsts]
    goes_on = is_letter & ~begins
    # A page ends with a line feed, so that a word at its end has a character behind it, and that is no letter.
    second = goes_on.take(firsts + 1)
    kept = is_alone.take(firsts) | (second & goes_on.take(firsts + LEAST_LETTERS - 1, mode="clip"))
    result: NDArray[np.uint64] = hashes[kept]
    return line_of.take(firsts[kept]), result


def hash_word(word: str) -> int:
    """Hash one word in small letters, or a pair of characters of a script without spaces, as ``read_lines`` does."""
    if len(word) == 2:
        return (ord(word[0]) * int(PAIR) + ord(word[1])) * STEP & MASK
    return sum(ord(letter) * pow(STEP, place + 1, MASK + 1) for place, letter in enumerate(word)) & MASK


if sys.byteorder != "little":  # pragma: no cover
    raise ImportError("the letters of a page are read as little-endian numbers")

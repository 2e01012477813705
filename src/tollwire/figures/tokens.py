"""Tokens: the numbers, words and marks of a stretch of text, column by column."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

# Possessive quantifiers (++) never give back what they took, and nothing is looked for behind a number: what was read
# is never read again, so a million digits cost one pass. Whether the groups of a number are right is the reader's part.
# A word ("passer-by" too), or an abbreviation with stops ("U.S."); a number; a mark.
_TOKEN = re.compile(
    r"""[^\W\d_] (?: \.(?:[^\W\d_]\.)++ | \w*+(?:['’]\w++)*+(?:-by\b)?+ )
      | \d++ (?:[,\u00a0\u2009\u202f]\d++)*+ (?:\.\d++)?+ \w*+
      | [^\w\s]
      | \w++""",
    re.VERBOSE,
)


NAMES = {"is": "i.s.", "us": "u.s."}


@dataclass(frozen=True, slots=True)
class Tokens:
    """
    The tokens of one stretch of text; all columns have one entry for each token.

    ``words`` are what rules compare: small letters, straight apostrophes. ``starts`` and ``ends`` are places in the
    whole text.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.words)

    def word(self, place: int) -> str:
        """Give the token at a place; empty beyond either end."""
        return self.words[place] if 0 <= place < len(self.words) else ""

    def touches(self, left: int) -> bool:
        """Tell whether the token at ``left`` and the next stand together without a space."""
        return 0 <= left < len(self.words) - 1 and self.ends[left] == self.starts[left + 1]

    def is_mark(self, place: int) -> bool:
        """Tell whether the token is a punctuation mark or sign."""
        first = self.words[place][0]
        return not (first.isalnum() or first == "_")

    def is_number(self, place: int) -> bool:
        """Tell whether the token starts with a digit."""
        return self.words[place][0].isdecimal()

    def is_word(self, place: int) -> bool:
        """Tell whether the token is a word."""
        first = self.words[place][0]
        return (first.isalnum() or first == "_") and not first.isdecimal()


def tokenise(text: str, start: int = 0, end: int | None = None, limit: int | None = None) -> Tokens:
    """List the tokens of ``text[start:end]``, at most ``limit`` of them; offsets count from the text's own start."""
    spans = [found.span() for found in islice(_TOKEN.finditer(text, start, len(text) if end is None else end), limit)]
    if not spans:
        return Tokens([], [], [])
    starts, ends = map(list, zip(*spans, strict=True))
    first = starts[0]
    lowered = text[first : ends[-1]].lower()
    if len(lowered) == ends[-1] - first:
        words = [lowered[one - first : other - first] for one, other in spans]
    else:  # a few capitals become two letters
        words = [text[one:other].lower() for one, other in spans]
    if "’" in lowered:
        words = [word.replace("’", "'") for word in words]
    if "is" in words or "us" in words:
        _tell_names(text, words, starts, ends)
    return Tokens(words, starts, ends)


def _tell_names(text: str, words: list[str], starts: list[int], ends: list[int]) -> None:
    """Write IS and US as "i.s." and "u.s.", where capitals tell them from the words "is" and "us"."""
    if text[starts[0] : ends[-1]].isupper():
        return
    for place, word in enumerate(words):
        if word in NAMES and text[starts[place] : ends[place]].isupper():
            words[place] = NAMES[word]


def pieces(tokens: Tokens, longest: int) -> Iterator[Tokens]:
    """Cut what is longer than any sentence into pieces, so that the time it takes grows with its length only."""
    if len(tokens) <= longest:
        yield tokens
        return
    for first in range(0, len(tokens), longest):
        cut = slice(first, first + longest)
        yield Tokens(tokens.words[cut], tokens.starts[cut], tokens.ends[cut])


def without(tokens: Tokens, is_left_out: Callable[[str], bool]) -> Tokens:
    """Leave out the tokens of which that is true."""
    kept = [place for place, word in enumerate(tokens.words) if not is_left_out(word)]
    return Tokens(
        [tokens.words[place] for place in kept],
        [tokens.starts[place] for place in kept],
        [tokens.ends[place] for place in kept],
    )

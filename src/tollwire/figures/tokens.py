"""Tokens: the numbers, words and marks of a stretch of text, column by column."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

# Possessive quantifiers (++) never give back what they took, and nothing is looked for behind a number: what was read
# is never read again, so a million digits cost one pass. Whether the groups of a number are right is the reader's part.
# A word ("passer-by" too), or an abbreviation with stops ("U.S."); a number; a mark.
_TOKEN: Final = re.compile(
    r"""[^\W\d_] (?: \.(?:[^\W\d_]\.)++ | \w*+(?:['’]\w++)*+(?:-by\b)?+ )
      | \d++ (?:[,\u00a0\u2009\u202f]\d++)*+ (?:\.\d++)?+ \w*+
      | [^\w\s]
      | \w++""",
    re.VERBOSE,
)


NAMES: Final = {"is": "i.s.", "us": "u.s."}
_TOLD_BY_CAPITALS: Final = frozenset(NAMES)
# characters of those that are kept, and how many are
LONGEST_CHUNK: Final = 24
MOST_CHUNKS: Final = 50_000


def is_mark(word: str) -> bool:
    """Tell whether a token is a punctuation mark or sign."""
    first = word[0]
    return not (first.isalnum() or first == "_")


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """
    The tokens of one stretch of text, equal to no other; all columns have one entry for each token.

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
        words = self.words
        return words[place] if 0 <= place < len(words) else ""

    def touches(self, left: int) -> bool:
        """Tell whether the token at ``left`` and the next stand together without a space."""
        return 0 <= left < len(self.words) - 1 and self.ends[left] == self.starts[left + 1]

    def is_mark(self, place: int) -> bool:
        """Tell whether the token is a punctuation mark or sign."""
        return is_mark(self.words[place])

    def is_number(self, place: int) -> bool:
        """Tell whether the token starts with a digit."""
        return self.words[place][0].isdecimal()

    def is_word(self, place: int) -> bool:
        """Tell whether the token is a word."""
        first = self.words[place][0]
        return (first.isalnum() or first == "_") and not first.isdecimal()


Inner = tuple[tuple[str, int, int], ...]


Chunk = tuple[str, int, Inner | None]

# What stands between two spaces, for each chunk that was met: a language has few, over and over.
# Of each the word where it is one, its length, and the tokens with their places inside it where it is not one word.
_CHUNKS: Final[dict[str, Chunk]] = {}


def _read_chunk(chunk: str) -> Chunk:
    found: Chunk
    if chunk.isalpha():
        found = chunk.lower(), len(chunk), None
    else:
        spans = [match.span() for match in _TOKEN.finditer(chunk)]
        inner = tuple([(chunk[start:end].lower().replace("’", "'"), start, end) for start, end in spans])
        found = "", len(chunk), inner
    if len(chunk) <= LONGEST_CHUNK:
        if len(_CHUNKS) >= MOST_CHUNKS:
            _CHUNKS.clear()
        _CHUNKS[chunk] = found
    return found


def tokenise(text: str, start: int = 0, end: int | None = None, limit: int | None = None) -> Tokens:
    """List the tokens of ``text[start:end]``, at most ``limit`` of them; offsets count from the text's own start."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = start
    for chunk in text[start:end].replace("\n", " ").split(" "):
        word, length, inner = _CHUNKS.get(chunk) or _read_chunk(chunk)
        if inner is None:
            words.append(word)
            starts.append(place)
            ends.append(place + length)
        else:
            for part, first, last in inner:
                words.append(part)
                starts.append(place + first)
                ends.append(place + last)
        place += length + 1
    tokens = Tokens(words[:limit], starts[:limit], ends[:limit]) if limit is not None else Tokens(words, starts, ends)
    if not _TOLD_BY_CAPITALS.isdisjoint(words):
        _tell_names(text, tokens)
    return tokens


def _tell_names(text: str, tokens: Tokens) -> None:
    """Write IS and US as "i.s." and "u.s.", where capitals tell them from the words "is" and "us"."""
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    if not words or text[starts[0] : ends[-1]].isupper():
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

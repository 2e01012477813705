"""Tokens: the numbers, words and marks of a text, each with its place."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple


class Token(NamedTuple):
    """One token. ``kind`` is ``n`` (number), ``w`` (word) or ``m`` (mark); ``norm`` is what rules compare."""

    kind: str
    norm: str
    start: int
    end: int


# Possessive quantifiers (++) never give back what they took, and nothing is looked for behind a number: what was read
# is never read again, so a million digits cost one pass. Whether the groups of a number are right is the reader's part.
_TOKEN = re.compile(
    r"""(?P<n> \d++ (?:[,\u00a0\u2009\u202f]\d++)*+ (?:\.\d++)?+ \w*+ )
      | (?P<w> (?:[^\W\d_]\.){2,}+ | \w++(?:['’]\w++)*+ )
      | (?P<m> [^\w\s] )""",
    re.VERBOSE,
)


def tokenise(text: str, start: int = 0, end: int | None = None, limit: int | None = None) -> list[Token]:
    """List the tokens of ``text[start:end]``, at most ``limit`` of them; offsets count from the text's own start."""
    return list(islice(_tokens(text, start, len(text) if end is None else end), limit))


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup or "m"
        yield Token(kind, found.group().lower().replace("’", "'"), *found.span())


def touches(tokens: list[Token], left: int) -> bool:
    """Tell whether the token at ``left`` and the next stand together without a space."""
    return 0 <= left < len(tokens) - 1 and tokens[left].end == tokens[left + 1].start

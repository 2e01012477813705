"""Appositions: one person told by two nouns, "the man, a known dealer, was held", of which the first is marked."""

from collections.abc import Sequence

from tollwire.figures.mention import Mention
from tollwire.figures.tokens import Tokens

_ARTICLES = frozenset(("a", "an", "the"))
_LISTS = frozenset(("and", "or", "as", "along", "together", "plus"))
LONGEST = 12  # tokens from the second noun to the comma that closes it


def without_appositions(tokens: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
    """
    Leave out the nouns that only say more of the one person before them; a list has "and" before its last.

    Source: annotations/GUIDELINES.md, 10 "One person, two nouns".
    """
    kept: list[Mention] = []
    starts = {one.start for one in mentions}
    for mention in mentions:
        if not (kept and _is_told_again(tokens, kept[-1], mention, starts)):
            kept.append(mention)
    return kept


def _is_told_again(tokens: Tokens, first: Mention, second: Mention, starts: set[int]) -> bool:
    is_one = first.figure.low == first.figure.high == second.figure.low == second.figure.high == 1
    words = tokens.words
    if not is_one or words[first.after : second.start] != [","] or words[second.start] not in _ARTICLES:
        return False
    if words[first.start - 1 : first.start] in (["and"], [","], [":"], [";"]) or first.is_bare:
        return False
    for place in range(second.after, min(second.after + LONGEST, len(tokens))):
        if words[place] in _LISTS or place in starts:
            return False
        if words[place] == ",":
            following = tokens.word(place + 1)
            return following not in _LISTS and place + 1 not in starts
    return False

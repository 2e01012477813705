"""Appositions: one person told twice, "the man, a known dealer, was held", "killed Lena Orsk, a nurse"."""

from collections.abc import Sequence
from typing import Final, TypeVar

from tollwire.figures.clause_words import ARTICLES
from tollwire.figures.mention import Mention
from tollwire.figures.tokens import Tokens

T = TypeVar("T")

_LISTS: Final = frozenset(("and", "or", "as", "along", "together", "plus"))
LONGEST: Final = 12  # tokens from the second noun to the comma that closes it


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


def described(tokens: Tokens, mentions: Sequence[Mention], harms: Sequence[T | None]) -> list[tuple[Mention, T | None]]:
    """
    Give each mention its harm, but what happened to somebody named to the noun behind the name: it is what is marked.

    Source: annotations/GUIDELINES.md, 10 "A single person".
    """
    told = list(harms)
    for number in range(len(mentions) - 1):
        name, noun = mentions[number], mentions[number + 1]
        if noun.is_name and name.end == noun.start and name.figure.high == 1 and tokens.words[name.start] in ARTICLES:
            told[number], told[number + 1] = (
                told[number] or told[number + 1],
                None,
            )  # "the journalist Lena Orsk was shot"
        is_noun = noun.figure.high == 1 and not noun.is_name and tokens.words[noun.start] in ARTICLES
        is_group = name.is_name and noun.is_bare and tokens.words[name.end : noun.start] == [","]
        if is_group and told[number]:
            told[number + 1] = None  # "Lena Orsk and Idris Mohan, members of the guard, were killed"
        if name.is_name and is_noun and tokens.words[name.end : noun.start] == [","] and told[number]:
            told[number], told[number + 1] = None, told[number]
    return list(zip(mentions, told, strict=True))


def _is_told_again(tokens: Tokens, first: Mention, second: Mention, starts: set[int]) -> bool:
    is_one = first.figure.low == first.figure.high == second.figure.low == second.figure.high == 1
    words = tokens.words
    if not is_one or words[first.after : second.start] != [","] or words[second.start] not in ARTICLES:
        return False
    if words[first.start - 1 : first.start] in (["and"], [","], [":"], [";"]) or first.is_bare:
        return False
    for place in range(second.after, min(second.after + LONGEST, len(tokens))):
        if words[place] in _LISTS or place in starts:
            return False
        if words[place] == ",":
            following = tokens.word(place + 1)
            return following not in _LISTS and place + 1 not in starts
        if words[place] == "." and place == second.after:
            return True  # "killed the driver, a known bomb maker."
    return False

"""Naming again: "the dead", "their bodies", "he was shot" speak of those whom the text has counted before."""

from collections.abc import Container, Iterator
from typing import Final

from tollwire.figures.antecedents import PRONOUNS, SINGULAR, pronoun_before
from tollwire.figures.clause import Harm
from tollwire.figures.clause_words import BE, BREAKS, DEFINITE, FUNCTION_WORDS, PUT, SPEECH
from tollwire.figures.figure import Figure, exact
from tollwire.figures.harm_words import ADJECTIVES, HARM_FORMS
from tollwire.figures.lexicons import lexicon
from tollwire.figures.mention import Mention
from tollwire.figures.nouns import Noun
from tollwire.figures.numbers import NUMBER_WORDS
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import SUBJECT, find_triggers

_NOUNS: Final[dict[str, tuple[str, bool]]] = {
    noun: (harm, number == "several")
    for number in ("several", "one")
    for harm, nouns in lexicon("again")[number].items()
    for noun in nouns
}
_NAMING: Final = PRONOUNS | frozenset(_NOUNS)
# Before "the dead" they lead to a number, or to whom it is a part of: "put the dead at nine", "one of the dead".
_COUNTED_BY: Final = PUT | frozenset(
    "among of bring brings bringing brought raise raised count counted with than".split()
)
_TO_NUMBER: Final = BE | {"at", "to", ",", ":", "numbered"}
_MANY: Final = Figure("vague", low=2)


def names_a_count(words: list[str]) -> bool:
    """Tell a sentence that may speak of persons counted before: "the remaining six were 17", "all three cooked"."""
    if any(word in NUMBER_WORDS for word in words[: 1 + (words[:1] == ["all"])]):
        return True
    return "the" in words and any(
        word == "the" and any(one[0].isdecimal() or one in NUMBER_WORDS for one in words[place : place + 2])
        for place, word in enumerate(words[:-1], start=1)
    )


def may_name_again(tokens: Tokens) -> bool:
    """Tell whether a sentence has any of the nouns and pronouns that ``find_again`` finds."""
    return not _NAMING.isdisjoint(tokens.words)


def find_again(tokens: Tokens, taken: Container[int]) -> Iterator[tuple[Mention, Harm]]:
    """
    Find who is named again in a sentence by a noun or pronoun alone, outside the places of other mentions (``taken``).

    How many they are only the figure tells that they repeat.

    Source: annotations/GUIDELINES.md, 10 "The dead named again" and "A single person".
    """
    words = tokens.words
    for place, word in enumerate(words[1:]):
        if word in _NOUNS and words[place] in DEFINITE and place not in taken:
            harm, is_several = _NOUNS[word]
            if tokens.word(place - 1) not in _COUNTED_BY and _ends_phrase(tokens, place + 2):
                figure = _MANY if is_several else exact(1)
                yield Mention(place, place + 2, place + 2, figure, Noun(is_several)), Harm(harm, place + 1)
    if PRONOUNS.isdisjoint(words):
        return
    is_paired = words[0] in SINGULAR and words[1:2] == ["and"] and 0 not in taken  # "He and his driver died"
    for trigger in find_triggers(tokens, {}):
        if is_paired and trigger.side == SUBJECT and not (trigger.is_possible or trigger.is_negated):
            is_paired = False
            yield Mention(0, 1, 1, exact(1), None), Harm(trigger.harm, trigger.place)
        pronoun = pronoun_before(tokens, trigger)
        if pronoun is not None and pronoun not in taken:
            figure = exact(1) if words[pronoun] in SINGULAR else _MANY
            yield Mention(pronoun, pronoun + 1, pronoun + 1, figure, None), Harm(trigger.harm, trigger.place)


def _ends_phrase(tokens: Tokens, place: int) -> bool:
    """Tell whether neither a noun nor a number follows, as in "the wounded pilot" and "the dead were 12"."""
    word = tokens.word(place)
    follower = tokens.word(place + 1)
    if word == "of" or (word in _TO_NUMBER and (follower[:1].isdecimal() or follower in NUMBER_WORDS)):
        return False
    if tokens.words[place - 1] not in ADJECTIVES:
        return word not in ("'", "-")  # "the victims' families"
    is_closed = not word or tokens.is_mark(place) or word in FUNCTION_WORDS or word in BREAKS or word in SPEECH
    return (is_closed and word not in ("'", "’", "-")) or word in HARM_FORMS or word.endswith("ed")

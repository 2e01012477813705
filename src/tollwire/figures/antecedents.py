"""
Antecedents: whom a pronoun means to whom a verb of harm is done.

"The patrol saw two gunmen and killed them"; "four miners were walking home when they were shot".
"""

from collections.abc import Sequence
from typing import Final

from tollwire.figures.clause_words import BREAKS, DETERMINERS, FALLS, FUNCTION_WORDS, PREPOSITIONS, SPEECH, is_adverb
from tollwire.figures.harm_words import SUFFERED
from tollwire.figures.mention import Mention
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import OBJECT, WHOM_REACH, Trigger

_ONE: Final = frozenset(("him", "her"))
_SEVERAL: Final = frozenset(("them", "both"))
SINGULAR: Final = frozenset(("he", "she"))
PRONOUNS: Final = SINGULAR | {"they", "all"}
_EACH: Final = frozenset(("all", "both", "each"))
_JOINING: Final = BREAKS | {"and", ";", "where"}  # between a clause and the next
_NO_NOUNS: Final = FUNCTION_WORDS | BREAKS | {"go"}  # behind "her": "let her go"
_LEADING: Final = frozenset(("a", "an", "one", "another", "the"))
_OPENERS: Final = BREAKS | {"and", "or", "that", "who", "which"}


def find_antecedent(tokens: Tokens, mentions: Sequence[Mention], trigger: Trigger) -> int | None:
    """
    Find the nearest persons before a verb that its pronoun means, and who are not the ones that do it.

    One person counts where the sentence speaks of him itself: a pronoun for somebody told of before is the figure.

    Source: annotations/GUIDELINES.md, 2 "Spans" and 10 "Counted by a clause".
    """
    word = tokens.word(trigger.end)
    if word == "her" and not _is_closed_at(tokens, trigger.end + 1):
        return None  # "killed her parents"
    if trigger.side != OBJECT or (word not in _ONE and word not in _SEVERAL):
        return None
    for number in range(len(mentions) - 1, -1, -1):
        mention = mentions[number]
        if mention.after > trigger.first:
            continue
        is_one = mention.figure.high == 1
        opens = mention.start == 0 or tokens.is_mark(mention.start - 1) or tokens.words[mention.start - 1] in _OPENERS
        is_new = mention.noun is not None and tokens.words[mention.start] in _LEADING
        is_doer = mention.after == trigger.first  # "the consul attacked him"
        fits = is_one and is_new and not is_doer if word in _ONE else not is_one
        return number if fits and not opens else None
    return None


def find_pronoun_subject(tokens: Tokens, mentions: Sequence[Mention], trigger: Trigger) -> int | None:
    """
    Find the persons of an earlier clause of the sentence whom the pronoun before a passive or a death means.

    Those are the first that stand in no phrase of their own and are as many as it says; a clause of speech between
    may have others in mind.
    """
    pronoun = pronoun_before(tokens, trigger)
    if pronoun is None:
        return None
    is_one = tokens.words[pronoun] in SINGULAR
    for number, mention in enumerate(mentions):
        if mention.after >= pronoun:
            return None
        between = tokens.words[mention.after : pronoun]
        if not SPEECH.isdisjoint(between) or (_JOINING.isdisjoint(between)):
            continue
        is_flight = trigger.harm == "displaced" and mention.noun is not None and mention.noun.status == "combatant"
        if not is_flight and tokens.word(mention.start - 1) not in PREPOSITIONS and is_as_many(mention, is_one):
            return number
    return None


def pronoun_before(tokens: Tokens, trigger: Trigger) -> int | None:
    """Give the place of the "he", "she" or "they" to whom a verb says that something was done; None without one."""
    place = trigger.first - 1
    while place > 0 and (tokens.words[place] in _EACH or is_adverb(tokens.words[place])):
        if tokens.is_mark(place - 1):
            break  # "all were killed"
        place -= 1
    if trigger.side == OBJECT or tokens.word(place) not in PRONOUNS or trigger.is_possible or trigger.is_negated:
        return None
    if tokens.words[trigger.place] in FALLS:
        return None  # "where they fell"
    is_phrase = trigger.end - trigger.place > 1  # "passed away"
    is_done = trigger.first < trigger.place or is_phrase or tokens.words[trigger.place] in SUFFERED  # not "they shot"
    return place if is_done else None


def is_as_many(mention: Mention, is_one: bool) -> bool:
    """Tell whether persons can be meant by a pronoun: one whom a noun tells of, or several."""
    figure = mention.figure
    if is_one:
        return figure.low == figure.high == 1 and mention.noun is not None
    return figure.bound != "none" and figure.high != 1


def find_relative(tokens: Tokens, mentions: Sequence[Mention], trigger: Trigger) -> int | None:
    """Find the persons of whom a clause with "whom" tells: "the villagers whom the rebels had abducted"."""
    near = tokens.words[max(0, trigger.first - WHOM_REACH) : trigger.first]
    if trigger.side != OBJECT or "whom" not in near:
        return None
    place = trigger.first - 1 - near[::-1].index("whom")
    for number, mention in enumerate(mentions):
        aside = tokens.words[mention.after : place]  # "it was a midwife, on her way home, whom the shell killed"
        is_aside = aside[:1] == aside[-1:] == [","] and BREAKS.isdisjoint(aside)
        if (mention.after == place or is_aside) and _is_led(tokens, mention):
            return number
    return None


def _is_led(tokens: Tokens, mention: Mention) -> bool:
    return not mention.is_bare or tokens.words[mention.start] in DETERMINERS


def _is_closed_at(tokens: Tokens, place: int) -> bool:
    word = tokens.word(place)
    return (
        not word or word == "go" or tokens.is_mark(place) or word in FUNCTION_WORDS or word in BREAKS or is_adverb(word)
    )

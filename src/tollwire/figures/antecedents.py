"""Antecedents: whom a pronoun behind a verb of harm means, "the patrol saw two gunmen and killed them"."""

from collections.abc import Sequence
from typing import Final

from tollwire.figures.clause_words import BREAKS, DETERMINERS
from tollwire.figures.mention import Mention
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import OBJECT, WHOM_REACH, Trigger

_ONE: Final = frozenset(("him", "her"))
_SEVERAL: Final = frozenset(("them", "both"))
_LEADING: Final = frozenset(("a", "an", "one", "another", "the"))
_OPENERS: Final = BREAKS | {"and", "or", "that", "who", "which"}


def find_antecedent(tokens: Tokens, mentions: Sequence[Mention], trigger: Trigger) -> int | None:
    """
    Find the nearest persons before a verb that its pronoun means, and who are not the ones that do it.

    One person counts where the sentence speaks of him itself: a pronoun for somebody told of before is the figure.

    Source: annotations/GUIDELINES.md, 2 "Spans" and 10 "Counted by a clause".
    """
    word = tokens.word(trigger.end)
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

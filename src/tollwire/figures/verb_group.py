"""Verb groups: the auxiliaries before a verb, and whether what it says is only meant, feared or tried."""

from typing import Final

from tollwire.figures.clause_words import (
    BE,
    CONDITIONS,
    HAVE,
    IMPLICATIVE,
    MODALS,
    NEGATIONS,
    PREVENTIONS,
    QUOTES,
    REHEARSALS,
    REPORTED,
    is_adverb,
)
from tollwire.figures.harm_words import ADJECTIVES, BASES, PARTICIPLES
from tollwire.figures.tokens import Tokens

HARMED: Final = frozenset(PARTICIPLES) | frozenset(ADJECTIVES)
_EACH: Final = frozenset(("all", "both", "each"))  # "they were all killed"
_DATING: Final = frozenset("in since of from by until till during last this early late mid".split())  # before May
_NAMED: Final = frozenset(("identified", "confirmed", "counted", "listed", "named", "found"))
_OPEN: Final = frozenset(("if", "whether"))
REACH: Final = 6  # adverbs and auxiliaries that are passed to find how a verb is meant


def verb_group(tokens: Tokens, place: int) -> tuple[int, set[str]]:
    """Find where the verb group of a verb starts, and its auxiliaries: "have since been" before "killed"."""
    first = place
    auxiliaries: set[str] = set()
    last = place - (tokens.word(place - 1) == "who")
    if tokens.word(last - 1) in ("the", "those") and tokens.word(last - 2) == "among":
        place = last - 2  # "are among the wounded", "was among those who died"
        place -= tokens.word(place - 1) in _NAMED  # "was identified among the dead"
    if place == first and tokens.word(place - 1) in REPORTED and tokens.words[place] in HARMED:
        first = place = place - 1  # "nine people reported killed", "was reported dead"
    for step in range(place - 1, max(-1, place - 1 - REACH), -1):
        word = tokens.words[step]
        if word == "may" and _is_month(tokens, step):
            break
        if word in BE or word in HAVE or word in MODALS or word in NEGATIONS or word in ("did", "do", "does"):
            auxiliaries.add(word)
            first = step
        elif not (
            is_adverb(word)
            or word in _EACH
            or word in QUOTES
            or (word == "to" and (auxiliaries or tokens.word(step - 1) in HAVE))
        ):
            break
    return first, auxiliaries


def _is_month(tokens: Tokens, place: int) -> bool:
    """Tell May from "may", whatever the capitals: "in May was", "on 3 May were"."""
    before, after = tokens.word(place - 1), tokens.word(place + 1)
    is_dated = before in _DATING or before[:1].isdecimal() or after[:1].isdecimal()
    return is_dated or after in ("was", "were", "had", "has")


def is_purpose(tokens: Tokens, place: int, first: int) -> bool:
    """Tell what is only meant or feared: "an operation to capture", "tried to kill", "plotted the killing of"."""
    before = first - 1
    while before >= 0 and is_adverb(tokens.words[before]):
        before -= 1
    word = tokens.word(before)
    if word in ("to", "not") and (
        tokens.words[place] in BASES or tokens.words[place] in ("have", "be") or first != place
    ):
        return tokens.word(before - 1) not in IMPLICATIVE
    if word == "from" and not PREVENTIONS.isdisjoint(tokens.words[max(0, first - 9) : first]):
        return True
    window = tokens.words[max(0, first - 5) : first]
    if any(one in ("at", "of", "for", "from", "against") for one in window[-2:]):
        is_trial = "tried" in window and "for" in window  # "tried for the killing of"
        return any(one in CONDITIONS and not (is_trial and one == "tried") for one in window)
    return not _OPEN.isdisjoint(tokens.words[max(0, first - 12) : first]) or not REHEARSALS.isdisjoint(tokens.words)

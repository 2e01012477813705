"""Words that say a harm only in company: "took" with "hostage", "led" with "away", "lost" with "a leg"."""

from collections.abc import Mapping, Set
from itertools import pairwise
from typing import Final

from tollwire.figures.clause_words import (
    BE,
    BREAKS,
    DETERMINERS,
    FALLS,
    PREPOSITIONS,
    QUOTES,
    TAKE,
    WEEKDAYS,
    is_adverb,
)
from tollwire.figures.harm_words import ADJECTIVES, AROUND, PARTICIPLES, SUFFERED
from tollwire.figures.nouns import PERSONS, THINGS
from tollwire.figures.tokens import Tokens

_OF_LIMBS: Final = DETERMINERS | {"one", "both", "two"}
_ALONG: Final = frozenset((("with", "them"), ("with", "him")))
_THEM: Final = frozenset(("him", "her", "them"))
_ROUNDS: Final = frozenset("round rounds rounded rounding".split())
_SAFE: Final = frozenset("ambulance ambulances clinic doctor hospital hospitals medics safety shelter".split())
_NO_BATTLE: Final = frozenset(("non", "battle"))
_BOUNDS: Final = frozenset(("least", "most"))  # "shot at least six"
_CAUGHT_IN: Final = frozenset(("in", "up", "between", "on", "off", "by"))  # "caught in the crossfire"
_CAUSES: Final = frozenset(("when", "after", "as"))
APART: Final = 9  # tokens from "led" to "away", with those who are led between them
NEAR: Final = 6  # tokens from "suffered" to the hurt
FAR: Final = 14  # tokens of a clause in which a weak verb finds the word that makes it a harm


def says_harm(tokens: Tokens, place: int, starts: Mapping[int, int], auxiliaries: Set[str]) -> bool:
    """
    Tell whether the words around a word that may say a harm make it one.

    ``starts`` are the places where persons are counted, ``auxiliaries`` those of the verb.
    """
    word = tokens.words[place]
    if word in AROUND["shoots"] and tokens.word(place + 1) == "at" and tokens.word(place + 2) not in _BOUNDS:
        if _is_one_in_headline(tokens, place) and tokens.word(place + 2) in THINGS:
            return True  # "Student shot at checkpoint"
        return bool(auxiliaries & BE)  # whoever is shot at need not be hit
    if word in _ROUNDS and "up" not in tokens.words[place + 1 : place + APART]:
        return False  # "fired 60 rounds"
    if word in AROUND["weak"] and not (
        (word == "held" and (auxiliaries & BE or tokens.word(place + 1) in ("by", "over")))
        or (word == "held" and _is_one_in_headline(tokens, place) and tokens.word(place + 1) in PREPOSITIONS)
        or (word == "taken" and auxiliaries & BE and tokens.word(place + 1) in ("", ".", ";", ",", "during"))
        or (word == "caught" and auxiliaries & BE and not _is_caught_in(tokens, place + 1))
        or (word in AROUND["holds"] and has_object(tokens, place + 1, starts))
        or _follows(tokens, place, "with_weak")
        or _is_taken_along(tokens, place, starts)
    ):
        return False
    if word in AROUND["loses"]:
        limb = place + 2 + (tokens.word(place + 2) in ("left", "right"))
        return tokens.word(place + 1) in _OF_LIMBS and tokens.word(limb) in AROUND["limbs"]
    if word in AROUND["suffers"]:
        return not AROUND["hurts"].isdisjoint(tokens.words[place + 1 : place + NEAR])
    if word.startswith("di") and SUFFERED.get(word) == "killed":
        if _NO_BATTLE.issubset(tokens.words[place + 1 : place + FAR]):
            return False  # "died of a non-battle injury"
        near = tokens.words[place + 1 : place + FAR]  # "died in their sleep", but not "when a shell struck"
        return AROUND["natural"].isdisjoint(near[:NEAR]) or not _CAUSES.isdisjoint(near)
    if word in AROUND["treat"]:
        return _follows(tokens, place, "hurts")
    if word in AROUND["apart"]:
        is_forced = bool(auxiliaries & BE) and "gunpoint" in tokens.words[place + 1 : place + APART]
        return is_forced or _is_apart(tokens, place, starts)
    if word in AROUND["leave"]:
        return _follows(tokens, place, "leaving")
    return word not in FALLS or tokens.word(place + 1) in AROUND["fall_ends"]


def completes_harm(tokens: Tokens, place: int, end: int) -> bool:
    """
    Tell whether a phrase has behind it what makes it a harm; true of one that needs nothing.

    Behind "moved to" that is a place that people flee to, and behind "with a broken" a limb.
    """
    if tokens.words[place] == "with":
        return not AROUND["limbs"].isdisjoint(tokens.words[end : end + 2])
    leads = tokens.words[end - 1]
    if tokens.words[place] not in AROUND["goes"] or leads not in PREPOSITIONS or leads == "with":
        return True
    return not AROUND["havens"].isdisjoint(tokens.words[end : end + NEAR])


def is_told_by_auxiliaries(word: str) -> bool:
    """Tell whether the auxiliaries of a word have a say in whether it says a harm."""
    return word in ("held", "taken", "caught") or word in AROUND["apart"] or word in AROUND["shoots"]


def outcome_of(tokens: Tokens, place: int, harm: str | None) -> str | None:
    """Give the harm that the words around a verb make of its own: "stabbed to death", "hit in the shoulder"."""
    if harm is None:
        return None
    is_dead = tokens.word(place + 1) in _THEM and tokens.word(place + 2) == "dead"  # "shot him dead"
    if is_dead or _to_death(tokens, place) or "fatally" in tokens.words[max(0, place - 2) : place + 2]:
        return "killed"
    return "injured" if harm == "casualties" and _in_limb(tokens, place) else harm


def has_object(tokens: Tokens, place: int, starts: Mapping[int, int]) -> bool:
    """Tell whether persons are named or counted right behind a verb, so that it is done to them."""
    while tokens.word(place) in ("and", "or") and (
        tokens.word(place + 1) in PARTICIPLES or tokens.word(place + 1) in ADJECTIVES
    ):
        place += 2
    while place not in starts and (is_adverb(tokens.word(place)) or tokens.word(place) in QUOTES):
        place += 1
    return place in starts or tokens.word(place) in ("him", "her", "them", "himself", "herself", "themselves")


def _is_caught_in(tokens: Tokens, place: int) -> bool:
    """Tell "caught in the crossfire", but not "caught on Tuesday"."""
    return tokens.word(place) in _CAUGHT_IN and tokens.word(place + 1) not in WEEKDAYS


def _is_one_in_headline(tokens: Tokens, place: int) -> bool:
    """Tell whether a sentence opens with one person without an article, and then this verb."""
    before = PERSONS.get(tokens.word(place - 1))
    return before is not None and not before.is_plural and DETERMINERS.isdisjoint(tokens.words[:place])


def _to_death(tokens: Tokens, place: int) -> bool:
    """Tell "stabbed a lawyer to death"."""
    near = tokens.words[place + 1 : place + APART]
    return "death" in near and tokens.word(place + near.index("death")) == "to" and BREAKS.isdisjoint(near)


def _is_taken_along(tokens: Tokens, place: int, starts: Mapping[int, int]) -> bool:
    """Tell "took two nurses with them"."""
    near = tokens.words[place + 2 : place + APART]
    if "from" in near and BREAKS.isdisjoint(near) and _SAFE.isdisjoint(tokens.words):
        return tokens.words[place] in TAKE and has_object(tokens, place + 1, starts)  # "took six men from a bus"
    is_along = any(pair in _ALONG for pair in pairwise(near))
    return is_along and tokens.words[place] in TAKE and has_object(tokens, place + 1, starts)


def _in_limb(tokens: Tokens, place: int) -> bool:
    near = tokens.words[place + 1 : place + APART]
    return "in" in near and not AROUND["limbs"].isdisjoint(near[near.index("in") + 1 : near.index("in") + 4])


def _is_apart(tokens: Tokens, place: int, starts: Mapping[int, int]) -> bool:
    """Tell "led dozens of men away" and "let nine hostages go"."""
    return has_object(tokens, place + 1, starts) and not AROUND["apart_with"].isdisjoint(
        tokens.words[place + 2 : place + APART]
    )


def _follows(tokens: Tokens, place: int, name: str) -> bool:
    near = tokens.words[max(0, place - FAR) if name == "with_weak" else place + 1 : place + FAR]
    return not AROUND[name].isdisjoint(near)

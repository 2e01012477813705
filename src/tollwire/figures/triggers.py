"""Triggers: the words of a sentence that say a harm, and whether those harmed stand before or behind them."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from tollwire.figures.clause_words import (
    BE,
    BREAKS,
    CONDITIONS,
    DETERMINERS,
    FALLS,
    HAVE,
    IMPLICATIVE,
    MODALS,
    NEGATIONS,
    NOUNS_TOO,
    PREPOSITIONS,
    PREVENTIONS,
    QUOTES,
    REHEARSALS,
    REPORTED,
    STATES,
    TAKE,
    is_adverb,
)
from tollwire.figures.harm_words import (
    ACTIVE,
    ADJECTIVES,
    AROUND,
    BASES,
    OF_NOUNS,
    OUTCOMES,
    PARTICIPLES,
    SUFFERED,
    harm_forms,
)
from tollwire.figures.tokens import Tokens

OBJECT, SUBJECT, EITHER = "object", "subject", "either"
REACH = 6  # adverbs and auxiliaries that are passed to find how a verb is meant
NOUN_REACH = 9  # tokens from a noun of harm to the "of" with those harmed
# Behind "fell" where it means that somebody died: "fell at the bridge", not "fell from a roof".
_FALL_ENDS = frozenset(("", ".", ",", ";", "at", "in", "on", "near", "during", "for", "and", "when", "as", "before"))
_HOLDS = frozenset(("hold", "holds", "held", "holding", "catch", "catches", "caught", "catching"))  # with persons
_OF_LIMBS = DETERMINERS | {"one", "both", "two"}
_ALONG = frozenset((("with", "them"), ("with", "him")))
_RITES = frozenset(("funeral", "funerals"))  # held for the dead, as much as they are "of" them
APART = 9  # tokens from "led" to "away", with those who are led between them
_SHOOTS = frozenset(("shoot", "shoots", "shot", "shooting"))
FAR = 14  # tokens of a clause in which a weak verb finds the word that makes it a harm


class Trigger(NamedTuple):
    """
    A word or phrase of harm, as token places, and where those harmed stand: ``object`` behind it, ``subject`` before
    it, ``either``.

    ``first`` is where its verb group starts ("have been killed"). ``is_possible``: it could, would or is meant to
    happen; ``is_negated``: it did not.
    """

    place: int
    end: int
    harm: str
    side: str
    first: int
    is_possible: bool = False
    is_negated: bool = False


def find_triggers(tokens: Tokens, starts: Mapping[int, int]) -> list[Trigger]:
    """List the triggers of a sentence from left to right; ``starts`` are the places where persons are counted."""
    forms, outcomes = harm_forms() | AROUND["loses"] | AROUND["suffers"], OUTCOMES.first_words
    found: list[Trigger] = []
    end = 0
    for place, word in enumerate(tokens.words):
        if place < end or not (word in forms or word in outcomes or word in OF_NOUNS):
            continue
        if word in OF_NOUNS and tokens.word(place + 1) == "of":
            found.append(Trigger(place, place + 2, OF_NOUNS[word], OBJECT, place, _is_purpose(tokens, place, place)))
            end = place + 2
            continue
        trigger = _trigger(tokens, place, starts, found[-1] if found else None)
        if trigger:
            found.append(trigger)
            end = trigger.end
    return found


def _trigger(tokens: Tokens, place: int, starts: Mapping[int, int], before: Trigger | None) -> Trigger | None:
    word = tokens.words[place]
    if word in NOUNS_TOO and (
        tokens.word(place - 1) in DETERMINERS or tokens.word(place - 1) in ("no", "single", "of", "gun")
    ):
        return None  # "without firing a shot"
    if tokens.words[max(0, place - 2) : place] == ["number", "of"]:
        return None  # "the number of injured" is told by the figure that follows
    first, auxiliaries = _verb_group(tokens, place)
    if word in _SHOOTS and tokens.word(place + 1) == "at" and not auxiliaries & BE:
        return None  # whoever is shot at need not be hit
    is_possible = bool(MODALS & auxiliaries)
    if tokens.word(first - 1) == "to" and tokens.word(first - 2) in REPORTED:
        first, more = _verb_group(tokens, first - 2)  # "are believed to have been killed"
        auxiliaries |= more | {"been"} if "been" in auxiliaries or "be" in auxiliaries else more
    else:
        is_possible = is_possible or _is_purpose(tokens, place, first)
    is_negated = bool(NEGATIONS & auxiliaries)
    outcome = OUTCOMES.at(tokens, place)
    if outcome and (outcome[1] - place > 1 or not _has_object(tokens, outcome[1], starts)):
        side = EITHER if word in ADJECTIVES else SUBJECT
        if word in PARTICIPLES and not auxiliaries & BE and _has_object(tokens, outcome[1], starts):
            side = OBJECT
        return Trigger(place, outcome[1], outcome[0], side, first, is_possible, is_negated)
    is_holding = word in _HOLDS and _has_object(tokens, place + 1, starts)
    is_holding = is_holding or (word == "held" and bool(auxiliaries & BE))
    is_held = is_holding or word not in AROUND["weak"] or _follows(tokens, place, "with_weak")
    if not (is_held or _is_taken_along(tokens, place, starts)):
        return None
    if word in AROUND["loses"]:
        is_limb = tokens.word(place + 1) in _OF_LIMBS and tokens.word(place + 2) in AROUND["limbs"]
        return Trigger(place, place + 3, "injured", SUBJECT, first, is_possible, is_negated) if is_limb else None
    if word in AROUND["suffers"] or word in AROUND["treat"]:
        near = tokens.words[place + 1 : place + (REACH if word in AROUND["suffers"] else FAR)]
        if AROUND["hurts"].isdisjoint(near):
            return None
        if word in AROUND["suffers"]:
            return Trigger(place, place + 1, "injured", SUBJECT, first, is_possible, is_negated)
    if word in AROUND["apart"] and not _is_apart(tokens, place, starts):
        return None
    if word in AROUND["leave"] and not _follows(tokens, place, "leaving"):
        return None
    if word in FALLS and tokens.word(place + 1) not in _FALL_ENDS:
        return None
    if word in SUFFERED and not (word in ACTIVE and _has_object(tokens, place + 1, starts)):
        return Trigger(place, place + 1, SUFFERED[word], SUBJECT, first, is_possible, is_negated)
    harm = ACTIVE.get(word) or PARTICIPLES.get(word)
    if harm and _to_death(tokens, place):
        harm = "killed"
    if harm == "casualties" and _in_limb(tokens, place):
        harm = "injured"  # "was hit in the shoulder"
    if harm and "fatally" in tokens.words[max(0, place - 2) : place + 2]:
        harm = "killed"
    if harm is None:
        if harm := ADJECTIVES.get(word):
            return Trigger(place, place + 1, harm, EITHER, first, is_possible, is_negated)
        return None
    if before and _is_coordinated(tokens, before, place) and not auxiliaries:
        # "killed or wounded nine", "were killed and wounded": as the verb before it is meant.
        side = before.side if word in PARTICIPLES or before.side == OBJECT else OBJECT
        return Trigger(place, place + 1, harm, side, before.first, before.is_possible, before.is_negated)
    return Trigger(place, place + 1, harm, _side(tokens, place, auxiliaries, starts), first, is_possible, is_negated)


def _verb_group(tokens: Tokens, place: int) -> tuple[int, set[str]]:
    """Find where the verb group of a verb starts, and its auxiliaries: "have since been" before "killed"."""
    first = place
    auxiliaries: set[str] = set()
    last = place - (tokens.word(place - 1) == "who")
    if tokens.word(last - 1) in ("the", "those") and tokens.word(last - 2) == "among":
        place = last - 2  # "are among the wounded", "was among those who died"
    for step in range(place - 1, max(-1, place - 1 - REACH), -1):
        word = tokens.words[step]
        if word in BE or word in HAVE or word in MODALS or word in NEGATIONS or word in ("did", "do", "does"):
            auxiliaries.add(word)
            first = step
        elif not (
            is_adverb(word) or word in QUOTES or (word == "to" and (auxiliaries or tokens.word(step - 1) in HAVE))
        ):
            break
    return first, auxiliaries


def _is_purpose(tokens: Tokens, place: int, first: int) -> bool:
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
        return any(one in CONDITIONS for one in window)
    return "if" in tokens.words[max(0, first - 12) : first] or not REHEARSALS.isdisjoint(tokens.words)


def _to_death(tokens: Tokens, place: int) -> bool:
    """Tell "stabbed a lawyer to death"."""
    near = tokens.words[place + 1 : place + APART]
    return "death" in near and tokens.word(place + near.index("death")) == "to" and BREAKS.isdisjoint(near)


def _is_taken_along(tokens: Tokens, place: int, starts: Mapping[int, int]) -> bool:
    """Tell "took two nurses with them"."""
    near = tokens.words[place + 2 : place + APART]
    is_along = any(pair in _ALONG for pair in pairwise(near))
    return is_along and tokens.words[place] in TAKE and _has_object(tokens, place + 1, starts)


def _in_limb(tokens: Tokens, place: int) -> bool:
    near = tokens.words[place + 1 : place + APART]
    return "in" in near and not AROUND["limbs"].isdisjoint(near[near.index("in") + 1 : near.index("in") + 4])


def _is_apart(tokens: Tokens, place: int, starts: Mapping[int, int]) -> bool:
    """Tell "led dozens of men away" and "let nine hostages go"."""
    return _has_object(tokens, place + 1, starts) and not AROUND["apart_with"].isdisjoint(
        tokens.words[place + 2 : place + APART]
    )


def _follows(tokens: Tokens, place: int, name: str) -> bool:
    near = tokens.words[max(0, place - FAR) if name == "with_weak" else place + 1 : place + FAR]
    return not AROUND[name].isdisjoint(near)


def _is_coordinated(tokens: Tokens, before: Trigger, place: int) -> bool:
    between = tokens.words[before.end : place]
    return (
        0 < len(between) <= 4
        and between[0] in ("and", "or", ",")
        and all(word in ("and", "or", ",", "then") or is_adverb(word) for word in between)
    )


def _side(tokens: Tokens, place: int, auxiliaries: set[str], starts: Mapping[int, int]) -> str:
    word = tokens.words[place]
    if word.endswith("ing"):
        return SUBJECT if "being" in auxiliaries else OBJECT
    if word not in PARTICIPLES:
        return OBJECT
    if auxiliaries & BE:
        return SUBJECT
    before = tokens.word(place - 1)
    if word in BASES and (auxiliaries or before == "to"):
        return OBJECT
    if _has_object(tokens, place + 1, starts):
        return OBJECT
    if before in STATES and not auxiliaries & HAVE:
        return EITHER
    if auxiliaries & HAVE:
        return OBJECT
    following = tokens.word(place + 1)
    is_closed = not following or tokens.is_mark(place + 1) or following in PREPOSITIONS or is_adverb(following)
    return SUBJECT if is_closed or following in BREAKS or following in ("and", "or", *BE, "who", "that") else OBJECT


def _has_object(tokens: Tokens, place: int, starts: Mapping[int, int]) -> bool:
    """Tell whether persons are named or counted right behind a verb, so that it is done to them."""
    while tokens.word(place) in ("and", "or") and (
        tokens.word(place + 1) in PARTICIPLES or tokens.word(place + 1) in ADJECTIVES
    ):
        place += 2
    while place not in starts and (is_adverb(tokens.word(place)) or tokens.word(place) in QUOTES):
        place += 1
    return place in starts or tokens.word(place) in ("him", "her", "them", "himself", "herself", "themselves")


def noun_of(tokens: Tokens, start: int) -> Trigger | None:
    """Find the noun of harm of which persons are told: "the deaths of", "the killing by rebels of"."""
    place = start - 1
    while place > 0 and (tokens.words[place] in ("the", "all", "another") or tokens.words[place] in QUOTES):
        place -= 1
    if tokens.word(place) == "for":
        rites = [step for step in range(max(0, place - 4), place) if tokens.words[step] in _RITES]
        return Trigger(rites[0], rites[0] + 1, "killed", OBJECT, rites[0]) if rites else None
    if tokens.word(place) != "of":
        return None
    for noun in range(place - 1, max(-1, place - NOUN_REACH), -1):
        word = tokens.words[noun]
        if harm := OF_NOUNS.get(word):
            # "the killing by rebels of", "the murder on 26 February of"
            is_near = noun == place - 1 or tokens.words[noun + 1] in ("by", "on", "in", "yesterday", "today")
            return Trigger(noun, noun + 1, harm, OBJECT, noun, _is_purpose(tokens, noun, noun)) if is_near else None
        if word in BREAKS or word in BE or word in HAVE or tokens.is_mark(noun):
            break
    return None

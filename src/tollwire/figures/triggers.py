"""Triggers: the words of a sentence that say a harm, and whether those harmed stand before or behind them."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from tollwire.figures.clause_words import (
    BE,
    BREAKS,
    DETERMINERS,
    FUNCTION_WORDS,
    HAVE,
    MODALS,
    NEGATIONS,
    NOUNS_TOO,
    PARTICLES,
    PREPOSITIONS,
    QUOTES,
    REPORTED,
    STATES,
    is_adverb,
)
from tollwire.figures.company import completes_harm, has_object, is_told_by_auxiliaries, outcome_of, says_harm
from tollwire.figures.harm_words import (
    ACTIVE,
    ADJECTIVES,
    AROUND,
    BASES,
    OF_NOUNS,
    OUTCOMES,
    PARTICIPLES,
    SUFFERED,
    TOLD_FORMS,
)
from tollwire.figures.tokens import Tokens
from tollwire.figures.verb_group import is_purpose, verb_group

OBJECT: Final = "object"
SUBJECT: Final = "subject"
EITHER: Final = "either"
WHOM_REACH: Final = 10  # tokens from "whom" to the verb
NOUN_REACH: Final = 9  # tokens from a noun of harm to the "of" with those harmed

_OPENERS: Final = TOLD_FORMS | frozenset(OF_NOUNS) | frozenset(OUTCOMES.first_words)  # of a trigger
_AFTER_CLAUSES: Final = frozenset(("and", "or", "who", "that"))
_ASSAULTS: Final = frozenset(("attacked", "ambushed"))
_OF_THEM: Final = frozenset(("among", "amongst", "of", "with", "includes", "included", "including"))
_RITES: Final = frozenset(("funeral", "funerals"))  # held for the dead, as much as they are "of" them


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
    found: list[Trigger] = []
    end = 0
    for place, word in enumerate(tokens.words):
        if word not in _OPENERS or place < end:
            continue
        if word in OF_NOUNS and tokens.word(place + 1) == "of":
            found.append(Trigger(place, place + 2, OF_NOUNS[word], OBJECT, place, is_purpose(tokens, place, place)))
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
    if word in SUFFERED and word.endswith("ing") and tokens.word(place - 1) in DETERMINERS:
        return None  # "to reach the dying"
    if word in ADJECTIVES and _is_noun_or_attribute(tokens, place):
        return None
    if tokens.word(place + 1) == "-" and tokens.touches(place) and tokens.touches(place + 1):
        return None  # "burned-out buses"
    if tokens.words[max(0, place - 2) : place] == ["number", "of"]:
        return None  # "the number of injured" is told by the figure that follows
    outcome = OUTCOMES.at(tokens, place)
    is_open = outcome is not None or is_told_by_auxiliaries(word)
    if not is_open and (word not in TOLD_FORMS or not says_harm(tokens, place, starts, frozenset())):
        return None
    first, auxiliaries = verb_group(tokens, place)
    has_happened = "have" in auxiliaries and ("may" in auxiliaries or {"might", "been"} <= auxiliaries)
    is_possible = bool(MODALS & auxiliaries) and not has_happened  # GUIDELINES.md, 10 "Feared, not foreseen"
    if tokens.word(first - 1) == "to" and tokens.word(first - 2) in REPORTED:
        first, more = verb_group(tokens, first - 2)  # "are believed to have been killed"
        auxiliaries |= more | {"been"} if "been" in auxiliaries or "be" in auxiliaries else more
    else:
        is_possible = is_possible or is_purpose(tokens, place, first)
    is_negated = bool(NEGATIONS & auxiliaries)
    if outcome and not completes_harm(tokens, place, outcome[1]):
        return None
    if outcome and (outcome[1] - place > 1 or not has_object(tokens, outcome[1], starts)):
        side = EITHER if word in ADJECTIVES else SUBJECT
        is_active = word in PARTICIPLES or tokens.words[outcome[1] - 1] in PARTICLES  # "carried off three girls"
        is_done = has_object(tokens, outcome[1], starts) or (side == SUBJECT and not _ends_clause(tokens, outcome[1]))
        is_of_life = tokens.words[outcome[1] - 1] == "of" and tokens.words[outcome[1] - 2] in ("life", "lives")
        if is_of_life or tokens.words[outcome[1] - 1] == "with" or (is_active and not auxiliaries & BE and is_done):
            side = OBJECT
        return Trigger(place, outcome[1], outcome[0], side, first, is_possible, is_negated)
    if is_open and not says_harm(tokens, place, starts, auxiliaries):
        return None
    if word in AROUND["loses"]:
        return Trigger(place, place + 3, "injured", SUBJECT, first, is_possible, is_negated)
    if word in AROUND["suffers"]:
        return Trigger(place, place + 1, "injured", SUBJECT, first, is_possible, is_negated)
    if word in SUFFERED and not (word in ACTIVE and has_object(tokens, place + 1, starts)):
        return Trigger(place, place + 1, SUFFERED[word], SUBJECT, first, is_possible, is_negated)
    harm = outcome_of(tokens, place, ACTIVE.get(word) or PARTICIPLES.get(word))
    if harm is None:
        if harm := ADJECTIVES.get(word):
            return Trigger(place, place + 1, harm, EITHER, first, is_possible, is_negated)
        return None
    is_new = before and before.side == SUBJECT and has_object(tokens, place + 1, starts)  # "fled and killed two men"
    if before and before.is_possible and word in BASES and tokens.words[place - 1] in ("and", "or"):
        is_possible = is_possible or word not in PARTICIPLES  # "meant to abduct a judge and murder two prosecutors"
    if before and not is_new and _is_coordinated(tokens, before, place) and not auxiliaries:
        # "killed or wounded nine", "were killed and wounded": as the verb before it is meant.
        side = before.side if word in PARTICIPLES or before.side == OBJECT else OBJECT
        return Trigger(place, place + 1, harm, side, before.first, before.is_possible, before.is_negated)
    return Trigger(place, place + 1, harm, _side(tokens, place, auxiliaries, starts), first, is_possible, is_negated)


def _is_noun_or_attribute(tokens: Tokens, place: int) -> bool:
    """Tell an adjective of harm that is said of nobody before it: "treat the wounded at once", "seek a missing dog"."""
    before, following = tokens.word(place - 1), tokens.word(place + 1)
    is_end = not following or following in (".", ",", ";") or following in PREPOSITIONS
    if before == "the":
        return is_end and tokens.word(place - 2) not in _OF_THEM
    return before in ("a", "an") and not is_end and following[0].isalpha() and following not in FUNCTION_WORDS


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
    if "whom" in tokens.words[max(0, place - WHOM_REACH) : place]:
        return OBJECT
    if word in _ASSAULTS and not auxiliaries and tokens.word(place + 1) in ("with", "from", "using"):
        return OBJECT  # "insurgents attacked with rockets"
    before = tokens.word(place - 1)
    if word in BASES and (auxiliaries or before == "to"):
        return OBJECT
    if has_object(tokens, place + 1, starts):
        return OBJECT
    if before in STATES and not auxiliaries & HAVE:
        return EITHER
    if auxiliaries & HAVE:
        return OBJECT
    return SUBJECT if _ends_clause(tokens, place + 1) else OBJECT


def _ends_clause(tokens: Tokens, place: int) -> bool:
    """Tell whether nobody can follow to whom a verb is done."""
    word = tokens.word(place)
    return (
        not word
        or tokens.is_mark(place)
        or word in PREPOSITIONS
        or is_adverb(word)
        or word in BREAKS
        or word in BE
        or word in _AFTER_CLAUSES
    )


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
            return Trigger(noun, noun + 1, harm, OBJECT, noun, is_purpose(tokens, noun, noun)) if is_near else None
        if word in BREAKS or word in BE or word in HAVE or tokens.is_mark(noun):
            break
    return None

"""Roles: whether an actor attacks, suffers or speaks in its sentence, from the words around the mention."""

from functools import cache
from typing import Final

from tollwire.figures.clause_words import ARTICLES
from tollwire.figures.harm_words import AROUND
from tollwire.figures.lexicons import lexicon
from tollwire.figures.places import country_names
from tollwire.figures.tokens import Tokens

DEEDS: Final[dict[str, frozenset[str]]] = {key: frozenset(words) for key, words in lexicon("deeds")["words"].items()}
actor_nouns = cache(lambda: frozenset(word for nouns in lexicon("actors")["nouns"].values() for word in nouns))
_countries = cache(lambda: frozenset(name.lower() for name in country_names()))
LONGEST_MORE: Final = 14  # tokens that tell more of a speaker before the verb
LONGEST_LIST: Final = 12  # tokens of a list of places
REACH: Final = 6  # tokens that may stand between an actor and its verb


def find_role(tokens: Tokens, start: int, end: int) -> str:
    """Give the role of the mention at the tokens ``start`` to ``end``; ``other`` when no plain word tells."""
    before = _window(tokens, start)
    nearest = [word for word in before if word not in ARTICLES]
    if _is_source_before(tokens, start, before, nearest):
        return "source"
    if _is_agent(nearest) or tokens.word(end) in DEEDS["blows"]:  # "IS ambush kills 11"
        return "attacker"
    after = _verb_after(tokens, end)
    if after is not None and tokens.words[after] in DEEDS["speech"]:
        return "source"
    is_passive = (
        after is not None and tokens.words[after - 1] in AROUND["passive"] and not tokens.words[after].endswith("ing")
    )
    if after is not None and tokens.words[after] in DEEDS["attack"]:
        return "target" if is_passive else "attacker"
    if _is_side(tokens, start):
        return "attacker"
    if _is_target(nearest):
        return "target"
    if _speaks_later(tokens, end):
        return "source"
    return "attacker" if _is_blamed(nearest) or tokens.words[end - 1] in DEEDS["attackers"] else "other"


def _is_blamed(nearest: list[str]) -> bool:
    """Tell whom somebody holds to have done it: "villagers blame the army", "they suspect Islamic State"."""
    return bool(nearest) and nearest[0] in DEEDS["blames"]


def _is_side(tokens: Tokens, start: int) -> bool:
    """Tell one side of a fight: "clashes between the army and the rebels"."""
    window = tokens.words[max(0, start - 2 * REACH) : start]
    if "between" not in window:
        return False
    before = [word for word in window if word not in ARTICLES]
    place = len(before) - 1 - before[::-1].index("between")
    is_next = place == len(before) - 1 or before[-1] == "and"
    return is_next and not DEEDS["fights"].isdisjoint(before[:place])


def _speaks_later(tokens: Tokens, end: int) -> bool:
    """
    Tell a speaker of whom more is said before the verb: "a nurse at the hospital in Dorn said", "a farmer, 46, said".

    Nobody else may stand right before the verb, and no other verb in between.
    """
    if tokens.word(end) not in DEEDS["told_more"]:
        return False
    for place in range(end, min(end + LONGEST_MORE, len(tokens))):
        word = tokens.words[place]
        if word in DEEDS["speech"] and place > end + 1:
            before = tokens.words[place - 1]
            return before == "," or not (before in actor_nouns() or before in ("he", "she", "they", "it", "who"))
        if word in DEEDS["stops"]:
            return False
    return False


def is_location(tokens: Tokens, start: int) -> bool:
    """Tell whether a place name stands for the place: "in Iran", "northern Iraq"."""
    before = start - 1
    while before > max(0, start - LONGEST_LIST) and tokens.words[before] in (
        "and",
        "or",
        ",",
        "the",
    ):  # "in Iraq and Syria"
        is_listed = tokens.words[before] != "the"
        if is_listed and tokens.words[before - 1] not in _countries():
            return False
        before -= 2 if is_listed else 1
    return before >= 0 and tokens.words[before] in DEEDS["locatives"]


def _window(tokens: Tokens, start: int) -> list[str]:
    """Give the words just before a mention, the nearest first."""
    return tokens.words[max(0, start - REACH) : start][::-1]


def _is_source_before(tokens: Tokens, start: int, before: list[str], nearest: list[str]) -> bool:
    if "according" in before:
        for step, word in enumerate(before):
            if word == "to" and before[step + 1 : step + 2] == ["according"]:
                return all(between not in (",", ";") for between in before[:step])
    # "...," said the ministry: the verb stands before its subject, behind a quotation or a comma.
    if not nearest or nearest[0] not in ("said", "says", "told") or nearest[0] not in before[:2]:
        return False
    place = start - 1 - (before[0] in ARTICLES)
    return place > 0 and tokens.is_mark(place - 1)


def _is_agent(nearest: list[str]) -> bool:
    return nearest[:1] == ["by"] and any(word in DEEDS["attacked_by"] for word in nearest[1:])


def _verb_after(tokens: Tokens, end: int) -> int | None:
    """Find the verb that a mention is the subject of: over auxiliaries, days, and a name in apposition."""
    for place in range(end, min(end + REACH, len(tokens))):
        word = tokens.words[place]
        if word in DEEDS["speech"] or word in DEEDS["attack"]:
            return place
        if not (word in DEEDS["auxiliaries"] or word in ("spokesman", "spokeswoman", "spokesperson", "been", "being")):
            return None
    return None


def _is_target(nearest: list[str]) -> bool:
    before = [word for word in nearest if word not in ("two", "three")]
    if before[:1] and before[0] in DEEDS["targeted"]:
        return True
    return len(before) > 1 and before[0] in ("on", "against", "at") and before[1] in DEEDS["blows"]

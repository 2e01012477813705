"""Likeness: whether two figures may be of the same persons, by the words that name these."""

from typing import Final

from tollwire.figures.casualties import Sighting
from tollwire.figures.clause_words import DETERMINERS, TITLES
from tollwire.figures.harm_words import ADJECTIVES
from tollwire.figures.lexicons import lexicon
from tollwire.figures.nouns import PERSONS

_ANYBODY: Final = frozenset(lexicon("links")["words"]["anybody"])
_ADDITIVE: Final = frozenset(lexicon("links")["words"]["additive"])


def are_alike(one: Sighting, other: Sighting, is_definite: bool) -> bool:
    """
    Tell whether a single person may be the one told of before, ``one``.

    By a name that both have; by a word that both have, or as "the leader" is anybody, if the later is ``is_definite``
    or a name, or the earlier stands in a headline.
    """
    if one.mention.is_name and other.mention.is_name:
        return _have_one_name(_name(one), _name(other))
    if not (is_definite or one.is_title or other.mention.is_name):
        return False
    first, second = set(_words(one)) - DETERMINERS, set(_words(other)) - DETERMINERS - ADJECTIVES.keys()
    groups = {one.row.victim_status, other.row.victim_status} - {"unstated"}
    is_told = any(ADJECTIVES.get(word) == one.row.harm for word in _words(other))  # "the wounded service member"
    return bool((first - {"a", "an"}) & second) or (
        is_definite and (is_told or (len(groups) < 2 and second <= _ANYBODY))
    )


def have_a_word(one: Sighting, other: Sighting) -> bool:
    """Tell whether two are called by a word that both have, besides articles."""
    return not (set(_words(one)) - DETERMINERS).isdisjoint(_words(other))


def is_added(sighting: Sighting) -> bool:
    """Tell persons who are counted besides those before, "two more"; "he and two others" are counted anew."""
    words, mention = sighting.tokens.words, sighting.mention
    is_anew = words[max(0, mention.start - 2) : mention.start] in (["he", "and"], ["she", "and"])
    added = [word for word in words[mention.start : mention.end + 1] if word in _ADDITIVE]
    is_bound = added == ["more"] and "than" in words[mention.start : mention.end]  # "more than 100"
    return bool(added) and not is_anew and not is_bound


def is_one_of(one: Sighting, several: Sighting) -> bool:
    """Tell a person by the noun of the several before: "a Taliban leader" and "two leaders"."""
    return last_word(several) == f"{last_word(one)}s"


def last_word(sighting: Sighting) -> str:
    """Give the word by which the persons are called."""
    return _words(sighting)[-1]


def _words(sighting: Sighting) -> list[str]:
    return sighting.tokens.words[sighting.mention.start : sighting.mention.end]


def _name(sighting: Sighting) -> list[str]:
    return [word for word in _words(sighting) if word not in TITLES and word not in PERSONS]


def _have_one_name(first: list[str], second: list[str]) -> bool:
    """Tell "Lena Orsk" and "Mayor Orsk", by the surname of either."""
    return bool(first and second) and (first[-1] in second or second[-1] in first)

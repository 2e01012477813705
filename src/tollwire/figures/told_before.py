"""Told before: how many "they" and "the men" are, where the sentences before count them and say no harm of them."""

from collections.abc import Sequence
from typing import Final

from tollwire.figures.antecedents import is_as_many
from tollwire.figures.appositions import without_appositions
from tollwire.figures.clause_words import PREPOSITIONS
from tollwire.figures.figure import Figure
from tollwire.figures.mention import Mention
from tollwire.figures.mentions import find_mentions
from tollwire.figures.nouns import PERSONS
from tollwire.figures.profile import Profile
from tollwire.figures.tokens import Tokens

MOST: Final = 100  # persons whom a text has in mind together, and calls "they"
SENTENCES_BACK: Final = 2  # in which whom a plural means is looked for
POINTING: Final = frozenset(("the", "these", "those", "this", "that", "both", "all"))  # to whom was told of before
_ANY: Final = frozenset(("people", "civilians", "police", "refugees", "forces", "troops"))  # a whole kind, as often
_ANYBODY: Final = frozenset(("men", "people", "persons", "individuals", "others", "group", "suspects"))


def is_uncounted(tokens: Tokens, mention: Mention) -> bool:
    """Tell a plural that is only "the rebels", without a number."""
    return mention.is_bare and tokens.words[mention.start] in POINTING


def meant_by_pronoun(before: Sequence[Tokens], is_one: bool, profile: Profile) -> Figure | None:
    """
    Give the number of the persons whom a pronoun means: of those that the sentence right before counts the first.

    None where it counts nobody, or somebody else first.
    """
    if not before:
        return None
    everybody = [one for one in _counted(before[-1], profile) if not one.is_bare]
    counted = [one for one in everybody if before[-1].word(one.start - 1) not in PREPOSITIONS] or everybody
    found = [one for one in counted if is_as_many(one, is_one)]
    return found[0].figure if found and (len(found) == 1 or found[0] is counted[0]) else None


def meant_by_plural(before: Sequence[Tokens], tokens: Tokens, mention: Mention, profile: Profile) -> Figure | None:
    """Give the number of the persons whom "the men" names again, when one of the last sentences counts such persons."""
    if tokens.words[mention.end - 1] in _ANY:
        return None
    for earlier in reversed(before[-SENTENCES_BACK:]):
        several = [one for one in _counted(earlier, profile) if one.figure.bound == "exact" and one.figure.high != 1]
        found = [one for one in several if _may_be(earlier.words[one.end - 1], tokens.words[mention.end - 1])]
        if len(found) == 1:
            return found[0].figure
        if found:
            return None
    return None


def _counted(tokens: Tokens, profile: Profile) -> list[Mention]:
    mentions = without_appositions(tokens, find_mentions(tokens, profile))
    return [
        one for one in mentions if one.figure.bound != "none" and not one.is_guess and (one.figure.low or 0) <= MOST
    ]


def _may_be(earlier: str, later: str) -> bool:
    """Tell whether two plurals may name the same persons: "five armed men" and "the insurgents", not "the boys"."""
    if earlier == later or later in _ANYBODY:
        return True
    one, other = PERSONS.get(earlier), PERSONS.get(later)
    if one is None or other is None:
        return False
    return earlier in _ANYBODY or (one.status, one.groups) == (other.status, other.groups) != ("unstated", ())

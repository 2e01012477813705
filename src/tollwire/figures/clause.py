"""A clause as the rules of harm see it: its tokens, who is counted in it, the words of harm, and what they tell."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tollwire.figures.clause_words import AUXILIARIES, DETERMINERS, SPEECH, is_adverb
from tollwire.figures.harm_words import ADJECTIVES, PARTICIPLES
from tollwire.figures.mention import Mention
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import Trigger

_THEM: Final = frozenset(("them", "whom"))


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens of one sentence, its mentions and triggers from left to right, and where each mention starts."""

    tokens: Tokens
    mentions: Sequence[Mention]
    triggers: Sequence[Trigger]
    starts: Mapping[int, int]


class Harm(NamedTuple):
    """A harm, the place of the word that says it, whether it is a mere possibility, and whether it did not happen."""

    kind: str
    place: int
    is_possible: bool = False
    is_negated: bool = False


def is_joined_at(clause: Clause, start: int) -> bool:
    """Tell whether "and" or a comma leads to the mention at ``start``, and it is no subject of its own verb."""
    place = start - 1
    while place > 0 and (clause.tokens.words[place] in DETERMINERS or clause.tokens.words[place] in ("with", "also")):
        place -= 1
    leads = clause.tokens.words[place] in ("and", "or", "plus", "as", "along", "together", "alongside", "besides", "by")
    if clause.tokens.words[place] == "as":
        leads = clause.tokens.word(place - 1) == "well"
    if clause.tokens.words[place] == "by":
        leads = clause.tokens.word(place - 1) == "accompanied"
    return leads and not has_own_verb(clause, clause.mentions[clause.starts[start]])


def has_own_verb(clause: Clause, mention: Mention) -> bool:
    place = mention.after
    while is_adverb(clause.tokens.word(place)):
        place += 1
    word = clause.tokens.word(place)
    return word in AUXILIARIES or word in SPEECH or word in PARTICIPLES or word in ADJECTIVES


def is_of_them(clause: Clause, mention: Mention) -> bool:
    """Tell persons who are counted as part of others: "two of them", "two of whom"."""
    return not _THEM.isdisjoint(clause.tokens.words[mention.end : mention.after])


def is_counted(clause: Clause, trigger: Trigger) -> bool:
    """Tell a word of harm that stands inside a figure: "seven kidnappings of doctors", "four dead"."""
    place = bisect_right(clause.mentions, trigger.place, key=_start) - 1  # the last that has started there
    return place >= 0 and trigger.place < clause.mentions[place].end


def _start(mention: Mention) -> int:
    return mention.start

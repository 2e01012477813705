"""Sharing: members of a list, and numbers that leave out their verb, take over what is said of one of them."""

from collections.abc import Set
from typing import Final

from tollwire.figures.clause import Clause, Harm, has_own_verb, is_joined_at, is_of_them
from tollwire.figures.clause_words import (
    AUXILIARIES,
    BREAKS,
    DETERMINERS,
    JOINERS,
    ORDINALS,
    RELATIVES,
    SPEECH,
    WEEKDAYS,
    is_adverb,
)
from tollwire.figures.harm_words import PARTICIPLES

# Around a number without its verb: what may stand behind it, what parts it from the number before, what leads to it.
_GAP_ENDS: Final = frozenset(("", *".,;", *"and in on at near outside inside during".split()))
_PARTING: Final = frozenset((",", ";", "and"))
_IN: Final = frozenset(("in", "on", "at", "near", "outside"))
LONGEST_PLACE: Final = 6  # tokens of a place or day before such a number
_NOT_ONLY: Final = (["not", "only"], ["not", "just"], ["not", "merely"])
LIST_REACH: Final = 14  # tokens between two members of a list: "a guard of the bank in the old town and two clerks"


def share(clause: Clause, harms: list[Harm | None], objects: Set[int]) -> list[Harm | None]:
    """Let the members of a list share what is said of one: "two soldiers and a guard were killed"."""
    mentions = clause.mentions
    for number in _fronted(clause):
        harms[number] = harms[number] or next(filter(None, harms[number + 1 :]), None)
    for number in range(len(mentions) - 2, -1, -1):
        following = harms[number + 1]
        is_whole = clause.tokens.word(mentions[number].start - 1) == "of"  # "of the 80 villagers, 31 died"
        is_part = is_of_them(clause, mentions[number + 1])
        if harms[number] or following is None or number + 1 in objects or is_whole or is_part:
            continue
        if following.place >= mentions[number + 1].end and _are_joined(clause, number, objects, is_backward=True):
            harms[number] = following
    for number in range(1, len(mentions)):
        before = harms[number - 1]
        if (
            harms[number] is None
            and before
            and (_are_joined(clause, number - 1, objects, is_backward=False) or _is_gapped(clause, number, before))
        ):
            harms[number] = before
    return harms


def _fronted(clause: Clause) -> list[int]:
    """List who shares the fate of those behind them: "as well as two nurses, the shell killed a priest"."""
    joined = JOINERS.at(clause.tokens, 0)
    if joined is None or joined[1] == 1 or "," not in clause.tokens.words or joined[1] not in clause.starts:
        return []
    end = clause.tokens.words.index(",")
    return [number for number, one in enumerate(clause.mentions) if one.after <= end]


def _is_last(clause: Clause, number: int) -> bool:
    """Tell persons behind whom a headline only says where: "Gunmen seize bishop, two aides on Dorn road"."""
    behind = clause.tokens.words[clause.mentions[number].after :]
    return not any(_parts(word) or word in (",", ".", "and") for word in behind)


def _is_gapped(clause: Clause, number: int, before: Harm) -> bool:
    """Tell a number that leaves out the verb before it: "in Vell ten", "the second nine", "three on Thursday"."""
    first, second = clause.mentions[number - 1], clause.mentions[number]
    between = clause.tokens.words[max(first.after, before.place + 1) : second.start]
    if second.noun or second.is_bare or second.is_guess or not between or any(map(_parts, between)):
        return False
    following = clause.tokens.word(second.after)
    if following not in _GAP_ENDS and following not in WEEKDAYS:
        return False
    while len(between) > 1 and (between[-1] in DETERMINERS or between[-1] in ORDINALS or is_adverb(between[-1])):
        between.pop()
    is_ordered = len(between) > 1 and between[-1] in _IN and between[-2] in _PARTING  # "and in the second three"
    if between[-1] in _PARTING or is_ordered:
        return True
    parted = max((place for place, word in enumerate(between) if word in _PARTING), default=len(between))
    leads = _IN if following in _IN else _IN | DETERMINERS  # "the clinic eleven"
    return parted + 2 < len(between) < parted + LONGEST_PLACE and between[parted + 1] in leads


def _are_joined(clause: Clause, number: int, objects: Set[int], is_backward: bool) -> bool:
    """Tell whether a mention and the next stand in one list."""
    first, second = clause.mentions[number], clause.mentions[number + 1]
    between = clause.tokens.words[first.after : second.start]
    if between[:1] == ["but"] and clause.tokens.words[max(0, first.start - 2) : first.start] in _NOT_ONLY:
        return len(between) == 1 or between[1] in ("also", "as")
    if not 0 < len(between) <= LIST_REACH or (second.is_guess and not is_backward) or any(map(_parts, between)):
        return False
    if is_backward and first.is_bare and between[0].endswith("ed"):
        return False  # "soldiers fired into the crowd, and six people fell dead"
    if is_backward:
        return between == [","] or between[-1] in ("and", "or")
    if between == ["with"] and number in objects and not second.is_bare:
        return True  # "captured a courier with two of his guards"
    if between == ["and"] and clause.tokens.words[first.start - 1] == "of" and number in objects:
        return True  # "the killing of a ferryman and his daughter has shaken the town"
    if between == [","] or (between[-1] == "," and between[0] == "of"):
        following = clause.tokens.word(second.after)
        ends = following in ("", ",", "and", "or", ".") or (following in _IN and _is_last(clause, number + 1))
        return ends and not second.is_bare and not has_own_verb(clause, second)
    return not has_own_verb(clause, second) and is_joined_at(clause, second.start)


def _parts(word: str) -> bool:
    """Tell a word that no list goes over: it opens another clause or has a subject of its own."""
    return (
        (word in BREAKS and word != "as")
        or word in AUXILIARIES
        or word in RELATIVES
        or word in SPEECH
        or word in PARTICIPLES
    )

"""Fates: what a later figure tells of those before it: that they died, that a toll rose by them, that they got away."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tollwire.figures.casualties import Sighting
from tollwire.figures.likeness import are_alike, have_a_word, is_added
from tollwire.figures.told import RECENT_FIGURES, Told, is_news
from tollwire.figures.told_before import MOST, POINTING

_LESS: Final = {"killed": ("casualties", "captured", "missing"), "injured": ("casualties",), "captured": ("missing",)}
_FATES: Final = frozenset(("killed", "injured", "captured"))  # of a band, of which the rest got away
_FLEES: Final = frozenset(("fled", "escaped", "ran"))
_OWNED: Final = frozenset(("his", "her", "their"))
_BODIES: Final = (["their", "bodies"], ["his", "body"], ["her", "body"])


def is_outcome(told: Told, sighting: Sighting, _: Sequence[Sighting]) -> bool:
    """
    Give the harm of one person to what the text has told of him before: "headman shot", and that he died.

    Source: annotations/GUIDELINES.md, 3 "Harm" and 10 "Shot, and dead further down".
    """
    harm, mention = sighting.row.harm, sighting.mention
    is_definite = sighting.tokens.words[mention.start] in POINTING
    if (sighting.count != 1 and not sighting.is_counted_before) or is_added(sighting):
        return False
    hurt = ("injured",) if sighting.is_counted_before and harm == "killed" else ()
    for early in _LESS.get(harm, ()) + hurt:
        for one in reversed(told.news[early][-RECENT_FIGURES:]):
            is_other = one.tokens is sighting.tokens or one.count != sighting.count
            if is_other or one.row.span_id in told.linked_heads:
                continue
            is_meant = sighting.is_counted_before and one is told.kept[-1]  # "He died on the way."
            if is_meant or (are_alike(one, sighting, is_definite) and have_a_word(one, sighting)):
                one.row = replace(one.row, harm=harm)
                told.news[early].remove(one)
                told.news[harm].insert(0, one)
                told.add("same_as", sighting, one)
                told.incident_of[sighting.row.span_id] = told.incident_of[one.row.span_id]
                return True
    return False


def made_it_rise(told: Told, sighting: Sighting, before: Sequence[Sighting]) -> bool:
    """Tell those by whom a toll rose: it has "risen from six to eight", and then "two policemen died overnight"."""
    by_id = {one.row.span_id: one for one in before}
    for kind, head, tail in told.relations[-RECENT_FIGURES:]:
        is_rise = kind == "updates" and head in by_id and tail in by_id
        if is_rise and by_id[head].count - by_id[tail].count == sighting.count:
            told.add("part_of", sighting, by_id[head])
            return True
    return False


def takes_in(told: Told, sighting: Sighting, before: Sequence[Sighting]) -> bool:
    """Tell "all three died", where one of them was told before."""
    single = [one for one in before if one.whole is None and one.row.span_id not in told.linked_heads]
    is_all = sighting.tokens.words[sighting.mention.start] == "all" and sighting.mention.noun is None
    if not is_all or not single or sum(one.count for one in single) >= sighting.count:
        return False
    for one in single:
        told.add("part_of", one, sighting)
    return True


def is_among_those(told: Told, sighting: Sighting, before: Sequence[Sighting]) -> bool:
    """Tell "a leader was among those killed", and then how many they were; "six of his men" are others."""
    words, mention = sighting.tokens.words, sighting.mention
    for one in before[-1:]:
        is_among = "among" in one.tokens.words[one.mention.end : one.harm.place]
        is_besides = not _OWNED.isdisjoint(words[mention.start : mention.end])
        if is_among and not is_besides and one.row.span_id not in told.linked_heads and one.count < sighting.count:
            told.add("part_of", one, sighting)
            return True
    return False


def find_bodies(told: Told, sighting: Sighting) -> None:
    """Tell that those are dead who the sentence before said were taken or missing: "Their bodies were found"."""
    words = sighting.tokens.words[sighting.mention.start : sighting.mention.end]
    if words not in _BODIES or not told.kept:
        return
    last = [one for one in told.kept[-RECENT_FIGURES:] if one.tokens is told.kept[-1].tokens and is_news(one)]
    for one in last:
        if one.row.harm in ("captured", "missing") and one in told.news[one.row.harm]:
            told.news[one.row.harm].remove(one)
            one.row = replace(one.row, harm="killed")
            told.news["killed"].append(one)


def is_flight(told: Told, sighting: Sighting) -> bool:
    """Tell the rest of a band of fighters that got away; they are not displaced."""
    is_rest = is_added(sighting)
    before = told.kept[-1].row if told.kept else None
    if sighting.row.harm != "displaced" or before is None:
        return False
    is_left = told.kept[-1].tokens is sighting.tokens and before.harm in _FATES and sighting.mention.noun is None
    is_band = sighting.count <= MOST and sighting.tokens.word(sighting.mention.after) in _FLEES
    return (is_rest and before.victim_status == "combatant") or (is_left and is_band)

"""Rules that link a figure to one of the same harm before it: an update, a part, the same again, a rival."""

from collections.abc import Sequence
from typing import Final

from tollwire.figures.casualties import Sighting
from tollwire.figures.likeness import are_alike, is_added, last_word
from tollwire.figures.told import LINK_WORDS, NEAR, OPENING_BLOCKS, Told
from tollwire.figures.told_before import POINTING

_PRONOUNS: Final = (["him"], ["her"])
_OWNERS: Final = frozenset(("his", "her", "their", "its"))
_HELPLESS: Final = frozenset(("women", "children"))  # of whom no fighter is a part
_FREED: Final = frozenset(("released", "freed", "ransomed", "let"))
_NOW: Final = frozenset(("now", "later"))
LONGEST_GAPPED: Final = 6  # tokens from one toll to the next, whose verb is left out


def updated(told: Told, sighting: Sighting, before: Sequence[Sighting]) -> Sighting | None:
    """Find the toll that a later one replaces: "rose to 14", "to 14 from nine"; what made it rise is a part."""
    words, start = sighting.tokens.words, sighting.mention.start
    near = words[max(0, start - NEAR) : start]
    older = [one for one in before if one.count != sighting.count]
    if (
        told.risen is not None
        and sighting.count < told.risen.count
        and told.risen.row.harm == sighting.row.harm
        and not LINK_WORDS["former"].isdisjoint(words)
    ):
        told.add("updates", told.risen, sighting)
        told.risen = None
        return None
    is_early = not LINK_WORDS["early"].isdisjoint(words[:start]) and not LINK_WORDS["reporting"].isdisjoint(words)
    if is_early and before and before[0].count > sighting.count and before[0].row.span_id not in told.early:
        told.early.add(before[0].row.span_id)
        told.add("updates", before[0], sighting)
        return None
    now = next((place for place in range(start - 1, max(-1, start - NEAR), -1) if words[place] in _NOW), 0)
    is_now = not LINK_WORDS["early"].isdisjoint(words[:now])
    if is_now and older and older[-1].tokens is sighting.tokens:
        return older[-1]  # "who at first spoke of ten dead, now say that thirteen died"
    changes = near[-1:] != ["after"] and not LINK_WORDS["changes"].isdisjoint(near)
    if near[-1:] == ["after"] and before and before[-1].tokens is sighting.tokens and before[-1] is told.risen:
        told.add("part_of", sighting, before[-1])  # "has climbed to 37 after six of the wounded died"
        return None
    if changes and not older:
        told.risen = sighting
    if near[-1:] == ["from"] or not older:
        same = [one for one in before if one.tokens is sighting.tokens]
        if near[-1:] == ["from"] and same:  # "rose to 14 from nine": the older stands behind
            told.add("updates", same[-1], sighting)
        return None
    if changes:
        if not LINK_WORDS["brings"].isdisjoint(near):
            for one in before:
                if one.tokens is sighting.tokens and one.count < sighting.count:
                    told.add("part_of", one, sighting)
            older = [one for one in older if one.tokens is not sighting.tokens]
        totals = [one for one in older if one.row.span_id not in told.linked_heads] or older
        return totals[-1] if totals else None
    return None


def counted_in(told: Told, sighting: Sighting, before: Sequence[Sighting]) -> Sighting | None:
    """Find the whole that a figure is told to be part of: "among the dead were two girls", "three of them"."""
    words, mention = sighting.tokens.words, sighting.mention
    after = words[mention.end : mention.after + 1]
    is_share = after[:1] == ["of"] and not LINK_WORDS["them"].isdisjoint(after)
    is_freed = mention.noun is None and sighting.row.harm == "captured" and words[sighting.harm.place] in _FREED
    is_share = is_share or is_freed or ("of" in words[mention.start : mention.end] and _is_of_those(words, mention.end))
    larger = [
        one
        for one in before
        if one.count > sighting.count
        and (is_share or one.tokens is not sighting.tokens)
        and not (sighting.row.victim_status == "combatant" and not _HELPLESS.isdisjoint(one.row.victim_groups))
    ]
    if not larger:
        return None
    around = words[max(0, mention.start - NEAR) : mention.start]
    is_seen = not LINK_WORDS["confirms"].isdisjoint(around[-4:]) and LINK_WORDS["additive"].isdisjoint(
        words[mention.start : mention.end + 1]
    )
    behind = words[mention.end : max(mention.end, sighting.harm.place)]
    is_one = "among" in behind or ("one" in behind and "of" in behind)  # "was one of the dead"
    is_victim = words[mention.end - 1] == "victim" and words[mention.start] in POINTING  # "the third victim"
    is_listed = is_one or is_seen or is_victim or "among" in around or not LINK_WORDS["includes"].isdisjoint(around)
    wholes = [one for one in larger if one.whole is None and one.row.span_id not in told.linked_heads]
    if sighting.tells_who and wholes:
        return told.first(wholes[-1])
    return told.first(larger[-1]) if is_listed or is_share else None


def repeated(told: Told, sighting: Sighting, before: Sequence[Sighting]) -> Sighting | None:
    """Find the first mention of a figure that is told again: in headline and lead, or as "the nine victims"."""
    words, mention = sighting.tokens.words, sighting.mention
    if words[mention.start : mention.end] in _PRONOUNS:
        return next((one for one in reversed(before) if one.count == 1 and one.tokens is not sighting.tokens), None)
    if is_added(sighting):
        is_definite = words[mention.start] in POINTING  # "the seven others", "the second man" after "another"
        return next((one for one in before if is_definite and is_added(one) and one.count == sighting.count), None)
    if "also" in words[mention.end : mention.end + 4]:
        return None
    count, is_definite = sighting.count, words[mention.start] in POINTING
    for one in before:
        if one.tokens is sighting.tokens or (one.whole is not None and count == 1):
            continue
        is_same = one.count == count
        first = one.is_title or one.block < OPENING_BLOCKS
        is_item = words[0] == "in" and not is_definite and one.block >= OPENING_BLOCKS and one.block < sighting.block
        is_alike = _is_vague(one) == _is_vague(sighting) or last_word(one) == last_word(sighting)
        if count > 1 and is_same and not is_item and is_alike and (not _is_vague(sighting) or first or is_definite):
            return one
        is_told = one.block < OPENING_BLOCKS and one.row.span_id not in told.linked_tails and sighting.block > one.block
        is_summed = "operations" in one.tokens.words and last_word(one) == last_word(sighting)
        if count == 1 and is_same and is_told and (is_summed or one.row.surface == sighting.row.surface):
            return one
        if count == 1 and is_same and are_alike(one, sighting, is_definite):
            return one
        is_vague_title = one.is_title and _is_vague(one) and one.row.span_id not in told.linked_tails
        if is_vague_title and one.count <= max(count, 1):
            return one
        is_kept = is_told and _is_vague(sighting) and not _is_vague(one) and one.count >= count > 1
        if is_kept and last_word(one) == last_word(sighting) and LINK_WORDS["elsewhere"].isdisjoint(words):
            return one  # "more than ten insurgents were killed", and then that several were
        is_counted = is_told and _is_vague(one) and not one.mention.is_bare and one.count <= count
        if is_counted and not _is_vague(sighting) and last_word(one) == last_word(sighting):
            return one  # "several insurgents were killed", and then how many
    return None


def disputed(_: Told, sighting: Sighting, before: Sequence[Sighting]) -> Sighting | None:
    """Find the toll that another side puts otherwise: "the rebels put it at seven", "but the mayor said nine"."""
    words, mention = sighting.tokens.words, sighting.mention
    if not before or is_added(sighting):
        return None
    other = before[-1]
    if other.count == sighting.count or other.whole is not None:
        return None
    between = words[other.mention.end if other.tokens is sighting.tokens else 0 : mention.end]
    is_put = not LINK_WORDS["puts"].isdisjoint(between) and not LINK_WORDS["toll"].isdisjoint(between)
    is_gapped = other.tokens is sighting.tokens and between[:2] == [",", "the"] and len(between) <= LONGEST_GAPPED
    if is_gapped and not LINK_WORDS["says"].isdisjoint(words[: other.mention.start]):
        return other  # "the mayor counts nine dead, the clinic eleven"
    is_contrast = not LINK_WORDS["contrast"].isdisjoint(between) and not LINK_WORDS["says"].isdisjoint(
        words[max(0, mention.start - NEAR) : mention.end + NEAR]
    )
    return other if is_put or is_contrast else None


def _is_of_those(words: list[str], end: int) -> bool:
    """Tell "of the wounded", but not "of its victims"."""
    return words[end - 1] in LINK_WORDS["them"] and words[end - 2] not in _OWNERS


def _is_vague(sighting: Sighting) -> bool:
    return sighting.row.bound == "vague"

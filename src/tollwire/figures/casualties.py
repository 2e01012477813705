"""Casualties of one sentence: its mentions that suffered a harm, and which of them count part of another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tollwire.contracts.records import Casualty
from tollwire.figures.again import find_again, may_name_again
from tollwire.figures.appositions import without_appositions
from tollwire.figures.attributes import is_recalled, scope_at, scope_of, scopes, status, value
from tollwire.figures.behind import SAME
from tollwire.figures.clause_words import (
    BE,
    COURTS,
    EXECUTED,
    FICTION,
    LASTING,
    NARRATES,
    PREPOSITIONS,
    SEVERELY,
    SPEECH,
)
from tollwire.figures.harm import Harm, find_harmed
from tollwire.figures.mention import Mention
from tollwire.figures.mentions import find_mentions
from tollwire.figures.profile import Profile
from tollwire.figures.tokens import Tokens
from tollwire.figures.victims import victims

LONGEST_GAP = 8  # tokens between a figure and the word that makes the next one a part of it
_OF_AGENTS = frozenset(("killed", "injured"))  # what is done to persons only, though no list knows their noun
_LISTING = frozenset((",", ":", "-", "–", "—", "("))
_BETWEEN_PARTS = frozenset((",", "and", "as", "well"))


@dataclass(slots=True)
class Sighting:
    """
    One casualty figure and where it was seen: what links it to other figures is told by the words around it.

    ``count`` is the number that it is best known by; ``whole`` is the figure of the same sentence that it counts part
    of. ``is_again`` marks one that only names again whom another figure counts.
    """

    row: Casualty
    tokens: Tokens
    mention: Mention
    harm: Harm
    block: int
    is_title: bool
    count: int
    whole: "Sighting | None" = None
    is_again: bool = False

    @property
    def tells_who(self) -> bool:
        """Tell whether it only says who some of those are that were counted before: "three were clerks"."""
        return self.harm.kind == SAME and self.harm.place == self.mention.end


def find_casualties(
    text: str, tokens: Tokens, profile: Profile, block: int = 0, is_title: bool = False
) -> list[Sighting]:
    """Find the casualty figures of one sentence, given as its tokens; offsets are those of ``text``."""
    if _is_fiction(tokens):
        return []
    harmed = find_harmed(text, tokens, without_appositions(tokens, find_mentions(tokens, profile)))
    mentions = [mention for mention, _ in harmed]
    harms = [None if harm and harm.is_negated else harm for _, harm in harmed]
    wholes = _wholes(tokens, mentions, harms)
    for place, whole in wholes.items():
        harms[place] = harms[place] or harms[whole]
        if tokens.word(mentions[place].after) == "fatally":
            harms[place] = Harm("killed", mentions[place].after)  # "five were shot, two of them fatally"
    told = scopes(tokens) if any(harms) else []
    found: dict[int, Sighting] = {}
    before: Mention | None = None
    for place, (mention, harm) in enumerate(zip(mentions, harms, strict=True)):
        is_sentence = harm is not None and tokens.words[harm.place] in EXECUTED and not COURTS.isdisjoint(tokens.words)
        if (
            harm
            and not is_sentence
            and not (mention.is_guess and mention.figure.high == 1 and harm.kind not in _OF_AGENTS)
        ):
            row = _casualty(text, tokens, mention, harm, scope_at(tokens, harm.place, told), before)
            found[place] = Sighting(row, tokens, mention, harm, block, is_title, value(row))
            before = mention
    for place, whole in wholes.items():
        if place in found and whole in found and found[place].row.harm == found[whole].row.harm:
            found[place].whole = found[whole]
    sightings = list(found.values())
    if not may_name_again(tokens):
        return sightings
    read = [one for one, harm in zip(mentions, harms, strict=True) if harm or not one.is_bare]
    taken = {place for one in read for place in range(one.start, max(one.end, one.after))}
    for mention, harm in find_again(tokens, taken):
        row = _casualty(text, tokens, mention, harm, "incident", None)
        sightings.append(Sighting(row, tokens, mention, harm, block, is_title, value(row), is_again=True))
    return sorted(sightings, key=lambda one: one.row.start)


def _is_fiction(tokens: Tokens) -> bool:
    """Tell a sentence that says what a novel or a film narrates: "the film tells of a priest who is kidnapped"."""
    if FICTION.isdisjoint(tokens.words):
        return False
    return any(pair[0] in FICTION and pair[1] in NARRATES for pair in pairwise(tokens.words))


def _wholes(tokens: Tokens, mentions: Sequence[Mention], harms: Sequence[Harm | None]) -> dict[int, int]:
    """Find sub-counts: a mention after "including" with the one before it, and the members of a list that adds up."""
    wholes: dict[int, int] = {}
    for place in range(1, len(mentions)):
        first, second = mentions[place - 1], mentions[place]
        between = tokens.words[first.after : second.start]
        if between[-1:] == ["among"] and (between[0] in BE or first.start == 0) and harms[place]:
            wholes[place - 1] = place  # "a guard was among four people killed"
            for other in range(place - 2, -1, -1):  # "a guard and two clerks were among"
                if not _BETWEEN_PARTS.issuperset(tokens.words[mentions[other].after : mentions[other + 1].start]):
                    break
                wholes[other] = place
            continue
        if between == ["of"] and harms[place] and _is_told_of(tokens, second):
            wholes[place - 1] = place  # "nine of the 12 dead were soldiers"
            continue
        if _speaks(tokens, second):
            continue  # "mostly women, villagers said"
        if place - 1 in wholes and between and all(word in _BETWEEN_PARTS for word in between):
            wholes[place] = wholes[place - 1]
        elif (
            place > 1
            and harms[place - 2]
            and (_speaks(tokens, first) or (first.is_guess and harms[place - 1] is None))
            and (_is_included(tokens, second) or _are_among_them(tokens, mentions[place:]))
        ):
            wholes[place] = place - 2  # "nine people died, a nurse said, including three children"
        elif harms[place - 1] is None or len(between) > LONGEST_GAP or ";" in between:
            continue
        elif first.start == 1 and tokens.words[0] == "of" and between[-1:] == [","]:
            wholes[place] = place - 1  # "Of the 90 wounded, nine"
        elif (
            "including" in between[-3:]
            or between[-2:] in (["among", "them"], ["of", "whom"], ["them", "were"], ["whom", "were"])
            or between[-1:] in (["mostly"], ["mainly"], ["included"], ["include"], ["includes"])
            or (between[-1:] == [","] and _are_among_them(tokens, mentions[place:]))
            or (between[-1:] == [","] and tokens.words[second.end : second.end + 2] in (["of", "them"], ["of", "whom"]))
            or (between[-1:] == [","] and tokens.word(second.after) in SEVERELY and second.noun is None)
        ):
            wholes[place] = place - 1
    return wholes or _apposition(tokens, mentions, harms)


def _are_among_them(tokens: Tokens, mentions: Sequence[Mention]) -> bool:
    """Tell a list that ends with "among them": "seized 31 passengers, a nurse and five schoolboys among them"."""
    for mention, following in zip(mentions, (*mentions[1:], None), strict=True):
        if tokens.words[mention.after : mention.after + 2] == ["among", "them"]:
            return True
        if following is None or not _BETWEEN_PARTS.issuperset(tokens.words[mention.after : following.start]):
            return False
    return False


def _is_told_of(tokens: Tokens, mention: Mention) -> bool:
    return tokens.words[mention.start] == "the" and tokens.word(mention.after) in BE


def _speaks(tokens: Tokens, mention: Mention) -> bool:
    return tokens.word(mention.after) in SPEECH


def _is_included(tokens: Tokens, mention: Mention) -> bool:
    before = tokens.words[max(0, mention.start - 3) : mention.start]
    return "including" in before[-2:] or before[-2:] == ["among", "them"]


def _apposition(tokens: Tokens, mentions: Sequence[Mention], harms: Sequence[Harm | None]) -> dict[int, int]:
    """Find a count that the list behind it makes up: "two neighbours, a plumber and a schoolgirl"."""
    for place, whole in enumerate(mentions[:-2]):
        total = whole.figure.low if whole.figure.bound == "exact" and not whole.is_bare else None
        harm = harms[place]
        led = tokens.words[whole.after : mentions[place + 1].start][-1:]
        is_told = (harm is not None and tokens.word(harm.place + 1) == ":") or led == ["as"]  # "named the two as"
        if total is None or total < 2 or not (is_told or tokens.word(whole.after) in _LISTING):
            continue
        summed = 0
        for other in range(place + 1, len(mentions)):
            gap = tokens.words[mentions[other - 1].after : mentions[other].start]
            if other > place + 1 and not (_BETWEEN_PARTS.issuperset(gap) or _is_told_from_where(gap)):
                break
            summed += mentions[other].figure.low or total + 1
            if summed == total and other > place + 1:
                return dict.fromkeys(range(place + 1, other + 1), place)
            if summed >= total:
                break
    return {}


def _is_told_from_where(gap: list[str]) -> bool:
    """Tell what says where some are from and leads to the others: "seven from Dorn and three from abroad"."""
    return len(gap) <= LONGEST_GAP and gap[0] in PREPOSITIONS and gap[-1] in ("and", ",")


def _casualty(text: str, tokens: Tokens, mention: Mention, harm: Harm, over: str, before: Mention | None) -> Casualty:
    start, end = tokens.starts[mention.start], tokens.ends[mention.end - 1]
    victim_status, groups = victims(tokens, mention, before)
    figure = mention.figure
    row = Casualty(
        span_id=f"c{start}-{end}",
        start=start,
        end=end,
        surface=text[start:end],
        harm=harm.kind,
        bound=figure.bound,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        victim_status=victim_status,
        victim_groups=groups,
        status=status(tokens, mention, harm),
    )
    if over == "cumulative" and tokens.words[harm.place] in LASTING:
        over = "incident"  # "have been held since May"
    if over == "incident" and is_recalled(tokens, mention, harm):
        over = "background"
    return row if over == "incident" else replace(row, scope=scope_of(value(row), over, harm.kind))

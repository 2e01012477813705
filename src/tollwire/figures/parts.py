"""Parts: which figures of a sentence count part of another, "including three children", "two of whom died"."""

from collections.abc import Sequence
from typing import Final

from tollwire.figures.clause import Harm
from tollwire.figures.clause_words import BE, PREPOSITIONS, SEVERELY, SPEECH
from tollwire.figures.mention import Mention
from tollwire.figures.tokens import Tokens

LONGEST_GAP: Final = 8  # tokens between a figure and the word that makes the next one a part of it
_LISTING: Final = frozenset((",", ":", "-", "–", "—", "("))
_BETWEEN_PARTS: Final = frozenset((",", "and", "as", "well"))


def find_wholes(tokens: Tokens, mentions: Sequence[Mention], harms: Sequence[Harm | None]) -> dict[int, int]:
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
        elif first.start == 1 and tokens.words[0] == "among" and between[:1] and between[0] in BE:
            wholes[place] = place - 1  # "Among the 40 wounded were three reporters"
        elif (
            "including" in between[-3:]
            or between[-2:] in (["among", "them"], ["of", "whom"], ["them", "were"], ["whom", "were"])
            or between[-1:] in (["mostly"], ["mainly"], ["included"], ["include"], ["includes"])
            or (between[-1:] == [","] and _are_among_them(tokens, mentions[place:]))
            or (between[-1:] == [","] and tokens.words[second.end : second.end + 2] in (["of", "them"], ["of", "whom"]))
            or (between[-1:] == [","] and tokens.word(second.after) in SEVERELY and second.noun is None)
            or tokens.word(second.after) == "included"
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

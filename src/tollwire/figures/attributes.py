"""Attributes of a figure: whether it is told as a fact, and over what it counts."""

import re
from collections.abc import Sequence
from typing import Final

from tollwire.contracts.records import Casualty
from tollwire.figures.clause import Harm
from tollwire.figures.clause_words import (
    BE,
    BORN,
    CALLS,
    DENIALS,
    DENIED,
    HAVE,
    INVENTIONS,
    MONTHS,
    NOT_DENIED,
    RECALLED,
    SAYS,
    UNTRUE,
    WEEKDAYS,
)
from tollwire.figures.counted import YEARS
from tollwire.figures.harm_words import AROUND, CUMULATIVE
from tollwire.figures.mention import Mention
from tollwire.figures.tokens import Tokens

FARTHEST_DENIAL: Final = 16  # tokens from "denied" to the figure
DAYS_REACH: Final = 10  # tokens from "since the start of" to the day that makes it a matter of days
LATEST_SPAN: Final = 3  # the place of "years of war have" that opens a sentence
LONGEST_ASIDE: Final = 3  # words between commas that tell when what follows was
RUNNING: Final = "running"  # what counts the dead and the hurt over a stretch of time, and no others
# "in 2020" is when one event was, or what so many persons are counted over
YEARLY: Final = "yearly"
MANY_OF_A_YEAR: Final = 100
FEWEST_OVER_TIME: Final = 3  # persons; of one or two a sentence such as "jailed since May" tells no running total
_LONG: Final = re.compile(r"(?:weeks?|months?|years?|decades?|century|centuries)")
_OPEN_ENDS: Final = frozenset(("since", "of", "the", "until"))
_AGO: Final = frozenset(("ago", "earlier", "previously"))
_STRETCHES: Final = frozenset(("in", "over", "during", "within", "for"))
_FORMER: Final = frozenset(("previous", "earlier", "similar", "former"))
_SPANS: Final = frozenset(("weeks", "months", "years", "decades"))
_TELLING: Final = _STRETCHES | _AGO | _FORMER | _SPANS | frozenset("an their his since the a its of on last".split())
_OWN: Final = frozenset(("the", "a", "an", "its", "their", "his"))


def status(tokens: Tokens, mention: Mention, harm: Harm) -> str:
    """Tell whether a figure is reported, denied or hypothetical (GUIDELINES.md, 6)."""
    words = tokens.words
    first = min(mention.start, harm.place)
    for place in range(max(0, first - FARTHEST_DENIAL), first):
        if words[place] in DENIALS and mention.figure.bound != "none":
            following = words[place + 1 : place + 3]
            if not SAYS.isdisjoint(words[place + 1 : first]):
                continue  # "denied firing and said that two men were hurt"
            is_gerund = bool(following) and following[0].endswith("ing")
            if (
                following
                and (following[0] in DENIED or is_gerund)
                and NOT_DENIED.isdisjoint(words[place + 1 : place + 4])
            ):
                return "denied"
        if _is_untrue(words, place) and words[place + 1] == "that":
            return "denied"
    last = max(mention.end, harm.place)
    for place in range(last, min(last + FARTHEST_DENIAL, len(words))):
        if _is_untrue(words, place) and not BE.isdisjoint(words[max(0, place - 3) : place]):
            return "denied"
        if words[place] in INVENTIONS and not CALLS.isdisjoint(words[:first]):
            return "denied"  # "called a report that nine had died a malicious invention"
    return "hypothetical" if harm.is_possible else "reported"


def _is_untrue(words: list[str], place: int) -> bool:
    """Tell "false", "baseless", "a lie"; but not "lies in ruins"."""
    return words[place] in UNTRUE or words[max(0, place - 1) : place + 1] == ["a", "lie"]


def scopes(tokens: Tokens) -> list[tuple[int, str]]:
    """List the plain words of a sentence that say that it counts over a stretch of time or recalls an earlier event."""
    words = tokens.words
    found = []
    for place, word in enumerate(words[:-1]):
        if word not in _TELLING and word not in CUMULATIVE:
            continue
        following = words[place + 1 : place + 7]
        is_span = word in _SPANS and following[0] == "of" and place <= LATEST_SPAN and not HAVE.isdisjoint(words)
        is_past = word == "in" and following[:2] in (["the", "past"], ["the", "last"]) and not HAVE.isdisjoint(words)
        is_span = is_span or (is_past and _is_long(following[2] if len(following) > 2 else "", following[:2]))
        if is_span or (word in CUMULATIVE and CUMULATIVE.at(tokens, place)) or _is_stretch(word, following):
            if WEEKDAYS.isdisjoint(words[place : place + DAYS_REACH]):
                found.append((place, "cumulative"))
        elif _is_since_event(words, place) and WEEKDAYS.isdisjoint(words[place : place + DAYS_REACH]):
            found.append((place, RUNNING))
        elif _is_former(words, place, following):
            is_year = word == "in" and _is_year(following[0]) and AROUND["events"].isdisjoint(words)
            found.append((place, YEARLY if is_year else "background"))
    return found


def scope_at(tokens: Tokens, place: int, told: Sequence[tuple[int, str]]) -> str:
    """
    Give the scope of the figure at ``place``: what is told in its own part of the sentence, or as the sentence opens.

    Commas and semicolons part a sentence.
    """
    if not told:
        return "incident"
    own = _part(tokens, place)
    near = {0, own}
    if own > 1 and _length(tokens, own - 1) <= LONGEST_ASIDE:
        near.add(own - 1)  # "in the same street, last autumn, gunmen murdered two clerks"
    return next((scope for where, scope in told if _part(tokens, where) in near), "incident")


def _length(tokens: Tokens, part: int) -> int:
    """Count the words of a part of a sentence."""
    borders = [place for place, word in enumerate(tokens.words) if word in (",", ";")]
    return borders[part] - borders[part - 1] - 1


def _part(tokens: Tokens, place: int) -> int:
    return sum(word in (",", ";") for word in tokens.words[:place])


def _is_stretch(word: str, following: list[str]) -> bool:
    if word in _STRETCHES:
        long = next((step for step, one in enumerate(following[:5]) if _is_long(one, following[:step])), None)
        if long is None or following[long + 1 : long + 2] == ["ago"]:
            return False
        opening = following[:long]
        is_past = any(one in ("past", "last", "previous", "recent", "more", "coming") for one in opening)
        return (
            (is_past and following[long].endswith("s"))
            or (is_past and word in ("over", "during"))
            or (word == "in" and following[long].endswith("s") and opening[:1] != ["the"] and word != "for")
        )
    if word == "since":
        is_day = following[0].isdecimal() and following[1:2] != [] and following[1] in MONTHS
        return (
            is_day
            or following[0] in MONTHS
            or _is_year(following[0])
            or following[0] in ("last", "early", "late", "mid", "then")
        )
    return False


def _is_since_event(words: list[str], place: int) -> bool:
    """Tell "have slain 43 since the truce broke down"; not what one attack led to."""
    if words[place] != "since" or HAVE.isdisjoint(words):
        return False
    following = words[place + 1 : place + 4]
    single = AROUND["events"] - AROUND["lasting_events"]
    return following[0] in _OWN and single.isdisjoint(following)


def _is_long(word: str, before: list[str]) -> bool:
    """Tell a stretch of time over which one counts: weeks and more, or ten days and more."""
    return bool(_LONG.fullmatch(word)) or (word == "days" and any(one.isdecimal() and len(one) > 1 for one in before))


def _is_former(words: list[str], place: int, following: list[str]) -> bool:
    word = words[place]
    if word in ("in", "the", "a", "its", "of") and _is_year(following[0]):
        is_event = not AROUND["events"].isdisjoint(following[1:5])
        return is_event if word != "in" else BORN.isdisjoint(words[max(0, place - 2) : place])
    if word in ("in", "on") and following[0] in MONTHS and _is_year(following[1] if len(following) > 1 else ""):
        return True
    if word == "since" and place > 1 and words[place - 1] in ("years", "decades", "months"):
        return True  # "it is ten years since"
    if word == "earlier" and following[0] == "this" and following[1:2] in (["year"], ["month"]):
        return True
    if word in _OWN and following[0] in MONTHS and not AROUND["events"].isdisjoint(following[1:2]):
        return True  # "the April bombing"
    if word in _AGO and place and _LONG.fullmatch(words[place - 1]):
        return True
    if word == "last" and (following[0] == "month" or (place == 0 and following[0] == "week")):
        return place == 0 or words[place - 1] not in _OPEN_ENDS
    if word == "last" and following[0] in ("year", "summer", "winter", "spring", "autumn", "decade"):
        return place == 0 or words[place - 1] not in _OPEN_ENDS
    if word in _FORMER and not AROUND["events"].isdisjoint(following[:2]):
        return True
    return word in ("in", "last") and following[0] in ("spring", "summer", "autumn", "winter") and word == "in"


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and int(word) in YEARS


def is_recalled(tokens: Tokens, mention: Mention, harm: Harm) -> bool:
    """
    Tell a deed that only says who somebody is: "responsible for the killing of", "wanted for attacks that".

    What is said of the persons themselves is none: "a leader who is wanted for attacks was captured".
    """
    words, openers = tokens.words, RECALLED.first_words
    if words[mention.end - 1] in ("predecessor", "predecessors"):
        return True  # "took the post after his predecessor was killed"
    for place in range(max(0, harm.place - FARTHEST_DENIAL), harm.place):
        is_own = mention.end <= place < harm.place
        if is_own or words[place] not in openers:
            continue
        if tokens.word(place - 2) == "it" and tokens.word(place - 1) in BE:
            continue  # "said that it was responsible for the deaths of"
        if RECALLED.at(tokens, place) and not any(word in ".;" for word in words[place : harm.place]):
            return True
    return False


def scope_of(row_low: int | None, sentence_scope: str, harm: str) -> str:
    """Give the scope of one figure of a sentence: one or two persons are no running total, and many a year's."""
    if sentence_scope == RUNNING:
        sentence_scope = "cumulative" if harm in ("killed", "injured", "casualties") else "incident"
    if sentence_scope == YEARLY:
        return "cumulative" if row_low is not None and row_low >= MANY_OF_A_YEAR else "background"
    if sentence_scope == "cumulative" and row_low is not None and row_low < FEWEST_OVER_TIME:
        return "incident"
    return sentence_scope


def value(row: Casualty) -> int:
    """Give the one number that a figure is best known by."""
    for one in (row.best, row.low, row.high):
        if one is not None:
            return one
    return 0

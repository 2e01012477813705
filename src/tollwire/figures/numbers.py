"""Reading a number at a place in a list of tokens: digits, words, or both ("1.2 million")."""

import re
from fractions import Fraction
from typing import Final, NamedTuple

from tollwire.figures.lexicons import lexicon
from tollwire.figures.nouns import person_at
from tollwire.figures.tokens import Tokens

_LEXICON: Final = lexicon("numbers")
_UNITS: Final[dict[str, int]] = _LEXICON["units"]
_TENS: Final[dict[str, int]] = _LEXICON["tens"]
_SCALES: Final[dict[str, int]] = _LEXICON["scales"]
NUMBER_WORDS: Final = frozenset((*_UNITS, *_TENS, *_SCALES))
_NO_GOING_ON: Final = frozenset(("a", "an", *_SCALES))  # after "and" or a comma they open another number

LONGEST: Final = 15  # characters of a number in digits; more persons than that never lived
# Western groups (1,234,567), Indian groups (12,34,567), groups behind thin or no-break spaces.
_DIGITS: Final = re.compile(r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f]\d{2,3})*[,\u00a0\u2009\u202f]\d{3}|\d+)(?:\.\d+)?")
_SHORT: Final = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(k|m|mn|bn)")  # "1.5m people"; other things are as long, or as dear
_SHORT_SCALES: Final = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9}
LONGEST_GROUP: Final = 4  # digits before the first space of "25 000" are fewer
GROUP: Final = 3  # digits of each group behind
_BEFORE: Final = frozenset("$£€¥#:/.,+")
_AFTER: Final = frozenset("%:/°$€")


class Number(NamedTuple):
    """A number read: its value, the place after it, and the scale word that it ended with (1 when none)."""

    value: int
    end: int
    scale: int = 1


def read_number(tokens: Tokens, place: int, with_and: bool = True) -> Number | None:
    """
    Read the number that starts at ``place``, as far as it goes.

    ``with_and=False`` stops before "and", for "between one hundred and two hundred".
    None when no number of persons starts there: part of a date, a price, a calibre, an age ("12-year-old").
    """
    if place >= len(tokens) or tokens.is_mark(place):
        return None
    number = _half(tokens, place) if tokens.words[place] in ("a", "half") else None
    number = number or (_digits(tokens, place) if tokens.is_number(place) else _words(tokens, place, with_and))
    return None if number is None or _is_attached(tokens, place, number.end) else number


def _is_attached(tokens: Tokens, place: int, end: int) -> bool:
    """Tell whether a number is glued to something that makes it another thing than a count: M-19, 12-year-old, 9:30."""
    if tokens.touches(place - 1):
        before = tokens.words[place - 1]
        if before in _BEFORE and not (before in ".,+" and not tokens.touches(place - 2)):
            return True
        if before == "-" and tokens.touches(place - 2) and tokens.is_word(place - 2):
            # "nine-12" is a range, "M-19" is a name.
            return tokens.words[place - 2] not in NUMBER_WORDS and tokens.words[place - 2] != "to"
    if tokens.touches(end - 1):
        after = tokens.words[end]
        if after in _AFTER:
            return True
        if after == "-" and tokens.touches(end) and tokens.is_word(end + 1):
            follower = tokens.words[end + 1]
            return follower not in NUMBER_WORDS and follower not in ("plus", "odd", "to", "a")
    return end < len(tokens) and tokens.words[end] in ("percent", "pc")


def _hyphen(tokens: Tokens, place: int) -> int:
    """Step over a hyphen inside a number ("twenty-three")."""
    is_inside = place < len(tokens) and tokens.words[place] == "-" and tokens.touches(place - 1)
    return place + 1 if is_inside and tokens.touches(place) else place


def _scale(tokens: Tokens, place: int) -> tuple[int, int] | None:
    place = _hyphen(tokens, place)
    scale = _SCALES.get(tokens.word(place))
    return (scale, place + 1) if scale else None


def _digits(tokens: Tokens, place: int) -> Number | None:
    digits = tokens.words[place]
    if short := _SHORT.fullmatch(digits):
        scale = _SHORT_SCALES[short[2]]
        return Number(round(Fraction(short[1]) * scale), place + 1, scale) if person_at(tokens, place + 1) else None
    if len(digits) > LONGEST or not _DIGITS.fullmatch(digits):
        return None
    whole, _, part = "".join(sign for sign in digits if sign.isdecimal() or sign == ".").partition(".")
    count = Fraction(int(whole + part), 10 ** len(part)) if part else int(whole)
    end, scale = place + 1, 1
    while len(digits) < LONGEST_GROUP and _is_group(tokens, end):
        count, end = count * 1000 + int(tokens.words[end]), end + 1  # "25 000", "1 050 people"
    while found := _scale(tokens, end):
        scale, end = scale * found[0], found[1]
        if scale > _SCALES["billion"]:
            return None
    if part and scale == 1:
        return None  # 7.62 is a calibre or a measure
    return Number(round(count * scale), end, scale)


def _is_group(tokens: Tokens, place: int) -> bool:
    """Tell three digits behind a space that go on a number: zeros alone, or right before persons."""
    word = tokens.word(place)
    is_group = len(word) == GROUP and word.isdecimal()
    return word == "000" or (is_group and person_at(tokens, place + 1) is not None)


def _half(tokens: Tokens, place: int) -> Number | None:
    """Read "half a million", "half-a-dozen", "a half dozen", "a quarter of a million"."""
    if tokens.words[place : place + 4] == ["a", "quarter", "of", "a"] and tokens.word(place + 4) == "million":
        return Number(_SCALES["million"] // 4, place + 5, _SCALES["million"])
    start = place + 1 if tokens.word(place) == "a" and tokens.word(place + 1) == "half" else place
    if tokens.word(start) != "half":
        return None
    after = _hyphen(tokens, start + 1)
    if tokens.word(after) in ("a", "an"):
        after = _hyphen(tokens, after + 1)
    scale = _SCALES.get(tokens.word(after))
    return Number(scale // 2, after + 1, scale) if scale else None


def _small(tokens: Tokens, place: int) -> Number | None:
    """Read a number below one hundred."""
    word = tokens.word(place)
    if word in _UNITS:
        return Number(_UNITS[word], place + 1)
    if word not in _TENS:
        return None
    unit_place = _hyphen(tokens, place + 1)
    unit = _UNITS.get(tokens.word(unit_place), 10)
    return Number(_TENS[word] + unit, unit_place + 1) if unit < 10 else Number(_TENS[word], place + 1)


def _group(tokens: Tokens, place: int, with_and: bool) -> Number | None:
    """Read a number below one thousand, or up to "ninety-nine hundred"."""
    if tokens.word(place) in ("a", "an") and _scale(tokens, place + 1):
        small = Number(1, place + 1)
    else:
        read = _small(tokens, place)
        if read is None:
            return Number(1, place) if tokens.word(place) in _SCALES else None  # "Dozen killed"
        small = read
    hundred = _hyphen(tokens, small.end)
    if tokens.word(hundred) != "hundred":
        return small
    value, end = small.value * 100, hundred + 1
    if (tail := _small(tokens, _hyphen(tokens, end))) and not _is_hundred(tokens, tail.end):
        return Number(value + tail.value, tail.end, 100)
    tail_place = _hyphen(tokens, _hyphen(tokens, end) + 1)
    if with_and and tokens.word(_hyphen(tokens, end)) == "and":
        tail = _small(tokens, tail_place)
        if tail and not _is_hundred(tokens, tail.end):
            return Number(value + tail.value, tail.end, 100)
    return Number(value, end, 100)


def _is_hundred(tokens: Tokens, place: int) -> bool:
    return tokens.word(_hyphen(tokens, place)) == "hundred"


def _words(tokens: Tokens, place: int, with_and: bool) -> Number | None:
    total, end, limit, last_scale = 0, place, _SCALES["billion"] * 10, 1
    while group := _group(tokens, end, with_and):
        value, after = group.value, group.end
        half = 0
        if [tokens.word(after + step) for step in range(3)] == ["and", "a", "half"] and _scale(tokens, after + 3):
            half, after = 1, after + 3  # two and a half million
        if found := _scale(tokens, after):
            scale, after = found
        elif half:
            break
        else:
            scale = 1
        if scale >= limit:
            break
        total += value * scale + half * scale // 2
        end, limit, last_scale = after, scale, max(scale, group.scale)
        if scale == 1:
            break
        if [tokens.word(end + step) for step in range(3)] == ["and", "a", "half"]:
            return Number(total + scale // 2, end + 3, scale)  # a million and a half
        follower = _continuation(tokens, end, with_and)
        if follower is None:
            break
        end_before, end = end, follower
        following = _group(tokens, end, with_and)
        if following is None or (_scale(tokens, following.end) or (1, 0))[0] >= limit:
            end = end_before
            break
    return Number(total, end, last_scale) if end > place else None


def _continuation(tokens: Tokens, place: int, with_and: bool) -> int | None:
    """Find where a number goes on after its scale word: directly, after "and", or after a comma."""
    mark = tokens.word(place)
    if mark == ",":
        place += 1
        if tokens.word(place) == "and":
            mark, place = "and", place + 1
    elif mark == "and":
        place += 1
    else:
        place = _hyphen(tokens, place)
    group = _group(tokens, place, with_and)
    if group is None or tokens.word(place) in _NO_GOING_ON:
        return None
    has_scale = _scale(tokens, group.end) is not None
    if mark == "and" and (not with_and or group.value >= 100 or has_scale):
        return None  # "two thousand and five hundred" are two figures as often as one
    if mark == "," and not (group.value >= 100 or has_scale):
        return None
    return place

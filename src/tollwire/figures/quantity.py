"""Reading a quantity at a place in a list of tokens: modifier and number, a range, a vague word, or none."""

from functools import cache
from typing import Final, NamedTuple

from tollwire.figures.clause_words import CHANGES, FUNCTION_WORDS, NO_CASUALTIES
from tollwire.figures.figure import NONE, Figure, bounded
from tollwire.figures.lexicons import Phrases, lexicon
from tollwire.figures.nouns import head_after
from tollwire.figures.numbers import NUMBER_WORDS, Number, read_number
from tollwire.figures.profile import Profile, load_profile
from tollwire.figures.tokens import Tokens, tokenise

_LEXICON: Final = lexicon("modifiers")
_BEFORE: Final = Phrases((phrase, bound) for bound, phrases in _LEXICON["before"].items() for phrase in phrases)
_AFTER: Final = Phrases((phrase, bound) for bound, phrases in _LEXICON["after"].items() for phrase in phrases)
_NONE: Final = Phrases((phrase, NONE) for phrase in _LEXICON["none"]["phrases"])
_COUNTS: Final = Phrases[int](_LEXICON["counts"])
_SCALES: Final[dict[str, int]] = lexicon("numbers")["scales"]
_PLURAL_SCALES: Final[dict[str, int]] = lexicon("numbers")["plural_scales"]
_RANGE_MARKS: Final = frozenset(("-", "–", "—", "to", "or"))


UNMARKED: Final = frozenset(("only", "just", "reportedly", "precisely"))
LONGEST_CHAIN: Final = 5  # modifiers before one number: "at least some other"
GROUPS: Final = frozenset(lexicon("nouns")["groups"]["words"])
_GROUP_SIZES: Final = ("small", "large", "big", "mere", "tiny", "whole")
_SIZES: Final = frozenset(("man", "woman", "member", "person", "strong"))  # behind a number and a hyphen
LONGEST_GROUP: Final = 3  # words from the article to the noun of the group
_OPENERS: Final = frozenset(("a", "an", "half", "between", "from"))


class Quantity(NamedTuple):
    """A quantity read, and the place after it."""

    figure: Figure
    end: int


@cache
def _vague_words(profile: str) -> Phrases[int]:
    """Give the vague words with their values, "a group" by its size too: "a small group"."""
    words = dict(load_profile(profile).words)
    for phrase in [one for one in words if one.startswith("a ") and one.count(" ") == 1]:
        words |= {f"a {size} {phrase[2:]}": words[phrase] for size in _GROUP_SIZES}
    return Phrases(words)


def read_quantity(tokens: Tokens, place: int, profile: Profile) -> Quantity | None:
    """Read the quantity that starts at ``place``: as many modifiers as stand there, then what they modify."""
    if not may_open(tokens, place, profile):
        return None
    none = _NONE.at(tokens, place)
    if none and (tokens.words[place] != "neither" or tokens.word(place + 1) == "of"):
        return Quantity(*none)
    bound, starts = "exact", [place]
    while len(starts) < LONGEST_CHAIN and (found := _BEFORE.at(tokens, starts[-1])):
        bound = found[0] if bound == "exact" else bound
        starts.append(found[1])
    if (
        len(starts) > 1
        and tokens.words[starts[0]] in UNMARKED
        and tokens.word(starts[0] + 1) not in ("over", "under", "above")
    ):
        return None  # read again from the next word: "only six" is marked as "six"
    core = starts[-1]
    if quantity := _counted(tokens, core, bound):
        return quantity
    for start in reversed(starts):
        if quantity := _vague(tokens, start, profile) or _counting_word(tokens, start):
            return quantity
    return None


@cache
def _second_words(profile: str) -> dict[str, frozenset[str] | None]:
    """Give for each word that a quantity may start with those of which one must follow; None where any may."""
    tables = (_BEFORE, _NONE, _COUNTS, _vague_words(profile))
    alone = NUMBER_WORDS | (_OPENERS - {"a", "an"}) | {"no"}
    return {
        word: _after_article(profile)
        if word in ("a", "an")
        else None
        if word in alone or any(table.is_phrase(word) for table in tables)
        else frozenset(second for table in tables for second in table.second_words(word))
        for word in openers(profile)
    }


def may_open(tokens: Tokens, place: int, profile: Profile) -> bool:
    """Tell whether a quantity may start here, by the word and that behind it: "in" leads to none but in "in excess"."""
    word = tokens.words[place]
    if word not in openers(profile.name):
        return word[0].isdecimal()
    seconds = _second_words(profile.name)[word]
    return seconds is None or tokens.word(place + 1) in seconds


@cache
def openers(profile: str) -> frozenset[str]:
    """Give the words that a quantity may start with, beside digits."""
    tables = (_BEFORE, _NONE, _COUNTS, _vague_words(profile))
    return _OPENERS | NUMBER_WORDS | frozenset(word for table in tables for word in table.first_words)


@cache
def _after_article(profile: str) -> frozenset[str]:
    """Give the words that follow "a" in a quantity: "a couple", "a hundred", "a total of"."""
    tables = (_BEFORE, _NONE, _COUNTS, _vague_words(profile))
    seconds = (word for table in tables for article in ("a", "an") for word in table.second_words(article))
    return frozenset(seconds) | NUMBER_WORDS | {"half", "quarter"}


def is_none(tokens: Tokens, place: int) -> bool:
    """Tell whether "no" stands here before persons or casualties: "no civilians", "no further injuries"."""
    if tokens.words[place] != "no":
        return False
    if head_after(tokens, place + 1) or (tokens.word(place + 2) in ("or", "nor") and head_after(tokens, place + 3)):
        return True
    following = tokens.words[place + 1 : place + 4]
    return any(
        word in NO_CASUALTIES and not FUNCTION_WORDS.intersection(following[:step])
        for step, word in enumerate(following)
    )


def has_group(tokens: Tokens) -> bool:
    """Tell whether any word is one of a group of which the size may be told."""
    return not GROUPS.isdisjoint(tokens.words)


def sized_group(tokens: Tokens, place: int, profile: Profile) -> Quantity | None:
    """
    Read a group of which the size is told: "a family of five", "the helicopter crew of four", "its three-man crew".

    Source: annotations/GUIDELINES.md, 4 "Figures".
    """
    if GROUPS.isdisjoint(tokens.words[place + 1 : place + 3 + LONGEST_GROUP]):
        return None
    if tokens.word(place + 2) == "-" and tokens.word(place + 3) in _SIZES:
        end = place + 5 if tokens.word(place + 4) in GROUPS else place + 6
        size = read_number(tokenise(tokens.words[place + 1]), 0) if tokens.word(end - 1) in GROUPS else None
        figure = bounded("exact", size.value) if size else None
        return Quantity(figure, end) if figure else None
    for step in range(place + 1, min(place + 1 + LONGEST_GROUP, len(tokens) - 2)):
        if tokens.words[step] in GROUPS:
            return read_quantity(tokens, step + 2, profile) if tokens.words[step + 1] == "of" else None
        if not tokens.is_word(step):
            return None
    return None


def _counted(tokens: Tokens, place: int, bound: str) -> Quantity | None:
    if tokens.word(place) == "from" and tokens.word(place - 1) in CHANGES:
        return None
    if tokens.word(place) in ("between", "from"):
        for with_and in (True, False):
            first = read_number(tokens, place + 1, with_and)
            if first and first.end < len(tokens) and tokens.words[first.end] in ("and", "to", "-", "–"):
                second = read_number(tokens, first.end + 1)
                if second and (quantity := _range(first, second)):
                    return quantity
        return None
    number = read_number(tokens, place)
    if number is None:
        return None
    is_change = tokens.word(place - 1) in ("from", "by") and tokens.word(place - 2) in CHANGES
    if tokens.word(number.end) in _RANGE_MARKS and not is_change:
        second = read_number(tokens, number.end + 1)
        if second and (quantity := _range(number, second)):
            return quantity
    end = _past_repeated(tokens, number)
    if bound == "exact" and (after := _AFTER.at(tokens, end)):
        bound, end = after
    figure = bounded(bound, number.value)
    return Quantity(figure, end) if figure else None


def _past_repeated(tokens: Tokens, number: Number) -> int:
    """Step past the number in digits behind its words, as statements of armies write it: "six (6) terrorists"."""
    end = number.end
    if tokens.word(end) == "(" and tokens.word(end + 2) == ")" and tokens.word(end + 1)[:1].isdecimal():
        repeated = read_number(tokens, end + 1)
        return end + 3 if repeated and repeated.value == number.value else end
    return end


def _range(first: Number, second: Number) -> Quantity | None:
    low, high = first.value, second.value
    # "two to three thousand": the scale word at the end belongs to both.
    if first.scale == 1 and second.scale > 1 and low < high // second.scale:
        low *= second.scale
    return Quantity(Figure("range", low=low, high=high), second.end) if low <= high else None


def _vague(tokens: Tokens, place: int, profile: Profile) -> Quantity | None:
    found = _vague_words(profile.name).at(tokens, place)
    if found is None:
        return None
    low, end = found
    is_of = end < len(tokens) and tokens.words[end] == "of"
    following = tokens.words[end + is_of] if end + is_of < len(tokens) else ""
    if following in _SCALES:  # several hundred, a couple of dozen
        return Quantity(Figure("vague", low=low * _SCALES[following]), end + is_of + 1)
    if number := read_number(tokens, end + is_of):
        return _counted(tokens, end + is_of, "exact") if number.scale == 1 else None
    if is_of and following in _PLURAL_SCALES:  # tens of thousands
        return Quantity(Figure("vague", low=low * _PLURAL_SCALES[following]), end + 2)
    return Quantity(Figure("vague", low=low), end)


def _counting_word(tokens: Tokens, place: int) -> Quantity | None:
    found = _COUNTS.at(tokens, place)
    return Quantity(Figure("exact", found[0], found[0], found[0]), found[1]) if found else None

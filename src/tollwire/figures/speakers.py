"""Speakers that no list of actors has: whoever stands where a sentence has the one who says it."""

from collections.abc import Iterator
from typing import Final

from tollwire.figures.clause_words import FUNCTION_WORDS, MONTHS, QUOTES, WEEKDAYS, is_adverb
from tollwire.figures.harm_words import HARM_FORMS
from tollwire.figures.lexicons import lexicon
from tollwire.figures.numbers import NUMBER_WORDS
from tollwire.figures.tokens import Tokens

_WORDS: Final[dict[str, frozenset[str]]] = {
    key: frozenset(words) for key, words in lexicon("speakers")["words"].items()
}
_KINDS: Final[dict[str, str]] = {noun: kind for kind, nouns in lexicon("speakers")["nouns"].items() for noun in nouns}
_SAYS: Final = _WORDS["says"]
_NO_DESCRIPTIONS: Final = FUNCTION_WORDS | HARM_FORMS | _WORDS["no"] | _SAYS | MONTHS | WEEKDAYS | NUMBER_WORDS
_SPEAKING: Final = _SAYS | {"according"}
_SAID_BY: Final = _SAYS | {"to"}
LONGEST: Final = 7  # tokens of a speaker

Place = tuple[int, int]


def find_speakers(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """
    Give the speakers of a sentence as token places, with kinds: "a bus conductress said", "according to its treasurer".

    Pronouns are no actors.

    Source: annotations/GUIDELINES.md, 2 "Spans" and 8 "Actors".
    """
    if _SPEAKING.isdisjoint(tokens.words):
        return
    for verb, word in enumerate(tokens.words):
        if word not in _SAID_BY:
            continue
        found = None
        if word in _SAYS:
            found = _before(tokens, verb) or (_behind(tokens, verb + 1) if _is_inverted(tokens, verb) else None)
        elif tokens.word(verb - 1) == "according":
            found = _behind(tokens, verb + 1)
        if found:
            yield (*found, _kind(tokens, *found))


def _is_inverted(tokens: Tokens, verb: int) -> bool:
    before = tokens.word(verb - 1)
    return before in QUOTES or before in (",", "?", "!")


def _before(tokens: Tokens, verb: int) -> Place | None:
    """Read the phrase that ends right before the verb, from its article or owner on."""
    end = verb
    while end > 0 and (is_adverb(tokens.words[end - 1]) or tokens.words[end - 1] in ("has", "have", "had")):
        end -= 1
    start = end
    while start > 0 and end - start < LONGEST and _is_inside(tokens, start - 1):
        start -= 1
    led = start > 0 and tokens.words[start - 1] in _WORDS["articles"]
    # Without an article only several people begin a sentence or clause: "Shopkeepers say".
    is_several = end - start > 0 and _is_several(tokens.words[end - 1]) and tokens.words[end - 1] not in _WORDS["no"]
    begins = start == 0 or tokens.words[start - 1] in (",", ";", "and") or tokens.words[start - 1] in QUOTES
    if start == end or not (led or (is_several and begins and end - start <= 2)):
        return None
    before = tokens.word(start - 1 - led)
    if before == "of" and (longer := _before(tokens, start - 1 - led)):
        return longer[0], end  # "the mother of a boy said"
    return None if before in _WORDS["inside"] else (start - led, end)


def _behind(tokens: Tokens, first: int) -> Place | None:
    """Read the phrase that starts right behind the verb, up to a mark or what only describes."""
    start = first + (tokens.word(first) in _WORDS["articles"])
    end = start
    while end < len(tokens) and end - start < LONGEST and _is_inside(tokens, end):
        end += 1
    if start == end or (start == first and not _is_several(tokens.words[end - 1])):
        return None
    return first, end


def _is_inside(tokens: Tokens, place: int) -> bool:
    word = tokens.words[place]
    if word in ("-", "'"):
        return tokens.touches(place - 1) and (word == "'" or tokens.touches(place))
    return tokens.is_word(place) and _may_describe(word)


def _may_describe(word: str) -> bool:
    return not (word in _NO_DESCRIPTIONS or word.endswith("ing"))


def _kind(tokens: Tokens, start: int, end: int) -> str:
    """Tell the kind by the last noun that has one; somebody is a person, several are civilians."""
    for place in range(end - 1, start - 1, -1):
        if kind := _KINDS.get(tokens.words[place].removesuffix("'s")):
            return kind
    return "civilians" if _is_several(tokens.words[end - 1]) else "person"


def _is_several(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss")

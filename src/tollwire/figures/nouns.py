"""Nouns: the head of a noun phrase, and what it tells about the persons."""

from bisect import bisect_left
from functools import lru_cache
from typing import Final, NamedTuple

from tollwire.figures.clause_words import ADJECTIVAL, FUNCTION_WORDS, LOSE, SAYS
from tollwire.figures.harm_words import ADJECTIVES, HARM_FORMS, NOUNS
from tollwire.figures.lexicons import lexicon
from tollwire.figures.places import country_names, demonyms, seats
from tollwire.figures.tokens import Tokens, is_mark

QUOTES: Final = frozenset('"“”«»„')
_PASSED: Final = QUOTES | {"-"}  # marks that a phrase goes on behind
_STATES: Final = frozenset(("hostage", "captive", "prisoner"))
_APPOSITIONS: Final = _STATES | {"other", "others"}  # "took five miners hostage"
_GROUP_NAMES: Final = frozenset(("taliban",))  # plurals that are as often an adjective
_LIVES: Final = frozenset(("life", "lives"))  # "the loss of civilian lives" is nobody's in particular
_NO_MEN: Final = frozenset(("specimen", "abdomen", "regimen", "omen", "men", "women"))
_IN_LAW: Final = ["-", "in", "-", "law"]
FARTHEST: Final = 20  # tokens in which such a phrase ends, hyphens and quotation marks counted
_PARTING: Final = LOSE | frozenset((*lexicon("numbers")["units"], *lexicon("numbers")["tens"]))
LONGEST_PHRASE: Final = 5  # words from a quantity to its head noun: "nine Iranian-backed Shia militia fighters"


class Noun(NamedTuple):
    """A noun for persons: whether it is plural, and what it says of them."""

    is_plural: bool
    status: str = "unstated"
    groups: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        """Tell whether it names persons by what they are, not by a mere count of victims."""
        return self.status != "unstated" or bool(self.groups)


class Head(NamedTuple):
    """The head noun of a phrase: what it says, and the place after it."""

    noun: Noun
    end: int


def _persons() -> dict[str, Noun]:
    forms: dict[str, Noun] = {}
    for section in lexicon("nouns").values():
        if "status" not in section:
            continue
        status, groups = section["status"], tuple(section.get("groups", ()))
        single, plural = Noun(False, status, groups), Noun(True, status, groups)
        for word in section.get("regular", ()):
            forms[word], forms[_plural(word)] = single, plural
        for pair in section.get("irregular", ()):
            one, many = pair.split(" ")
            forms[one], forms[many] = single, plural
        forms.update(dict.fromkeys(section.get("plural", ()), plural))
    return {**{word: Noun(True) for word in demonyms()}, **forms}


def _plural(word: str) -> str:
    if word.endswith(("s", "ch", "sh", "x")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeou" else f"{word}s"


def _by_first() -> dict[str, tuple[Noun | None, dict[str, Noun]]]:
    found: dict[str, tuple[Noun | None, dict[str, Noun]]] = {}
    for form, noun in PERSONS.items():
        first, _, second = form.partition(" ")
        if second:
            found.setdefault(first, (PERSONS.get(first), {}))[1][second] = noun
        else:
            found.setdefault(first, (noun, {}))
    return found


def _things() -> frozenset[str]:
    words = [word for row in lexicon("things")["words"].values() for word in row]
    return frozenset(words) | {f"{word}s" for word in words} | {f"{word}es" for word in words}


_NO_MODIFIERS: Final = FUNCTION_WORDS | SAYS
PERSONS: Final = _persons()  # every form of every noun for persons; two-word nouns are keyed with one space
# By its first word the noun for persons that the word is, and the pairs that it opens by their second.
_PERSONS_BY_FIRST: Final = _by_first()
# The words without which there is no noun for persons: of two-word nouns the second.
_PERSON_WORDS: Final = frozenset(form.split(" ")[-1] for form in PERSONS)
PAIR_OPENERS: Final = frozenset(form.split(" ")[0] for form in PERSONS if " " in form)
FAMILIES: Final = frozenset(lexicon("nouns")["families"]["words"])  # groups that are counted, each one person or more
THINGS: Final = _things()  # every form of the nouns that are counted but are not persons
_TOLD_BY_CONTEXT: Final = HARM_FORMS | {word for word in THINGS if word.endswith("s")}  # whether they modify
_PLACES: Final = frozenset(word for name in [*country_names(), *seats()] for word in name.lower().split())


@lru_cache(maxsize=1)
def _person_places(tokens: Tokens) -> tuple[list[int], int]:
    """Give the places of a sentence with nouns for persons, or second words of them, and how far a phrase reaches."""
    words = tokens.words
    reach = LONGEST_PHRASE + 1 if _PASSED.isdisjoint(words) else FARTHEST
    return [place for place, word in enumerate(words) if word in _PERSON_WORDS], reach


def is_place_or_thing(word: str) -> bool:
    """Tell a word that names a country, a seat of government or a thing that is counted but is no person."""
    return word in THINGS or word in _PLACES


def person_at(tokens: Tokens, place: int) -> Head | None:
    """Give the noun for persons that starts at ``place``, the longer of a word and a pair of words."""
    words = tokens.words
    if place >= len(words) or (found := _PERSONS_BY_FIRST.get(words[place])) is None:
        return None
    noun, pairs = found
    if pairs and place + 1 < len(words) and (pair := pairs.get(words[place + 1])):
        return Head(pair, place + 2)
    if noun is None:
        return None
    return Head(noun, place + 5 if words[place + 1 : place + 5] == _IN_LAW else place + 1)


def head_after(tokens: Tokens, place: int) -> Head | None:
    """
    Find the head noun of the phrase that goes on at ``place``: the last of the first run of nouns for persons.

    None when a function word, a mark or too many other words come first.
    """
    places, reach = _person_places(tokens)
    nearest = bisect_left(places, place)
    if nearest == len(places) or places[nearest] >= place + reach:
        return None
    words = tokens.words
    step, last = place, len(words) - 1
    for _ in range(LONGEST_PHRASE):
        while step <= last and words[step] in QUOTES:
            step += 1  # 200 Ukrainian "nationalists"
        if step <= last and words[step] in _PERSONS_BY_FIRST and (found := person_at(tokens, step)):
            for _ in range(LONGEST_PHRASE):
                following = person_at(tokens, found.end)
                if following is None or words[found.end] in _APPOSITIONS:
                    break
                found = following
            if tokens.word(found.end) == "'" and found.end < last:
                if words[found.end + 1] in THINGS:
                    return None  # "five rebels' hideouts"
                found = person_at(tokens, found.end + 1) or found  # "the miners' wives"
            if not found.noun.is_plural and is_plural_word(tokens, found.end):
                return Head(found.noun._replace(is_plural=True), found.end + 1)  # civilian advisers
            if words[found.end - 1] == "other" and (later := head_after(tokens, found.end)):
                return later  # "three other suspected insurgents"
            if not _is_modifier(tokens, found.end) and not _is_adjectival(tokens, found):
                return found
            step = found.end
        if not _may_modify(tokens, step) or (step > place and words[step] in _PARTING):
            return None  # "the army lost men", but "the lost men"; "the patrol saw two men"
        step += 1
        while step < last and words[step] == "-" and tokens.touches(step - 1):
            step += 1  # a hyphenated word is one, and a "sub-commander" a commander
            if person_at(tokens, step) is None or tokens.word(step + 1) == "-":
                step += 1
    return None


def is_plural_word(tokens: Tokens, place: int) -> bool:
    """Tell whether an unlisted word here looks like the plural of a noun for persons."""
    if place >= len(tokens) or not tokens.is_word(place):
        return False
    word = tokens.words[place]
    if not word.endswith(("ers", "ors", "ists", "ants", "ents", "ees", "men")) or word in _NO_MEN:
        return False
    return not (word in FUNCTION_WORDS or word in THINGS or word in HARM_FORMS or word in PERSONS)


def _is_adjectival(tokens: Tokens, head: Head) -> bool:
    """Tell a noun that is an adjective here: "15,000 captive Polish officers", but not "a rebel Karim Denn"."""
    is_name = head.noun.is_plural and tokens.words[head.end - 1] in _GROUP_NAMES  # "the Taliban military commander"
    if not is_name and (head.noun.is_plural or tokens.words[head.end - 1] not in ADJECTIVAL):
        return False
    if not _may_modify(tokens, head.end):
        return False
    return any(person_at(tokens, step) is not None for step in (head.end + 1, head.end))


def _is_modifier(tokens: Tokens, end: int) -> bool:
    """Tell whether a noun that ends here only modifies what follows: a police station, a student-led march."""
    if end >= len(tokens):
        return False
    word = tokens.words[end]
    if word in _LIVES:
        return True
    if tokens.word(end + 1) == "-" and tokens.touches(end) and person_at(tokens, end + 2):
        return True
    return (
        (word in THINGS and word not in HARM_FORMS)
        or (word in NOUNS and word not in ADJECTIVES)
        or (word == "-" and tokens.touches(end - 1))
    )


def _may_modify(tokens: Tokens, place: int) -> bool:
    if place >= len(tokens):
        return False
    word = tokens.words[place]
    if (is_modifier := _modifies(word)) is not None:
        is_joined = tokens.word(place + 1) == "-" and tokens.touches(place)  # "would-be bombers"
        return is_modifier or (is_joined and not is_mark(word))
    if tokens.is_number(place):  # the age in "a 12-year-old girl"
        return place + 1 < len(tokens) and tokens.words[place + 1] == "-"
    if word in HARM_FORMS:  # wounded soldiers, but not "the convoy killed soldiers"
        is_state = tokens.word(place + 1) in _STATES  # "two taken prisoner"
        return not is_state and person_at(tokens, place + 1) is not None and tokens.word(place - 1) not in THINGS
    return person_at(tokens, place + 1) is not None


def _modifies(word: str) -> bool | None:
    """Tell whether a word may modify a noun for persons; None where the words around it tell."""
    if is_mark(word):
        return False
    if word[0].isdecimal() or word in _TOLD_BY_CONTEXT:
        return None
    return word not in _NO_MODIFIERS

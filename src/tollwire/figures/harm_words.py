"""The words of harm: which verb forms, adjectives, nouns and phrases say which harm."""

from collections.abc import Iterator
from functools import cache

from tollwire.figures.lexicons import Phrases, lexicon
from tollwire.figures.tokens import Tokens

HARMS = ("killed", "injured", "missing", "captured", "displaced", "casualties")
_LEXICON = lexicon("harm")
AROUND: dict[str, frozenset[str]] = {key: frozenset(words) for key, words in _LEXICON["around"].items()}


def _forms(column: str, *places: int) -> Iterator[tuple[str, str]]:
    for harm in HARMS:
        for entry in _LEXICON[harm][column]:
            forms = entry.split(" ")
            yield from ((forms[place], harm) for place in places)


def _words(column: str) -> dict[str, str]:
    return {word: harm for harm in HARMS for word in _LEXICON[harm][column]}


ACTIVE = dict(_forms("verbs", 0, 1, 2, 4))
PARTICIPLES = dict(_forms("verbs", 3))
BASES = frozenset(word for word, _ in _forms("verbs", 0))  # "to kill"; of "hurt" and "shot" the past looks the same
SUFFERED = dict(_forms("suffered", 0, 1, 2, 3, 4))
ADJECTIVES = _words("adjectives")
OF_NOUNS = _words("of")
NOUNS = dict(_forms("nouns", 0, 1))
HARMED = {word: harm for harm in ("captured", "displaced") for word in _LEXICON[harm]["harmed"]}
OUTCOMES = Phrases((phrase, harm) for harm in HARMS for phrase in _LEXICON[harm]["outcomes"])
CUMULATIVE = Phrases((phrase, True) for phrase in _LEXICON["around"]["cumulative"])


@cache
def harm_forms() -> frozenset[str]:
    """Give every single word that says a harm."""
    return frozenset((*ACTIVE, *PARTICIPLES, *SUFFERED, *ADJECTIVES, *NOUNS))


@cache
def told_forms() -> frozenset[str]:
    """Give every single word that says of somebody that a harm happened to him, alone or in company; no mere noun."""
    return frozenset((*ACTIVE, *PARTICIPLES, *SUFFERED, *ADJECTIVES)) | AROUND["loses"] | AROUND["suffers"]


@cache
def trigger_forms() -> frozenset[str]:
    """Give every single word that says a harm, alone or in company."""
    return harm_forms() | AROUND["loses"] | AROUND["suffers"]


@cache
def _triggers() -> frozenset[str]:
    """Give the single words of which a sentence has one that tells a harm without a phrase."""
    return trigger_forms() | frozenset((*OF_NOUNS, *HARMED)) | AROUND["telling"]


def tells_harm(tokens: Tokens) -> bool:
    """Tell whether a sentence has any word or phrase of harm; without one it holds no casualty figure."""
    words, first_words = tokens.words, OUTCOMES.first_words
    return not _triggers().isdisjoint(words) or any(
        word in first_words and OUTCOMES.at(tokens, place) for place, word in enumerate(words)
    )

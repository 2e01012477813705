"""The words of harm: which verb forms, adjectives, nouns and phrases say which harm."""

from collections.abc import Iterator
from typing import Final

from tollwire.figures.lexicons import Phrases, lexicon
from tollwire.figures.tokens import Tokens

HARMS: Final = ("killed", "injured", "missing", "captured", "displaced", "casualties")
_LEXICON: Final = lexicon("harm")
AROUND: Final[dict[str, frozenset[str]]] = {key: frozenset(words) for key, words in _LEXICON["around"].items()}


def _forms(column: str, *places: int) -> Iterator[tuple[str, str]]:
    for harm in HARMS:
        for entry in _LEXICON[harm][column]:
            forms = entry.split(" ")
            yield from ((forms[place], harm) for place in places)


def _words(column: str) -> dict[str, str]:
    return {word: harm for harm in HARMS for word in _LEXICON[harm][column]}


ACTIVE: Final = dict(_forms("verbs", 0, 1, 2, 4))
PARTICIPLES: Final = dict(_forms("verbs", 3))
BASES: Final = frozenset(
    word for word, _ in _forms("verbs", 0)
)  # "to kill"; of "hurt" and "shot" the past looks the same
SUFFERED: Final = dict(_forms("suffered", 0, 1, 2, 3, 4))
ADJECTIVES: Final = _words("adjectives")
OF_NOUNS: Final = _words("of")
NOUNS: Final = dict(_forms("nouns", 0, 1))
HARMED: Final = {word: harm for harm in ("captured", "displaced") for word in _LEXICON[harm]["harmed"]}
OUTCOMES: Final = Phrases((phrase, harm) for harm in HARMS for phrase in _LEXICON[harm]["outcomes"])
CUMULATIVE: Final = Phrases((phrase, True) for phrase in _LEXICON["around"]["cumulative"])


_VERBS: Final = frozenset((*ACTIVE, *PARTICIPLES, *SUFFERED, *ADJECTIVES))
_IN_COMPANY: Final = AROUND["loses"] | AROUND["suffers"]
HARM_FORMS: Final = _VERBS | frozenset(NOUNS)  # every single word that says a harm
TOLD_FORMS: Final = _VERBS | _IN_COMPANY  # of these and of words that say one in company, those that are no mere noun
TRIGGER_FORMS: Final = HARM_FORMS | _IN_COMPANY  # every single word that says a harm, alone or in company
# A sentence has one of these where it tells a harm without a phrase.
_TELLING: Final = TRIGGER_FORMS | frozenset((*OF_NOUNS, *HARMED)) | AROUND["telling"]


def tells_harm(tokens: Tokens) -> bool:
    """Tell whether a sentence has any word or phrase of harm; without one it holds no casualty figure."""
    words, first_words = tokens.words, OUTCOMES.first_words
    return not _TELLING.isdisjoint(words) or any(
        word in first_words and OUTCOMES.at(tokens, place) for place, word in enumerate(words)
    )

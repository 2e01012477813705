"""Small words by what they do in a clause: auxiliaries, prepositions, joiners, words that open another clause."""

from typing import Final

from tollwire.figures.lexicons import Phrases, lexicon

_LEXICON: Final = lexicon("clauses")


def _words(name: str) -> frozenset[str]:
    return frozenset(_LEXICON[name])


BE: Final = _words("be")
HAVE: Final = _words("have")
MODALS: Final = _words("modals")
AUXILIARIES: Final = BE | HAVE | MODALS
NEGATIONS: Final = _words("negations")
PREPOSITIONS: Final = _words("prepositions")
RELATIVES: Final = _words("relatives")
BREAKS: Final = _words("breaks")
SPEECH: Final = _words("speech")
STATES: Final = _words("states")
IMPLICATIVE: Final = _words("implicative")
CONDITIONS: Final = _words("conditions")
DENIALS: Final = _words("denials")
DENIED: Final = _words("denied")
NOT_DENIED: Final = _words("not_denied")
UNTRUE: Final = _words("untrue")
REPORTED: Final = _words("reported")
TAKE: Final = _words("take")
MONTHS: Final = _words("months")
FUNCTION_WORDS: Final = _words("function")
ADJECTIVAL: Final = _words("adjectival")
NO_CASUALTIES: Final = _words("harms_counted")
OF_THINGS: Final = _words("of_things")
PARTICLES: Final = _words("particles")
SEEN: Final = _words("seen")
POSTPOSED: Final = _words("postposed")
TITLES: Final = _words("titles")
LASTING: Final = _words("lasting")
WEEKDAYS: Final = _words("weekdays")
CONFIRMS: Final = _words("confirms")
FALLS: Final = _words("falls")
SEVERELY: Final = _words("severely")
PUT: Final = _words("put")
NOUNS_TOO: Final = _words("nouns_too")
PREVENTIONS: Final = _words("preventions")
REHEARSALS: Final = _words("rehearsals")
FINDS: Final = _words("finds")
COUNTED: Final = _words("counted")
COUNTING: Final = _words("counting")
CHANGES: Final = _words("changes")
LABELLED: Final = _words("labelled")
PASTS: Final = _words("pasts")
COMPOUNDS: Final = _words("compounds")
EXECUTED: Final = _words("executed")
COURTS: Final = _words("courts")
INVENTIONS: Final = _words("inventions")
CALLS: Final = _words("calls")
FICTION: Final = _words("fiction")
NARRATES: Final = _words("narrates")
LOSE: Final = _words("lose")
SIZES: Final = _words("sizes")
LOSSES: Final = _words("losses")
DEATHS: Final = _words("deaths")
MONEY: Final = _words("money")
DEADLY: Final = _words("deadly")
BLOWN: Final = _words("blown")
SAYS: Final = _words("says")
BORN: Final = _words("born")
JOINERS: Final = Phrases((phrase, True) for phrase in _LEXICON["joiners"])
RECALLED: Final = Phrases((phrase, True) for phrase in _LEXICON["recalled"])
ORDINALS: Final = _words("ordinals")
QUOTES: Final = frozenset("\"'“”‘’«»„")
ARTICLES: Final = frozenset(("the", "a", "an"))
DEFINITE: Final = frozenset("the these those this that his her its their our my your".split())
DETERMINERS: Final = DEFINITE | {"a", "an"}
_ADVERBS: Final = _words("adverbs")
_NOT_ADVERBS: Final = _words("not_adverbs")


def is_adverb(word: str) -> bool:
    """Tell whether a word may stand between an auxiliary and its participle: "brutally", "also", "yesterday"."""
    return word in _ADVERBS or (word.endswith("ly") and word not in _NOT_ADVERBS)

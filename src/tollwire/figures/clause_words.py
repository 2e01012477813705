"""Small words by what they do in a clause: auxiliaries, prepositions, joiners, words that open another clause."""

from functools import lru_cache

from tollwire.figures.lexicons import Phrases, lexicon
from tollwire.figures.tokens import MOST_WORDS

_LEXICON = lexicon("clauses")


def _words(name: str) -> frozenset[str]:
    return frozenset(_LEXICON[name])


BE, HAVE, MODALS = _words("be"), _words("have"), _words("modals")
AUXILIARIES = BE | HAVE | MODALS
NEGATIONS = _words("negations")
PREPOSITIONS, RELATIVES, BREAKS = _words("prepositions"), _words("relatives"), _words("breaks")
SPEECH, STATES, IMPLICATIVE, CONDITIONS = (
    _words("speech"),
    _words("states"),
    _words("implicative"),
    _words("conditions"),
)
DENIALS, DENIED, NOT_DENIED, UNTRUE = _words("denials"), _words("denied"), _words("not_denied"), _words("untrue")
REPORTED = _words("reported")
TAKE = _words("take")
MONTHS = _words("months")
FUNCTION_WORDS = _words("function")
ADJECTIVAL = _words("adjectival")
NO_CASUALTIES = _words("harms_counted")
OF_THINGS = _words("of_things")
PARTICLES = _words("particles")
SEEN = _words("seen")
POSTPOSED = _words("postposed")
TITLES = _words("titles")
LASTING = _words("lasting")
WEEKDAYS = _words("weekdays")
CONFIRMS = _words("confirms")
FALLS = _words("falls")
SEVERELY = _words("severely")
PUT = _words("put")
NOUNS_TOO = _words("nouns_too")
PREVENTIONS = _words("preventions")
REHEARSALS = _words("rehearsals")
FINDS = _words("finds")
COUNTED = _words("counted")
COUNTING = _words("counting")
CHANGES = _words("changes")
LABELLED = _words("labelled")
PASTS = _words("pasts")
COMPOUNDS = _words("compounds")
EXECUTED, COURTS = _words("executed"), _words("courts")
INVENTIONS, CALLS = _words("inventions"), _words("calls")
FICTION, NARRATES = _words("fiction"), _words("narrates")
LOSE = _words("lose")
SIZES, LOSSES, DEATHS, MONEY = _words("sizes"), _words("losses"), _words("deaths"), _words("money")
DEADLY = _words("deadly")
BLOWN = _words("blown")
SAYS = _words("says")
BORN = _words("born")
JOINERS = Phrases((phrase, True) for phrase in _LEXICON["joiners"])
RECALLED = Phrases((phrase, True) for phrase in _LEXICON["recalled"])
ORDINALS = _words("ordinals")
QUOTES = frozenset("\"'“”‘’«»„")
ARTICLES = frozenset(("the", "a", "an"))
DETERMINERS = frozenset("the a an this that these those his her its their our my your".split())
_ADVERBS, _NOT_ADVERBS = _words("adverbs"), _words("not_adverbs")


@lru_cache(maxsize=MOST_WORDS)
def is_adverb(word: str) -> bool:
    """Tell whether a word may stand between an auxiliary and its participle: "brutally", "also", "yesterday"."""
    return word in _ADVERBS or (word.endswith("ly") and word not in _NOT_ADVERBS)

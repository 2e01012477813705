"""Tell the language of a text, by as little of it as says it clearly."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Stretches of a text, at its start, middle and end, in which its language is told, and the characters of each: few
# where these say it with such a probability, else more. Of 1,620 texts in 30 languages one reads otherwise than by its
# first 6,000 characters, and nine in ten take no more than the few.
STRETCHES, FEW, MORE, SURE = 3, 30, 100, 0.8
LEAST_SAMPLE = 200  # characters; with fewer the outlet's own language is the better guess


def tell_language(text: str, expected: str) -> str:
    """Tell the language of a text; a short one is taken to be in the one that is expected of it."""
    if len(text) < LEAST_SAMPLE:
        return expected
    found, probability = _identifier().classify(_sample(text, FEW))
    if probability < SURE:
        found, _ = _identifier().classify(_sample(text, MORE))
    return expected if expected.split("-")[0] == found else str(found)


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _sample(text: str, characters: int) -> str:
    step = max(len(text) - characters, 0) // (STRETCHES - 1)
    return " ".join(text[start * step : start * step + characters] for start in range(STRETCHES))

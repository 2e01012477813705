"""What a user would build instead of ``tollwire.suggest``: a naive pattern, and spaCy's blank English with a ruler."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from figure_sets import Document

from tollwire.figures.harm_words import ACTIVE, ADJECTIVES, NOUNS, PARTICIPLES, SUFFERED
from tollwire.figures.parse import parse_figure
from tollwire.figures.suggest import suggest
from tollwire.figures.tolls import document_toll

GAP = 4  # words between a number and a word of harm


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure found: place, harm, and bounds in persons."""

    start: int
    end: int
    harm: str
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool finds in one text: figures, the least toll by harm, and the places of actors (None: not asked)."""

    figures: Sequence[Figure]
    tolls: dict[str, int]
    actors: Sequence[tuple[int, int]] | None = None


def ours(document: Document) -> Found:
    """Read a text with ``tollwire.suggest`` and add it up with ``tollwire.document_toll``."""
    found = suggest(document.text)
    figures = [Figure(row.start, row.end, row.harm, row.low, row.best, row.high) for row in found.casualties]
    tolls = {harm: toll.low or 0 for harm, toll in document_toll(found.casualties, found.relations).items()}
    return Found(figures, tolls, [(row.start, row.end) for row in found.actors])


@cache
def _harms() -> dict[str, str]:
    return {**NOUNS, **ADJECTIVES, **SUFFERED, **PARTICIPLES, **ACTIVE}


@cache
def _pattern() -> re.Pattern[str]:
    units = "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred dozen"
    number = rf"\b(\d[\d,]*|{'|'.join(units.split())})\b"
    harm = rf"\b({'|'.join(sorted(_harms(), key=len, reverse=True))})\b"
    return re.compile(
        rf"{number}(?:\W+\w+){{0,{GAP}}}?\W+{harm}|{harm}(?:\W+\w+){{0,{GAP}}}?\W+{number}", re.IGNORECASE
    )


def naive(document: Document) -> Found:
    """Take a number and a word of harm that stand near one another."""
    figures = []
    for match in _pattern().finditer(document.text):
        group, harm = (1, match[2]) if match[1] else (4, match[3])
        value = parse_figure(match[group])
        if value and value.low is not None:
            count = value.low
            figures.append(Figure(*match.span(group), _harms()[harm.lower()], count, count, count))
    return Found(figures, _summed(figures))


@cache
def _ruler():
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    number, word = {"LIKE_NUM": True}, {"IS_ALPHA": True, "OP": "?"}
    for harm in sorted(set(_harms().values())):
        said = {"LOWER": {"IN": sorted(form for form, kind in _harms().items() if kind == harm)}}
        ruler.add_patterns(
            [
                {"label": harm, "pattern": [number, *[word] * GAP, said]},
                {"label": harm, "pattern": [said, *[word] * GAP, number]},
            ]
        )
    return nlp


def spacy_ruler(document: Document) -> Found:
    """Let spaCy's entity ruler match the same words of harm near what it takes for a number."""
    figures = []
    for entity in _ruler()(document.text).ents:
        for token in entity:
            value = parse_figure(token.text) if token.like_num else None
            if value and value.low is not None:
                place = token.idx, token.idx + len(token)
                figures.append(Figure(*place, entity.label_, value.low, value.low, value.low))
                break
    return Found(figures, _summed(figures))


def _summed(figures: Sequence[Figure]) -> dict[str, int]:
    """Add up the different numbers of each harm: the same number twice is told twice."""
    tolls: dict[str, set[int]] = {}
    for one in figures:
        tolls.setdefault(one.harm, set()).add(one.low or 0)
    return {harm: sum(numbers) for harm, numbers in tolls.items()}


PEERS: dict[str, Callable[[Document], Found]] = {
    "tollwire": ours,
    "spaCy blank, entity ruler": spacy_ruler,
    "naive pattern": naive,
}

# Forms of numbers in the news, and their values.
NUMBERS = {
    "nine": 9, "twenty-three": 23, "a hundred and five": 105, "two dozen": 24, "half a dozen": 6,
    "1.2 million": 1_200_000, "two and a half million": 2_500_000, "fifteen hundred": 1_500,
    "three hundred and sixty-five": 365, "one thousand two hundred": 1_200, "1,204": 1_204, "12,34,567": 1_234_567,
    "half a million": 500_000, "a dozen": 12, "five lakh": 500_000, "ninety": 90, "one hundred thousand": 100_000,
    "forty one": 41, "a thousand": 1_000, "two hundred": 200, "six thousand and twelve": 6_012, "3 million": 3_000_000,
    "eleven": 11,
}  # fmt: skip


def number_readers() -> list[tuple[str, Callable[[str], int | None]]]:
    """List ours and the libraries that read numbers in words, each a function from a form to a value."""
    import numerizer
    from text_to_num import alpha2digit
    from word2number import w2n

    def read(form: str) -> int | None:
        figure = parse_figure(form)
        return None if figure is None else figure.low

    return [
        ("tollwire.parse_figure", read),
        ("numerizer", lambda form: int(float(numerizer.numerize(form).replace(",", "")))),
        ("text2num", lambda form: int(float(alpha2digit(form, "en").replace(",", "")))),
        ("word2number", w2n.word_to_num),
    ]

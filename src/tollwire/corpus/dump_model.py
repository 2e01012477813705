"""What the trained classifiers say of the lines of a dump: is it body, a caption, the headline."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.line_features import Floats, first_features, second_features
from tollwire.corpus.line_table import LineTable, hash_word
from tollwire.corpus.trees import WEIGHTS, Trees, read_trees

FIRST, SECOND, CAPTION, TITLE, WORDS = (
    WEIGHTS / f"dump_{name}.json" for name in ("first", "second", "caption", "title", "words")
)


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """For every line the probability that it belongs to the article's body, is a caption, is the headline."""

    body: Floats
    caption: Floats
    title: Floats


@dataclass(frozen=True, slots=True)
class WordScores:
    """Telling words by hash, in ascending order, with their log-odds: of furniture in the first row, then captions."""

    hashes: NDArray[np.uint64]
    scores: NDArray[np.float64]

    def of(self, vocabulary: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Give the scores of a page's vocabulary; 0 for words that tell nothing."""
        places = np.minimum(np.searchsorted(self.hashes, vocabulary), len(self.hashes) - 1)
        return np.where(self.hashes[places] == vocabulary, self.scores[:, places], 0.0)


def sorted_scores(furniture: dict[str, float], captions: dict[str, float]) -> WordScores:
    """Sort scores of words by their hashes."""
    by_hash = sorted((hash_word(word), word) for word in furniture.keys() | captions.keys())
    return WordScores(
        np.array([one for one, _ in by_hash], np.uint64),
        np.array([[table.get(word, 0.0) for _, word in by_hash] for table in (furniture, captions)]),
    )


@cache
def _words() -> WordScores:
    stored = json.loads(WORDS.read_text("utf-8"))
    return sorted_scores(stored["furniture"], stored["captions"])


@cache
def _trees() -> tuple[Trees, Trees, Trees, Trees]:
    return read_trees(FIRST), read_trees(SECOND), read_trees(CAPTION), read_trees(TITLE)


def judge_lines(table: LineTable, gaps: NDArray[np.bool_]) -> Likelihoods:
    """
    Look at every line twice: by itself and its surroundings, then knowing what the lines around it seem to be.

    ``gaps`` marks the lines below an empty one.
    """
    first, second, caption, title = _trees()
    features = first_features(table, gaps, _words().of(table.word_hash))
    features = second_features(table, features, first.probabilities(features))
    return Likelihoods(*(trees.probabilities(features) for trees in (second, caption, title)))

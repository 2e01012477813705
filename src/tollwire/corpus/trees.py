"""Evaluate boosted trees with numpy: what a training script learnt, as a small JSON file beside this module."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Trees:
    """
    A sum of oblivious trees: every level of a tree asks the same question of all its nodes.

    ``columns`` and ``borders`` (both tree x level) are the questions "is feature column > border", ``leaves``
    (tree x 2^level) the log-odds that each combination of answers adds, ``bias`` what there is before any.

    Source: Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features", NeurIPS 2018, 4 (oblivious
    trees); Friedman, "Greedy function approximation", Annals of Statistics 29 (2001).
    """

    features: tuple[str, ...]
    columns: NDArray[np.int32]
    borders: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: float

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give the probability of each row (row x feature, in the order of ``features``); shape (rows,)."""
        places = np.zeros((len(rows), len(self.leaves)), dtype=np.int32)
        for level in range(self.columns.shape[1]):
            answers = rows[:, self.columns[:, level]] > self.borders[:, level]
            places += answers.astype(np.int32) << level
        places += np.arange(len(self.leaves), dtype=np.int32) * self.leaves.shape[1]
        odds = self.bias + self.leaves.ravel()[places].sum(axis=1)
        result: NDArray[np.float32] = (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)
        return result


def read_trees(path: Path) -> Trees:
    """Read one file of weights, as ``write_trees`` of the training scripts writes it."""
    stored = json.loads(path.read_text("utf-8"))
    return Trees(
        tuple(stored["features"]),
        np.array(stored["columns"], dtype=np.int32),
        np.array(stored["borders"], dtype=np.float32),
        np.array(stored["leaves"], dtype=np.float32),
        stored["bias"],
    )

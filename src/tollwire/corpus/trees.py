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
        # Feature by feature, a question reads one stretch of memory; the answers of a tree are the bits of its leaf.
        by_feature = np.ascontiguousarray(rows.T)
        answers = np.zeros((len(self.leaves), len(rows)), dtype=np.uint8)
        for level, (column, border) in enumerate(zip(self.columns.T, self.borders.T, strict=True)):
            answers |= (by_feature.take(column, axis=0) > border[:, np.newaxis]).view(np.uint8) << level
        first_leaves = np.arange(0, self.leaves.size, self.leaves.shape[1])
        odds = self.bias + self.leaves.ravel().take(answers + first_leaves[:, np.newaxis]).sum(axis=0)
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

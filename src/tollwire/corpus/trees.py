"""Evaluate boosted trees with numpy: what a training script learnt, as a small JSON file beside this module."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights"
BYTE = 8  # levels of a tree whose answers are kept in one


@dataclass(frozen=True)
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
        packed = self._packed
        # Feature by feature, a question reads one stretch of memory.
        by_feature = np.ascontiguousarray(rows.T)
        answers = (by_feature.take(packed.columns, axis=0) > packed.borders).view(np.uint8)
        places = answers.take(packed.asked[-1], axis=0)
        for asked in packed.asked[-2::-1]:
            places += places
            places |= answers.take(asked, axis=0)
        first_leaves = np.arange(0, packed.leaves.size, packed.leaves.shape[1])[:, np.newaxis]
        odds = self.bias + packed.leaves.ravel().take(places + first_leaves).sum(axis=0)
        result: NDArray[np.float32] = (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)
        return result

    @cached_property
    def _packed(self) -> "_Packed":
        """The same trees as they are evaluated fastest: each question once, and as many trees in one as have a byte."""
        count, depth = self.columns.shape
        together = max(BYTE // depth, 1)
        groups = -(-count // together)
        leaves = np.zeros((groups * together, self.leaves.shape[1]), np.float32)
        leaves[:count] = self.leaves
        combinations = np.arange(1 << (together * depth))
        summed = np.zeros((groups, len(combinations)), np.float32)
        for number in range(together):
            summed += leaves[number::together, (combinations >> (number * depth)) % (1 << depth)]
        pairs = list(zip(self.columns.ravel().tolist(), self.borders.ravel().tolist(), strict=True))
        questions = sorted(set(pairs))
        places = {question: place for place, question in enumerate(questions)}
        asked = np.zeros((groups * together, depth), np.int64)
        asked[:count] = np.array([places[pair] for pair in pairs]).reshape(count, depth)
        return _Packed(
            np.array([column for column, _ in questions]),
            np.array([border for _, border in questions], np.float32)[:, np.newaxis],
            np.ascontiguousarray(asked.reshape(groups, together * depth).T),
            summed,
        )


@dataclass(frozen=True, slots=True)
class _Packed:
    """
    Trees of up to 8 levels, each the sum of some of fewer levels.

    ``columns`` and ``borders`` are the different questions, ``asked`` (level x tree) says which one a level asks.
    """

    columns: NDArray[np.int64]
    borders: NDArray[np.float32]
    asked: NDArray[np.int64]
    leaves: NDArray[np.float32]


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

"""The sum of oblivious trees, against one that is reckoned by hand; and the files of weights that ship."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from tollwire.corpus.trees import WEIGHTS, read_trees


def test_a_leaf_is_found_by_the_answers_to_all_questions_of_its_tree(tmp_path: Path) -> None:
    stored = {
        "features": ["a", "b"],
        "bias": 0.5,
        "columns": [[0, 1]],
        "borders": [[1.0, 2.0]],
        "leaves": [[0.0, 1.0, 2.0, 3.0]],
    }
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(stored))
    rows = np.array([[0, 0], [9, 0], [0, 9], [9, 9], [1, 2]], dtype=np.float32)
    expected = [1 / (1 + math.exp(-(0.5 + leaf))) for leaf in (0, 1, 2, 3, 0)]
    assert read_trees(path).probabilities(rows).tolist() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("path", sorted(WEIGHTS.glob("*.json")), ids=lambda path: path.stem)
def test_a_file_of_weights_says_what_it_was_trained_on_and_is_small(path: Path) -> None:
    assert "train" in json.loads(path.read_text("utf-8"))["note"].lower()
    assert path.stat().st_size < 100_000

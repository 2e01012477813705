"""Train small boosted trees and write them in the form that ``tollwire.corpus.trees`` reads."""

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def fit(
    rows: NDArray[np.float32],
    labels: NDArray[np.float32],
    weights: NDArray[np.float32] | None = None,
    trees: int = 150,
    depth: int = 4,
    rate: float = 0.1,
    seed: int = 1,
) -> dict[str, Any]:
    """Fit boosted oblivious trees to labels in [0, 1]; give them as the lists that a file of weights has."""
    from catboost import CatBoost, Pool

    model = CatBoost(
        {
            "loss_function": "CrossEntropy",
            "iterations": trees,
            "depth": depth,
            "learning_rate": rate,
            "random_seed": seed,
            "thread_count": 2,
            "border_count": 64,
            "l2_leaf_reg": 5,
            "allow_writing_files": False,
            "verbose": False,
        }
    )
    model.fit(Pool(rows, labels, weight=weights))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        stored = json.loads(path.read_text("utf-8"))
    scale, (bias,) = stored["scale_and_bias"]
    columns = np.zeros((len(stored["oblivious_trees"]), depth), dtype=np.int32)
    borders = np.full((len(stored["oblivious_trees"]), depth), np.inf, dtype=np.float32)
    leaves = np.zeros((len(stored["oblivious_trees"]), 2**depth), dtype=np.float32)
    for number, tree in enumerate(stored["oblivious_trees"]):
        for level, split in enumerate(tree["splits"] or ()):
            columns[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = np.array(tree["leaf_values"]) * scale
    return {"columns": columns.tolist(), "borders": borders.tolist(), "leaves": leaves.tolist(), "bias": bias}


def write_trees(path: Path, features: tuple[str, ...], fitted: dict[str, Any], note: str) -> None:
    """Write a file of weights; ``note`` says what they were trained on, by which script."""
    stored = {
        "note": note,
        "features": list(features),
        "bias": round(fitted["bias"], 4),
        "columns": fitted["columns"],
        "borders": _rounded(fitted["borders"]),
        "leaves": _rounded(fitted["leaves"]),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def _rounded(table: list[list[float]]) -> list[list[float]]:
    # An unused level asks for more than any number there is; JSON has no infinity.
    return [[1e30 if one > 1e30 else float(f"{one:.4g}") for one in row] for row in table]

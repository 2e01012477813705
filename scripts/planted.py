"""Look at a run over synthetic pages: which of the planted copies it found, and whether it glued anything else."""

import csv
from collections import defaultdict
from pathlib import Path

import polars as pl

LIKENESS = 0.8  # Jaccard, of runs of five words, from which a copy has to be found
SAMPLED = 20_000  # planted copies whose likeness is computed
FURNITURE = 10  # lines before the body


def recall(pages: Path, out: Path) -> dict[str, float]:
    """
    Compare the clusters with the planted copies.

    Returns:
        ``pairs`` planted and the share of them that is ``together``; of those of LIKENESS how many were sampled
        (``alike``) and the share ``alike_together``; and the clusters that are ``glued`` of unlike articles.
    """
    table = pl.read_parquet(out / "articles.parquet", columns=["raw_uri", "cluster_id"])
    clusters = dict(zip(table["raw_uri"].str.strip_prefix(f"{pages.name}/"), table["cluster_id"], strict=True))
    with pages.with_suffix(".copies.csv").open(newline="") as stream:
        pairs = [(one, other) for one, other in csv.reader(stream)]
    leaders: dict[str, str] = {}

    def story(name: str) -> str:
        while name in leaders:
            name = leaders[name]
        return name

    for copy, original in pairs:
        leaders[copy] = original
    stories: dict[str, set[str]] = defaultdict(set)
    for name, cluster in clusters.items():
        stories[cluster].add(story(name))
    alike = [pair for pair in pairs[:SAMPLED] if likeness(*(pages / name for name in pair)) >= LIKENESS]
    return {
        "pairs": len(pairs),
        "together": sum(clusters[one] == clusters[other] for one, other in pairs) / len(pairs),
        "alike": len(alike),
        "alike_together": sum(clusters[one] == clusters[other] for one, other in alike) / len(alike),
        "glued": sum(len(one) > 1 for one in stories.values()),
    }


def likeness(one: Path, other: Path) -> float:
    """Compute the Jaccard likeness of two pages' runs of five words."""
    runs = []
    for path in (one, other):
        words = " ".join(path.read_text("ascii").splitlines()[FURNITURE : FURNITURE + 8]).split()
        runs.append({tuple(words[at : at + 5]) for at in range(len(words) - 4)})
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])

"""
Splits: which part of a release an article is in, frozen in ``corpus/splits`` and the same for all of a cluster.

A split file has one article_id a line and is only ever added to. It also keeps the order of the rows: those that were
in an earlier version stay where they are, and new ones come after them, so that a new version uploads little anew.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.contracts.whole_files import write_whole
from tollwire.problems import Problem, TollwireError, shown

if TYPE_CHECKING:
    import polars

SPLITS = ("train", "validation", "test")
PARTS = 10  # eight for training, one for each of the others
ARTICLE_ID = re.compile("[0-9a-f]{16}")


def split_of(cluster_id: str) -> str:
    """Give the split of a cluster that was in no version yet, by its hash."""
    part = int.from_bytes(hashlib.sha256(cluster_id.encode()).digest()[:8], "big") % PARTS
    return SPLITS[max(0, part - (PARTS - len(SPLITS)))]


def count_clusters(articles: "polars.DataFrame") -> tuple[int, int]:
    """Count the clusters of released articles, and those of them that are in two splits: the leaks between splits."""
    import polars as pl

    clusters = articles.group_by("cluster_id").agg(pl.col("split").n_unique())
    return clusters.height, clusters.filter(clusters["split"] > 1).height


def read_splits(folder: Path) -> dict[str, str]:
    """
    Read the split of every article that was ever released, in the order of the rows.

    Raises:
        TollwireError: a line is no article_id, or an article stands twice.
    """
    frozen: dict[str, str] = {}
    problems = []
    for split in SPLITS:
        path = folder / f"{split}.txt"
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        for number, line in enumerate(lines, start=1):
            where = f"splits/{path.name}, line {number}"
            if not ARTICLE_ID.fullmatch(line):
                problems.append(Problem(where, "bad-split", f"{shown(line)} is not an article_id", "mend the line"))
            elif line in frozen:
                what = f"{line} stands in {frozen[line]}.txt too"
                problems.append(Problem(where, "bad-split", what, "keep the line that a published version has"))
            else:
                frozen[line] = split
    if problems:
        raise TollwireError(problems)
    return frozen


def assign(clusters: Mapping[str, str], frozen: Mapping[str, str]) -> dict[str, str]:
    """
    Give the split of each article, in the order of the rows: those that are frozen first, then the new ones by id.

    ``clusters`` says of each article in which cluster it is. A new article is in the split of its cluster, where one
    of that was released before, else in the one that the cluster's hash gives.

    Raises:
        TollwireError: a cluster has articles that are frozen in two splits.
    """
    of_cluster: dict[str, str] = {}
    for article_id, split in frozen.items():
        if article_id in clusters:
            of_cluster.setdefault(clusters[article_id], split)
    old = {article_id: split for article_id, split in frozen.items() if article_id in clusters}
    new = sorted(article_id for article_id in clusters if article_id not in frozen)
    assigned = old | {one: of_cluster.get(clusters[one]) or split_of(clusters[one]) for one in new}
    if problems := leaks(clusters, assigned):
        raise TollwireError(problems)
    return assigned


def leaks(clusters: Mapping[str, str], splits: Mapping[str, str]) -> list[Problem]:
    """List the clusters that are in two splits: whoever trains on the one would be measured on the other."""
    members: dict[str, dict[str, str]] = {}
    for article_id, cluster_id in clusters.items():
        members.setdefault(cluster_id, {}).setdefault(splits[article_id], article_id)
    return [
        Problem(
            f"cluster {cluster_id}",
            "cluster-in-two-splits",
            " and ".join(f"{article_id} is in {split}" for split, article_id in sorted(one.items())),
            "they tell one story in the same words: move a line from one file of corpus/splits to the other",
        )
        for cluster_id, one in sorted(members.items())
        if len(one) > 1
    ]


def clusters_of(articles: "polars.DataFrame") -> dict[str, str]:
    """Give the cluster of each article."""
    return dict(articles.select("article_id", "cluster_id").iter_rows())


def freeze(folder: Path, assigned: Mapping[str, str]) -> int:
    """Write the splits of articles that have none in the files yet. Returns how many those are."""
    frozen = read_splits(folder)
    new = [article_id for article_id in assigned if article_id not in frozen]
    for split in SPLITS:
        added = [article_id for article_id in new if assigned[article_id] == split]
        if added:
            _append(folder / f"{split}.txt", added)
    return len(new)


def _append(path: Path, lines: Iterable[str]) -> None:
    before = path.read_text("utf-8") if path.is_file() else ""
    write_whole(path, before + "".join(f"{line}\n" for line in lines))

"""Spans of two labellers side by side: which of one is which of the other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars

Row = dict[str, Any]
Side = dict[str, list[Row]]  # the rows of one labeller and article, by table

LABELS = {"actors": "role", "casualties": "harm"}
TABLES = ("annotations", *LABELS, "relations")


def sides(tables: "dict[str, polars.DataFrame]") -> dict[str, dict[str, Side]]:
    """Sort rows by article, labeller and table; only labellers with a verdict on the article count."""
    found: dict[str, dict[str, Side]] = defaultdict(dict)
    for row in tables["annotations"].iter_rows(named=True):
        found[row["article_id"]][row["annotator"]] = {table: [] for table in TABLES}
    for table in TABLES:
        for row in tables[table].iter_rows(named=True):
            if side := found[row["article_id"]].get(row["annotator"]):
                side[table].append(row)
    return dict(sorted(found.items()))


def pairs(sorted_rows: dict[str, dict[str, Side]]) -> Iterable[tuple[str, str, list[str]]]:
    """Give each pair of labellers with the articles that both finished."""
    done: dict[str, set[str]] = defaultdict(set)
    for article_id, labellers in sorted_rows.items():
        for annotator, side in labellers.items():
            if side["annotations"][0]["status"] != "skipped":
                done[annotator].add(article_id)
    for first, second in combinations(sorted(done), 2):
        if shared := sorted(done[first] & done[second]):
            yield first, second, shared


def match(ours: Sequence[Row], theirs: Sequence[Row], label: str | None = None) -> list[tuple[Row, Row]]:
    """
    Pair overlapping spans one to one: as many pairs as can be, and of those the most characters in common.

    ``label`` names the column in which both must say the same; None pairs whatever is said of them.

    Source: the assignment problem, Kuhn 1955, by ``scipy.optimize.linear_sum_assignment``.
    """
    near = list(_overlapping(ours, theirs, label))
    if len({one for one, _, _ in near}) == len({other for _, other, _ in near}) == len(near):
        return [(ours[one], theirs[other]) for one, other, _ in near]
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    longest = 1 + sum(common for _, _, common in near)
    gain = np.zeros((len(ours), len(theirs)))
    for one, other, common in near:
        gain[one, other] = longest + common
    rows, columns = linear_sum_assignment(-gain)
    return [(ours[one], theirs[other]) for one, other in zip(rows, columns, strict=True) if gain[one, other]]


def _overlapping(ours: Sequence[Row], theirs: Sequence[Row], label: str | None) -> Iterable[tuple[int, int, int]]:
    """Give the pairs of spans that overlap, by their places in the lists, with the characters they have in common."""
    ordered = sorted(range(len(theirs)), key=lambda other: theirs[other]["start"])
    for one, mine in enumerate(ours):
        for other in ordered:
            yours = theirs[other]
            if yours["start"] >= mine["end"]:
                break
            if yours["end"] > mine["start"] and (label is None or mine[label] == yours[label]):
                yield one, other, min(mine["end"], yours["end"]) - max(mine["start"], yours["start"])

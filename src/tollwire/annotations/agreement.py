"""How far two labellers agree: span F1 for each label, and the differences one by one."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars

Row = dict[str, Any]

LABELS = {"actors": "role", "casualties": "harm"}
# What two labellers must say alike of a span besides its place and label; ids differ, and notes are optional.
VALUES = {
    "actors": ("kind",),
    "casualties": ("bound", "low", "best", "high", "victim_status", "victim_groups", "status", "scope", "incident"),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two labellers on one label over the articles that both did; F1 is None where neither marked any."""

    label: str
    first: str
    second: str
    articles: int
    spans: tuple[int, int]
    exact: float | None
    overlapping: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which two labellers differ: ``sort`` is span, label or value; the words say how."""

    article_id: str
    sort: str
    start: int
    end: int
    what: str


def measure(tables: "dict[str, polars.DataFrame]") -> list[Agreement]:
    """
    Measure every pair of labellers on every label, and on all labels together (``all``).

    Exact: same start, end and label. Overlapping: the greatest number of pairs that overlap and have the same label,
    each span in one pair at most.

    Source: Hripcsak and Rothschild 2005 (F1 as agreement where there are no true negatives).
    """
    found = []
    for first, second, shared in _pairs(tables["annotations"]):
        spans: dict[str, dict[str, dict[str, list[Row]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        for table, column in LABELS.items():
            for row in tables[table].iter_rows(named=True):
                if row["article_id"] in shared and row["annotator"] in (first, second):
                    for label in (row[column], "all"):
                        spans[label][row["article_id"]][row["annotator"]].append({**row, "label": row[column]})
        for label in sorted(spans, key=lambda name: (name != "all", name)):
            pairs = [(one[first], one[second]) for one in spans[label].values()]
            counts = (sum(len(ours) for ours, _ in pairs), sum(len(theirs) for _, theirs in pairs))
            exact, overlapping = (_f1(pairs, counts, same) for same in (_same_place, _overlap))
            found.append(Agreement(label, first, second, len(shared), counts, exact, overlapping))
    return found


def _pairs(annotations: "polars.DataFrame") -> Iterable[tuple[str, str, set[str]]]:
    """Give each pair of labellers with the articles that both finished."""
    done: dict[str, set[str]] = defaultdict(set)
    for row in annotations.iter_rows(named=True):
        if row["status"] != "skipped":
            done[row["annotator"]].add(row["article_id"])
    for first, second in combinations(sorted(done), 2):
        if shared := done[first] & done[second]:
            yield first, second, shared


def _f1(
    pairs: list[tuple[list[Row], list[Row]]], counts: tuple[int, int], same: Callable[[Row, Row], bool]
) -> float | None:
    if not sum(counts):
        return None
    return 2 * sum(len(match(ours, theirs, same)) for ours, theirs in pairs) / sum(counts)


def match(ours: list[Row], theirs: list[Row], same: Callable[[Row, Row], bool]) -> list[tuple[int, int]]:
    """Pair spans one to one so that as many as can be are the ``same``; as (index of ours, index of theirs)."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not ours or not theirs:
        return []
    alike = np.array([[float(same(one, other)) for other in theirs] for one in ours])
    rows, columns = linear_sum_assignment(-alike)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if alike[row, column]]


def _same_place(one: Row, other: Row) -> bool:
    return (one["start"], one["end"], one["label"]) == (other["start"], other["end"], other["label"])


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"] and one["label"] == other["label"])


def differences(article_id: str, ours: dict[str, list[Row]], theirs: dict[str, list[Row]]) -> list[Difference]:
    """List on what two labellers differ in one article; ``ours`` and ``theirs`` are rows by table, relations too."""
    found = []
    for table, column in LABELS.items():
        left, right = _by_place(ours[table], column), _by_place(theirs[table], column)
        for place, number in sorted(left.keys() | right.keys()):
            one, other = left.get((place, number)), right.get((place, number))
            if one is None or other is None:
                row = one or other or {}
                what = f"{row[column]} {row['surface']!r} is marked by {row['annotator']} only"
                found.append(Difference(article_id, "span", *place, what))
            elif one[column] != other[column]:
                what = f"{one['surface']!r} is {one[column]} or {other[column]}"
                found.append(Difference(article_id, "label", *place, what))
            else:
                for name in VALUES[table]:
                    if one[name] != other[name]:
                        what = f"{one['surface']!r} has {name} {one[name]} or {other[name]}"
                        found.append(Difference(article_id, "value", *place, what))
    return found + _relation_differences(article_id, ours, theirs)


def _by_place(rows: list[Row], column: str) -> dict[tuple[tuple[int, int], int], Row]:
    """Key spans by their place; several at one place are numbered in the order of their labels."""
    placed: dict[tuple[tuple[int, int], int], Row] = {}
    for row in sorted(rows, key=lambda one: (one["start"], one["end"], one[column])):
        place = (row["start"], row["end"])
        placed[place, sum(other == place for other, _ in placed)] = row
    return placed


def _relation_differences(
    article_id: str, ours: dict[str, list[Row]], theirs: dict[str, list[Row]]
) -> list[Difference]:
    drawn = []
    for side in (ours, theirs):
        place = {row["span_id"]: (row["start"], row["end"]) for table in LABELS for row in side[table]}
        drawn.append(
            {(row["kind"], place[row["head_span_id"]], place[row["tail_span_id"]]) for row in side["relations"]}
        )
    return [
        Difference(article_id, "relation", *head, f"{kind} to {tail[0]}-{tail[1]} is drawn by one only")
        for kind, head, tail in sorted(drawn[0] ^ drawn[1])
    ]

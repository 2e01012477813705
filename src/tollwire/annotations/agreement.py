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
# What two labellers must say alike of a span besides its place and label: all but its id.
VALUES = {
    "actors": ("kind", "name", "code", "incident"),
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
        spans["all"] = defaultdict(lambda: defaultdict(list))
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
        for one, other in _side_by_side(ours[table], theirs[table], table):
            row = one or other or {}
            place = (row["start"], row["end"])
            if one is None or other is None:
                what = f"{row[column]} {row['surface']!r} is marked by {row['annotator']} only"
                found.append(Difference(article_id, "span", *place, what))
            elif one[column] != other[column]:
                what = f"{one['surface']!r} is {one[column]} or {other[column]}"
                found.append(Difference(article_id, "label", *place, what))
            else:
                for name in VALUES[table]:
                    if _said(one, name) != _said(other, name):
                        what = f"{one['surface']!r} has {name} {one[name]} or {other[name]}"
                        found.append(Difference(article_id, "value", *place, what))
    return sorted(found, key=lambda one: (one.start, one.end)) + _relation_differences(article_id, ours, theirs)


def _said(row: Row, name: str) -> Any:
    return sorted(row[name]) if isinstance(row[name], list) else row[name]


def _side_by_side(ours: list[Row], theirs: list[Row], table: str) -> list[tuple[Row | None, Row | None]]:
    """Pair the spans of two labellers place by place: those that say the same first, then by label, then the rest."""
    column = LABELS[table]
    pairs: list[tuple[Row | None, Row | None]] = []
    for names in ((column, *VALUES[table]), (column,), ()):
        waiting: dict[str, list[Row]] = defaultdict(list)
        for row in theirs:
            waiting[_key(row, names)].append(row)
        unpaired = []
        for row in ours:
            others = waiting[_key(row, names)]
            if others:
                pairs.append((row, others.pop(0)))
            else:
                unpaired.append(row)
        ours, theirs = unpaired, [row for rows in waiting.values() for row in rows]
    return [*pairs, *((row, None) for row in ours), *((None, row) for row in theirs)]


def _key(row: Row, names: tuple[str, ...]) -> str:
    return repr([row["start"], row["end"], *(_said(row, name) for name in names)])


def _relation_differences(
    article_id: str, ours: dict[str, list[Row]], theirs: dict[str, list[Row]]
) -> list[Difference]:
    """List the relations that one side only has; their ends are told by place and label, since ids differ."""
    found = []
    left, right = _drawn(ours), _drawn(theirs)
    for drawn in sorted(left.keys() ^ right.keys()):
        kind, head, tail = drawn
        row = left.get(drawn) or right[drawn]
        what = f"{kind} from {head[2]} to {tail[2]} {tail[0]}-{tail[1]} is drawn by {row['annotator']} only"
        found.append(Difference(article_id, "relation", head[0], head[1], what))
    return found


def _drawn(side: dict[str, list[Row]]) -> dict[tuple[str, tuple[int, int, str], tuple[int, int, str]], Row]:
    ends = {
        row["span_id"]: (row["start"], row["end"], row[column])
        for table, column in LABELS.items()
        for row in side[table]
    }
    return {(row["kind"], ends[row["head_span_id"]], ends[row["tail_span_id"]]): row for row in side["relations"]}

"""On what two labellers differ in one article, place by place."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tollwire.annotations.matching import LABELS, Row, Side

# What two labellers must say alike of a span besides its place and label: all but its id.
VALUES = {
    "actors": ("kind", "name", "code", "incident"),
    "casualties": ("bound", "low", "best", "high", "victim_status", "victim_groups", "status", "scope", "incident"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which two labellers differ: ``sort`` is span, label or value; the words say how."""

    article_id: str
    sort: str
    start: int
    end: int
    what: str


def differences(article_id: str, ours: Side, theirs: Side) -> list[Difference]:
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
    for names in (_all_of(table), (column,), ()):
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


def said_of(row: Row, table: str) -> str:
    """Give all that a row says of its span: rows that give the same say the same, whoever's they are."""
    return _key(row, _all_of(table))


def _all_of(table: str) -> tuple[str, ...]:
    return LABELS[table], *VALUES[table]


def _key(row: Row, names: tuple[str, ...]) -> str:
    return repr([row["start"], row["end"], *(_said(row, name) for name in names)])


def _relation_differences(article_id: str, ours: Side, theirs: Side) -> list[Difference]:
    """List the relations that one side only has; their ends are told by place and label, since ids differ."""
    found = []
    left, right = _drawn(ours), _drawn(theirs)
    for drawn in sorted(left.keys() ^ right.keys()):
        kind, head, tail = drawn
        row = left.get(drawn) or right[drawn]
        what = f"{kind} from {head[2]} to {tail[2]} {tail[0]}-{tail[1]} is drawn by {row['annotator']} only"
        found.append(Difference(article_id, "relation", head[0], head[1], what))
    return found


def _drawn(side: Side) -> dict[tuple[str, tuple[int, int, str], tuple[int, int, str]], Row]:
    ends = {
        row["span_id"]: (row["start"], row["end"], row[column])
        for table, column in LABELS.items()
        for row in side[table]
    }
    return {(row["kind"], ends[row["head_span_id"]], ends[row["tail_span_id"]]): row for row in side["relations"]}

"""What two labellers have in common of one article, counted for each measure of agreement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tollwire.annotations.matching import LABELS, Row, Side, match
from tollwire.contracts.records import Actor, Casualty, Relation, record_of
from tollwire.figures.parties import PARTIES, are_one, complete_relations

ATTRIBUTES = {
    "actors": ("role", "kind"),
    "casualties": ("harm", "bound", "victim_status", "victim_groups", "status", "scope"),
}
VALUES = ("low", "high")  # both alike: the figure is read alike
ALL = "all"


def count(ours: Side, theirs: Side, length: int, used: dict[str, list[str]]) -> Iterator[tuple[str, str, Any]]:
    """Count what each measure needs of one article; ``used`` are the labels that the two use in any article."""
    yield "verdict", ALL, Counter([(ours["annotations"][0]["status"], theirs["annotations"][0]["status"])])
    totals = {"exact": [0, 0, 0], "overlapping": [0, 0, 0]}
    matched: dict[str, str] = {}
    for table, column in LABELS.items():
        mine, yours = _by_label(ours[table], column), _by_label(theirs[table], column)
        alike: list[tuple[Row, Row]] = []
        for label in used[table]:
            one, other = mine[label], yours[label]
            yield "characters", label, _characters(one, other, length)
            if not one and not other:
                continue
            same = match(one, other)
            alike += same
            exact = (Counter(map(_place, one)) & Counter(map(_place, other))).total()
            for name, number in (("exact", exact), ("overlapping", len(same))):
                counts = (number, len(one), len(other))
                yield name, label, counts
                totals[name] = [sum(pair) for pair in zip(totals[name], counts, strict=True)]
        anyhow = match(ours[table], theirs[table])
        matched |= {one["span_id"]: other["span_id"] for one, other in anyhow}
        for attribute in ATTRIBUTES[table]:
            both = anyhow if attribute == column else alike
            if both:
                yield (
                    "attribute",
                    attribute,
                    Counter((_said(one, attribute), _said(other, attribute)) for one, other in both),
                )
        if table == "casualties" and alike:
            yield "values", ALL, (sum(values(one) == values(other) for one, other in alike), len(alike))
            yield from _count_parties(ours, theirs, alike)
    for name, sums in totals.items():
        if any(sums):
            yield name, ALL, tuple(sums)
    yield from _count_relations(ours["relations"], theirs["relations"], matched)


def _count_relations(
    ours: Sequence[Row], theirs: Sequence[Row], matched: dict[str, str]
) -> Iterator[tuple[str, str, tuple[int, int, int]]]:
    """Count the relations of both that have the same kind and run between spans that are each other's match."""
    mine = {(row["kind"], matched.get(row["head_span_id"]), matched.get(row["tail_span_id"])) for row in ours}
    yours = {(row["kind"], row["head_span_id"], row["tail_span_id"]) for row in theirs}
    kinds = sorted({row["kind"] for row in (*ours, *theirs)})
    for kind in [*kinds, *([ALL] if kinds else [])]:
        same = sum(kind in (ALL, one[0]) for one in mine & yours)
        one, other = (sum(kind in (ALL, row["kind"]) for row in side) for side in (ours, theirs))
        yield "relations", kind, (same, one, other)


def _count_parties(
    ours: Side, theirs: Side, figures: Sequence[tuple[Row, Row]]
) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Count the matched figures that both say were inflicted, suffered or claimed by the same side, or by none."""
    mine, yours = _parties(ours), _parties(theirs)
    total = 0
    for kind in PARTIES:
        same = sum(_is_same_party(mine[kind, one["span_id"]], yours[kind, other["span_id"]]) for one, other in figures)
        yield "parties", kind, (same, len(figures))
        total += same
    yield "parties", ALL, (total, len(PARTIES) * len(figures))


def _parties(side: Side) -> dict[tuple[str, str], list[Actor]]:
    """Give the mentions that each figure was inflicted, suffered or claimed by, drawn or understood."""
    actors = {row["span_id"]: record_of(Actor, row) for row in side["actors"]}
    casualties = [record_of(Casualty, row) for row in side["casualties"]]
    relations = [record_of(Relation, row) for row in side["relations"]]
    found: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    for one in complete_relations(casualties, actors.values(), relations):
        if one.kind in PARTIES:
            found[one.kind, one.head_span_id].append(actors[one.tail_span_id])
    return found


def _is_same_party(ours: Sequence[Actor], theirs: Sequence[Actor]) -> bool:
    if not ours or not theirs:
        return not ours and not theirs
    return any(
        (one.start < other.end and other.start < one.end) or are_one((one, other)) for one in ours for other in theirs
    )


def _by_label(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _characters(ours: Sequence[Row], theirs: Sequence[Row], length: int) -> tuple[int, int, int, int]:
    """Count the characters that neither, the second alone, the first alone, and both put under a label."""
    mine, yours = _covered(ours), _covered(theirs)
    both = sum(max(0, min(end, last) - max(start, first)) for start, end in mine for first, last in yours)
    one, other = (sum(end - start for start, end in covered) for covered in (mine, yours))
    return length - one - other + both, other - both, one - both, both


def _covered(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Join overlapping spans."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((row["start"], row["end"]) for row in rows):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _place(row: Row) -> tuple[int, int]:
    return row["start"], row["end"]


def values(row: Row) -> tuple[Any, ...]:
    """Give what of a figure must be alike to be read alike."""
    return tuple(row[name] for name in VALUES)


def _said(row: Row, name: str) -> str:
    value = row[name]
    return ", ".join(sorted(value)) if isinstance(value, list) else str(value)

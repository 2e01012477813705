"""How far two labellers agree: on spans, characters, attributes, values, relations and verdicts, with intervals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tollwire.annotations.matching import LABELS, Row, Side, match, pairs
from tollwire.annotations.statistics import intervals

if TYPE_CHECKING:
    import polars

ATTRIBUTES = {
    "actors": ("role", "kind"),
    "casualties": ("harm", "bound", "victim_status", "victim_groups", "status", "scope"),
}
VALUES = ("low", "high")  # both alike: the figure is read alike
# The tables in which measures are told on a terminal: those of labels, of attributes, and the rest.
SECTIONS = (("exact", "overlapping", "characters"), ("attribute",), ("values", "relations", "verdict"))
# What is measured, by name: the statistic, and how it reads.
MEASURES = {
    "exact": ("f1", "F1, same place and label"),
    "overlapping": ("f1", "F1, overlapping and same label"),
    "characters": ("alpha", "Krippendorff's alpha over characters"),
    "attribute": ("alpha", "Krippendorff's alpha over matched spans"),
    "values": ("share", "share of matched figures with the same low and high"),
    "relations": ("f1", "F1 of relations between matched spans"),
    "verdict": ("alpha", "Krippendorff's alpha over articles"),
}
ALL = "all"
HEAD = ("labellers", "measure", "of", "units", "value", "95 % interval")


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    Agreement of two labellers by one measure on one label, attribute or kind of relation.

    ``units`` is how many spans, characters, pairs or articles it is of, ``articles`` how many both finished. ``value``
    is None where it is not defined; ``low`` and ``high`` bound it with 95 % confidence.
    """

    first: str
    second: str
    measure: str
    label: str
    articles: int
    units: int
    value: float | None
    low: float | None
    high: float | None


def lengths_of(articles: "polars.DataFrame") -> dict[str, int]:
    """Give the characters of each article's text: up to where its last block ends, for the text may not be at hand."""
    ends = articles.select("article_id", "blocks").iter_rows()
    return {article_id: max((block["end"] for block in blocks), default=0) for article_id, blocks in ends}


def rows_of(measured: Iterable[Agreement]) -> Iterator[tuple[str, ...]]:
    """Write what was measured as the cells of a table under ``HEAD``."""
    for one in measured:
        interval = "" if one.low is None or one.high is None else f"{one.low:.3f} to {one.high:.3f}"
        value = "not defined" if one.value is None else f"{one.value:.3f}"
        yield f"{one.first}, {one.second}", one.measure, one.label, f"{one.units:,}", value, interval


def section(measured: Sequence[Agreement], names: Sequence[str]) -> list[tuple[str, ...]]:
    """Write some measures of one pair of labellers side by side: what they are of, then each with its interval."""
    cells = {(one.label, one.measure): one for one in measured if one.measure in names}
    rows = []
    for label in dict.fromkeys(label for label, _ in cells):
        units = next(str(cells[label, name].units) for name in names if (label, name) in cells)
        rows.append((label, units, *(written(cells.get((label, name))) for name in names)))
    return rows


def written(one: Agreement | None) -> str:
    """Write a value with its interval; nothing for none."""
    if one is None:
        return ""
    if one.value is None or one.low is None or one.high is None:
        return "not defined"
    return f"{one.value:.2f} [{one.low:.2f}, {one.high:.2f}]"


def measure(sorted_rows: dict[str, dict[str, Side]], lengths: dict[str, int]) -> list[Agreement]:
    """
    Measure every pair of labellers by every measure, on the articles that both finished.

    ``sorted_rows`` are what ``matching.sides`` gives, ``lengths`` the characters of each article's text.
    """
    found = []
    for first, second, shared in pairs(sorted_rows):
        counted = _Counts(len(shared))
        both = [sorted_rows[article_id][who] for article_id in shared for who in (first, second)]
        used = {
            table: sorted({row[column] for side in both for row in side[table]}) for table, column in LABELS.items()
        }
        for place, article_id in enumerate(shared):
            labellers = sorted_rows[article_id]
            for name, label, counts in _count(labellers[first], labellers[second], lengths[article_id], used):
                counted.add(name, label, place, counts)
        found += [Agreement(first, second, *row) for row in counted.measured()]
    return found


class _Counts:
    """The counts of a pair of labellers, by measure, label and article."""

    def __init__(self, articles: int) -> None:
        self.articles = articles
        self.rows: dict[tuple[str, str], list[tuple[int, Any]]] = defaultdict(list)

    def add(self, name: str, label: str, place: int, counts: Any) -> None:
        self.rows[name, label].append((place, counts))

    def measured(self) -> Iterator[tuple[str, str, int, int, float | None, float | None, float | None]]:
        import numpy as np

        order = sorted(self.rows, key=lambda key: (list(MEASURES).index(key[0]), key[1] != ALL, key[1]))
        ready = []
        for key in order:
            places = np.array([place for place, _ in self.rows[key]])
            ready.append((MEASURES[key[0]][0], self._as_array([counts for _, counts in self.rows[key]]), places))
        for (name, label), (_, counts, _), bounds in zip(order, ready, intervals(ready, self.articles), strict=True):
            total = counts.sum(0)
            units = {"f1": total[1:].sum(), "share": total[-1], "alpha": total.sum()}[MEASURES[name][0]]
            yield name, label, self.articles, int(units), *bounds

    @staticmethod
    def _as_array(counts: Sequence[Any]) -> Any:
        """Make one array of the counts of all articles; pairs of categories get their places in the square first."""
        import numpy as np

        if not isinstance(counts[0], Counter):
            return np.array(counts, dtype=np.float64)
        categories = sorted({one for article in counts for pair in article for one in pair})
        places = {one: place for place, one in enumerate(categories)}
        square = np.zeros((len(counts), len(categories) ** 2))
        for row, article in enumerate(counts):
            for (one, other), number in article.items():
                square[row, places[one] * len(categories) + places[other]] = number
        return square


def _count(ours: Side, theirs: Side, length: int, used: dict[str, list[str]]) -> Iterator[tuple[str, str, Any]]:
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

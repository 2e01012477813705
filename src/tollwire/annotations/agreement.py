"""How far two labellers agree: on spans, characters, attributes, values, relations and verdicts, with intervals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tollwire.annotations.counting import ALL, count
from tollwire.annotations.matching import LABELS, Side, pairs
from tollwire.annotations.statistics import intervals

if TYPE_CHECKING:
    import polars

# The tables in which measures are told on a terminal: those of labels, of attributes, and the rest.
SECTIONS = (("exact", "overlapping", "characters"), ("attribute",), ("values", "relations", "parties", "verdict"))
# What is measured, by name: the statistic, and how it reads.
MEASURES = {
    "exact": ("f1", "F1, same place and label"),
    "overlapping": ("f1", "F1, overlapping and same label"),
    "characters": ("alpha", "Krippendorff's alpha over characters"),
    "attribute": ("alpha", "Krippendorff's alpha over matched spans"),
    "values": ("share", "share of matched figures with the same low and high"),
    "relations": ("f1", "F1 of drawn relations between matched spans"),
    "parties": ("share", "share of matched figures with the same side or speaker, drawn or understood"),
    "verdict": ("alpha", "Krippendorff's alpha over articles"),
}
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
            for name, label, counts in count(labellers[first], labellers[second], lengths[article_id], used):
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

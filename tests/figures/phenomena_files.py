"""Reading the suite of phenomena: sentences with their figures and relations marked in line, and whole documents."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tollwire.contracts.records import Casualty
from tollwire.figures.figure import NONE, Figure, bounded
from tollwire.figures.suggest import Suggestions, suggest

FOLDER = Path(__file__).parent / "phenomena"
_MARKED = re.compile(r"\{([^{}|]+)\|([^{}]+)\}")
_STATUS, _SCOPE = ("reported", "denied", "hypothetical"), ("incident", "cumulative", "background")


@dataclass(frozen=True, slots=True)
class Expected:
    """One figure that a labeller marks: its place, and what it says."""

    start: int
    end: int
    harm: str
    figure: Figure
    status: str = "reported"
    scope: str = "incident"


@dataclass(slots=True)
class Case:
    """One text of the suite; relations are (kind, head, tail) by the places of the figures."""

    phenomenon: str
    text: str
    figures: list[Expected] = field(default_factory=list)
    relations: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many figures of some cases are exactly right, of how many; how many more were found; likewise relations."""

    right: int = 0
    expected: int = 0
    spurious: int = 0
    attributes: int = 0
    relations_right: int = 0
    relations_expected: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def share(self) -> float:
        """Share of figures exactly right, a spurious one counted as one more that is not."""
        return self.right / max(self.expected + self.spurious, 1)


def read_cases(name: str) -> Iterator[Case]:
    """Read one part of the suite, ``open`` or ``blind``: a heading for each phenomenon, a line for each text."""
    phenomenon = ""
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            phenomenon = line[2:]
        elif line:
            yield _read_case(phenomenon, line)


def _read_case(phenomenon: str, line: str) -> Case:
    marked, *relations = line.replace(" ¶ ", "\n\n").split(" ;; ")
    case = Case(phenomenon, "")
    position = 0
    for found in _MARKED.finditer(marked):
        case.text += marked[position : found.start()]
        harm, bound, *rest = found[2].split()
        numbers = [int(one) for one in rest if one.isdigit()]
        words = [one for one in rest if not one.isdigit()]
        case.figures.append(
            Expected(
                len(case.text),
                len(case.text) + len(found[1]),
                harm,
                _figure(bound, numbers),
                next((one for one in words if one in _STATUS), "reported"),
                next((one for one in words if one in _SCOPE), "incident"),
            )
        )
        case.text += found[1]
        position = found.end()
    case.text += marked[position:]
    for relation in relations:
        kind, head, tail = relation.split()
        case.relations.append((kind, int(head), int(tail)))
    return case


def _figure(bound: str, numbers: list[int]) -> Figure:
    if bound == "none":
        return NONE
    if bound == "range":
        return Figure(bound, low=numbers[0], high=numbers[1])
    if bound == "vague":
        return Figure(bound, low=numbers[0])
    figure = bounded(bound, numbers[0])
    assert figure is not None
    return figure


def _is_right(row: Casualty, expected: Expected) -> bool:
    figure = expected.figure
    return (row.start, row.end, row.harm, row.bound, row.low, row.high) == (
        expected.start,
        expected.end,
        expected.harm,
        figure.bound,
        figure.low,
        figure.high,
    )


def tally(case: Case, found: Suggestions | None = None) -> Tally:
    """Compare what ``suggest`` finds in one text with what is expected."""
    found = found or suggest(case.text)
    by_span = {(row.start, row.end): row for row in found.casualties}
    right = attributes = 0
    places: dict[str, int] = {}
    for place, expected in enumerate(case.figures):
        row = by_span.get((expected.start, expected.end))
        if row:
            places[row.span_id] = place
            right += _is_right(row, expected)
            attributes += _is_right(row, expected) and (row.status, row.scope) == (expected.status, expected.scope)
    links = {
        (one.kind, places[one.head_span_id], places[one.tail_span_id])
        for one in found.relations
        if one.head_span_id in places and one.tail_span_id in places
    }
    spurious = len(found.casualties) - len(places)
    return Tally(
        right, len(case.figures), spurious, attributes, len(links & set(case.relations)), len(set(case.relations))
    )


def read_documents() -> Iterator[dict]:
    """Read the whole documents: text, profile, and the least toll by harm."""
    for line in (FOLDER / "documents.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)

"""Score the days of publication that a tool reads off pages, in the scheme that htmldate's evaluation uses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tollwire.corpus.dates import Published


@dataclass(frozen=True, slots=True)
class DayScore:
    """How many pages a tool read the exact day of, another day, and none."""

    right: int
    wrong: int
    missing: int

    @property
    def pages(self) -> int:
        return self.right + self.wrong + self.missing

    @property
    def accuracy(self) -> float:
        """The share of all pages whose day is exact; a page without a day counts as one that is wrong."""
        return self.right / self.pages if self.pages else 0.0


def score_days(pairs: Iterable[tuple[date | Published | None, str]]) -> DayScore:
    """
    Score what a tool read against the gold, page by page.

    A gold of a day ("2021-03-14") is compared as it stands. A gold of a moment is compared in its own zone when the
    tool read a moment too, for both then are of one day whichever zone each writes it in; else by its written day.

    Source: htmldate's tests/comparison.py: the exact day is a true positive, another a false one, none a miss.
    """
    counts = {"right": 0, "wrong": 0, "missing": 0}
    for found, gold in pairs:
        counts["missing" if found is None else "right" if _is_right(found, gold) else "wrong"] += 1
    return DayScore(**counts)


def _is_right(found: date | Published, gold: str) -> bool:
    day = found.day if isinstance(found, Published) else found
    if day.isoformat() == gold[:10]:
        return True
    if isinstance(found, Published) and found.at and len(gold) > len("2021-03-14"):
        zone = datetime.fromisoformat(gold).tzinfo or found.at.tzinfo
        return found.at.astimezone(zone).date().isoformat() == gold[:10]
    return False

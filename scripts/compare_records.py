"""Hold the tolls of a release against the event records of its pages, and write what differs into DATASHEET.md."""

import argparse
import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from measured_page import put

from tollwire.project import find_project
from tollwire.release.reading import find_release, read_release

CHECKOUT = Path(__file__).parents[1]
# A toll is wider than its record where the text has claims besides it, such as a side that denies any loss.
VERDICTS = ("agrees", "wider", "not stated", "differs")
REASONS = {
    "wider": "the page has rival claims besides",
    "not stated": "the page counts no dead",
    "differs": "not explained",
}


@dataclass(frozen=True, slots=True)
class Deaths:
    """How many people died by an event record, or by the killed figures of one incident; None: not said."""

    low: int | None
    high: int | None

    def held_against(self, record: "Deaths") -> str:
        """Say of a toll whether it is what the record has: all that is stated of it lies there, or more besides."""
        low, high = self.low or 0, math.inf if self.high is None else self.high
        least, most = record.low or 0, math.inf if record.high is None else record.high
        if high < least or low > most:
            return "differs"
        is_inside = (self.low is None or self.high is None or least <= low) and (self.high is None or high <= most)
        return "agrees" if is_inside else "wider"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a page says of one of its event records; ``explained`` is why it differs, from corpus/pages.csv."""

    page: str
    event: str
    record: Deaths
    tolls: tuple[Deaths, ...]
    verdict: str
    explained: str


def main() -> None:
    """Print the tables and write them into the datasheet."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="Example: scripts/compare_records.py 1.0.0")
    parser.add_argument("version", help="the release whose tolls are held against the records")
    project = find_project(CHECKOUT)
    tables = read_release(find_release(project.release, parser.parse_args().version)).tables
    text = "\n".join(report(compare(CHECKOUT / "corpus", tables["articles"], tables["tolls"])))
    print(text)
    put(CHECKOUT / "DATASHEET.md", Path(__file__).name, text)


def compare(corpus: Path, articles: pl.DataFrame, tolls: pl.DataFrame) -> list[Compared]:
    """Compare each labelled page of ``corpus/pages.csv`` with each of its records in ``corpus/events.csv``."""
    records = read_records(corpus / "events.csv")
    pages = dict(articles.select("raw_uri", "article_id").iter_rows())
    killed = tolls.filter(pl.col("harm") == "killed")
    found = []
    with (corpus / "pages.csv").open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["page"] not in pages:
                continue
            own = killed.filter(pl.col("article_id") == pages[row["page"]])
            stated = tuple(Deaths(low, high) for low, high in own.select("low", "high").iter_rows())
            events, _, why = row["differs"].partition(": ")
            for event in row["events"].split():
                verdict, explained = judge(records[event], stated), why if event in events.split() else ""
                found.append(Compared(row["page"], event, records[event], stated, verdict, explained))
    return found


def judge(record: Deaths, stated: Iterable[Deaths]) -> str:
    """Say whether any incident of a page has the toll of a record."""
    tolls = list(stated)
    if not tolls:
        return "not stated"
    return min((toll.held_against(record) for toll in tolls), key=VERDICTS.index)


def read_records(file: Path) -> Mapping[str, Deaths]:
    """Read the least and the greatest number of dead of each event record."""
    with file.open(newline="", encoding="utf-8") as stream:
        return {row["event"]: Deaths(int(row["low"]), int(row["high"])) for row in csv.DictReader(stream)}


def report(compared: list[Compared]) -> list[str]:
    """Write how many pages agree with their records, and of the others how they stand to them and why."""
    counts = Counter(one.verdict for one in compared)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    lines = [f"Of {len(compared)} pairs of a page and an event record: {told}."]
    if others := [one for one in compared if one.verdict in REASONS]:
        lines += ["", "| page | record | the page's tolls | verdict | why |", "|---|---:|---:|---|---|"]
        lines += [
            f"| {one.page} | {one.event}: {written(one.record)} | {'; '.join(map(written, one.tolls))} "
            f"| {one.verdict} | {one.explained or REASONS[one.verdict]} |"
            for one in sorted(others, key=lambda one: -VERDICTS.index(one.verdict))
        ]
    return lines


def written(deaths: Deaths) -> str:
    """Write a toll: one number, two, or one with an open end."""
    if deaths.low == deaths.high:
        return str(deaths.low)
    return f"{'?' if deaths.low is None else deaths.low} to {'?' if deaths.high is None else deaths.high}"


if __name__ == "__main__":
    main()

"""Gold: what all labellers of an article agree on, or what adjudication decided; nothing becomes gold by accident."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tollwire.annotations.batches import Entry
from tollwire.annotations.differences import Difference, differences
from tollwire.annotations.matching import Side, sides
from tollwire.annotations.pull import SPAN_TABLES, Tables, tables_of
from tollwire.contracts.contract import Contracts
from tollwire.contracts.tables import make_frame
from tollwire.problems import Problem

if TYPE_CHECKING:
    import polars

GOLD = "gold"
LEFT_OUT = ("skipped", "bad_text")  # verdicts with which an article cannot become gold


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold tables; the rule by which each article became gold; and why each of the others did not."""

    tables: Tables
    rules: dict[str, str]
    open: dict[str, list[Difference]]
    left_out: dict[str, str]
    problems: list[Problem]


def build_gold(
    tables: Tables, adjudicated: list[Entry], articles: "polars.DataFrame", contracts: Contracts, batch: str
) -> Gold:
    """
    Build gold from the tables of a batch and its adjudicated articles.

    An article is gold by rule ``adjudicated`` when there is a decision on it, else by rule ``agreed`` when two or more
    labellers said the very same of it. The others are left out: with their differences, or with the reason.
    """
    # Whoever decided, and however often: the last decision on an article holds.
    decided, problems = tables_of([replace(one, annotator=GOLD) for one in adjudicated], articles, contracts, batch)
    statuses = dict(decided["annotations"].select("article_id", "status").iter_rows())
    left_out = {key: f"it was decided that it is {status}" for key, status in statuses.items() if status in LEFT_OUT}
    left_out |= {article_id: "what was decided has problems" for article_id, _ in decided.incomplete}
    rows = {
        table: [row for row in decided[table].iter_rows(named=True) if row["article_id"] not in left_out]
        for table in SPAN_TABLES
    }
    rules = {row["article_id"]: "adjudicated" for row in rows["annotations"]}
    still_open: dict[str, list[Difference]] = {}
    unsound = {article_id for article_id, _ in tables.incomplete}
    for article_id, labellers in sides(tables).items():
        if article_id in rules or article_id in left_out:
            continue
        if article_id in unsound:
            left_out[article_id] = f"something said of it could not be read: `tollwire pull {batch}` lists what"
            continue
        finished = _finished(labellers)
        if len(finished) < 2:
            left_out[article_id] = f"labelled by {len(finished)}, and agreement takes two"
            continue
        found = _compare_sides(article_id, finished)
        if found:
            still_open[article_id] = found
        elif (status := finished[0]["annotations"][0]["status"]) in LEFT_OUT:
            left_out[article_id] = f"the labellers agree that it is {status}"
        else:
            rules[article_id] = "agreed"
            for table in SPAN_TABLES:
                rows[table] += [{**row, "annotator": GOLD} for row in finished[0][table]]
    gold = Tables({table: make_frame(rows[table], contracts[table]) for table in SPAN_TABLES})
    return Gold(gold, dict(sorted(rules.items())), still_open, dict(sorted(left_out.items())), problems)


def compare_all(sorted_rows: dict[str, dict[str, Side]]) -> dict[str, list[Difference]]:
    """List on what the labellers of each article differ: everybody against the first; articles without any left out."""
    found = {article_id: _compare_sides(article_id, _finished(one)) for article_id, one in sorted_rows.items()}
    return {article_id: differing for article_id, differing in found.items() if differing}


def _finished(labellers: dict[str, Side]) -> list[Side]:
    return [one for _, one in sorted(labellers.items()) if one["annotations"][0]["status"] != "skipped"]


def _compare_sides(article_id: str, finished: list[Side]) -> list[Difference]:
    return [one for other in finished[1:] for one in _compare(article_id, finished[0], other)]


def _compare(article_id: str, ours: Side, theirs: Side) -> list[Difference]:
    first, second = ours["annotations"][0], theirs["annotations"][0]
    if first["status"] != second["status"]:
        what = f"the verdict is {first['status']} or {second['status']}"
        return [Difference(article_id, "verdict", 0, 0, what), *differences(article_id, ours, theirs)]
    return differences(article_id, ours, theirs)

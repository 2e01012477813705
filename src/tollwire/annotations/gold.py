"""Gold: what all labellers of an article agree on, or what adjudication decided; nothing becomes gold by accident."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tollwire.annotations.batches import adjudication_path, batch_names, find_batch, log_path
from tollwire.annotations.differences import Difference, differences, said_of
from tollwire.annotations.log import Entry, read_log
from tollwire.annotations.matching import LABELS, Row, Side, sides
from tollwire.annotations.pull import SPAN_TABLES, Tables, tables_of
from tollwire.contracts.contract import Contracts
from tollwire.contracts.tables import make_frame
from tollwire.problems import Problem
from tollwire.project import Project

if TYPE_CHECKING:
    import polars

GOLD = "gold"
LEFT_OUT = ("skipped", "bad_text")  # verdicts with which an article cannot become gold


@dataclass(frozen=True, slots=True)
class SpanRule:
    """Why a span is gold: ``agreed`` by all labellers, ``chosen`` among what they had, or ``drawn`` in adjudication."""

    article_id: str
    table: str
    span_id: str
    rule: str


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold tables; the rule by which each article and span became gold; and why each of the others did not."""

    tables: Tables
    rules: dict[str, str]
    span_rules: list[SpanRule]
    open: dict[str, list[Difference]]
    left_out: dict[str, str]
    problems: list[Problem]


def build_gold(
    tables: Tables,
    adjudicated: list[Entry],
    articles: "polars.DataFrame",
    contracts: Contracts,
    batch: str,
    gold_tasks: Collection[str] = (),
) -> Gold:
    """
    Build gold from the tables of a batch and its adjudicated articles.

    An article is gold by rule ``adjudicated`` when there is a decision on it, else by rule ``agreed`` when two or more
    labellers said the very same of it. The others are left out: with their differences, or with the reason.
    ``gold_tasks`` are gold in another batch, and do not become so again.
    """
    # Whoever decided, and however often: the last decision on an article holds.
    decided, problems = tables_of([replace(one, annotator=GOLD) for one in adjudicated], articles, contracts, batch)
    statuses = dict(decided["annotations"].select("article_id", "status").iter_rows())
    left_out = {key: f"it was decided that it is {status}" for key, status in statuses.items() if status in LEFT_OUT}
    left_out |= {article_id: "what was decided has problems" for article_id, _ in decided.incomplete}
    left_out |= dict.fromkeys(gold_tasks, "a gold task: it only measures the labellers")
    rows = {
        table: [row for row in decided[table].iter_rows(named=True) if row["article_id"] not in left_out]
        for table in SPAN_TABLES
    }
    rules = {row["article_id"]: "adjudicated" for row in rows["annotations"]}
    still_open: dict[str, list[Difference]] = {}
    unsound = {article_id for article_id, _ in tables.incomplete}
    sorted_rows = sides(tables)
    for article_id, labellers in sorted_rows.items():
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
    span_rules = list(_span_rules(rows, rules, sorted_rows))
    return Gold(gold, dict(sorted(rules.items())), span_rules, still_open, dict(sorted(left_out.items())), problems)


def _settled(project: Project, name: str, tables: Tables, articles: "polars.DataFrame", contracts: Contracts) -> Gold:
    """Build the gold of a batch from what everybody said of it, its decisions and its record."""
    decided = read_log(adjudication_path(project, name))
    return build_gold(tables, decided, articles, contracts, name, find_batch(project, name).gold_tasks)


def gold_of(project: Project, name: str, articles: "polars.DataFrame", contracts: Contracts) -> tuple[Tables, Gold]:
    """
    Build what everybody said of a batch, and its gold, from its log, its decisions and its record.

    Raises:
        TollwireError: one of them has a line that is not what was written.
    """
    tables, _ = tables_of(read_log(log_path(project, name)), articles, contracts, name)
    return tables, _settled(project, name, tables, articles, contracts)


def gold_to_measure_by(
    project: Project, name: str, tables: Tables, articles: "polars.DataFrame", contracts: Contracts
) -> "dict[str, polars.DataFrame]":
    """Give what a batch's labellers are measured by: its gold, and of its gold tasks the gold of other batches."""
    import polars as pl

    gold_tasks = find_batch(project, name).gold_tasks
    parts = [_settled(project, name, tables, articles, contracts).tables]
    for other in batch_names(project) if gold_tasks else ():
        if other != name:
            parts.append(gold_of(project, other, articles, contracts)[1].tables.only(gold_tasks))
    return {table: pl.concat([one[table] for one in parts]) for table in SPAN_TABLES}


def _span_rules(
    rows: dict[str, list[Row]], rules: dict[str, str], sorted_rows: dict[str, dict[str, Side]]
) -> Iterator[SpanRule]:
    for table in LABELS:
        versions = {
            key: [{said_of(row, table) for row in side[table]} for side in _finished(sorted_rows.get(key, {}))]
            for key, rule in rules.items()
            if rule == "adjudicated"
        }
        for row in sorted(rows[table], key=lambda one: (one["article_id"], one["start"], one["span_id"])):
            had = [said_of(row, table) in one for one in versions.get(row["article_id"], [])]
            is_agreed = rules[row["article_id"]] == "agreed" or (any(had) and all(had))
            rule = "agreed" if is_agreed else "chosen" if any(had) else "drawn"
            yield SpanRule(row["article_id"], table, row["span_id"], rule)


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

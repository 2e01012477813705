"""Gather what all batches say: everybody's annotations, the gold, how far labellers agree, and what is not gold yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollwire.annotations.agreement import Agreement, lengths_of, measure
from tollwire.annotations.batches import batch_names, find_batch, sent_before
from tollwire.annotations.gold import gold_of
from tollwire.annotations.influence import influence
from tollwire.annotations.matching import sides
from tollwire.annotations.pull import SPAN_TABLES
from tollwire.contracts.contract import Contracts
from tollwire.contracts.tables import make_frame
from tollwire.problems import Problem, UsageError
from tollwire.project import Project
from tollwire.release.shape import Frames

if TYPE_CHECKING:
    import polars

    from tollwire.release.standoff import Standoff


@dataclass(frozen=True, slots=True)
class Gathered:
    """The annotations of a project: ``rules`` says how each article became gold, ``open`` why the others did not."""

    everybody: Frames
    gold: Frames
    agreement: list[Agreement]
    influence: list[Agreement]
    rules: dict[str, str]
    open: dict[str, str]


def gather(
    project: Project,
    articles: "polars.DataFrame",
    contracts: Contracts,
    batches: Sequence[str] | None = None,
    standoff: "Standoff | None" = None,
) -> Gathered:
    """
    Read the logs and adjudications of batches, by default of all, in the order of their names.

    What ``standoff`` has of an article goes before what a batch has. Of articles without text nothing else is read.

    Raises:
        UsageError: there is no such batch.
        TollwireError: a log has a line that is not what was written.
    """
    everybody: list[Frames] = [standoff.everybody] if standoff else []
    gold: list[Frames] = [standoff.gold] if standoff else []
    rules: dict[str, str] = dict(standoff.rules) if standoff else {}
    at_hand = articles.filter(articles["text"].is_not_null() & ~articles["article_id"].is_in(list(rules)))
    ids = set(at_hand["article_id"])
    there = batch_names(project)
    if missing := sorted(set(batches or ()) - set(there)):
        what = f"there is no batch {', '.join(missing)}"
        raise UsageError(Problem("--batch", "no-such-batch", what, f"name one of: {', '.join(there) or 'none yet'}"))
    aside = [article_id for name in set(there) - set(batches or there) for article_id in sent_before(project, name)]
    still_open = dict.fromkeys(aside, "in a batch that this release leaves aside")
    for name in sorted(set(batches or there)):
        theirs, ours = gold_of(project, name, at_hand, contracts)
        everybody.append(theirs.only(ids - set(find_batch(project, name).gold_tasks)))
        gold.append(ours.tables)
        rules |= ours.rules
        still_open |= dict.fromkeys(ours.open, "labellers differ, and it is not adjudicated yet") | ours.left_out
    joined = _joined(everybody, contracts)
    settled = _joined(gold, contracts)
    labelled, decided = sides(joined), sides(settled)
    return Gathered(
        everybody=joined,
        gold=settled,
        agreement=measure(labelled, lengths_of(articles)),
        influence=influence(project, labelled, decided, at_hand, contracts),
        rules=rules,
        open=still_open,
    )


def _joined(batches: list[Frames], contracts: Contracts) -> Frames:
    import polars as pl

    joined = {}
    for table in SPAN_TABLES:
        parts = [make_frame([], contracts[table]), *(frames[table] for frames in batches)]
        joined[table] = pl.concat(parts).sort(contracts[table].key)
    return joined

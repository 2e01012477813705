"""Gather what all batches say: everybody's annotations, the gold, how far labellers agree, and what is not gold yet."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollwire.annotations.agreement import Agreement, lengths_of, measure
from tollwire.annotations.batches import batch_names, find_batch
from tollwire.annotations.gold import gold_of
from tollwire.annotations.influence import influence
from tollwire.annotations.matching import sides
from tollwire.annotations.pull import SPAN_TABLES
from tollwire.contracts.contract import Contracts
from tollwire.contracts.tables import make_frame
from tollwire.project import Project
from tollwire.release.shape import Frames

if TYPE_CHECKING:
    import polars


@dataclass(frozen=True, slots=True)
class Gathered:
    """The annotations of a project: ``rules`` counts gold articles, ``open`` says of the others why they are none."""

    everybody: Frames
    gold: Frames
    agreement: list[Agreement]
    influence: list[Agreement]
    rules: dict[str, int]
    open: dict[str, str]


def gather(project: Project, articles: "polars.DataFrame", contracts: Contracts) -> Gathered:
    """
    Read the logs and adjudications of all batches, in the order of their names.

    Raises:
        TollwireError: a log has a line that is not what was written.
    """
    everybody: list[Frames] = []
    gold: list[Frames] = []
    rules: Counter[str] = Counter()
    still_open: dict[str, str] = {}
    for name in batch_names(project):
        theirs, ours = gold_of(project, name, articles, contracts)
        labelled_elsewhere = set(find_batch(project, name).gold_tasks)
        everybody.append(theirs.only(set(articles["article_id"]) - labelled_elsewhere))
        gold.append(ours.tables)
        rules.update(ours.rules.values())
        still_open |= dict.fromkeys(ours.open, "labellers differ, and it is not adjudicated yet") | ours.left_out
    joined = _joined(everybody, contracts)
    settled = _joined(gold, contracts)
    labelled, decided = sides(joined), sides(settled)
    return Gathered(
        everybody=joined,
        gold=settled,
        agreement=measure(labelled, lengths_of(articles)),
        influence=influence(project, labelled, decided, articles, contracts),
        rules=dict(sorted(rules.items())),
        open=still_open,
    )


def _joined(batches: list[Frames], contracts: Contracts) -> Frames:
    import polars as pl

    joined = {}
    for table in SPAN_TABLES:
        parts = [make_frame([], contracts[table]), *(frames[table] for frames in batches)]
        joined[table] = pl.concat(parts).sort(contracts[table].key)
    return joined

"""Plan a batch: which articles are labelled next, and which gold ones are mixed in to measure by."""

import hashlib
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from tollwire.annotations.batches import batch_names, choose_articles, find_batch, sent_before
from tollwire.annotations.gold import gold_of
from tollwire.contracts.contract import Contracts
from tollwire.contracts.records import Block
from tollwire.problems import Problem, UsageError
from tollwire.project import Project

if TYPE_CHECKING:
    import polars


def taken_articles(project: Project, articles: "polars.DataFrame") -> set[str]:
    """Give the articles that the batches of a project have: that were sent, or else that the records name."""
    taken: set[str] = set()
    for name in batch_names(project):
        sent = sent_before(project, name).keys()
        taken |= sent or set(choose_articles(articles, find_batch(project, name))["article_id"])
    return taken


def choose_next(
    articles: "polars.DataFrame",
    taken: Collection[str],
    size: int,
    progress: Callable[[int], None] = lambda done: None,
) -> list[str]:
    """
    Choose articles to label: one of each cluster of which no batch has any, the most doubtful first.

    Raises:
        UsageError: no article is left.
    """
    import polars as pl

    covered = articles.filter(pl.col("article_id").is_in(taken))["cluster_id"].to_list()
    left = articles.filter(~pl.col("cluster_id").is_in(covered)).sort("article_id")
    left = left.unique("cluster_id", keep="first", maintain_order=True)
    if left.is_empty():
        fix = "add pages and normalise them, or write the record by hand"
        raise UsageError(Problem("corpus", "nothing-left", "every cluster of articles is in a batch already", fix))
    doubts = {}
    for number, row in enumerate(left.iter_rows(named=True), start=1):
        doubts[row["article_id"]] = doubt(row)
        progress(number)
    return sorted(sorted(doubts, key=lambda one: doubts[one], reverse=True)[:size])


def doubt(row: dict[str, Any]) -> tuple[int, int]:
    """
    Say how doubtful the suggestions of an article are: how many different counts of killed it tells as news, and how
    many different figures at all.

    Of what can be seen in suggestions, the first goes best with a toll of killed that is wrong: over 700 news texts of
    MUC-4, a text with a wrong one has more of them than a text with a right one in four of five pairs (area under the
    curve .81); vague figures, actors without a name or figures without an actor tell less.
    """
    from tollwire.figures.suggest import suggest

    found = suggest(row["text"], [Block(**block) for block in row["blocks"]], row["language"])
    news = {
        (one.harm, one.low, one.high)
        for one in found.casualties
        if one.status == "reported" and one.scope == "incident"
    }
    return sum(harm == "killed" for harm, _, _ in news), len(news)


def choose_gold_tasks(
    project: Project, articles: "polars.DataFrame", contracts: Contracts, batch: str, number: int
) -> list[str]:
    """
    Choose articles that are gold in other batches, to be labelled once more in this one; which is as good as chance.

    Raises:
        UsageError: there are not as many.
    """
    others = [name for name in batch_names(project) if name != batch]
    gold = {one for name in others for one in gold_of(project, name, articles, contracts)[1].rules}
    if len(gold) < number:
        what, fix = f"{len(gold)} articles are gold", "ask for fewer, or settle more: tollwire adjudicate"
        raise UsageError(Problem("--gold-tasks", "too-few-gold", what, fix))
    return sorted(sorted(gold, key=lambda one: hashlib.sha256(f"{batch} {one}".encode()).digest())[:number])

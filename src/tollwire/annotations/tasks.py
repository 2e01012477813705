"""Make the tasks that a labeller is given: an article as the editor shows it, with the suggestions on it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tollwire.annotations.batches import Batch
from tollwire.annotations.regions import Spans, display_text, from_json, marks_of, to_result
from tollwire.contracts.records import Block
from tollwire.contracts.text import text_faults
from tollwire.problems import Problem, TollwireError

if TYPE_CHECKING:
    import polars

SUGGESTER = "tollwire-rules-8"  # goes up when the rules change, so that each suggestion says who made it

Task = dict[str, Any]


def make_tasks(
    articles: "polars.DataFrame", batch: Batch, sent: Mapping[str, Task] = MappingProxyType({})
) -> Iterator[Task]:
    """
    Make the tasks of a batch, with the suggestions as predictions.

    A text that was sent before, to whichever server, goes with the suggestions of then: so all labellers of a batch are
    given the same, and what they made of it can be measured.

    Raises:
        TollwireError: every text that the editor could not show as it is.
    """
    problems = []
    for row in articles.iter_rows(named=True):
        if faults := text_faults(row["text"]):
            what = "; ".join(faults)
            problems.append(Problem(f"article {row['article_id']}", "text-is-clean", what, "normalise it again"))
            continue
        yield {**article_task(row, batch), "predictions": _predictions(row, sent) if batch.show_suggestions else []}
    if problems:
        raise TollwireError(problems)


def article_task(row: Mapping[str, Any], batch: Batch) -> Task:
    """Make the task of an article, without predictions."""
    day = row["published_date"].isoformat() if row["published_date"] else "no date"
    data = {
        "article_id": row["article_id"],
        "batch": batch.batch,
        "meta": f"{row['source_id']} \u00b7 {day} \u00b7 {row['language']}",
        "text": display_text(row["text"]),
        "text_sha256": row["text_sha256"],
    }
    return {"data": data, "predictions": []}


def _predictions(row: dict[str, Any], sent: Mapping[str, Task]) -> list[Task]:
    from tollwire.figures.suggest import suggest

    known = sent.get(row["article_id"])
    if known and known["text_sha256"] == row["text_sha256"]:
        result = to_result(from_json(known))
        return [{"model_version": known["suggester"], "result": result}] if result else []
    blocks = [Block(**block) for block in row["blocks"]]
    found = suggest(row["text"], blocks, row["language"])
    result = to_result(marks_of(Spans(found.actors, found.casualties, found.relations)))
    return [{"model_version": SUGGESTER, "result": result}] if result else []

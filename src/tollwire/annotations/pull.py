"""Fetch what was labelled: into the batch's log, and from the log into the tables of spans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.batches import Batch, Entry, latest
from tollwire.annotations.client import Studio
from tollwire.annotations.pseudonyms import pseudonym
from tollwire.annotations.push import project_title
from tollwire.annotations.reading import read_marks
from tollwire.annotations.regions import from_result
from tollwire.contracts.checks import sound_rows
from tollwire.contracts.contract import Contracts
from tollwire.contracts.records import Verdict
from tollwire.contracts.references import reference_problems
from tollwire.contracts.tables import make_frame, table_rows, write_table
from tollwire.problems import Problem, ServiceError

if TYPE_CHECKING:
    import polars

SPAN_TABLES = ("actors", "casualties", "relations", "annotations")

Tables = dict[str, "polars.DataFrame"]


@dataclass(frozen=True, slots=True)
class Received:
    """What the server has of a batch: an entry for each annotation, and what could not be read of it."""

    entries: list[Entry]
    problems: list[Problem]


def fetch(studio: Studio, batch: Batch) -> Received:
    """
    Fetch every annotation of a batch. Drafts, which nobody submitted, are not among them.

    Raises:
        ServiceError: the server could not be reached, or has no project of this batch.
    """
    target = studio.find_project(project_title(batch))
    if target is None:
        what = f"the server has no project {project_title(batch)!r}"
        raise ServiceError(Problem(studio.url, "no-project", what, f"run `tollwire push {batch.batch}` first"))
    names = {number: pseudonym(number, email) for number, email in studio.users().items()}
    entries: list[Entry] = []
    problems: list[Problem] = []
    for task in studio.export(target.id, [stamp.id for stamp in studio.tasks(target.id)]):
        where = studio.task_url(target.id, task["id"])
        data = task["data"]
        if not isinstance(data.get("article_id"), str) or not isinstance(data.get("text_sha256"), str):
            problems.append(Problem(where, "foreign-task", "it was not made by `tollwire push`", "delete the task"))
            continue
        for annotation in task["annotations"]:
            marks, unread = from_result(annotation["result"])
            problems += [Problem(where, "unread-entry", what, "use the project's own interface") for what in unread]
            entries.append(
                Entry(
                    data["article_id"],
                    names.get(_labeller(annotation), f"labeller-{_labeller(annotation)}"),
                    _moment(annotation["updated_at"]),
                    annotation.get("lead_time"),
                    bool(annotation["was_cancelled"]),
                    data["text_sha256"],
                    marks,
                )
            )
    return Received(entries, problems)


def _labeller(annotation: dict[str, Any]) -> int:
    by = annotation["completed_by"]
    return int(by["id"] if isinstance(by, dict) else by)


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone(UTC)


def tables_of(
    log: Iterable[Entry], articles: "polars.DataFrame", contracts: Contracts, batch: str
) -> tuple[Tables, list[Problem]]:
    """
    Make the tables actors, casualties, relations and annotations of what each labeller last said.

    What does not fit its article or its contract is left out and listed.
    """
    texts = dict(articles.select("article_id", "text").iter_rows())
    digests = dict(articles.select("article_id", "text_sha256").iter_rows())
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in SPAN_TABLES}
    problems: list[Problem] = []
    for (article_id, annotator), entry in latest(log).items():
        where = f"batch {batch}, article {article_id}, {annotator}"
        if digests.get(article_id) != entry.text_sha256:
            what = "the article was normalised to another text since" if article_id in digests else "no such article"
            problems.append(Problem(where, "text-changed", what, "label the new text in a new batch"))
            continue
        spans, found = read_marks(entry.marks, texts[article_id], contracts.labels, where)
        problems += found
        status = _status(entry, bool(spans.casualties))
        if status is None:
            fix = "mark its figures, or choose no_casualty_figures"
            problems.append(Problem(where, "no-verdict", "no figure is marked and nothing was chosen", fix))
            continue
        key = {"article_id": article_id, "annotator": annotator}
        rows["actors"] += table_rows(spans.actors, **key)
        rows["casualties"] += table_rows(spans.casualties, **key)
        rows["relations"] += table_rows(spans.relations, **key)
        verdict = Verdict(status, entry.text_sha256, entry.submitted_at, entry.seconds, batch)
        rows["annotations"] += table_rows([verdict], **key)
    tables: Tables = {}
    for table in SPAN_TABLES:
        where = f"batch {batch}, {table}"
        frame = make_frame(rows[table], contracts[table])
        tables[table], found = sound_rows(frame, contracts[table], contracts.labels, where)
        problems += found
    return tables, problems + reference_problems({"articles": articles, **tables})


def _status(entry: Entry, has_figures: bool) -> str | None:
    if entry.is_skipped:
        return "skipped"
    if entry.marks.choices:
        return entry.marks.choices[0]
    return "annotated" if has_figures else None


def write_tables(tables: Tables, contracts: Contracts, folder: Path) -> None:
    """Write the tables of a batch as Parquet into a folder, each under its contract."""
    for table, frame in tables.items():
        write_table(frame, contracts[table], contracts.labels, folder / f"{table}.parquet")

"""Batches: which articles are labelled, by whom, and where it is written down."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, model_validator

from tollwire.annotations.log import write_lines
from tollwire.annotations.pseudonyms import is_pseudonym
from tollwire.contracts.strict import StrictModel, read_toml
from tollwire.problems import Problem, TollwireError, UsageError
from tollwire.project import Project

if TYPE_CHECKING:
    import polars

LONGEST_TITLE = 50  # characters that the server keeps of a project's title


class Batch(StrictModel):
    """
    One round of labelling, ``annotations/batches/<batch>/batch.toml``.

    ``labellers`` are pseudonyms; with ``one_project_each`` each of them has a Label Studio project of their own, in
    which nobody else's work is seen, and those in ``hidden_from`` do not see the suggestions either. ``gold_tasks`` are
    articles of the batch that are gold already: they measure the labellers, and nothing else becomes of them.
    ``interface_sha256`` is that of the interface it is labelled with.
    """

    batch: str = Field(pattern="^[0-9]{3}$")
    title: str
    labellers_per_article: int = Field(default=2, ge=1)
    show_suggestions: bool = True
    labellers: list[str] = Field(default_factory=list)
    one_project_each: bool = False
    hidden_from: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    articles: list[str] = Field(default_factory=list)
    gold_tasks: list[str] = Field(default_factory=list)
    interface_sha256: str | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = []
        if self.one_project_each and not self.labellers:
            faults.append("one_project_each needs labellers: name them")
        faults += [
            f'labellers has "{name}", which cannot be a pseudonym' for name in self.labellers if not is_pseudonym(name)
        ]
        if self.hidden_from and not self.one_project_each:
            faults.append("hidden_from needs one_project_each: in one project all see the same")
        if strangers := sorted(set(self.hidden_from) - set(self.labellers)):
            faults.append(f"hidden_from has {', '.join(strangers)}, which labellers has not")
        if strangers := sorted(set(self.gold_tasks) - set(self.articles)):
            faults.append(f"gold_tasks has {', '.join(strangers)}, which articles has not")
        if faults:
            raise ValueError(*faults)
        return self


def batch_names(project: Project) -> list[str]:
    """Name the batches that a project has, in order."""
    return sorted(path.name for path in project.batches.glob("[0-9][0-9][0-9]") if path.is_dir())


def record_path(project: Project, batch: str) -> Path:
    """Say where a batch's record is."""
    return project.batches / batch / "batch.toml"


def write_batch(project: Project, batch: Batch) -> None:
    """Write a batch's record, what is as by default left out; a file that is there is replaced."""
    stated = batch.model_dump(exclude_defaults=True)
    # What a record holds is written in TOML as in JSON; a list takes a line for each of its items.
    lines = []
    for name, value in stated.items():
        written = json.dumps(value, ensure_ascii=False, indent=4 if isinstance(value, list) else None)
        lines.append(f"{name} = {written}")
    write_lines(record_path(project, batch.batch), lines)


def note_interface(project: Project, batch: Batch, interface: str) -> None:
    """Note in a batch's record which interface it is labelled with, and leave the rest as it stands."""
    path, digest = record_path(project, batch.batch), interface_digest(interface)
    if batch.interface_sha256 == digest:
        return
    if not path.exists():
        write_batch(project, batch.model_copy(update={"interface_sha256": digest}))
        return
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("interface_sha256")]
    write_lines(path, [*kept, f'interface_sha256 = "{digest}"'])


def interface_digest(interface: str) -> str:
    """Digest an interface, without the white space around it: the server keeps none."""
    return hashlib.sha256(interface.strip().encode()).hexdigest()


def project_titles(batch: Batch) -> dict[str, int]:
    """
    Name the Label Studio projects of a batch, with how many label each of their tasks.

    A project is found again by its name, so it is as the server keeps it.
    """
    if batch.one_project_each:
        return {_title_for(batch, labeller): 1 for labeller in batch.labellers}
    return {_title(batch.batch, batch.title): batch.labellers_per_article}


def hidden_titles(batch: Batch) -> set[str]:
    """Name the projects of a batch whose labellers are not shown the suggestions that others see."""
    return {_title_for(batch, labeller) for labeller in batch.hidden_from}


def adjudication_title(batch: Batch) -> str:
    """Name the Label Studio project in which a batch is adjudicated."""
    return _title(batch.batch, f"adjudication, {batch.title}")


def _title_for(batch: Batch, labeller: str) -> str:
    return _title(f"{batch.batch} {labeller}", batch.title)


def _title(which: str, title: str) -> str:
    return " ".join(f"Tollwire {which}: {title}".split())[:LONGEST_TITLE].strip()


def find_batch(project: Project, batch: str) -> Batch:
    """
    Read a batch's record; one that has none yet takes all articles.

    Raises:
        UsageError: the name is not three digits.
        TollwireError: the record has mistakes.
    """
    if not (len(batch) == 3 and batch.isascii() and batch.isdigit()):
        what, fix = f'"{batch}" is not the name of a batch', "give three digits, e.g. 001"
        raise UsageError(Problem("batch", "bad-batch", what, fix))
    path = record_path(project, batch)
    if not path.exists():
        return Batch(batch=batch, title=f"Batch {batch}")
    found = read_toml(path, Batch)
    if found.batch != batch:
        what = f'the file says that it is batch "{found.batch}"'
        raise TollwireError(Problem(f"batches/{batch}/batch.toml", "batch-name", what, f'write batch = "{batch}"'))
    return found


def log_path(project: Project, batch: str) -> Path:
    """Say where a batch's log is."""
    return project.batches / batch / "annotations.jsonl"


def adjudication_path(project: Project, batch: str) -> Path:
    """Say where a batch's adjudicated articles are: lines like the log's, one an article."""
    return project.batches / batch / "adjudicated.jsonl"


def sent_path(project: Project, batch: str) -> Path:
    """Say where it is recorded what was sent to Label Studio: one line an article, with the suggestions shown on it."""
    return project.batches / batch / "tasks.jsonl"


def choose_articles(articles: "polars.DataFrame", batch: Batch) -> "polars.DataFrame":
    """
    Choose the articles of a batch, in the order of their ids: those it names, or those of its sources, or all.

    Raises:
        UsageError: the batch names articles or sources that the corpus does not have, or none is left.
    """
    import polars as pl

    corpus = articles
    for named, column in ((batch.articles, "article_id"), (batch.sources, "source_id")):
        if missing := sorted(set(named) - set(corpus[column])):
            fix = f"correct batches/{batch.batch}/batch.toml, or normalise their pages"
            what = f"the corpus has no {column} {', '.join(missing)}"
            raise UsageError(Problem(f"batch {batch.batch}", "unknown-article", what, fix))
        if named:
            articles = articles.filter(pl.col(column).is_in(named))
    if articles.is_empty():
        fix = "normalise pages first: `tollwire normalise corpus/raw`"
        raise UsageError(Problem(f"batch {batch.batch}", "empty-batch", "there is no article in it", fix))
    return articles


def sent_before(project: Project, batch: str) -> dict[str, dict[str, Any]]:
    """Give what was recorded of each task of a batch when it was sent, by article_id."""
    path = sent_path(project, batch)
    lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
    return {line["article_id"]: line for line in map(json.loads, lines)}

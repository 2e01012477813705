"""Send a batch to Label Studio: the project with its interface and guidelines, one task an article, exactly once."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tollwire.annotations.batches import Batch, sent_path, write_lines
from tollwire.annotations.client import NoAnswerError, Studio, StudioProject
from tollwire.annotations.guidelines import guidelines_html
from tollwire.annotations.interface import interface_problems
from tollwire.annotations.regions import Spans, display_text, from_json, from_result, marks_of, to_json, to_result
from tollwire.contracts.contract import Contracts
from tollwire.contracts.records import Block
from tollwire.contracts.text import text_faults
from tollwire.problems import Problem, ServiceError, TollwireError, UsageError
from tollwire.project import Project

if TYPE_CHECKING:
    import polars

TASKS_PER_IMPORT = 500  # a request; batches of 500 to 1,000 import fastest
SUGGESTER = "tollwire-rules-3"  # goes up when the rules change, so that each suggestion says who made it
TRIES = 5  # of one import whose answers are lost
SETTLE = 20  # seconds after which an import whose line broke is over: it goes on without us; 500 tasks took 8 at most

Task = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: tasks made now, tasks that were there already, and where to label."""

    created: int
    present: int
    url: str


def project_title(batch: Batch) -> str:
    """Name the Label Studio project of a batch; it is found again by this name, so it is as the server keeps it."""
    return " ".join(f"Tollwire {batch.batch}: {batch.title}".split())[:50].strip()


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


def sent_before(project: Project, batch: Batch) -> dict[str, Task]:
    """Give what was recorded of each task of a batch when it was sent, by article_id."""
    path = sent_path(project, batch.batch)
    lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
    return {line["article_id"]: line for line in map(json.loads, lines)}


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


def push(
    studio: Studio,
    project: Project,
    contracts: Contracts,
    batch: Batch,
    tasks: Sequence[Task],
    progress: Callable[[int], None] = lambda done: None,
) -> Pushed:
    """
    Make or update the batch's project and import the tasks that it lacks; pushing again adds nothing.

    Raises:
        TollwireError: the interface does not fit the label set, or an article's text changed since it was pushed.
        ServiceError: the server could not be reached, or refused.
    """
    title, labellers = project_title(batch), batch.labellers_per_article
    pushed, present = send(studio, project, contracts, title, labellers, tasks, progress)
    _record(project, batch, tasks, present)
    return pushed


def send(
    studio: Studio,
    project: Project,
    contracts: Contracts,
    title: str,
    labellers: int,
    tasks: Sequence[Task],
    progress: Callable[[int], None] = lambda done: None,
    **settings: Any,
) -> tuple[Pushed, dict[str, Task]]:
    """
    Make or update the project of a title and import the tasks that it lacks; give too those that were there before.

    ``settings`` are more of the project's, named as the server names them. Raises as ``push`` does.
    """
    target = _ready_project(studio, project, contracts, title, labellers)
    present = present_tasks(studio, target)
    changed = [task["data"] for task in tasks if _text(present.get(_id(task), task)) != _text(task)]
    if changed:
        fix = "pull its annotations, then label the new text in a new batch"
        what = "its text is not the one that was pushed"
        raise TollwireError([Problem(f"article {data['article_id']}", "text-changed", what, fix) for data in changed])
    missing = [task for task in tasks if _id(task) not in present]
    url = f"{studio.url}/projects/{target.id}"
    for first in range(0, len(missing), TASKS_PER_IMPORT):
        _import_once(studio, target.id, missing[first : first + TASKS_PER_IMPORT])
        progress(min(first + TASKS_PER_IMPORT, len(missing)))
    if missing and (arrived := studio.count_tasks(target.id)) < len(present) + len(missing):
        raise _partial(url, arrived, len(present) + len(missing))
    if settings:
        studio.update_project(target.id, **settings)
    return Pushed(len(missing), len(tasks) - len(missing), url), present


def _record(project: Project, batch: Batch, tasks: Sequence[Task], present: dict[str, Task]) -> None:
    """
    Write down what the labellers were given: what they made of the suggestions can be measured by it.

    What is recorded of a task that was there already stays: it has the suggestions of then, not those of now.
    """
    known = {article: line for article, line in sent_before(project, batch).items() if article in present}
    lines = []
    for task in tasks:
        if _id(task) in known:
            lines.append(known[_id(task)])
            continue
        prediction: Task = next(iter(task["predictions"]), {})
        marks, _ = from_result(prediction.get("result", []))
        line = {"article_id": _id(task), "text_sha256": _text(task), "suggester": prediction.get("model_version")}
        lines.append({**line, **to_json(marks)})
    write_lines(sent_path(project, batch.batch), (json.dumps(line, ensure_ascii=False) for line in lines))


def present_tasks(studio: Studio, target: StudioProject) -> dict[str, Task]:
    """
    Give the tasks on the server by article_id.

    Raises:
        TollwireError: an article has two.
    """
    present: dict[str, Task] = {}
    problems = []
    for task in studio.export_all(target.id):
        other = present.setdefault(_id(task), task)
        if other is not task:
            what = f"article {_id(task)} has the tasks {other['id']} and {task['id']}"
            problems.append(Problem(f"{studio.url}/projects/{target.id}", "two-tasks", what, "delete one of them"))
    if problems:
        raise TollwireError(problems)
    return present


def _id(task: Task) -> str:
    return str(task["data"].get("article_id"))


def _text(task: Task) -> str:
    return str(task["data"].get("text_sha256"))


def _ready_project(studio: Studio, project: Project, contracts: Contracts, title: str, labellers: int) -> StudioProject:
    """Find or make the project, with this project's interface and guidelines."""
    interface = project.interface.read_text("utf-8")
    if problems := interface_problems(interface, contracts.labels):
        raise TollwireError(problems)
    guidelines = guidelines_html(project.guidelines)
    found = studio.find_project(title)
    if found is None:
        if refusal := studio.interface_refusal(interface):
            what = f"Label Studio does not accept it: {refusal}"
            raise TollwireError(Problem("annotations/interface.xml", "interface-refused", what, "mend the interface"))
        return studio.create_project(title, interface, guidelines, labellers)
    if found.interface.strip() != interface.strip() and _is_labelled(studio, found):
        # The server would accept some changes that lose labels in use, and say nothing.
        what = "the interface changed since the project was made, and articles are labelled in it"
        fix = "put back annotations/interface.xml as it was, or label the rest in a new batch"
        raise ServiceError(Problem(f"{studio.url}/projects/{found.id}", "interface-changed", what, fix))
    return studio.update_project(
        found.id,
        label_config=interface,
        expert_instruction=guidelines,
        maximum_annotations=labellers,
    )


def _is_labelled(studio: Studio, target: StudioProject) -> bool:
    return studio.count_tasks(target.id, is_labelled=True) > 0


def _import_once(studio: Studio, project_id: int, tasks: Sequence[Task]) -> None:
    """Import tasks as one transaction; when the answer is lost, ask what arrived before trying again."""
    key = hashlib.sha256("\n".join(f"{_id(task)} {_text(task)}" for task in tasks).encode()).hexdigest()[:24]
    keyed = [{**task, "data": {**task["data"], "batch_key": key}} for task in tasks]
    lost: NoAnswerError | None = None
    for _ in range(TRIES):
        try:
            arrived = studio.import_tasks(project_id, keyed)
        except NoAnswerError as error:
            lost, arrived = error, _settled(studio, project_id, key)
            if not arrived:
                continue
        if arrived != len(tasks):
            raise _partial(f"{studio.url}/projects/{project_id}", arrived, len(tasks))
        return
    assert lost is not None
    raise lost


def _settled(studio: Studio, project_id: int, key: str) -> int:
    """Count what arrived of an import whose line broke, once it must be over."""
    until = time.monotonic() + SETTLE
    while not (arrived := studio.count_tasks(project_id, key)) and time.monotonic() < until:
        time.sleep(SETTLE / 20)
    return arrived


def _partial(url: str, arrived: int, sent: int) -> ServiceError:
    what = f"{arrived} of {sent} tasks arrived, although an import is all or nothing"
    fix = "look at the project in Label Studio, delete its tasks, and push again"
    return ServiceError(Problem(url, "partial-import", what, fix))

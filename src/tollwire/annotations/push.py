"""Send a batch to Label Studio: the project with its interface and guidelines, one task an article, exactly once."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tollwire.annotations.batches import Batch, hidden_titles, note_interface, project_titles, sent_before, sent_path
from tollwire.annotations.client import NoAnswerError, Studio, StudioProject
from tollwire.annotations.guidelines import guidelines_html
from tollwire.annotations.interface import interface_problems
from tollwire.annotations.log import write_lines
from tollwire.annotations.regions import from_result, to_json
from tollwire.annotations.tasks import Task
from tollwire.contracts.contract import Contracts
from tollwire.problems import Problem, ServiceError, TollwireError
from tollwire.project import Project

TASKS_PER_IMPORT = 500  # a request; batches of 500 to 1,000 import fastest
TRIES = 5  # of one import whose answers are lost
SETTLE = 20  # seconds after which an import whose line broke is over: it goes on without us; 500 tasks took 8 at most


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: tasks made now, tasks that were there already, and where to label: one address a project."""

    created: int
    present: int
    urls: list[str]


def push(
    studio: Studio,
    project: Project,
    contracts: Contracts,
    batch: Batch,
    tasks: Sequence[Task],
    progress: Callable[[int], None] = lambda done: None,
) -> Pushed:
    """
    Make or update the projects of a batch and import the tasks that they lack; pushing again adds nothing.

    Raises:
        TollwireError: the interface does not fit the label set, or an article's text changed since it was pushed.
        ServiceError: the server could not be reached, or refused.
    """
    from concurrent.futures import ThreadPoolExecutor

    created = 0
    urls = []
    there: set[str] = set()
    hidden = hidden_titles(batch)
    with ThreadPoolExecutor(1) as beside:
        lines = beside.submit(lambda: {_id(task): _line(task) for task in tasks})
        for title, labellers in project_titles(batch).items():
            shown = [{**task, "predictions": []} for task in tasks] if title in hidden else tasks
            pushed, present = send(studio, project, contracts, title, labellers, shown, progress)
            created, there = created + pushed.created, there | present.keys()
            urls += pushed.urls
    note_interface(project, batch, project.interface.read_text("utf-8"))
    # What is recorded of a task that was there already stays: it has the suggestions of then, not those of now.
    known = {article: line for article, line in sent_before(project, batch.batch).items() if article in there}
    recorded = [known.get(article, line) for article, line in lines.result().items()]
    written = (json.dumps(line, ensure_ascii=False) for line in recorded)
    write_lines(sent_path(project, batch.batch), written)
    return Pushed(created, len(tasks) * len(urls) - created, urls)


def _line(task: Task) -> dict[str, Any]:
    """Write down what the labellers are given: what they made of the suggestions can be measured by it."""
    prediction: Task = next(iter(task["predictions"]), {})
    marks, _ = from_result(prediction.get("result", []))
    line = {"article_id": _id(task), "text_sha256": _text(task), "suggester": prediction.get("model_version")}
    return {**line, **to_json(marks)}


def send(
    studio: Studio,
    project: Project,
    contracts: Contracts,
    title: str,
    labellers: int,
    tasks: Sequence[Task],
    progress: Callable[[int], None] = lambda done: None,
    adapt: Callable[[str], str] = lambda interface: interface,
    **settings: Any,
) -> tuple[Pushed, dict[str, Task]]:
    """
    Make or update the project of a title and import the tasks that it lacks; give too those that were there before.

    ``adapt`` makes of the labelling interface the one of this project; ``settings`` are more of the project's, named as
    the server names them. Raises as ``push`` does.
    """
    target = _ready_project(studio, project, contracts, title, labellers, adapt)
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
    return Pushed(len(missing), len(tasks) - len(missing), [url]), present


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


def batch_tasks(studio: Studio, batch: Batch) -> Iterator[tuple[StudioProject, Task]]:
    """Give the tasks of a batch that are on the server, each with its project. Raises as ``present_tasks`` does."""
    for title in project_titles(batch):
        if target := studio.find_project(title):
            for task in present_tasks(studio, target).values():
                yield target, task


def _id(task: Task) -> str:
    return str(task["data"].get("article_id"))


def _text(task: Task) -> str:
    return str(task["data"].get("text_sha256"))


def _ready_project(
    studio: Studio, project: Project, contracts: Contracts, title: str, labellers: int, adapt: Callable[[str], str]
) -> StudioProject:
    """Find or make the project, with this project's interface and guidelines."""
    interface = project.interface.read_text("utf-8")
    if problems := interface_problems(interface, contracts.labels):
        raise TollwireError(problems)
    interface = adapt(interface)
    guidelines = guidelines_html(project.guidelines)
    found = studio.find_project(title)
    if found is None:
        if refusal := studio.interface_refusal(interface):
            what = f"Label Studio does not accept it: {refusal}"
            raise TollwireError(Problem("annotations/interface.xml", "interface-refused", what, "mend the interface"))
        return studio.create_project(title, interface, guidelines, labellers)
    if found.interface.strip() != interface.strip() and studio.count_tasks(found.id, is_labelled=True):
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

"""Fetch what was labelled since the last time: entries for the batch's log, and what else happened on the server."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tollwire.annotations.batches import interface_digest
from tollwire.annotations.client import Studio
from tollwire.annotations.log import Entry, write_lines
from tollwire.annotations.pseudonyms import pseudonym
from tollwire.annotations.regions import from_result
from tollwire.problems import Problem, ServiceError

Json = dict[str, Any]
UNSEEN = timedelta(minutes=10)  # for how long a change may be under way before it can be seen


@dataclass(frozen=True, slots=True)
class Seen:
    """What was there the last time: of which project, and of each task by its id the article and the last change."""

    url: str
    project: int
    tasks: dict[int, tuple[str, str]]


@dataclass(slots=True)
class Received:
    """
    What the server has of a batch that is new since the last time.

    ``entries`` has one for each annotation; ``problems`` is what could not be read of them; ``notices`` tell what need
    not be mended: annotations that somebody else edited, tasks that are gone. ``drafts`` counts what nobody submitted
    yet. ``seen`` is for the next time, by the title of the project.
    """

    seen: dict[str, Seen] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    drafts: int = 0
    fetched: int = 0


def fetch(
    studio: Studio,
    titles: Iterable[str],
    command: str,
    before: Mapping[str, Seen] = MappingProxyType({}),
    interface_sha256: str | None = None,
    texts: Mapping[str, str] = MappingProxyType({}),
    progress: Callable[[int, int], None] = lambda done, total: None,
    take: Callable[[Sequence[Entry]], None] = lambda entries: None,
) -> Received:
    """
    Fetch the annotations of the projects of these titles; of one in ``before``, those of tasks that changed since.

    ``progress`` is called with the number of tasks that came, and of those that are expected so far. ``take`` is given
    the entries of each task as they come: while it works on them, the server works on the next.
    ``interface_sha256`` is that of the interface that the projects should have, None when that is not known; ``texts``
    are those of the articles as the editor should show them, by ``text_sha256``.

    Raises:
        ServiceError: the server could not be reached, or has no such project; ``command`` is what makes it.
    """
    received, expected = Received(), 0
    names = {number: pseudonym(number, email) for number, email in studio.users().items()}
    for title in titles:
        target = studio.find_project(title)
        if target is None:
            what = f"the server has no project {title!r}"
            raise ServiceError(Problem(studio.url, "no-project", what, f"run `{command}` first"))
        if interface_sha256 not in (None, interface_digest(target.interface)):
            what = "its interface is not the one that it was pushed with"
            fix = "put it back in the project's settings; what was labelled meanwhile is checked as everything is"
            received.problems.append(Problem(f"{studio.url}/projects/{target.id}", "interface-changed", what, fix))
        known = before.get(title)
        if known is None or (known.url, known.project) != (studio.url, target.id):
            known = Seen(studio.url, target.id, {})
        seen = received.seen[title] = Seen(known.url, known.project, dict(known.tasks))
        changed = _changed(studio, known) if known.tasks else []
        expected += len(changed) if known.tasks else studio.count_tasks(target.id)
        for task in studio.export(target.id, changed) if known.tasks else studio.export_all(target.id):
            where = studio.task_url(target.id, task["id"])
            entries = _read(task, where, names, seen, received)
            shown = task["data"].get("text")
            if texts.get(task["data"].get("text_sha256"), shown) != shown:
                fix = "delete the task and push again; what was labelled on it is checked against the article"
                received.problems.append(Problem(where, "task-edited", "its text is not the article's", fix))
            received.entries += entries
            take(entries)
            received.fetched += 1
            progress(received.fetched, expected)
        received.notices += [
            f"the task of article {article_id} is gone from the server; what was said of it stays in the log"
            for article_id in _gone(studio, seen)
        ]
    return received


def _changed(studio: Studio, before: Seen) -> list[int]:
    """List the tasks that are new or changed. A change is seen some time after the moment that is written on it."""
    latest = max(_moment(updated_at) for _, updated_at in before.tasks.values())
    stamps = studio.tasks(before.project, updated_after=latest - UNSEEN)
    return [one.id for one in stamps if before.tasks.get(one.id, ("", ""))[1] != one.updated_at]


def _gone(studio: Studio, seen: Seen) -> list[str]:
    """Forget the tasks that are no longer there, and give their articles."""
    if studio.count_tasks(seen.project) == len(seen.tasks):
        return []
    there = {one.id for one in studio.tasks(seen.project)}
    return [seen.tasks.pop(number)[0] for number in sorted(seen.tasks.keys() - there)]


def _read(task: Json, where: str, names: dict[int, str], seen: Seen, received: Received) -> list[Entry]:
    data = task["data"]
    if not isinstance(data.get("article_id"), str) or not isinstance(data.get("text_sha256"), str):
        problem = Problem(where, "foreign-task", "it was not made by `tollwire push`", "delete the task")
        received.problems.append(problem)
        return []
    seen.tasks[task["id"]] = (data["article_id"], task["updated_at"])
    received.drafts += sum(draft.get("annotation") is None for draft in task.get("drafts") or ())
    entries = []
    for annotation in task["annotations"]:
        if annotation["completed_by"] is None:
            what = f"the account that wrote annotation {annotation['id']} is gone"
            received.problems.append(Problem(where, "no-labeller", what, "delete the annotation, or label it again"))
            continue
        who = _name(_account(annotation["completed_by"]), names)
        editor = annotation.get("updated_by")
        if editor is not None and _account(editor) != _account(annotation["completed_by"]):
            by = _name(_account(editor), names)
            received.notices.append(f"{where}: annotation {annotation['id']} by {who} was last changed by {by}")
        marks, unread = from_result(annotation["result"])
        fix = "use the project's own interface"
        received.problems += [Problem(where, "unread-entry", what, fix) for what in unread]
        entries.append(
            Entry(
                data["article_id"],
                who,
                _moment(annotation["updated_at"]),
                annotation.get("lead_time"),
                bool(annotation["was_cancelled"]),
                data["text_sha256"],
                marks,
            )
        )
    return entries


def _account(by: Any) -> int:
    return int(by["id"] if isinstance(by, dict) else by)


def _name(number: int, names: dict[int, str]) -> str:
    return names.get(number, f"labeller-{number}")


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone(UTC)


def read_seen(path: Path) -> dict[str, Seen]:
    """Read what was there the last time, by the project's title; what is not known of is fetched from the start."""
    try:
        return {title: _seen(content) for title, content in json.loads(path.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}  # it can always be made again


def _seen(content: Json) -> Seen:
    tasks = {int(number): (str(article), str(changed)) for number, (article, changed) in content["tasks"].items()}
    return Seen(str(content["url"]), int(content["project"]), tasks)


def write_seen(path: Path, seen: Mapping[str, Seen]) -> None:
    """Write what was there, after all that was received is safe in the log."""
    write_lines(path, [json.dumps({title: asdict(one) for title, one in seen.items()}, sort_keys=True)])

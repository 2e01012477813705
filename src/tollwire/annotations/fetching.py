"""Fetch what was labelled since the last time: entries for the batch's log, and what else happened on the server."""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tollwire.annotations.batches import Entry
from tollwire.annotations.client import Studio
from tollwire.annotations.pseudonyms import pseudonym
from tollwire.annotations.regions import from_result
from tollwire.problems import Problem, ServiceError

Task = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was there the last time: of which project, up to which change, and the article of each task by its id."""

    url: str
    project: int
    updated_at: str
    articles: dict[int, str]


@dataclass(slots=True)
class Received:
    """
    What the server has of a batch that is new since the last time.

    ``entries`` has one for each annotation; ``problems`` is what could not be read of them; ``notices`` tell what need
    not be mended: annotations that somebody else edited, tasks that are gone. ``drafts`` counts what nobody submitted
    yet. ``seen`` is for the next time.
    """

    seen: Seen
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    drafts: int = 0
    fetched: int = 0


def fetch(studio: Studio, title: str, command: str, before: Seen | None = None) -> Received:
    """
    Fetch the annotations of the project of a title; with ``before``, those of tasks that changed since.

    Raises:
        ServiceError: the server could not be reached, or has no such project; ``command`` is what makes it.
    """
    target = studio.find_project(title)
    if target is None:
        what = f"the server has no project {title!r}"
        raise ServiceError(Problem(studio.url, "no-project", what, f"run `{command}` first"))
    if before and (before.url, before.project) != (studio.url, target.id):
        before = None
    stamps = list(studio.tasks(target.id))
    known = before.articles if before else {}
    changed = [one.id for one in stamps if before is None or one.id not in known or one.updated_at > before.updated_at]
    articles = {one.id: known[one.id] for one in stamps if one.id in known}
    latest = max((one.updated_at for one in stamps), default=before.updated_at if before else "")
    received = Received(Seen(studio.url, target.id, latest, articles), fetched=len(changed))
    names = {number: pseudonym(number, email) for number, email in studio.users().items()}
    for task in studio.export(target.id, changed):
        _read(task, studio.task_url(target.id, task["id"]), names, received)
    received.notices += [
        f"the task of article {article_id} is gone from the server; what was said of it stays in the log"
        for number, article_id in known.items()
        if number not in articles
    ]
    return received


def _read(task: Task, where: str, names: dict[int, str], received: Received) -> None:
    data = task["data"]
    if not isinstance(data.get("article_id"), str) or not isinstance(data.get("text_sha256"), str):
        problem = Problem(where, "foreign-task", "it was not made by `tollwire push`", "delete the task")
        received.problems.append(problem)
        return
    received.seen.articles[task["id"]] = data["article_id"]
    received.drafts += sum(draft.get("annotation") is None for draft in task.get("drafts") or ())
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
        received.entries.append(
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


def _account(by: Any) -> int:
    return int(by["id"] if isinstance(by, dict) else by)


def _name(number: int, names: dict[int, str]) -> str:
    return names.get(number, f"labeller-{number}")


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone(UTC)


def read_seen(path: Path) -> Seen | None:
    """Read what was there the last time; None when that is not known, and everything is fetched."""
    try:
        content = json.loads(path.read_text("utf-8"))
        articles = {int(number): str(article_id) for number, article_id in content["articles"].items()}
        return Seen(str(content["url"]), int(content["project"]), str(content["updated_at"]), articles)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # it can always be made again


def write_seen(path: Path, seen: Seen) -> None:
    """Write what was there, after all that was received is safe in the log."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_text(json.dumps(asdict(seen), sort_keys=True), "utf-8")
    os.replace(aside, path)

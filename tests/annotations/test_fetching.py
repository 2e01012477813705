"""
What is fetched, and what else is noticed.

The server here is a stand-in: the open-source server deletes no account when asked to, but a team's may have lost some.
What a real one does is in tests/live.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pytest

from tollwire.annotations.batches import interface_digest
from tollwire.annotations.client import Studio, StudioProject, TaskStamp
from tollwire.annotations.fetching import Received, Seen, fetch, read_seen, write_seen
from tollwire.problems import ServiceError

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
Json = dict[str, Any]


class Server:
    """A server with the tasks that it is given, by id; each has changed at the time of its last annotation."""

    url = "http://studio.test"

    def __init__(self, **tasks: Sequence[Json]) -> None:
        self.annotations = {int(name.removeprefix("task")): list(found) for name, found in tasks.items()}
        self.asked: list[int] = []
        self.drafts: dict[int, list[Json]] = {}

    def find_project(self, title: str) -> StudioProject | None:
        return StudioProject(1, title, "<View/>", "", 2) if title == "Batch" else None

    def users(self) -> dict[int, str]:
        return {3: "ann@labellers.example", 4: "Bob.Smith@example.org"}

    def changed_at(self, number: int) -> str:
        return max((one["updated_at"] for one in self.annotations[number]), default="2024-05-01T12:00:00Z")

    def tasks(self, project_id: int, updated_after: datetime = LONG_AGO) -> list[TaskStamp]:
        stamps = [TaskStamp(number, self.changed_at(number)) for number in self.annotations]
        return [one for one in stamps if datetime.fromisoformat(one.updated_at) > updated_after]

    def count_tasks(self, project_id: int) -> int:
        return len(self.annotations)

    def export_all(self, project_id: int) -> list[Json]:
        return self.export(project_id, list(self.annotations))

    def export(self, project_id: int, ids: Sequence[int]) -> list[Json]:
        self.asked = list(ids)
        return [
            {
                "id": number,
                "updated_at": self.changed_at(number),
                "data": {"article_id": f"{number:016x}", "text_sha256": "f" * 64, "text": "Rain fell."},
                "annotations": self.annotations[number],
                "drafts": self.drafts.get(number, []),
            }
            for number in ids
        ]

    def task_url(self, project_id: int, task_id: int) -> str:
        return f"{self.url}/projects/{project_id}/data?task={task_id}"

    def fetch(
        self, before: Mapping[str, Seen] = MappingProxyType({}), interface: str | None = None, **more: Any
    ) -> Received:
        return fetch(cast("Studio", self), ["Batch"], "tollwire push 001", before, interface, **more)


def said(writer: Any = 3, at: str = "2024-05-01T12:00:00Z", **more: Any) -> Json:
    annotation = {"id": 70, "result": [], "updated_at": at, "was_cancelled": False, "lead_time": None}
    return {**annotation, "completed_by": writer, **more}


def test_who_wrote_an_annotation_is_told_by_pseudonym_and_one_of_nobody_is_listed() -> None:
    writers: list[Any] = [3, {"id": 4, "email": "Bob.Smith@example.org"}, 9, None]

    received = Server(task5=[said(writer, "2024-05-01T14:00:00+02:00") for writer in writers]).fetch()

    assert [one.annotator for one in received.entries] == ["ann", "labeller-4", "labeller-9"]
    assert {one.submitted_at for one in received.entries} == {NOON}
    assert [(one.where, one.rule) for one in received.problems] == [
        ("http://studio.test/projects/1/data?task=5", "no-labeller")
    ]


def test_only_tasks_that_changed_since_are_fetched() -> None:
    server = Server(task1=[said()], task2=[said()], task3=[])
    first = server.fetch()
    assert server.asked == [1, 2, 3]

    server.annotations[2].append(said(4, "2024-05-01T13:00:00Z"))
    server.annotations[4] = []
    second = server.fetch(first.seen)

    assert server.asked == [2, 4]
    assert [one.annotator for one in second.entries] == ["ann", "labeller-4"]
    assert (second.fetched, sorted(second.seen["Batch"].tasks)) == (2, [1, 2, 3, 4])
    assert server.fetch(second.seen).fetched == 0


@pytest.mark.parametrize("other", [{"url": "http://another.test"}, {"project": 2}])
def test_what_was_seen_of_another_server_or_project_counts_for_nothing(other: Json) -> None:
    server = Server(task1=[said()])
    seen = Seen(**{"url": server.url, "project": 1, "tasks": {1: ("a", "2030"), 9: ("b", "2030")}, **other})

    received = server.fetch({"Batch": seen})

    assert (received.fetched, received.notices) == (1, [])


def test_a_change_that_was_seen_late_is_fetched_although_a_later_one_was_seen_before() -> None:
    """The server writes the time on a change before it can be seen."""
    server = Server(task1=[said(at="2024-05-01T12:00:00Z")], task2=[said(at="2024-05-01T12:05:00Z")])
    seen = server.fetch().seen
    server.annotations[1].append(said(4, "2024-05-01T12:04:59Z"))

    assert [one.annotator for one in server.fetch(seen).entries] == ["ann", "labeller-4"]
    assert server.asked == [1]


def test_a_task_that_is_gone_is_told_of_once() -> None:
    server = Server(task1=[said()], task2=[said()])
    seen = server.fetch().seen
    del server.annotations[2]

    received = server.fetch(seen)

    assert received.notices == [
        f"the task of article {2:016x} is gone from the server; what was said of it stays in the log"
    ]
    assert server.fetch(received.seen).notices == []


@pytest.mark.parametrize(("editor", "told"), [(None, 0), (3, 0), ({"id": 3}, 0), (4, 1)])
def test_an_annotation_that_somebody_else_changed_is_told_of(editor: Any, told: int) -> None:
    received = Server(task1=[said(updated_by=editor)]).fetch()

    assert [one.endswith("annotation 70 by ann was last changed by labeller-4") for one in received.notices] == [
        True
    ] * told
    assert [one.annotator for one in received.entries] == ["ann"]


def test_drafts_are_counted_but_for_those_of_what_was_submitted() -> None:
    server = Server(task1=[said()])
    server.drafts[1] = [{"annotation": None}, {"annotation": 70}]

    assert server.fetch().drafts == 1


@pytest.mark.parametrize(
    ("interface", "told"), [(None, []), ("<View/>", []), (" <View/>\n", []), ("<View></View>", ["interface-changed"])]
)
def test_an_interface_that_is_not_the_one_that_was_pushed_is_told_and_everything_is_fetched(
    interface: str | None, told: list[str]
) -> None:
    received = Server(task1=[said()]).fetch(interface=interface and interface_digest(interface))

    assert [one.rule for one in received.problems] == told
    assert len(received.entries) == 1


@pytest.mark.parametrize(
    ("text", "told"), [({}, []), ({"f" * 64: "Rain fell."}, []), ({"f" * 64: "Rain fell!"}, ["task-edited"])]
)
def test_a_task_whose_text_was_edited_is_told_and_what_was_said_of_it_is_kept(
    text: dict[str, str], told: list[str]
) -> None:
    received = Server(task1=[said()]).fetch(texts=text)

    assert [(one.rule, one.where.rpartition("/")[2]) for one in received.problems] == [
        (rule, "data?task=1") for rule in told
    ]
    assert len(received.entries) == 1


def test_a_project_that_is_not_there_is_one_line() -> None:
    with pytest.raises(ServiceError, match=r"\[no-project\].*run `tollwire push 001` first"):
        fetch(cast("Studio", Server()), ["Another"], "tollwire push 001")


def test_what_was_seen_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "batch" / "seen.json"
    tasks = {1: ("a", "2024-05-01T12:00:00Z"), 12: ("b", "2024-05-01T13:00:00Z")}
    seen = {"Tollwire 001 ann": Seen("http://studio.test", 3, tasks), "Tollwire 001 bob": Seen("", 4, {})}

    write_seen(path, seen)

    assert read_seen(path) == seen
    assert [one.name for one in path.parent.iterdir()] == ["seen.json"]


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"url": "", "project": "x"}'])
def test_what_cannot_be_read_of_it_means_that_nothing_was_seen(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "seen.json"
    if content is not None:
        path.write_text(content)

    assert read_seen(path) == {}

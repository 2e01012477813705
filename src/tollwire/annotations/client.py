"""
Ask a Label Studio server for what pushing and pulling need: projects, tasks, annotations; and nothing else.

Plain HTTP and not label_studio_sdk: the SDK takes seconds to import, repeats a POST whose answer was lost (which
doubles an import), and its export by ids returns the whole project.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tollwire.annotations.queries import StudioProject, TaskStamp, one_ahead, studio_project, task_filters
from tollwire.annotations.wire import ATTEMPTS, Json, NoAnswerError, Wire, reason
from tollwire.problems import Problem, ServiceError, shown

if TYPE_CHECKING:
    import httpx

__all__ = ["NoAnswerError", "Studio", "StudioProject", "TaskStamp"]

# 900 ids make a URL that the server refuses; 500 a request was as fast as any.
TASKS_PER_EXPORT = 500
TASKS_PER_PAGE = 500
SPARSE = 2  # times as many numbers as tasks: from here on the ids are listed, and below it their range is taken


class Studio:
    """
    One server, spoken to as one account; use it in a ``with`` block.

    Reading is tried again when the line fails. Writing is sent once: see ``NoAnswerError``.
    """

    def __init__(self, url: str, token: str, attempts: int = ATTEMPTS) -> None:
        self._wire = Wire(url, token, attempts)
        self.url = self._wire.url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._wire.close()

    def version(self) -> str:
        """Give the server's version, such as ``1.23.2``."""
        answer = self._wire.get("/api/version")
        found = answer.get("release") if isinstance(answer, dict) and "label-studio-os-package" in answer else None
        if not isinstance(found, str):
            raise self._wire.strange("it does not name a Label Studio version at /api/version")
        return found

    def email(self) -> str:
        """Give the e-mail address of the account that the token belongs to."""
        return str(self._wire.get("/api/current-user/whoami")["email"])

    def users(self) -> dict[int, str]:
        """Give the e-mail address of every account, by the id that annotations carry in ``completed_by``."""
        return {user["id"]: user["email"] for user in self._wire.get("/api/users")}

    def invitation(self) -> str:
        """Give the path, with its secret, at which people sign up for this server."""
        return str(self._wire.get("/api/invite")["invite_url"])

    def find_project(self, title: str) -> StudioProject | None:
        """
        Find the project of exactly this title.

        Returns:
            None when there is none.

        Raises:
            ServiceError: there are several, made by different accounts; rename one.
        """
        # The server looks for titles that contain the words given, whatever their case.
        listing = self._wire.get("/api/projects", {"title": title, "page_size": 1000})
        same = [project for project in listing["results"] if project["title"] == title]
        if len(same) > 1:
            numbers = ", ".join(str(project["id"]) for project in same)
            raise ServiceError(
                Problem(self.url, "two-projects", f"{shown(title)} is the title of projects {numbers}",
                        "rename or delete all but one in Label Studio")
            )  # fmt: skip
        return self.project(same[0]["id"]) if same else None

    def project(self, project_id: int) -> StudioProject:
        """Read one project."""
        return studio_project(self._wire.get(f"/api/projects/{project_id}"))

    def create_project(
        self, title: str, interface: str, instruction: str, labellers_per_task: int = 1, description: str = ""
    ) -> StudioProject:
        """
        Make a project: suggestions shown, guidelines one click away, and no article finished without a verdict.

        The instruction is HTML; the server strips everything but plain formatting from it.
        """
        settings = {
            "title": title,
            "description": description,
            "label_config": interface,
            "expert_instruction": instruction,
            "show_instruction": True,
            "maximum_annotations": labellers_per_task,
            "show_collab_predictions": True,
            "enable_empty_annotation": False,
            "show_skip_button": True,
            "sampling": "Sequential sampling",
        }
        return studio_project(self._wire.post("/api/projects", settings))

    def update_project(self, project_id: int, **settings: Json) -> StudioProject:
        """
        Change settings of a project, named as the server names them (``label_config``, ``expert_instruction``, ...).

        The server accepts some interfaces that no longer fit the labels in use: compare them before you call this.
        """
        return studio_project(self._wire.patch(f"/api/projects/{project_id}", settings))

    def interface_refusal(self, interface: str) -> str | None:
        """Ask the server whether it can show a labelling interface; None when it can, else its reason."""
        answer = self._wire.answer("POST", "/api/projects/validate", json={"label_config": interface})
        return None if answer.is_success else reason(answer)

    def count_tasks(self, project_id: int, batch_key: str | None = None, is_labelled: bool = False) -> int:
        """Count a project's tasks; those whose data have this ``batch_key``; those with a submitted annotation."""
        filters = task_filters(batch_key=batch_key, more_annotations_than=0 if is_labelled else None)
        return int(self._tasks(project_id, filters, 1)["total"])

    def import_tasks(self, project_id: int, tasks: Sequence[Json]) -> int:
        """
        Import tasks, with their predictions, in one transaction: all of them or none. 500 to 1,000 at a time go best.

        Returns:
            How many tasks the server took.

        Raises:
            NoAnswerError: it is not known whether they arrived; ask ``count_tasks`` before sending them again.
        """
        answer = self._wire.post(f"/api/projects/{project_id}/import", list(tasks))
        return int(answer["task_count"])

    def tasks_after(
        self,
        project_id: int,
        last_id: int = 0,
        limit: int = TASKS_PER_PAGE,
        batch_key: str | None = None,
        updated_after: datetime | None = None,
    ) -> list[TaskStamp]:
        """
        List the next tasks after an id, in the order of ids; empty at the end.

        With ``updated_after`` only those that changed after that time; annotating a task changes it.
        """
        # By id and never by page number: a task deleted meanwhile would move another one off the page, unseen.
        filters = task_filters(after=last_id, batch_key=batch_key, updated_after=updated_after)
        found = self._tasks(project_id, filters, limit)["tasks"]
        return [TaskStamp(task["id"], task["updated_at"]) for task in found]

    def tasks(
        self, project_id: int, batch_key: str | None = None, updated_after: datetime | None = None
    ) -> Iterator[TaskStamp]:
        """List all tasks of a project, or those of a batch or changed after a time, in the order of ids."""
        last = 0
        while page := self.tasks_after(project_id, last, batch_key=batch_key, updated_after=updated_after):
            yield from page
            last = page[-1].id

    def export(self, project_id: int, task_ids: Sequence[int]) -> Iterator[Json]:
        """
        Export tasks in full, in the order of ids: data, annotations (cancelled ones too), drafts, predictions.

        The next tasks are asked for while the caller looks at these. Ids that the project does not have are passed
        over: those of tasks that were deleted meanwhile, too.
        """
        ids = sorted(task_ids)
        chunks = (ids[first : first + TASKS_PER_EXPORT] for first in range(0, len(ids), TASKS_PER_EXPORT))
        # Decoded here and not beside: the server is not kept waiting for it.
        for exported in one_ahead(lambda chunk: self._export_chunk(project_id, chunk), chunks):
            yield from sorted(self._wire.decoded(exported), key=lambda task: int(task["id"]))

    def _export_chunk(self, project_id: int, ids: list[int]) -> "httpx.Response":
        query = {"exportType": "JSON", "download_all_tasks": "true", "ids[]": ids}
        return self._wire.get_undecoded(f"/api/projects/{project_id}/export", query)

    def export_all(self, project_id: int) -> Iterator[Json]:
        """Export every task of a project, as ``export`` does."""
        # To list ids costs the server a quarter of what it costs to export them: it reads all that hangs on them. Those
        # of a project are mostly one run of numbers, and those of others are passed over.
        ends = [self._tasks(project_id, [], 1, order) for order in ("tasks:id", "-tasks:id")]
        if not ends[0]["tasks"]:
            return
        first, last = (one["tasks"][0]["id"] for one in ends)
        is_sparse = last - first >= SPARSE * ends[0]["total"]
        ids = [stamp.id for stamp in self.tasks(project_id)] if is_sparse else range(first, last + 1)
        yield from self.export(project_id, ids)

    def create_annotation(
        self,
        task_id: int,
        result: Sequence[Json],
        lead_time: float | None = None,
        ground_truth: bool = False,
        was_cancelled: bool = False,
    ) -> int:
        """
        Write one annotation as the account of this client; give its id.

        Raises:
            NoAnswerError: it is not known whether it was written; export the task before sending it again.
        """
        # The server takes an annotation for ground truth unless told otherwise.
        annotation = {"result": list(result), "ground_truth": ground_truth, "was_cancelled": was_cancelled}
        if lead_time is not None:
            annotation["lead_time"] = lead_time
        return int(self._wire.post(f"/api/tasks/{task_id}/annotations/", annotation)["id"])

    def task_url(self, project_id: int, task_id: int) -> str:
        """Give the address that opens one task in the browser."""
        return f"{self.url}/projects/{project_id}/data?task={task_id}"

    def _tasks(self, project_id: int, filters: Sequence[Json], limit: int, order: str = "tasks:id") -> Json:
        query = {"filters": {"conjunction": "and", "items": filters}, "ordering": [order]}
        page = {"project": project_id, "page": 1, "page_size": limit, "fields": "task_only", "include": "id,updated_at"}
        return self._wire.get("/api/tasks", {**page, "query": json.dumps(query)})

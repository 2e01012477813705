"""What is asked of Label Studio in lists, and what its answers say: projects, stamps of tasks, filters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from tollwire.annotations.wire import Json

T = TypeVar("T")
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"  # the one way in which the server reads a time


@dataclass(frozen=True, slots=True)
class StudioProject:
    """
    One labelling project on the server, with what we compare before we write to it.

    The server keeps the interface without white space around it: compare it with ``interface.strip()``.
    """

    id: int
    title: str
    interface: str
    instruction: str
    labellers_per_task: int


@dataclass(frozen=True, slots=True)
class TaskStamp:
    """A task on the server, and when anything about it last changed (as the server writes it)."""

    id: int
    updated_at: str


def one_ahead(work: Callable[[list[int]], T], items: Iterable[list[int]]) -> Iterator[T]:
    """Do one piece of work after the other, each while the caller looks at the one before."""
    from concurrent.futures import Future, ThreadPoolExecutor

    with ThreadPoolExecutor(1) as beside:
        running: Future[T] | None = None
        for item in items:
            done, running = running, beside.submit(work, item)
            if done:
                yield done.result()
        if running:
            yield running.result()


def task_filters(
    after: int | None = None,
    batch_key: str | None = None,
    updated_after: datetime | None = None,
    more_annotations_than: int | None = None,
) -> list[Json]:
    """Write filters of tasks as the server reads them; what is None filters nothing."""
    wanted = [
        ("id", "greater", "Number", after),
        ("data.batch_key", "equal", "String", batch_key),
        ("updated_at", "greater", "Datetime", updated_after and updated_after.astimezone(UTC).strftime(MOMENT)),
        ("total_annotations", "greater", "Number", more_annotations_than),
    ]
    return [
        {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
        for column, operator, kind, value in wanted
        if value is not None
    ]


def studio_project(found: Json) -> StudioProject:
    """Read what the server says of a project."""
    return StudioProject(
        id=found["id"],
        title=found["title"],
        interface=found["label_config"] or "",
        instruction=found["expert_instruction"] or "",
        labellers_per_task=found["maximum_annotations"],
    )

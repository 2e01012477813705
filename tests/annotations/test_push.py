"""
What is sent, and that it arrives once.

The server here is a stand-in: a real one loses no answers and no halves of an import when it is asked to. What a real
one does is in tests/live.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest

from tollwire.annotations.batches import Batch, sent_before, sent_path
from tollwire.annotations.client import NoAnswerError, Studio, StudioProject
from tollwire.annotations.push import TASKS_PER_IMPORT, TRIES, Pushed, push
from tollwire.annotations.regions import Marks, Spans, from_result, marks_of, to_json
from tollwire.annotations.tasks import SUGGESTER, Task, make_tasks
from tollwire.contracts.contract import Contracts
from tollwire.figures.suggest import suggest
from tollwire.problems import Problem, ServiceError, TollwireError
from tollwire.project import Project

CHECKOUT = Path(__file__).parents[2]
BATCH = Batch(batch="001", title="First")
NINE = "Blast kills nine\n\n\U0001f600 Gunmen killed at least nine people, the ministry said."
MakeArticles = Callable[..., pl.DataFrame]


def test_each_article_becomes_one_task_with_its_suggestions(make_articles: MakeArticles) -> None:
    articles = make_articles(NINE, "Rain fell.")

    first, second = make_tasks(articles, BATCH)

    assert first["data"] == {
        "article_id": "0" * 16,
        "batch": "001",
        "meta": "harbour_post \u00b7 2024-05-01 \u00b7 en",
        "text": NINE.replace("\U0001f600", "\u25a1"),
        "text_sha256": articles["text_sha256"][0],
    }
    found = suggest(NINE)
    marks, unread = from_result(first["predictions"][0]["result"])
    assert (marks, unread) == (marks_of(Spans(found.actors, found.casualties, found.relations)), [])
    assert "at least nine people" in [region.text for region in marks.regions]
    assert second["predictions"] == []


def test_a_batch_may_be_labelled_without_suggestions(make_articles: MakeArticles) -> None:
    (task,) = make_tasks(make_articles(NINE), BATCH.model_copy(update={"show_suggestions": False}))

    assert task["predictions"] == []


def test_a_text_that_was_sent_before_goes_with_the_suggestions_of_then(
    project: Project, contracts: Contracts, make_articles: MakeArticles
) -> None:
    articles = make_articles(NINE)
    send(FakeStudio(), project, contracts, articles)
    (line,) = sent_before(project, "001").values()
    older = {line["article_id"]: {**line, "suggester": "older", "regions": line["regions"][:1], "relations": []}}

    (task,) = make_tasks(articles, BATCH, older)
    (other,) = make_tasks(articles.with_columns(text_sha256=pl.lit("0" * 64)), BATCH, older)

    (prediction,) = task["predictions"]
    assert prediction["model_version"] == "older"
    assert len(from_result(prediction["result"])[0].regions) == 1
    assert other["predictions"][0]["model_version"] == SUGGESTER


def test_an_article_without_a_date_is_sent(make_articles: MakeArticles) -> None:
    (task,) = make_tasks(make_articles(NINE).with_columns(published_date=pl.lit(None, pl.Date)), BATCH)

    assert task["data"]["meta"] == "harbour_post \u00b7 no date \u00b7 en"


@pytest.mark.parametrize("bad", ["nul \x00", "two  spaces", "Cafe\u0301", "a\r\nb", "zero\u200bwidth", "\ud800"])
def test_a_text_that_the_editor_cannot_show_is_refused_and_every_such_text_is_told(
    make_articles: MakeArticles, bad: str
) -> None:
    articles = make_articles(NINE, "placeholder", "two  spaces").to_dicts()
    articles[1]["text"] = bad
    rows = cast("pl.DataFrame", Rows(articles))

    with pytest.raises(TollwireError) as error:
        list(make_tasks(rows, BATCH))

    assert [(one.where, one.rule) for one in error.value.problems] == [
        ("article 0000000000000001", "text-is-clean"),
        ("article 0000000000000002", "text-is-clean"),
    ]


class Rows(list[dict[str, Any]]):
    """Rows of a table that Polars would not hold: it refuses a lone surrogate itself."""

    def iter_rows(self, named: bool) -> Iterator[dict[str, Any]]:
        return iter(self)


class FakeStudio:
    """A server in memory whose next imports go as told: ok, lost before, while or after they arrive, half, nothing."""

    url = "http://studio.test"

    def __init__(self, *plan: str) -> None:
        self.plan = list(plan)
        self.stored: list[Task] = []
        self.sent: list[int] = []
        self.late: list[list[Task]] = []  # what still goes on when the line is broken
        self.asked = 0
        self.found: StudioProject | None = None

    def find_project(self, title: str) -> StudioProject | None:
        return self.found

    def interface_refusal(self, interface: str) -> None:
        return None

    def create_project(self, title: str, interface: str, instruction: str, labellers: int) -> StudioProject:
        self.found = StudioProject(1, title, interface, instruction, labellers)
        return self.found

    def update_project(self, project_id: int, **settings: object) -> StudioProject:
        assert self.found is not None
        return self.found

    def export_all(self, project_id: int) -> list[Task]:
        # Label Studio exports the ids of predictions, not what they say.
        return [{**task, "id": place, "annotations": [], "predictions": [7]} for place, task in enumerate(self.stored)]

    def count_tasks(self, project_id: int, batch_key: str | None = None) -> int:
        while self.late and self.asked >= 1:
            self.stored += self.late.pop()
        self.asked += 1
        return sum(batch_key in (None, task["data"]["batch_key"]) for task in self.stored)

    def import_tasks(self, project_id: int, tasks: Sequence[Task]) -> int:
        self.sent.append(len(tasks))
        step = self.plan.pop(0) if self.plan else "ok"
        arriving = {"ok": len(tasks), "lost after": len(tasks), "half": len(tasks) // 2, "half lost": len(tasks) // 2}
        self.stored += tasks[: arriving.get(step, 0)]
        if step == "lost while":
            self.late.append(list(tasks))
        if "lost" in step:
            raise NoAnswerError(Problem(self.url, "unreachable", "no answer"))
        return len(tasks)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tollwire.annotations.push.SETTLE", 0.1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.batches.mkdir(parents=True)
    shutil.copy(CHECKOUT / "annotations" / "interface.xml", project.interface)
    project.guidelines.write_text("# Guidelines\n")
    return project


def send(fake: FakeStudio, project: Project, contracts: Contracts, articles: pl.DataFrame) -> Pushed:
    return push(cast("Studio", fake), project, contracts, BATCH, list(make_tasks(articles, BATCH)))


def arrived(fake: FakeStudio) -> list[str]:
    return [task["data"]["article_id"] for task in fake.stored]


@pytest.mark.parametrize(
    ("plan", "sent"),
    [
        (("ok",), 1),
        (("lost after",), 1),
        (("lost while",), 1),
        (("lost before", "ok"), 2),
        (("lost before", "lost before", "lost after"), 3),
        (("lost before",) * (TRIES - 1) + ("lost after",), TRIES),
    ],
)
def test_whatever_answers_are_lost_each_task_arrives_once(
    project: Project, contracts: Contracts, make_articles: MakeArticles, plan: tuple[str, ...], sent: int
) -> None:
    fake, articles = FakeStudio(*plan), make_articles(NINE, "Rain fell.")

    first = send(fake, project, contracts, articles)
    again = send(fake, project, contracts, articles)

    assert [(one.created, one.present) for one in (first, again)] == [(2, 0), (0, 2)]
    assert arrived(fake) == articles["article_id"].to_list()
    assert fake.sent == [2] * sent


def test_a_server_that_never_answers_ends_the_push_and_a_later_one_completes_it(
    project: Project, contracts: Contracts, make_articles: MakeArticles
) -> None:
    fake, articles = FakeStudio(*["lost before"] * TRIES), make_articles(NINE, "Rain fell.")

    with pytest.raises(NoAnswerError):
        send(fake, project, contracts, articles)

    assert not sent_path(project, "001").exists()
    assert send(fake, project, contracts, articles).created == 2


@pytest.mark.parametrize("step", ["half", "half lost", "nothing"])
def test_an_import_that_arrived_in_part_is_refused_and_not_sent_again(
    project: Project, contracts: Contracts, make_articles: MakeArticles, step: str
) -> None:
    fake = FakeStudio(step)

    with pytest.raises(ServiceError, match=r"\[partial-import\].* of 2 tasks"):
        send(fake, project, contracts, make_articles(NINE, "Rain fell."))

    assert fake.sent == [2]


def test_an_article_that_has_two_tasks_is_told_and_nothing_is_sent(
    project: Project, contracts: Contracts, make_articles: MakeArticles
) -> None:
    fake = FakeStudio()
    send(fake, project, contracts, make_articles(NINE))
    fake.stored *= 2

    with pytest.raises(TollwireError, match=r"\[two-tasks\].* has the tasks 0 and 1"):
        send(fake, project, contracts, make_articles(NINE, "Rain fell."))

    assert fake.sent == [1]


def test_many_tasks_go_in_parts_and_only_the_missing_ones_later(
    project: Project, contracts: Contracts, make_articles: MakeArticles
) -> None:
    texts = [f"Rain fell {number}." for number in range(TASKS_PER_IMPORT + 1)]
    fake, told = FakeStudio(), list[int]()

    tasks = list(make_tasks(make_articles(*texts), BATCH))
    push(cast("Studio", fake), project, contracts, BATCH, tasks[:-1], told.append)
    del fake.stored[3]
    pushed = push(cast("Studio", fake), project, contracts, BATCH, tasks, told.append)

    assert (pushed.created, pushed.present) == (2, TASKS_PER_IMPORT - 1)
    assert fake.sent == [TASKS_PER_IMPORT, 2]
    assert told == [TASKS_PER_IMPORT, 2]
    assert sorted(arrived(fake)) == [task["data"]["article_id"] for task in tasks]


def test_the_record_of_what_was_sent_keeps_the_suggestions_of_then(
    project: Project, contracts: Contracts, make_articles: MakeArticles
) -> None:
    fake = FakeStudio()
    send(fake, project, contracts, make_articles(NINE))
    before = sent_path(project, "001").read_text("utf-8")

    tasks = list(make_tasks(make_articles(NINE, "Rain fell."), BATCH))
    newer = [{**task, "predictions": [{"model_version": "newer", "result": []}]} for task in tasks]
    push(cast("Studio", fake), project, contracts, BATCH, newer)

    after = sent_path(project, "001").read_text("utf-8")
    lines = [json.loads(line) for line in after.splitlines()]
    assert after.startswith(before)
    assert [line["suggester"] for line in lines] == [SUGGESTER, "newer"]
    assert {name: lines[1][name] for name in to_json(Marks())} == to_json(Marks())


def test_an_article_whose_text_changed_since_is_refused_and_nothing_is_sent(
    project: Project, contracts: Contracts, make_articles: MakeArticles
) -> None:
    fake = FakeStudio()
    send(fake, project, contracts, make_articles(NINE))

    with pytest.raises(TollwireError, match=r"article 0{16}: \[text-changed\]"):
        send(fake, project, contracts, make_articles(NINE + " Rain fell.", "Another."))

    assert fake.sent == [1]

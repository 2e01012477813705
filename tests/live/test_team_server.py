"""A team's own server, on PostgreSQL: both kinds of token, push, pull, invitation, backup and restore."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from parts import missing
from rounds import done, tollwire
from team_server import LEAD, Postgres, TeamServer, postgres, team_server

from tollwire.annotations.accounts import sign_up
from tollwire.annotations.batches import Batch, log_path, project_titles, write_batch
from tollwire.annotations.client import Studio
from tollwire.annotations.connection import TOKEN_VARIABLE, URL_VARIABLE
from tollwire.annotations.install import VENV_VARIABLE
from tollwire.annotations.log import read_log
from tollwire.annotations.regions import Marks, Region, to_result
from tollwire.project import Project

pytestmark = pytest.mark.live

TOKEN_SECONDS = 3
NO_FIGURES = ("no_casualty_figures",)
WORK = """select project.title, task.data->>'text', task_completion.result
from task join project on project.id = task.project_id left join task_completion on task_completion.task_id = task.id
order by task.id"""


@pytest.fixture(scope="module")
def database() -> Iterator[Postgres]:
    with postgres() as made:
        yield made


@pytest.fixture(scope="module")
def team(database: Postgres, surroundings: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamServer]:
    venv = Path(os.environ[VENV_VARIABLE])
    if not (venv / "bin" / "label-studio").exists():
        missing("no Label Studio", "tollwire studio up")
    with team_server(database, venv, tmp_path_factory.mktemp("team"), TOKEN_SECONDS) as server:
        yield server


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of two articles and a batch of both, with no server of its own."""
    checkout = Path(__file__).parents[2]
    made = Project(tmp_path_factory.mktemp("project"))
    shutil.copytree(checkout / "schemas", made.schemas)
    shutil.copytree(checkout / "corpus" / "sources", made.sources)
    made.batches.mkdir(parents=True)
    for part in ("interface.xml", "GUIDELINES.md"):
        shutil.copy(checkout / "annotations" / part, made.root / "annotations" / part)
    shutil.copytree(checkout / "corpus" / "raw" / "meridian_wire", made.raw / "meridian_wire")
    done(made, "normalise", str(made.raw))
    articles = pl.read_parquet(made.build / "corpus" / "articles.parquet")["article_id"].to_list()
    write_batch(made, Batch(batch="201", title="Team", articles=articles[:2]))
    return made


@pytest.fixture(params=["legacy", "personal"])
def access(request: pytest.FixtureRequest, team: TeamServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Either kind of token, in the environment as docs/team.md says."""
    token: str = getattr(team, request.param)
    monkeypatch.setenv(URL_VARIABLE, team.url)
    monkeypatch.setenv(TOKEN_VARIABLE, token)
    return token


def test_a_batch_goes_to_a_server_on_postgresql_and_comes_back_by_either_token(
    project: Project, team: TeamServer, access: str
) -> None:
    assert LEAD in done(project, "studio", "status")
    pushed = tollwire(project, "push", "201")
    assert (pushed.returncode, pushed.stderr) == (0, "")
    with Studio(team.url, access) as studio:
        target = studio.find_project(next(iter(project_titles(Batch(batch="201", title="Team")))))
        assert target is not None
        for task in studio.export_all(target.id):
            if not task["annotations"]:
                region = Region("first", 0, 12, task["data"]["text"][:12], ("other",), {"kind": "unknown"})
                studio.create_annotation(task["id"], to_result(Marks((region,), choices=NO_FIGURES)), lead_time=10)

    pulled = tollwire(project, "pull", "201")

    assert (pulled.returncode, pulled.stderr) == (0, "")
    said = read_log(log_path(project, "201"))
    places = [(one.start, one.end, one.labels) for entry in said for one in entry.marks.regions]
    assert places == 2 * [(0, 12, ("other",))]
    assert not [text for text in (pushed.stdout, pulled.stdout) if access in text]


def test_a_personal_token_goes_on_when_its_short_lived_token_is_over(team: TeamServer) -> None:
    with Studio(team.url, team.personal) as studio:
        for _ in range(3):
            assert studio.email() == LEAD
            time.sleep(TOKEN_SECONDS + 1)
        assert studio.email() == LEAD


def test_who_has_the_invitation_can_join_and_nobody_else(
    project: Project, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL_VARIABLE, team.url)
    monkeypatch.setenv(TOKEN_VARIABLE, team.legacy)
    link = next(word for word in done(project, "studio", "invite").split() if word.startswith("http"))

    token = sign_up(team.url, link, "ann@labellers.example", "a long password")

    with Studio(team.url, token) as ann:
        assert ann.email() == "ann@labellers.example"
    assert "ann" in done(project, "studio", "users", "list")


def test_a_dump_restores_every_task_and_annotation(
    project: Project, database: Postgres, team: TeamServer, tmp_path: Path
) -> None:
    with Studio(team.url, team.legacy) as studio:
        made = studio.create_project("To be restored", project.interface.read_text("utf-8"), "", 1)
        studio.import_tasks(made.id, [{"data": {"text": text}} for text in ("Nobody fell.", "No toll.")])
        first = next(iter(studio.tasks(made.id)))
        studio.create_annotation(first.id, to_result(Marks(choices=NO_FIGURES)), lead_time=10)
    dump = tmp_path / "labelstudio.dump"
    database.run("pg_dump", "--format", "custom", "--file", str(dump), "labelstudio")
    database.run("createdb", "--owner", "tollwire", "restored")
    database.run("pg_restore", "--dbname", "restored", str(dump))

    before, after = (database.run("psql", "-At", "-c", WORK, name) for name in ("labelstudio", "restored"))

    assert before == after
    assert "To be restored|No toll.|" in before
    assert NO_FIGURES[0] in before

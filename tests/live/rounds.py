"""One batch on the real server, worked on with the commands that a curator types."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from tollwire.annotations.batches import Batch, log_path, project_titles
from tollwire.annotations.client import Studio
from tollwire.annotations.connection import connect
from tollwire.annotations.credentials import read_credentials
from tollwire.annotations.pseudonyms import address_of
from tollwire.annotations.pull import SPAN_TABLES
from tollwire.annotations.regions import Marks, to_result
from tollwire.project import Project

if TYPE_CHECKING:
    import httpx

LABELLERS = ("round-a", "round-b")
Json = dict[str, Any]


def tollwire(project: Project, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command_of(project, words), capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )


def begin(project: Project, *words: str) -> "subprocess.Popen[str]":
    """Start a command, to be waited for later."""
    return subprocess.Popen(command_of(project, words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def command_of(project: Project, words: Sequence[str]) -> list[str]:
    return [str(Path(sys.executable).parent / "tollwire"), "--project", str(project.root), *words]


def done(project: Project, *words: str) -> str:
    """Run a command that has to succeed, and give what it says."""
    ran = tollwire(project, *words)
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    return ran.stdout


class Round:
    """One batch on the real server: how tests push it, label it and pull it."""

    def __init__(self, project: Project, studio: Studio, name: str, corpus: Path | None) -> None:
        self.project, self.studio, self.name = project, studio, name
        self.corpus = ("--corpus", str(corpus)) if corpus else ()

    def write_record(self, article_ids: Sequence[str] = ()) -> None:
        folder = self.project.batches / self.name
        folder.mkdir(exist_ok=True)
        record = f'batch = "{self.name}"\ntitle = "Round trip"\narticles = {json.dumps(list(article_ids))}\n'
        (folder / "batch.toml").write_text(record)

    def push(self) -> subprocess.CompletedProcess[str]:
        return tollwire(self.project, "push", self.name, *self.corpus)

    def pull(self) -> subprocess.CompletedProcess[str]:
        return tollwire(self.project, "pull", self.name, *self.corpus)

    @property
    def title(self) -> str:
        (title,) = project_titles(Batch(batch=self.name, title="Round trip"))
        return title

    @property
    def server_id(self) -> int:
        found = self.studio.find_project(self.title)
        assert found is not None
        return found.id

    def tasks(self) -> dict[str, Json]:
        """Give the tasks as a labeller gets them, with their predictions in full, by article_id."""
        tasks = {task["data"]["article_id"]: task for task in self.studio.export_all(self.server_id)}
        credentials = read_credentials(self.project)
        assert credentials is not None
        with self.client(credentials.curator.token) as curator:
            predictions = curator.get("/api/predictions", params={"project": self.server_id}).json()
        for task in tasks.values():
            task["predictions"] = [one for one in predictions if one["task"] == task["id"]]
        return tasks

    def client(self, token: str) -> "httpx.Client":
        """Speak to the server as an editor does, for what `Studio` has no need of."""
        import httpx

        header = {"Authorization": f"Token {token}"}
        return httpx.Client(base_url=self.studio.url, headers=header, trust_env=False)

    def label(self, who: str, task: Json, result: Sequence[Json], **more: Any) -> int:
        with connect(self.project, address_of(who)) as account:
            return account.create_annotation(task["id"], result, lead_time=30.5, **more)

    def log(self) -> bytes:
        return log_path(self.project, self.name).read_bytes()

    def tables(self) -> dict[str, pl.DataFrame]:
        folder = self.project.build / "annotations" / self.name
        return {name: pl.read_parquet(folder / f"{name}.parquet") for name in SPAN_TABLES}

    def written(self) -> dict[str, bytes]:
        folder = self.project.build / "annotations" / self.name
        return {path.name: path.read_bytes() for path in [log_path(self.project, self.name), *folder.iterdir()]}


MakeRound = Callable[..., Round]


def accepted(task: Json) -> list[Json]:
    """What a labeller submits who takes all suggestions, and says so where there is no figure."""
    result = [entry for prediction in task["predictions"] for entry in prediction["result"]]
    if any(entry.get("from_name") == "bound" for entry in result):
        return result
    return [*result, *to_result(Marks(choices=("no_casualty_figures",)))]


def span(span_id: str, text: str, start: int, end: int, *labels: str) -> Json:
    value = {"start": start, "end": end, "text": text[start:end], "labels": list(labels)}
    return {"id": span_id, "type": "labels", "from_name": "span", "to_name": "text", "value": value}

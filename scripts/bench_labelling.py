"""Measure pushing, pulling and agreement at size on the real server, beside the server's own rates in the same run."""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import polars as pl
from measured_page import put

from tollwire.annotations.accounts import add_user
from tollwire.annotations.batches import Batch, project_titles, write_batch
from tollwire.annotations.client import TASKS_PER_EXPORT, Studio
from tollwire.annotations.connection import connect
from tollwire.annotations.credentials import read_credentials
from tollwire.annotations.guidelines import guidelines_html
from tollwire.annotations.install import VENV_VARIABLE
from tollwire.annotations.pseudonyms import address_of
from tollwire.annotations.push import push
from tollwire.annotations.regions import Marks, to_result
from tollwire.annotations.server import start_server, stop_server
from tollwire.annotations.tasks import make_tasks
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.tables import write_table
from tollwire.contracts.text import sha256_text
from tollwire.project import Project

CHECKOUT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).parent / "tollwire"
DOCUMENT = CHECKOUT / "docs" / "labelling.md"
BLOCKS = 3  # of each article: tasks are of the size then that others have measured, seven or eight thousand bytes
BARE = 1000  # tasks a request, as many as it takes well
LABELLERS = ("bench-a", "bench-b")
Json = dict[str, Any]
Row = tuple[str, ...]


def main() -> None:
    """Print the table; write it into docs/labelling.md when it was measured at full size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=10_000, metavar="N", help="how many (default: 10,000)")
    number = parser.parse_args().tasks
    os.environ.setdefault(VENV_VARIABLE, str(CHECKOUT / ".studio" / "venv"))
    with tempfile.TemporaryDirectory() as folder, served(Project(Path(folder))) as project:
        run(project, "normalise", str(project.raw))
        rows = measure(project, number)
    head = ("what", "ours", "the server alone", "ratio")
    lines = [f"| {' | '.join(head)} |", "|---|---:|---:|---:|", *(f"| {' | '.join(row)} |" for row in rows)]
    print("\n".join(lines))
    if number == parser.get_default("tasks"):
        put(DOCUMENT, "bench_labelling.py", "\n".join(lines))


@contextmanager
def served(project: Project) -> Iterator[Project]:
    """Make a project with the contracts of this checkout, and run a server for it."""
    for part in ("schemas", "corpus"):
        shutil.copytree(CHECKOUT / part, project.root / part)
    project.batches.mkdir(parents=True)
    for part in ("interface.xml", "GUIDELINES.md"):
        shutil.copy(CHECKOUT / "annotations" / part, project.root / "annotations" / part)
    start_server(project, 18300, print)
    try:
        yield project
    finally:
        stop_server(project)


def measure(project: Project, number: int) -> list[Row]:
    """Measure everything on as many articles as asked for: openings of those of the corpus, over and over."""
    path = project.build / "corpus" / "articles.parquet"
    articles = many(pl.read_parquet(path), number)
    contracts = read_contracts(project.schemas)
    write_table(articles, contracts["articles"], contracts.labels, path)
    batch = Batch(batch="001", title="Labelling at size")
    tasks, suggesting = timed(lambda: list(make_tasks(articles, batch)))
    size = len(json.dumps(tasks)) / number / 1000
    print(f"{number} tasks of {size:.1f} kB made in {suggesting:.0f} s", flush=True)
    with connect(project) as studio:
        return [
            pushing(project, studio, batch, tasks),
            *pulling(project, studio, tasks),
            agreeing(project, number),
        ]


def many(corpus: pl.DataFrame, number: int) -> pl.DataFrame:
    """Repeat the openings of articles until there are enough, each with an id of its own."""
    openings = [opening(row) for row in corpus.iter_rows(named=True)]
    repeated = [{**openings[place % len(openings)], "article_id": f"{place:016x}"} for place in range(number)]
    return pl.DataFrame(repeated, schema=corpus.schema)


def opening(row: Json) -> Json:
    """Cut an article behind its first blocks."""
    blocks = row["blocks"][:BLOCKS]
    text = row["text"][: blocks[-1]["end"]]
    return {**row, "text": text, "blocks": blocks, "text_sha256": sha256_text(text)}


def pushing(project: Project, studio: Studio, batch: Batch, tasks: Sequence[Json]) -> Row:
    """Push all tasks exactly once; and import them in bare requests, half before and half after."""
    half = len(tasks) // 2
    bare = bare_import(project, studio, "Bare 1", tasks[:half])
    pushed, ours = timed(lambda: push(studio, project, read_contracts(project.schemas), batch, tasks))
    assert pushed.created == len(tasks)
    bare += bare_import(project, studio, "Bare 2", tasks[half:])
    return row("push, exactly once, tasks a second", len(tasks) / ours, len(tasks) / bare)


def bare_import(project: Project, studio: Studio, title: str, tasks: Sequence[Json]) -> float:
    """Import tasks in requests of a thousand with nothing around them; give the seconds."""
    interface = project.interface.read_text("utf-8")
    made = studio.create_project(title, interface, guidelines_html(project.guidelines))

    def send() -> None:
        with bare_client(project, studio) as client:
            for first in range(0, len(tasks), BARE):
                answer = client.post(f"/api/projects/{made.id}/import", json=tasks[first : first + BARE])
                assert answer.status_code == 201, answer.text

    return timed(send)[1]


def bare_client(project: Project, studio: Studio) -> httpx.Client:
    """Speak to the server with nothing between."""
    credentials = read_credentials(project)
    assert credentials is not None
    header = {"Authorization": f"Token {credentials.curator.token}"}
    return httpx.Client(base_url=studio.url, headers=header, trust_env=False, timeout=600)


def pulling(project: Project, studio: Studio, tasks: Sequence[Json]) -> Iterator[Row]:
    """Pull tasks that two have labelled with the command; and export them in bare requests, before and after."""
    batch = Batch(batch="002", title="Labelled at size")
    write_batch(project, batch)
    users = {address_of(name): name for name in LABELLERS}
    for address in users:
        add_user(project, address)
    numbers = [number for number, address in studio.users().items() if address in users]
    (title,) = project_titles(batch)
    bare_import(project, studio, title, [with_annotations(task, numbers) for task in tasks])
    target = studio.find_project(title)
    assert target is not None
    ids = [stamp.id for stamp in studio.tasks(target.id)]
    bare = [bare_export(project, studio, target.id, ids)]
    said, ours = timed(lambda: run(project, "pull", "002"))
    assert f"{2 * len(tasks)} new" in said, said
    print(f"pulled: {said}", flush=True)
    bare.append(bare_export(project, studio, target.id, ids))
    yield row("pull, whole command, tasks a second", len(tasks) / ours, 2 * len(tasks) / sum(bare))
    said, again = timed(lambda: run(project, "pull", "002"))
    assert "0 new" in said, said
    yield "pull again, nothing new, seconds", f"{again:.1f}", "", ""


def with_annotations(task: Json, numbers: Sequence[int]) -> Json:
    """Let each labeller have accepted the suggestions, and said so where there is no figure."""
    result = [one for prediction in task["predictions"] for one in prediction["result"]]
    if not any(one.get("from_name") == "bound" for one in result):
        result += to_result(Marks(choices=("no_casualty_figures",)))
    said = [{"result": result, "completed_by": number, "ground_truth": False} for number in numbers]
    data = {**task["data"], "batch": "002"}
    return {"data": data, "predictions": task["predictions"], "annotations": said}


def bare_export(project: Project, studio: Studio, project_id: int, ids: Sequence[int]) -> float:
    """Export tasks in requests of five hundred with nothing around them; give the seconds."""

    def fetch() -> None:
        with bare_client(project, studio) as client:
            for first in range(0, len(ids), TASKS_PER_EXPORT):
                query = {"exportType": "JSON", "download_all_tasks": "true", "ids[]": ids[first:][:TASKS_PER_EXPORT]}
                client.get(f"/api/projects/{project_id}/export", params=query).json()

    return timed(fetch)[1]


def agreeing(project: Project, number: int) -> Row:
    """Measure agreement on the pulled batch, with the page and the tables."""
    _, seconds = timed(lambda: run(project, "agreement", "002"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return f"agreement of {number:,} articles labelled twice, seconds", f"{seconds:.1f}", f"peak {peak:.0f} MB", ""


def run(project: Project, *words: str) -> str:
    """Run a command that has to succeed, and give what it says."""
    ran = subprocess.run([PROGRAM, "--project", project.root, *words], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"{words}: {ran.stderr[:2000]}")
    return ran.stdout


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Give what a piece of work gives, and the seconds of it."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def row(what: str, ours: float, bare: float) -> Row:
    return what, f"{ours:.0f}", f"{bare:.0f}", f"{ours / bare:.2f}"


if __name__ == "__main__":
    main()

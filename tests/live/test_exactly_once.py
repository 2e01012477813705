"""Thousands of articles over a line that loses half, and with a server that is killed again and again."""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from lossy_proxy import lossy_line
from rounds import LABELLERS, Round, begin, done, tollwire

from tollwire.annotations.batches import Batch
from tollwire.annotations.client import Studio
from tollwire.annotations.connection import TOKEN_VARIABLE, URL_VARIABLE
from tollwire.annotations.credentials import read_credentials
from tollwire.annotations.guidelines import guidelines_html
from tollwire.annotations.log import read_log
from tollwire.annotations.pseudonyms import address_of
from tollwire.annotations.regions import Marks, to_result
from tollwire.annotations.server import server_status, start_server
from tollwire.annotations.tasks import make_tasks
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.tables import write_table
from tollwire.contracts.text import sha256_text
from tollwire.project import Project

pytestmark = pytest.mark.live

MANY = int(os.environ.get("TOLLWIRE_MANY", "2000"))  # articles; ten thousand by hand
KILLS = 5  # of each command
MOST_RUNS = 40  # of a command until it is through; a user would have given up long before


@pytest.fixture(scope="module")
def many(studio_project: Project, articles: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short articles, thousands of them, in a folder of their own."""
    row = articles.to_dicts()[0]
    rows = []
    for number in range(MANY):
        text = f"Blast kills {number + 2}\n\nAt least {number + 2} people were killed in Mera, the army said."
        blocks = [{"kind": "title", "start": 0, "end": text.index("\n")}]
        blocks.append({"kind": "paragraph", "start": text.index("\n") + 2, "end": len(text)})
        rows.append({**row, "article_id": f"{number:016x}", "text": text, "text_sha256": sha256_text(text)})
        rows[-1] |= {"title": text.partition("\n")[0], "blocks": blocks, "raw_uri": f"{number}.txt"}
        rows[-1] |= {"cluster_id": f"{number:016x}", "cluster_reason": None}
    folder = tmp_path_factory.mktemp("many")
    contracts = read_contracts(studio_project.schemas)
    frame = pl.DataFrame(rows, schema=articles.schema).sort("article_id")
    write_table(frame, contracts["articles"], contracts.labels, folder / "articles.parquet")
    return folder


def new_round(project: Project, studio: Studio, name: str, corpus: Path) -> Round:
    made = Round(project, studio, name, corpus)
    made.write_record()
    return made


def assert_each_article_has_one_task(batch: Round) -> None:
    tasks = list(batch.studio.export_all(batch.server_id))
    assert len(tasks) == MANY
    assert Counter(task["data"]["article_id"] for task in tasks) == {f"{number:016x}": 1 for number in range(MANY)}


def import_labelled(batch: Round, corpus: Path) -> None:
    """Make a project of the batch in which two have labelled every article, as no two labellers could in a test."""
    project = batch.project
    numbers = {address: number for number, address in batch.studio.users().items()}
    interface = project.interface.read_text("utf-8")
    made = batch.studio.create_project(batch.title, interface, guidelines_html(project.guidelines), 2)
    tasks = []
    for task in make_tasks(pl.read_parquet(corpus / "articles.parquet"), Batch(batch=batch.name, title="")):
        results = (task["predictions"][0]["result"], to_result(Marks(choices=("bad_text",))))
        said = [
            {"result": result, "completed_by": numbers[address_of(who)], "ground_truth": False}
            for who, result in zip(LABELLERS, results, strict=True)
        ]
        tasks.append({**task, "annotations": said})
    for first in range(0, MANY, 500):
        batch.studio.import_tasks(made.id, tasks[first : first + 500])


def assert_everything_was_pulled_once(batch: Round) -> None:
    log = read_log(batch.project.batches / batch.name / "annotations.jsonl")
    assert len(log) == 2 * MANY
    assert len({(one.article_id, one.annotator) for one in log}) == 2 * MANY
    tables = batch.tables()
    assert tables["annotations"].height == 2 * MANY
    figures = tables["casualties"].filter(pl.col("surface").str.starts_with("At least"))
    assert sorted(figures["low"]) == list(range(2, MANY + 2))


def test_over_a_line_that_loses_half_of_what_it_carries_every_task_arrives_once_and_everything_comes_back(
    studio_project: Project, studio: Studio, many: Path
) -> None:
    credentials = read_credentials(studio_project)
    assert credentials is not None
    pushed = new_round(studio_project, studio, "201", many)
    labelled = new_round(studio_project, studio, "202", many)
    import_labelled(labelled, many)

    with lossy_line(studio.url, seed=1) as (url, fates):
        line = {URL_VARIABLE: url, TOKEN_VARIABLE: credentials.curator.token}
        for words in (("push", "201"), ("pull", "202")):
            for _ in range(MOST_RUNS):
                ran = tollwire(studio_project, *words, "--corpus", str(many), **line)
                assert "Traceback" not in ran.stderr
                if ran.returncode == 0:
                    break
                assert (ran.returncode, len(ran.stderr.strip().splitlines())) == (3, 1), ran.stderr
            else:
                pytest.fail(f"{words} was never through")

    assert fates["POST request lost"] + fates["POST answer lost"] > 0
    assert fates["GET request lost"] > 0
    assert fates["GET answer lost"] > 0
    assert_each_article_has_one_task(pushed)
    assert_everything_was_pulled_once(labelled)


def test_with_a_server_that_is_killed_again_and_again_there_is_one_task_an_article_and_nothing_is_lost(
    studio_project: Project, studio: Studio, many: Path
) -> None:
    chance = random.Random(3)
    pushed = new_round(studio_project, studio, "203", many)
    labelled = new_round(studio_project, studio, "204", many)
    import_labelled(labelled, many)

    for words in (("push", "203"), ("pull", "204")):
        broken = 0
        for _ in range(KILLS):
            command = begin(studio_project, *words, "--corpus", str(many))
            wait_until_it_speaks(studio_project, command)
            time.sleep(chance.uniform(0, MANY / 500))
            kill_server(studio_project)
            _, said = command.communicate(timeout=300)
            assert command.returncode in (0, 3), said
            assert "Traceback" not in said
            broken += command.returncode == 3
            assert start_server(studio_project, port=18080).url == studio.url
        assert broken, "no kill came while the command spoke with the server"
        done(studio_project, *words, "--corpus", str(many))

    assert_each_article_has_one_task(pushed)
    assert_everything_was_pulled_once(labelled)


def wait_until_it_speaks(project: Project, command: "subprocess.Popen[str]") -> None:
    """Wait until a command has asked the server something."""
    log = server_status(project).log
    known = log.stat().st_size
    while command.poll() is None and log.stat().st_size == known:
        time.sleep(0.05)


def kill_server(project: Project) -> None:
    """Kill the server and all that it started, at once."""
    pid = server_status(project).pid
    assert pid is not None
    os.killpg(pid, signal.SIGKILL)
    while server_status(project).pid is not None:
        time.sleep(0.05)

"""Runs that were stopped, and runs over more pages: the same bytes as one that was not, and nothing done twice."""

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from pages_that_hurt import HurtingPages

from tollwire.corpus.normalise import Counts, normalise
from tollwire.corpus.page import NORMALISER
from tollwire.corpus.workers import Workers
from tollwire.problems import TollwireError
from tollwire.project import Project, find_project, make_project

OURS = find_project(Path(__file__).parent)
TABLES = ("articles.parquet", "rejected.parquet")
WORDS = "market river bridge doctor mayor soldier road school village convoy night hill border harbour teacher".split()
RECORDS, KILLS = 20_000, 20


def record(rng: random.Random, number: int) -> str:
    """A record as news has them: most are articles, some copies of another, some the same, some broken."""
    kind = rng.random()
    if kind < 0.02:
        return "{broken"
    if kind < 0.04:
        return json.dumps({"title": f"Nothing {number}"})
    if kind > 0.9 and number > 100:
        rng = random.Random(number - rng.randrange(1, 100))
    sentences = [" ".join(rng.choices(WORDS, k=8)).capitalize() + f" {rng.randrange(2, 60)}." for _ in range(4)]
    more = f" {number} more." if 0.9 < kind < 0.97 else ""
    return json.dumps(
        {"title": sentences[0][:-1], "text": "\n\n".join((*sentences[:3], " ".join(sentences[3:]) + more))}
    )


def write_records(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    rng = random.Random(5)
    lines = [record(random.Random(rng.random()), number) for number in range(count)]
    for part in range(4):
        (folder / f"{part}.jsonl").write_text("\n".join(lines[part::4]) + "\n")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = make_project(tmp_path_factory.mktemp("stopped") / "project")
    shutil.copy(OURS.sources / "re3d.toml", made.sources)
    shutil.copy(OURS.sources / "harbour_post.toml", made.sources)
    return made


def bytes_of(out: Path) -> list[bytes]:
    return [(out / name).read_bytes() for name in TABLES]


def start(project: Project, pages: Path, out: Path) -> "subprocess.Popen[str]":
    program = Path(sys.executable).with_name("tollwire")
    command = [program, "--project", project.root, "normalise", pages, "--source", "re3d"]
    return subprocess.Popen([*command, "--out", out], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(started: "subprocess.Popen[str]", seconds: float | None = None) -> str | None:
    """Wait for a run to end, or kill it after so many seconds. Gives what it printed, None when it was killed."""
    try:
        said, problems = started.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        started.kill()
        started.communicate()
        return None
    assert started.returncode == 0, problems
    return said


def test_a_run_killed_at_twenty_moments_ends_in_the_bytes_of_one_that_was_not(project: Project, tmp_path: Path) -> None:
    pages = write_records(tmp_path / "pages", RECORDS)
    began = time.monotonic()
    assert finish(start(project, pages, tmp_path / "whole"))
    whole = time.monotonic() - began
    expected = bytes_of(tmp_path / "whole")
    assert pl.read_parquet(tmp_path / "whole" / "rejected.parquet").height > RECORDS / 50

    rng, kills, kept, out = random.Random(11), 0, 0, tmp_path / "killed"
    while kills < KILLS:
        # Between nothing and what the whole takes, so that every stage is hit, of a run from the start or a later one.
        said = finish(start(project, pages, out), rng.uniform(0.2, whole))
        if said is None:
            kills += 1
            continue
        assert bytes_of(out) == expected
        kept += "known from an earlier run" in said
        shutil.rmtree(out)
    said = finish(start(project, pages, out))
    assert said is not None
    assert bytes_of(out) == expected
    assert kept or "known from an earlier run" in said
    assert not [path for path in out.rglob("*") if path.name.endswith(".tmp") or path.name.startswith(".sorting")]


def test_a_killed_run_over_more_pages_ends_in_the_bytes_of_a_fresh_one(project: Project, tmp_path: Path) -> None:
    pages = write_records(tmp_path / "pages", 2_000)
    assert finish(start(project, pages, tmp_path / "before"))
    more = [record(random.Random(number), 50_000 + number) for number in range(200)]
    (pages / "more.jsonl").write_text("\n".join(more) + "\n")
    began = time.monotonic()
    assert finish(start(project, pages, tmp_path / "whole"))
    whole = time.monotonic() - began
    expected = bytes_of(tmp_path / "whole")
    rng, kills = random.Random(12), 0
    while kills < KILLS // 2:
        out = tmp_path / f"after-{kills}"
        shutil.copytree(tmp_path / "before", out)
        kills += finish(start(project, pages, out), rng.uniform(0.2, whole)) is None
        assert finish(start(project, pages, out))
        assert bytes_of(out) == expected
        shutil.rmtree(out)


def run(project: Project, pages: Path, out: Path, source_id: str = "re3d", fresh: bool = False) -> Counts:
    return normalise(project, [pages], out, source_id, fresh=fresh)


def test_a_second_run_does_nothing_again_and_a_longer_one_only_what_is_new(project: Project, tmp_path: Path) -> None:
    pages = write_records(tmp_path / "pages", 400)
    first = run(project, pages, tmp_path / "out")
    shards = sorted((tmp_path / "out").rglob("*.parquet"))
    assert first.kept < 20  # of the same content twice in one run
    second = run(project, pages, tmp_path / "out")
    assert second.kept == second.records == 400
    assert sorted((tmp_path / "out").rglob("*.parquet")) == shards

    # In the middle of a file, so that the records after it have other numbers.
    lines = (pages / "1.jsonl").read_text().splitlines()
    more = [record(random.Random(number), 90_000 + number) for number in range(3)]
    (pages / "1.jsonl").write_text("\n".join([*lines[:40], *more, *lines[40:]]) + "\n")
    third = run(project, pages, tmp_path / "out")
    assert third.records == first.records + 3
    assert third.records - third.kept <= 3
    run(project, pages, tmp_path / "fresh")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")


def test_what_is_not_used_any_more_goes_and_a_damaged_shard_is_done_again(project: Project, tmp_path: Path) -> None:
    pages = write_records(tmp_path / "pages", 200)
    run(project, pages, tmp_path / "out")
    expected = bytes_of(tmp_path / "out")
    (shard,) = (tmp_path / "out" / ".shards").rglob("*.parquet")
    raw = bytearray(shard.read_bytes())
    raw[len(raw) // 2] ^= 255
    shard.write_bytes(raw)
    (shard.parent / ".half.tmp").write_text("half")
    sorting = tmp_path / "out" / ".sorting"
    sorting.mkdir()
    (sorting / "0.arrow").write_text("half")
    (shard.parents[1] / "finished.json").unlink()  # or the tables, which are whole, would be left as they are
    assert run(project, pages, tmp_path / "out").kept == 0
    assert bytes_of(tmp_path / "out") == expected
    assert [path.name for path in shard.parent.glob("*.parquet")] == [shard.name]
    assert not list(shard.parent.glob(".*"))
    assert not sorting.exists()

    (pages / "0.jsonl").write_text("")
    for name in ("1", "2", "3"):
        (pages / f"{name}.jsonl").unlink()
    run(project, pages, tmp_path / "out")
    assert not list((tmp_path / "out" / ".shards").rglob("*.parquet"))


def test_a_changed_source_record_or_normaliser_does_all_again(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = write_records(tmp_path / "pages", 100)
    run(project, pages, tmp_path / "out")
    for module in ("shards", "known_files", "finished_run"):
        monkeypatch.setattr(f"tollwire.corpus.{module}.NORMALISER", f"{NORMALISER}+")
    assert run(project, pages, tmp_path / "out").kept == 0
    record = project.sources / "re3d.toml"
    before = record.read_text("utf-8")
    record.write_text(before.replace('language = "en"', 'language = "fr"'))
    assert run(project, pages, tmp_path / "out").kept == 0
    record.write_text(before)
    assert len(list((tmp_path / "out" / ".shards").glob("re3d-*"))) == 1
    assert run(project, pages, tmp_path / "out", fresh=True).kept == 0


def test_a_run_says_what_it_was(project: Project, tmp_path: Path) -> None:
    counts = run(project, write_records(tmp_path / "pages", 50), tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert (record["status"], record["inputs"]) == ("finished", ["pages"])
    assert record["counts"]["records"] == counts.records == 50
    assert record["counts"]["by_rule"] == counts.by_rule
    assert set(record["seconds"]) == {"reading", "learning", "normalising", "comparing", "writing"}
    assert record["versions"]["normaliser"] == NORMALISER


def test_two_runs_do_not_write_in_one_folder(project: Project, tmp_path: Path) -> None:
    pages = write_records(tmp_path / "pages", 50)

    def while_it_runs(stage: str, done: int, total: int | None) -> None:
        if stage == "normalising":
            with pytest.raises(TollwireError, match=r"out: \[run-going-on\] another run writes there; wait, or"):
                run(project, pages, tmp_path / "out")

    normalise(project, [pages], tmp_path / "out", "re3d", while_it_runs)


def test_a_file_that_is_changed_while_it_is_read_stops_the_run(project: Project, tmp_path: Path) -> None:
    pages = write_records(tmp_path / "pages", 50)

    def change(stage: str, done: int, total: int | None) -> None:
        if (stage, done) == ("reading", 50):
            (pages / "2.jsonl").write_text('{"title": "Nine killed"}\n')

    with pytest.raises(TollwireError, match=r"pages/2.jsonl: \[changed-while-read\] .*; run it again"):
        normalise(project, [pages], tmp_path / "out", "re3d", change)
    assert not (tmp_path / "out" / "articles.parquet").exists()


def test_pages_that_hang_or_kill_are_rejected_and_tried_again_by_the_next_run(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in hangs: no page is known that does."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("good", "slow", "fatal"):
        (pages / f"{name}.txt").write_text(f"A {name} day in Orsk\n\n" + "Nine people were killed at the bridge. " * 9)
    with monkeypatch.context() as patch, Workers(2, seconds=2) as engine:
        patch.setattr("tollwire.corpus.normalise.NormalisePages", HurtingPages)
        normalise(project, [pages], tmp_path / "out", "harbour_post", engine=engine)
    rejected = {row["raw_uri"]: row["rule"] for row in pl.read_parquet(tmp_path / "out" / TABLES[1]).to_dicts()}
    assert rejected == {"pages/slow.txt": "too-slow", "pages/fatal.txt": "worker-died"}
    again = run(project, pages, tmp_path / "out", "harbour_post")
    assert (again.articles, again.kept) == (3, 1)


def test_the_knowledge_of_a_well_known_outlet_is_kept_until_it_has_grown(project: Project, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    rng = random.Random(1)

    def add(first: int, last: int) -> None:
        for number in range(first, last):
            text = "\n".join(" ".join(rng.choices(WORDS, k=14)).capitalize() + "." for _ in range(4))
            (pages / f"{number}.txt").write_text(f"Harbour Post\n{text}\nWrite to the desk in Orsk\n")

    add(0, 40)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tollwire.corpus.learning.WELL_KNOWN", 30)
        run(project, pages, tmp_path / "out", "harbour_post")
        add(40, 50)
        assert run(project, pages, tmp_path / "out", "harbour_post").kept == 40
        add(50, 70)
        assert run(project, pages, tmp_path / "out", "harbour_post").kept == 0
    run(project, pages, tmp_path / "fresh", "harbour_post")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")

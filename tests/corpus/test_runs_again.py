"""Runs over pages most of which are as they were: little is done, and the tables are those of a run that did all."""

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_stopped_runs import OURS, TABLES, bytes_of, record, write_records

from tollwire.corpus import clusters, survey, writing
from tollwire.corpus.finished_run import NAME, FinishedRun
from tollwire.corpus.normalise import Counts, normalise
from tollwire.corpus.raw_files import RawFile, find_files
from tollwire.corpus.readers import read_file
from tollwire.project import Project, make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path / "project")
    shutil.copy(OURS.sources / "re3d.toml", made.sources)
    return made


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count what is done: files read, bodies compared, rows checked. Files count as settled at once."""
    counted: Counter[str] = Counter()
    monkeypatch.setattr("tollwire.corpus.raw_files.SETTLED", 0)

    def read(file: RawFile, fields: object) -> object:
        counted["read"] += 1
        return read_file(file, fields)

    def compare(one: object, other: object) -> bool:
        counted["compared"] += 1
        return is_copy(one, other)

    def check(frame: "writing.pl.DataFrame", *others: object) -> None:
        counted["checked"] += frame.height
        check_frame(frame, *others)

    is_copy, check_frame = clusters.is_copy, writing.check_frame
    monkeypatch.setattr(survey, "read_file", read)
    monkeypatch.setattr(clusters, "is_copy", compare)
    monkeypatch.setattr(writing, "check_frame", check)
    return counted


def run(project: Project, pages: Path, out: Path, **options: bool) -> Counts:
    return normalise(project, [pages], out, "re3d", **options)


def test_a_second_run_reads_compares_and_writes_nothing(project: Project, tmp_path: Path, done: Counter[str]) -> None:
    pages, out = write_records(tmp_path / "pages", 300), tmp_path / "out"
    first = run(project, pages, out)
    states = [(out / name).stat() for name in TABLES]
    assert done["read"] == 4
    assert done["checked"] == first.articles
    done.clear()
    second = run(project, pages, out)
    assert not done
    assert (second.articles, second.rejected, second.by_rule) == (first.articles, first.rejected, first.by_rule)
    assert second.kept == second.records == 300
    assert [(out / name).stat() for name in TABLES] == states
    assert json.loads((out / "run.json").read_text())["status"] == "finished"


def test_more_pages_cost_what_they_are(project: Project, tmp_path: Path, done: Counter[str]) -> None:
    pages, out = write_records(tmp_path / "pages", 2_000), tmp_path / "out"
    run(project, pages, out)
    first = Counter(done)
    done.clear()
    (pages / "more.jsonl").write_text("\n".join(record(random.Random(one), 9_000 + one) for one in range(20)))
    counts = run(project, pages, out)
    assert done["read"] == 1
    assert counts.records - counts.kept <= 20
    assert done["checked"] < first["checked"] / 20
    assert done["compared"] < first["compared"] / 10
    run(project, pages, tmp_path / "fresh")
    assert bytes_of(out) == bytes_of(tmp_path / "fresh")


def test_whatever_becomes_of_files_the_tables_are_those_of_a_fresh_run(
    project: Project, tmp_path: Path, done: Counter[str]
) -> None:
    pages, out = write_records(tmp_path / "pages", 400), tmp_path / "out"
    rng = random.Random(3)
    run(project, pages, out)
    for step in range(12):
        files = sorted(pages.iterdir())
        one = rng.choice(files)
        lines = one.read_text().splitlines()
        match step % 4:
            case 0:  # records that others are copies of go
                one.write_text("\n".join(lines[: len(lines) // 2]) + "\n")
            case 1:
                (pages / f"new-{step}.jsonl").write_text("\n".join(rng.sample(lines, len(lines) // 3)) + "\n")
            case 2:  # the same articles at other addresses
                one.rename(pages / f"moved-{step}.jsonl")
            case _:
                rng.shuffle(lines)
                one.write_text("\n".join(lines) + "\n")
        run(project, pages, out)
        run(project, pages, tmp_path / "fresh", fresh=True)
        assert bytes_of(out) == bytes_of(tmp_path / "fresh"), step


def test_a_file_of_the_same_size_and_time_is_read_when_it_was_changed(
    project: Project, tmp_path: Path, done: Counter[str]
) -> None:
    pages, out = write_records(tmp_path / "pages", 100), tmp_path / "out"
    run(project, pages, out)
    done.clear()
    changed = pages / "2.jsonl"
    state, text = changed.stat(), changed.read_text()
    changed.write_text(text.replace("market", "morgue"))
    os.utime(changed, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert changed.stat().st_size == state.st_size
    run(project, pages, out)
    assert done["read"] == 1
    done.clear()
    run(project, pages, out, verify=True)
    assert done["read"] == 4
    run(project, pages, tmp_path / "fresh")
    assert bytes_of(out) == bytes_of(tmp_path / "fresh")


def test_a_file_that_was_changed_a_moment_ago_is_not_known_by_its_times(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Nine killed")
    (file,) = find_files(tmp_path, "x")
    assert isinstance(file, RawFile)
    assert file.stamp == b""


@pytest.mark.parametrize("name", [*TABLES, ".shards/survey.kept", ".shards/articles.kept", ".shards/likeness.kept"])
@pytest.mark.parametrize("is_there", [True, False])
def test_what_is_damaged_or_gone_is_made_again(
    project: Project, tmp_path: Path, done: Counter[str], name: str, is_there: bool
) -> None:
    pages, out = write_records(tmp_path / "pages", 200), tmp_path / "out"
    run(project, pages, out)
    expected = bytes_of(out)
    (pages / "more.jsonl").write_text("{broken\n")
    if is_there:
        raw = bytearray((out / name).read_bytes())
        raw[len(raw) // 2] ^= 255
        (out / name).write_bytes(raw)
    else:
        (out / name).unlink()
    run(project, pages, out)
    (pages / "more.jsonl").unlink()
    run(project, pages, out)
    assert bytes_of(out) == expected


def test_another_source_record_does_again_what_hangs_on_it(
    project: Project, tmp_path: Path, done: Counter[str]
) -> None:
    pages, out = write_records(tmp_path / "pages", 100), tmp_path / "out"
    first = run(project, pages, out)
    done.clear()
    source = project.sources / "re3d.toml"
    source.write_text(source.read_text().replace('language = "en"', 'language = "fr"'))
    run(project, pages, out)
    assert done["read"] == 4
    assert done["checked"] == first.articles


def test_a_run_in_which_a_page_hung_is_not_the_last_word(tmp_path: Path) -> None:
    for name in (*TABLES, "survey.kept"):
        (tmp_path / name).write_text(name)
    finished = FinishedRun(tmp_path, tmp_path, "as they are")
    finished.keep({"counts": {}}, {"too-slow": 1})
    assert not (tmp_path / NAME).exists()
    finished.keep({"counts": {}}, {"no-article": 1})
    assert finished.result() == {"counts": {}}
    assert FinishedRun(tmp_path, tmp_path, "otherwise").result() is None
    (tmp_path / TABLES[0]).write_text("other")
    assert finished.result() is None

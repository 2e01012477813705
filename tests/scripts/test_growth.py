"""What the measures of growth stand on: the same pages every time, planted copies, the picture, the watch."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from growth_chart import draw_growth
from planted import likeness, recall
from synthetic_pages import write_pages
from watch import Watch

from tollwire.corpus.normalise import normalise
from tollwire.project import find_project

OURS = find_project(Path(__file__).parent)


def test_the_first_pages_are_the_same_whatever_their_number(tmp_path: Path) -> None:
    for count in (30, 1_010):
        write_pages(tmp_path / f"{count}", count)
    assert sum(1 for _ in (tmp_path / "1010").rglob("*.txt")) == 1_010
    for page in sorted((tmp_path / "30").rglob("*.txt")):
        assert page.read_bytes() == (tmp_path / "1010" / page.relative_to(tmp_path / "30")).read_bytes()


def test_planted_copies_are_found_and_counted_and_a_glued_cluster_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = tmp_path / "pages"
    write_pages(pages, 400)
    normalise(OURS, [pages], tmp_path / "out", "harbour_post")
    found = recall(pages, tmp_path / "out")
    assert found["pairs"] > 30
    assert found["alike"] > 10
    assert (found["together"], found["alike_together"], found["glued"]) == (1, 1, 0)

    # With every second copy taken for an original its cluster is one of unlike articles.
    copies = pages.with_suffix(".copies.csv")
    copies.write_text("".join(copies.read_text().splitlines(keepends=True)[::2]))
    assert recall(pages, tmp_path / "out")["glued"] > 5


def test_likeness_is_that_of_the_bodies(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", 2)
    one, other = sorted((tmp_path / "pages").rglob("*.txt"))
    assert likeness(one, one) == 1
    assert likeness(one, other) < 0.02


def test_the_picture_has_a_point_for_each_size_and_says_its_value() -> None:
    svg = draw_growth({"seconds": [(1_000, 5.0), (10_000, 19.4)], "GB": [(1_000, 0.97), (10_000, 1.05)]}, "Growth")
    root = ElementTree.fromstring(svg)
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 4
    assert {"seconds", "GB", "5.00", "19.40", "0.97", "10,000"} <= set(texts)


def test_the_watch_sees_the_memory_of_children() -> None:
    child = "import time; held = bytearray(200_000_000); time.sleep(5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with subprocess.Popen([sys.executable, "-c", parent]) as process, Watch(process.pid) as watch:
        process.wait()
    assert watch.memory > 200_000_000


def test_the_time_of_a_process_whose_parent_ended_first_is_not_missed() -> None:
    child = "import time\nwhile time.process_time() < 1.5: pass"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])"
    # In a process of its own: it would wait for the children of all other tests.
    program = "import subprocess, sys, watch; watch.adopt(); subprocess.run([sys.executable, '-c', sys.argv[1]])"
    command = [sys.executable, "-c", f"{program}; print(watch.processor_seconds())", parent]
    said = subprocess.run(command, cwd=OURS.root / "scripts", capture_output=True, text=True, check=True)
    assert 1.5 < float(said.stdout) < 4

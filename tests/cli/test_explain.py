"""`tollwire normalise --explain`: every line of a page, kept or dropped, and why."""

import subprocess
import sys
from pathlib import Path

from tollwire.project import find_project

PROJECT = find_project(Path(__file__).parent)
DUMP = PROJECT.raw / "harbour_post" / "tikrit-ambush.txt"
PAGE = PROJECT.raw / "meridian_wire" / "lake-chad-fishermen.html"


def explain(*arguments: object) -> tuple[int, list[str], str]:
    command = [sys.executable, "-c", "from tollwire.cli import main; main()", "normalise", "--explain"]
    done = subprocess.run(
        [*command, *map(str, arguments)], cwd=PROJECT.root, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_every_line_of_a_dump_stands_there_once_with_its_kind_and_reason() -> None:
    code, lines, _ = explain(DUMP)
    written = [line for line in DUMP.read_text("utf-8").splitlines() if line.strip()]
    assert code == 0
    assert len(lines) == len(written) + 1
    assert all(" ".join(one.split()) in line for one, line in zip(written, lines, strict=False))
    assert {line.split()[0] for line in lines[:-1]} == {"dropped", "title", "caption", "paragraph"}
    assert all(line.endswith("]") for line in lines[:-1])
    assert lines[-1].startswith("harbour_post/tikrit-ambush.txt: article ")


def test_the_kept_lines_of_an_html_page_are_its_article() -> None:
    _, lines, _ = explain(PAGE)
    kinds = [line.split()[0] for line in lines[:-1]]
    assert kinds.count("title") == 1
    assert kinds.count("caption") == 1
    (advertised,) = [line for line in lines if "Fly direct" in line]
    assert advertised.startswith("dropped")


def test_a_page_from_anywhere_is_explained_without_a_source(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<p>short</p>")
    code, lines, _ = explain(tmp_path / "x.html")
    assert code == 0
    assert lines[-1].startswith("x.html: [no-article]")


def test_nothing_is_written(tmp_path: Path) -> None:
    explain(DUMP, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_path_that_is_not_there_is_named() -> None:
    code, _, problems = explain("no/such/page.html")
    assert code == 2
    assert "[no-such-path]" in problems

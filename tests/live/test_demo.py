"""`make demo` in a fresh copy of the repository: the whole path, and the same path again."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
COPIED = ("annotations", "corpus", "schemas", "scripts", "CHANGELOG.md", "DATASHEET.md", "LICENSE-DATA")

# What release 1.0.0 holds; whoever changes gold or the corpus changes the release, and says so here.
COUNTS = """articles: 240 rows
actors: 2,673 rows
casualties: 1,529 rows
relations: 2,321 rows
annotations: 480 rows
tolls: 497 rows
proofs: 41 rows
"""

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def copy(tmp_path_factory, studio_project) -> Path:
    """What the demo needs of the repository; the server's program is the one that the other live tests installed."""
    folder = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        path = CHECKOUT / name
        (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / name)
    return folder


def demo(copy: Path) -> str:
    command = [sys.executable, str(copy / "scripts" / "demo.py")]
    answer = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_demo_goes_the_whole_path_twice_and_changes_nothing_that_is_kept(copy):
    before = files_in(copy / "annotations")

    first = demo(copy)
    built = files_in(copy / "release")
    second = demo(copy)

    assert "204 in, 199 articles, 5 rejected" in first
    assert re.findall(r"(\d+) tasks pushed, 0 were there already", first) == ["17", "182", "182"]
    came_back = re.findall(r"(\d+) annotations of (\d+) tasks that changed, 0 new", first)
    assert came_back == [("34", "17"), ("182", "182"), ("182", "182")], "what comes back is what is recorded"
    assert re.findall(r"(\d+) articles are gold \(.*\), 0 are open, 0 left out", first) == ["17", "91", "91"]
    assert COUNTS in first
    assert "num_rows: 193" in first
    assert 'load_dataset("release/1.0.0")' in first
    assert re.findall(r"0 tasks pushed, (\d+) were there already", second) == ["17", "182", "182"]
    assert len(re.findall(r"labeller-.: 0 annotations submitted", second)) == 6
    assert files_in(copy / "annotations") == before
    assert files_in(copy / "release") == built


def test_the_demo_stops_the_server_that_it_started(copy):
    answer = subprocess.run(
        [str(Path(sys.executable).parent / "tollwire"), "studio", "status"],
        cwd=copy, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert answer.returncode == 3
    assert "[no-studio]" in answer.stderr

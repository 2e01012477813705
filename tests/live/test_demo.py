"""`make demo` in a fresh copy of the repository: the whole path, and the same path again."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
COPIED = ("annotations", "corpus", "schemas", "scripts", "CHANGELOG.md", "DATASHEET.md", "LICENSE-DATA")

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
    assert "17 tasks pushed, 0 were there already" in first
    assert "34 annotations of 17 tasks that changed, 0 new" in first, "what comes back is what is recorded"
    assert "17 articles are gold" in first
    assert "num_rows: 15" in first
    assert 'load_dataset("release/0.1.0")' in first
    assert "0 tasks pushed, 17 were there already" in second
    assert len(re.findall(r"labeller-.: 0 annotations submitted", second)) == 2
    assert files_in(copy / "annotations") == before
    assert files_in(copy / "release") == built


def test_the_demo_stops_the_server_that_it_started(copy):
    answer = subprocess.run(
        [str(Path(sys.executable).parent / "tollwire"), "studio", "status"],
        cwd=copy, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert answer.returncode == 3
    assert "[no-studio]" in answer.stderr

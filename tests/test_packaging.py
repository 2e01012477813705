"""The wheel is complete: what a user without this checkout needs is in it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        folder,
        CHECKOUT,
    ]
    subprocess.run(list(map(str, build)), check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_has_contracts_guidelines_interface_lexicons_and_pins(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    schemas = {f"tollwire/template/{path.relative_to(CHECKOUT)}" for path in (CHECKOUT / "schemas").rglob("*.toml")}
    assert schemas <= names
    assert "tollwire/template/annotations/GUIDELINES.md" in names
    assert "tollwire/template/annotations/interface.xml" in names
    assert "tollwire/annotations/studio-constraints.txt" in names
    assert {name for name in names if "/lexicon/" in name}
    assert {f"tollwire/release/page/report.{kind}" for kind in ("css", "js")} <= names
    assert "tollwire/py.typed" in names


def test_the_program_of_the_wheel_works_without_the_checkout(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = (
        "import sys; sys.path.insert(0, 'installed'); import tollwire; assert 'installed' in tollwire.__file__;"
        "from tollwire.cli import main;"
        "sys.argv = ['tollwire', 'init', 'mine']; main()"
    )

    subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, check=True, capture_output=True)

    checked = code.replace("'init', 'mine'", "'--project', 'mine', 'check'")
    answer = subprocess.run(
        [sys.executable, "-I", "-c", checked], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert "nothing wrong" in answer.stdout


def test_pins_are_names_and_versions_only():
    for file in ("constraints.txt", "src/tollwire/annotations/studio-constraints.txt"):
        lines = (CHECKOUT / file).read_text("utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith("#")]

        assert len(pins) > 50
        assert all(line.count("==") == 1 and "/" not in line and " " not in line for line in pins)

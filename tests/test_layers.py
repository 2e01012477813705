"""The program keeps its layers, starts at once, and names no machine."""

import ast
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tollwire

ROOT = Path(__file__).parents[1]
PACKAGE = Path(tollwire.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
# From the bottom up: a module imports from its own layer and from those below it.
LAYERS = [("problems", "project"), ("contracts",), ("corpus",), ("figures",), ("annotations",), ("release",), ("cli",)]
LEVELS = {name: level for level, names in enumerate(LAYERS) for name in names}
HEAVY = (
    "datasets",
    "httpx",
    "label_studio_sdk",
    "numpy",
    "pandera",
    "polars",
    "pyarrow",
    "scipy",
    "trafilatura",
)
# Seconds, the best of five runs. Measured on two shared cores: 0.03 and 0.16; a slower machine has three times that.
LONGEST_IMPORT = 0.3
LONGEST_HELP = 0.5
HELP = "import sys; sys.argv = ['tollwire', '--help']; from tollwire.cli import main; main()"


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def layer_of(module: Path) -> str:
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


def imports_of(module: Path) -> Iterator[tuple[int, str]]:
    """List (line, layer) of what a module imports of the program, inside functions and for typing too."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(module)}, line {node.lineno}: a relative import hides its layer"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "tollwire":
                yield node.lineno, name.split(".")[1] if "." in name else ""


@pytest.mark.parametrize(
    "module", [one for one in MODULES if one.parent != PACKAGE or layer_of(one) in LEVELS], ids=name_of
)
def test_a_module_imports_downward_only(module: Path) -> None:
    level = LEVELS[layer_of(module)]

    upward = [f"line {line}: {layer}" for line, layer in imports_of(module) if LEVELS.get(layer, 99) > level]

    assert upward == []


def test_every_module_is_in_a_layer() -> None:
    assert {layer_of(module) for module in MODULES} - {"__init__", "__main__"} == set(LEVELS)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(module: Path) -> None:
    text = module.read_text("utf-8")

    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_no_module_is_named_after_what_is_left_over() -> None:
    left_over = {"utils", "util", "helpers", "helper", "common", "misc"}

    assert [name_of(module) for module in MODULES if left_over & set(Path(name_of(module)).with_suffix("").parts)] == []


@pytest.mark.parametrize("code", ["import tollwire", HELP], ids=["import", "help"])
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    tell = f"import atexit, sys; atexit.register(lambda: print([m for m in {HEAVY} if m in sys.modules]))\n"

    done = subprocess.run([sys.executable, "-c", tell + code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("code", "longest"),
    [pytest.param("import tollwire", LONGEST_IMPORT, id="import"), pytest.param(HELP, LONGEST_HELP, id="help")],
)
def test_the_program_starts_at_once(code: str, longest: float) -> None:
    seconds = []
    for _ in range(5):
        begun = children_seconds()
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        seconds.append(children_seconds() - begun)

    assert min(seconds) < longest


def children_seconds() -> float:
    """Processor time of the processes that were waited for: what else runs meanwhile does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def kept_files() -> list[Path]:
    """List the files of the repository, and those that would join it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout; run it in one: git clone, then pytest tests/test_layers.py")
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    # Written in parts, so that this file does not name them.
    homes = "|".join(("root", "home", "work", "Users"))
    machine = re.compile(rf"(?<![\w.:/~*%-])/(?:{homes})/[\w.-]|\.\./" + "shared")

    named = []
    for path in kept_files():
        text = path.read_bytes().decode("utf-8", "replace")
        named += [f"{path.relative_to(ROOT)}: {found[0]}" for found in machine.finditer(text)]

    assert named == []

"""Hostile input of every kind ends in a row or in a line that says what is wrong, within limits of time and memory."""

import multiprocessing
import os
import runpy
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from all_kinds import KINDS, THEMES
from hostile_run import Ended, plant, plant_and_run, run, start
from kinds import Kind

CHECKOUT = Path(__file__).parents[2]
# Seconds of a processor that one kind may take; one that waits is ended by its process. The slowest, a million
# elements, takes four to eight, by how busy the machine is.
LONGEST = 20
MOST_MEMORY = 1_000_000_000  # bytes by which the process may grow
# Those that are made to take memory: what swells, what is deep, what is one piece of megabytes.
HUNGRIEST = (
    "deep-div attribute-of-a-megabyte word-of-nine-megabytes linked-data-deep one-letter-a-line marks-only gzip-bomb "
    "zstandard-bomb zstandard-window-too-large archive-coded-bomb parquet-bomb parquet-bomb-of-a-dictionary"
).split()


def processes(count: int, temporary: Path) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, context, initializer=start, initargs=(str(temporary),))


@pytest.fixture(scope="module")
def ended(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Ended]]:
    """Run the kinds that are tested, two at a time, and give how each ended."""
    folder, temporary = tmp_path_factory.mktemp("kinds"), tmp_path_factory.mktemp("temporary")
    params = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    names = [one["kind"].name for one in params if isinstance(one.get("kind"), Kind) and not unfit(one["kind"])]
    with processes(2, temporary) as pool:
        futures = {name: pool.submit(plant_and_run, name, folder / name) for name in names}
        yield lambda name: futures[name].result()
    assert not list(temporary.iterdir()), "temporary files were left behind"


def unfit(kind: Kind) -> str:
    """Say why a kind cannot be planted here; empty when it can."""
    if kind.needs_root is None or kind.needs_root == (os.geteuid() == 0):
        return ""
    return "run the tests as root" if kind.needs_root else "run the tests as another user than root"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_hostile_input_ends_as_it_must(kind: Kind, ended: Callable[[str], Ended]) -> None:
    if why := unfit(kind):
        pytest.skip(why)

    found = ended(kind.name)

    assert (found.outcomes, found.stops) == (kind.expected, kind.stops)
    assert found.faults == ()
    assert found.seconds < LONGEST


def test_the_hungriest_kinds_take_bounded_memory(tmp_path: Path) -> None:
    for name in ("soft-hyphens", *HUNGRIEST):
        (tmp_path / name).mkdir()
        plant(KINDS[name], tmp_path / name)
    (tmp_path / "temporary").mkdir()

    with processes(1, tmp_path / "temporary") as pool:
        before = pool.submit(run, "soft-hyphens", tmp_path / "soft-hyphens").result().memory
        grown = {name: pool.submit(run, name, tmp_path / name).result().memory - before for name in HUNGRIEST}

    assert max(grown.values()) < MOST_MEMORY, grown


def test_each_kind_has_a_name_of_its_own() -> None:
    names = [kind.name for kinds in THEMES.values() for kind in kinds]

    assert len(names) == len(set(names)) >= 220


def test_the_table_in_the_documents_is_up_to_date() -> None:
    script = runpy.run_path(str(CHECKOUT / "scripts" / "write_hostile_table.py"))

    written = (CHECKOUT / "docs" / "hostile-input.md").read_text("utf-8")

    assert written == script["table"](), "run `python scripts/write_hostile_table.py`"

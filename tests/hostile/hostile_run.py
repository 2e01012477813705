"""Run one kind of hostile input in a process of its own, and say what became of it and what is wrong with that."""

import faulthandler
import os
import resource
import shutil
import socket
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from all_kinds import KINDS
from kinds import Kind

from tollwire.contracts.contract import Contracts, read_contracts
from tollwire.contracts.tables import read_table
from tollwire.contracts.text import text_faults
from tollwire.corpus.normalise import Counts, normalise
from tollwire.problems import TollwireError
from tollwire.project import Project, make_project, template_root

HANGS = 60  # seconds after which a process that is still at one kind says where it is and ends


@dataclass(frozen=True, slots=True)
class Ended:
    """
    How a run ended: outcomes by rule, the rules of the errors that stopped it, what is wrong with its tables.

    ``seconds`` is how long the processor was busy with it, which does not hang on what else runs; ``memory`` is the
    most bytes that the process held up to then.
    """

    outcomes: dict[str, int]
    stops: tuple[str, ...]
    faults: tuple[str, ...]
    seconds: float
    memory: int


class NoNetwork(socket.socket):
    """A socket that reaches the processes of this machine and nothing else: a page may not make the program ask."""

    def connect(self, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            raise AssertionError(f"the network was asked for {address}")
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        self.connect(address)
        return 0


def start(temporary: str) -> None:
    """Prepare a process: no network, its own folder for temporary files."""
    socket.socket = NoNetwork  # type: ignore[misc]
    os.environ["TMPDIR"] = temporary


def plant_and_run(name: str, work: Path) -> Ended:
    """Plant a kind into a folder below ``work``, run it, and leave nothing behind."""
    try:
        plant(KINDS[name], work)
        return run(name, work)
    finally:
        # A folder that nobody may read cannot be emptied either.
        for one in (work / "in").iterdir():
            if one.is_dir() and not one.is_symlink():
                one.chmod(0o700)
        shutil.rmtree(work)


def plant(kind: Kind, work: Path) -> None:
    """Make a project with the source record of a kind, and its folder of input."""
    project = make_project(work / "project")
    source = kind.source.encode() if isinstance(kind.source, str) else kind.source
    (project.sources / "case.toml").write_bytes(source)
    (work / "in").mkdir()
    kind.plant(work / "in")


def run(name: str, work: Path) -> Ended:
    """Normalise what was planted, as a user would, and look at what came of it."""
    faulthandler.dump_traceback_later(HANGS, exit=True)
    before, began = _files(work), time.process_time()
    stops: tuple[str, ...] = ()
    counts, faults = Counts(0, 0, 0, {}), []
    try:
        counts = normalise(Project(work / "project"), [work / "in"], work / "out", "case")
    except TollwireError as error:
        stops = tuple(one.rule for one in error.problems)
        faults += [f"an error of several lines: {one}" for one in map(str, error.problems) if not one.isprintable()]
    seconds = time.process_time() - began
    faulthandler.cancel_dump_traceback_later()
    if _files(work) != before:
        faults.append("something was written outside of the folder for the tables")
    if not stops:
        faults += _table_faults(KINDS[name], work, counts)
    outcomes = {**({"article": counts.articles} if counts.articles else {}), **counts.by_rule}
    return Ended(outcomes, stops, tuple(faults), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024)


@cache
def _contracts() -> Contracts:
    return read_contracts(template_root() / "schemas")


def _files(work: Path) -> dict[str, tuple[int, int]]:
    """List what is below a folder, with sizes and times; the folder for the tables and pipes aside."""
    found = {}
    for parent, folders, files in os.walk(work):
        if Path(parent) == work and "out" in folders:
            folders.remove("out")
        for one in files:
            stated = os.lstat(os.path.join(parent, one)) if len(parent) + len(one) < 4_000 else None
            found[os.path.join(parent, one)] = (stated.st_size, stated.st_mtime_ns) if stated else (0, 0)
    return found


def _table_faults(kind: Kind, work: Path, counts: Counts) -> list[str]:
    """Say what is wrong with the tables: rows that are lost, text that is not clean, what may never stand there."""
    contracts = _contracts()
    faults, rows = [], 0
    for name in ("articles", "rejected"):
        frame = read_table(work / "out" / f"{name}.parquet", contracts[name])
        rows += frame.height
        if name == "articles":  # the tables were checked by their contracts when they were written
            faults += [fault for text in frame["text"] for fault in text_faults(text)]
        if name == "rejected":
            faults += [f"a detail that is not clean: {one!r}" for one in frame["detail"] if not one.isprintable()]
        written = str(frame.to_dicts()) if kind.never else ""
        faults += [f"{one!r} stands in {name}" for one in kind.never if one in written]
    if not counts.records == counts.articles + counts.rejected == rows:
        faults.append(f"{counts.records} records in, {rows} rows out")
    return faults

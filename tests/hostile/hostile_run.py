"""Run one kind of hostile input as a user would, in a process of its own, and say what became of it."""

import os
import resource
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tollwire.corpus.normalise import normalise
from tollwire.problems import TollwireError
from tollwire.project import Project


@dataclass(frozen=True, slots=True)
class Ended:
    """
    How a run ended: records in, outcomes by rule, the lines of an error that stopped it.

    ``seconds`` is how long it took, ``grown`` by how many bytes the most memory that the process ever held went up.
    """

    records: int
    outcomes: dict[str, int]
    stopped: tuple[str, ...]
    rules: tuple[str, ...]
    seconds: float
    grown: int


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


def run(project: Path, folder: Path, out: Path) -> Ended:
    """Normalise a folder into ``out``."""
    before, began = _most_memory(), time.perf_counter()
    records, outcomes, problems = 0, {}, []
    try:
        counts = normalise(Project(project), [folder], out, "case")
        records = counts.records
        outcomes = {**({"article": counts.articles} if counts.articles else {}), **counts.by_rule}
    except TollwireError as error:
        problems = error.problems
    seconds, grown = time.perf_counter() - began, _most_memory() - before
    return Ended(records, outcomes, tuple(map(str, problems)), tuple(one.rule for one in problems), seconds, grown)


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024

"""What a run was: ``run.json`` beside its tables, for people and programs that want to know how these came about."""

import json
import platform
import time
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.contracts.whole_files import write_whole
from tollwire.corpus.page import NORMALISER

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARIES = ("tollwire", "polars", "pyarrow", "rensa", "selectolax")


@dataclass
class RunRecord:
    """
    The record of one run, written when it starts and when it ends.

    ``inputs`` are the ``raw_uri`` heads of what it read, ``seconds`` how long each stage took, ``processor_seconds``
    what of it this process worked itself.
    """

    path: Path
    inputs: Sequence[str]
    started_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    seconds: dict[str, float] = field(default_factory=dict)
    processor_seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> "Iterator[None]":
        """Note how long a stage takes."""
        started, worked = time.monotonic(), time.process_time()
        yield
        self.processor_seconds[stage] = round(time.process_time() - worked, 3)
        self.seconds[stage] = round(time.monotonic() - started, 3)

    def write(self, status: str, **more: Mapping[str, Any]) -> None:
        """Write the record; ``status`` is "running" until the tables are there, then "finished"."""
        versions = {name: version(name) for name in LIBRARIES}
        record = {
            "status": status,
            "inputs": list(self.inputs),
            "started_at": self.started_at,
            "seconds": self.seconds,
            "processor_seconds": self.processor_seconds,
            "versions": {"normaliser": NORMALISER, "python": platform.python_version(), **versions},
            **more,
        }
        write_whole(self.path, json.dumps(record, indent=2) + "\n")

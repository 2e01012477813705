"""Processes of this machine that share work: a page that kills or hangs one of them costs that page, not the run."""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tollwire.corpus.engine import Work
from tollwire.corpus.raw_tables import packed, unpacked
from tollwire.problems import Problem, TollwireError

if TYPE_CHECKING:
    import pyarrow as pa
    from pebble import ProcessPool

AHEAD = 3  # tables for each process that are taken but not yet done
PAGE_SECONDS = 30  # that one table, and after that one of its rows, may take
GRACE = 15  # seconds after which a process ends itself when nobody has ended it: the one that started it is gone
MEMORY = 2_000_000_000  # bytes that a process may take beyond what it had at its start
# What every process needs is loaded once, in the one that the others are copies of.
PRELOADED = ["tollwire.corpus.warm", "tollwire.corpus.page_work", "tollwire.corpus.bodies", "rensa"]


def count_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """So many processes that share work; used in a ``with``, which ends them. They start with the first work."""

    def __init__(self, count: int, seconds: float = PAGE_SECONDS) -> None:
        self.count = count
        self._seconds = seconds
        self._works = 0
        self._pool: ProcessPool | None = None
        self._folder = TemporaryDirectory(prefix="tollwire-")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
        self._folder.cleanup()

    def map(self, work: Work, tables: Iterable["pa.Table"]) -> Iterator["pa.Table"]:
        """
        Do the work on each table, of which no more are taken than are being done; see ``Engine.map``.

        A table that takes too long, or on which a process dies, is done again row by row.

        Raises:
            TollwireError: processes do not start.
        """
        # Through a file, so that a process reads the work once and not with each of its tables.
        self._works += 1
        path = Path(self._folder.name) / f"{self._works}.pickle"
        path.write_bytes(pickle.dumps(work))
        try:
            yield from self._map(path, work, iter(tables))
        except BrokenProcessPool as error:
            what = f"processes end as soon as they start, perhaps for want of memory: {error}"
            raise TollwireError(Problem("--workers", "worker-died", what, "try --workers 1")) from error

    def _map(self, path: Path, work: Work, tables: Iterator["pa.Table"]) -> Iterator["pa.Table"]:
        waiting: dict[Future[bytes], pa.Table] = {}
        while True:
            for table in islice(tables, max(AHEAD * self.count - len(waiting), 0)):
                waiting[self._submit(path, table)] = table
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                table = waiting.pop(future)
                result = self._result(future, work, table)
                if result is not None:
                    yield result
                else:
                    rows = [table.slice(number, 1) for number in range(table.num_rows)]
                    waiting.update((self._submit(path, row), row) for row in rows)

    def _submit(self, path: Path, table: "pa.Table") -> Future[bytes]:
        if self._pool is None:
            self._pool = self._started()
        return self._pool.schedule(_do, args=[path, packed(table), self._seconds + GRACE], timeout=self._seconds)

    def _result(self, future: Future[bytes], work: Work, table: "pa.Table") -> "pa.Table | None":
        """Give what became of a table; None when it is to be done again row by row."""
        from pebble import ProcessExpired

        try:
            return unpacked(future.result())
        except TimeoutError:
            rule, detail = "too-slow", f"not done after {self._seconds:g} seconds"
        except (ProcessExpired, MemoryError):
            rule, detail = "worker-died", "the process that read it died, or needed too much memory"
        return work.lost(table, rule, detail) if table.num_rows == 1 else None

    def _started(self) -> "ProcessPool":
        from pebble import ProcessPool

        # Not by forking this process: the libraries in it have threads, whose locks a copy would inherit.
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        context.set_forkserver_preload(PRELOADED)
        return ProcessPool(self.count, initializer=_start, context=context)


def _start() -> None:
    # Ctrl-C reaches every process; the one that started the others ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource

        mapped = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return  # not Linux, where a process cannot be kept from taking memory
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY if hard < 0 else min(mapped + MEMORY, hard), hard))


def _do(path: Path, table: bytes, seconds: float) -> bytes:
    # The kernel ends the process even when it hangs in a library and the one that started it was killed.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return packed(_read_work(path)(unpacked(table)))
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


@lru_cache(maxsize=4)
def _read_work(path: Path) -> Work:
    work: Work = pickle.loads(path.read_bytes())
    return work

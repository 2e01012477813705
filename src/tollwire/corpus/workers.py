"""Spread work over processes: results in the order of the work, never more of it in memory than is being done."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar

from tollwire.problems import Problem, TollwireError

FEW = 64  # items that are done before other processes are started, which takes as long as about a hundred pages
CHUNK = 8  # items that go to a process at once
AHEAD = 3  # chunks for each process that are read but not yet done

Item = TypeVar("Item")
Result = TypeVar("Result")


def count_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """
    Processes that share work; used in a ``with``, which ends them.

    They start when there is enough to do. With a ``count`` of 1 all is done in this process.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._done_here = 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """
        Do ``work``, a function of a module, on every item, and give the results in the order of the items.

        Raises:
            TollwireError: a process ended before its work was done.
        """
        items = iter(items)
        here = items if self.count == 1 else islice(items, max(FEW - self._done_here, 0))
        for item in here:
            self._done_here += 1
            yield work(item)
        waiting: deque[Future[list[Result]]] = deque()
        try:
            while chunk := list(islice(items, CHUNK)):
                waiting.append(self._started().submit(_do, work, chunk))
                if len(waiting) >= AHEAD * self.count:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            what = "a process did not start, or was ended before its pages were done, perhaps for want of memory"
            raise TollwireError(Problem("--workers", "worker-died", what, "try --workers 1")) from error
        finally:
            for one in waiting:
                one.cancel()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Not by forking this process: the libraries in it have threads, whose locks a copy would inherit.
            methods = multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
            self._pool = ProcessPoolExecutor(self.count, context, initializer=_start)
        return self._pool


def _start() -> None:
    # Ctrl-C reaches every process; the one that started the others ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(work: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [work(item) for item in items]

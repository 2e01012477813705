"""Watch a process and all below it: the memory that they have at most, and the processor time that they take."""

import ctypes
import os
import resource
import sys
import threading
import time
from types import TracebackType
from typing import Self

import psutil

STEP = 2  # seconds between two looks, which take a tenth of one
BECOME_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
LINGER = 30  # seconds in which all that a program started has to end after it


class Watch:
    """
    Watches a process while it lives; used in a ``with``.

    ``memory`` is the greatest sum of their resident bytes, in which pages that they share count for each of them.
    """

    def __init__(self, pid: int) -> None:
        self.memory = 0
        self._root = psutil.Process(pid)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(STEP):
            memory = 0
            try:
                processes = [self._root, *self._root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            for process in processes:
                try:
                    memory += process.memory_info().rss
                except psutil.Error:
                    continue
            self.memory = max(self.memory, memory)


def adopt() -> None:
    """Have processes whose parent ended become this one's children, so that ``processor_seconds`` misses none."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 1, 0, 0, 0)


def processor_seconds() -> float:
    """Wait for all children, those that were adopted too, and give the seconds of processors that all so far took."""
    ended = time.monotonic() + LINGER
    while time.monotonic() < ended:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)
        except ChildProcessError:
            break
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


def living_seconds() -> float:
    """Give the seconds of processors that the living processes below this one took so far."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        try:
            total += sum(process.cpu_times()[:4])
        except psutil.Error:
            continue
    return total

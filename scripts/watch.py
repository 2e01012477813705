"""Watch a process and all below it: the memory that they have at most, and the processor time that they take."""

import threading
from types import TracebackType
from typing import Self

import psutil

STEP = 2  # seconds between two looks, which take a tenth of one


class Watch:
    """
    Watches a process while it lives; used in a ``with``.

    ``memory`` is the greatest sum of their resident bytes, in which pages that they share count for each of them;
    ``processor`` the seconds of processors that were seen to be taken.
    """

    def __init__(self, pid: int) -> None:
        self.memory = 0
        self._root = psutil.Process(pid)
        self._seconds: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    @property
    def processor(self) -> float:
        """Seconds of processors that were seen to be taken."""
        return sum(self._seconds.values())

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
                    times = process.cpu_times()
                except psutil.Error:
                    continue
                self._seconds[process.pid] = times.user + times.system
            self.memory = max(self.memory, memory)

"""Work done by a Ray cluster, through Ray Data: the same work and the same results as in processes of this machine."""

import logging
import os
import socket
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tollwire.corpus.engine import Work
from tollwire.corpus.workers import PAGE_SECONDS, Workers
from tollwire.problems import Problem, ServiceError, UsageError, shown

if TYPE_CHECKING:
    import pyarrow as pa

QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DATA_LOG_LEVEL": "ERROR"}  # nothing is told to anybody
BLOCK = 4  # tables that are one task of Ray's, which takes some milliseconds by itself
ROUND = 64  # blocks that are handed over at once; a cluster holds them in memory, and what is too much on disk


class RayEngine:
    """
    A Ray cluster at an ``address``, or one of this machine that is started and ended with it; used in a ``with``.

    On each node a page is read in a process of its own, as ``Workers`` do it: one that kills or hangs it costs itself.
    When a node is lost, Ray does its work again on another.

    Raises:
        UsageError: Ray is not installed.
        ServiceError: the cluster does not answer.
    """

    def __init__(self, address: str | None = None, seconds: float = PAGE_SECONDS, cores: int | None = None) -> None:
        for name, value in QUIET.items():
            os.environ.setdefault(name, value)
        try:
            import ray
            import ray.data
        except ModuleNotFoundError as error:
            fix = 'pip install "tollwire[ray]"'
            raise UsageError(Problem("--engine", "ray-not-installed", "Ray is not installed", fix)) from error
        self._ray = ray
        self._seconds = seconds
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if address is None:
            options |= {"num_cpus": cores, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        try:
            _knock(address)
            ray.init(address or "local", **options)
        except (OSError, RuntimeError, ValueError) as error:
            where = f"--ray-address {address or 'local'}"
            fix = "start it: ray start --head"
            raise ServiceError(Problem(where, "ray-not-reached", shown(str(error), 200), fix)) from error
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ray.shutdown()

    def map(self, work: Work, tables: Iterable["pa.Table"]) -> Iterator["pa.Table"]:
        """
        Do the work on each table, of which no more are taken than make a round; see ``Engine.map``.

        Raises:
            ServiceError: the cluster is lost.
        """
        import pyarrow as pa

        tables = iter(tables)
        kept = self._ray.put(work)
        do = partial(_do, work=[kept], seconds=self._seconds)  # in a list, or Ray would send the work with every block
        while held := list(islice(tables, BLOCK * ROUND)):
            blocks = [pa.concat_tables(held[start : start + BLOCK]) for start in range(0, len(held), BLOCK)]
            references = [self._ray.put(block) for block in blocks]
            rows = -(-sum(table.num_rows for table in held) // len(held))
            done = self._ray.data.from_arrow_refs(references).map_batches(
                do, batch_format="pyarrow", batch_size=None, fn_kwargs={"rows": rows}
            )
            try:
                yield from done.iter_batches(batch_format="pyarrow", batch_size=None)
            except self._ray.exceptions.RayError as error:
                what = shown(str(error), 200)
                fix = "run it again: what was done is kept"
                raise ServiceError(Problem("--engine", "ray-failed", what, fix)) from error


def _knock(address: str | None) -> None:
    """Raise OSError when nobody listens at ``host:port``; Ray itself waits two minutes, and then ends the process."""
    host, _, port = (address or "").rpartition(":")
    if port.isdecimal():
        socket.create_connection((host.removeprefix("ray://"), int(port)), timeout=10).close()


def _do(block: "pa.Table", work: list[Any], seconds: float, rows: int) -> "pa.Table":
    """Do the work on a block, on whatever node this runs."""
    import pyarrow as pa

    tables = [block.slice(start, rows) for start in range(0, block.num_rows, rows)]
    return pa.concat_tables(_isolated(seconds).map(_fetched(work[0]), tables))


@cache
def _isolated(seconds: float) -> Workers:
    """Give the process in which this one has the work done; it ends with this one."""
    return Workers(1, seconds)


@cache
def _fetched(reference: Any) -> Work:
    import ray

    work: Work = ray.get(reference)
    return work

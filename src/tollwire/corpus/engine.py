"""
What spreads work: an engine takes a function from Arrow table to Arrow table, and gives what becomes of many tables.

The function is one object that can be sent to other processes and machines, so the same work runs in this process
(``Here``), in processes of this machine (``workers.Workers``) and on a cluster (``ray_engine.RayEngine``).
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa


class Work(Protocol):
    """A function from table to table, pure, and what stands for the result of a row that it could not do."""

    def __call__(self, table: "pa.Table") -> "pa.Table":
        """Do the work on all rows."""
        ...

    def lost(self, row: "pa.Table", rule: str, detail: str) -> "pa.Table":
        """Give the result of a row on which a process died (``worker-died``) or hung (``too-slow``)."""
        ...


class Engine(Protocol):
    """Something that does work on many tables; used in a ``with``, which ends what it started."""

    def map(self, work: Work, tables: Iterable["pa.Table"]) -> Iterator["pa.Table"]:
        """
        Do the work on each table, of which no more are taken than are being done.

        Its rows come in any order, in tables that are cut in any way.

        Raises:
            TollwireError: nothing can be done at all, for the processes that should do it do not live.
        """
        ...


class Here:
    """Does the work in this process, which a page that kills or hangs it takes along."""

    def map(self, work: Work, tables: Iterable["pa.Table"]) -> Iterator["pa.Table"]:
        """Do the work on each table, in their order."""
        return map(work, tables)

"""Merge rows that were kept with new ones, both in the order of the table that they make."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


def merge(
    kept: "Iterator[pa.Table]", new: "Iterator[pa.Table]", is_kept: "NDArray[np.bool_]", rows: int
) -> "Iterator[pa.Table]":
    """
    Give tables of so many ``rows``, the last of fewer: each row the next of the ``kept`` or of the ``new`` ones.

    The tables are in one piece, so that whoever writes them writes the same bytes, wherever their rows came from.
    """
    import numpy as np
    import pyarrow as pa

    sources = _Rows(kept), _Rows(new)
    for start in range(0, len(is_kept), rows):
        here = is_kept[start : start + rows]
        count = int(np.count_nonzero(here))
        parts = [*sources[0].take(count), *sources[1].take(len(here) - count)]
        together = pa.concat_tables(parts)
        if 0 < count < len(here):
            together = together.take(np.where(here, np.cumsum(here) - 1, count + np.cumsum(~here) - 1))
        yield together.combine_chunks()


class _Rows:
    """Rows that come in tables, taken so many at a time."""

    def __init__(self, tables: "Iterator[pa.Table]") -> None:
        self._tables = tables
        self._held: list[pa.Table] = []

    def take(self, count: int) -> "Iterator[pa.Table]":
        while count:
            table = self._held.pop() if self._held else next(self._tables)
            yield table.slice(0, count)
            if table.num_rows > count:
                self._held.append(table.slice(count))
            count -= min(count, table.num_rows)

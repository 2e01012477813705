"""Outcomes kept in shards: files of a limited size, named by their bytes, so that no page is normalised twice."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from tollwire.corpus.outlet import Outlet
from tollwire.corpus.outlet_record import outlet_bytes
from tollwire.corpus.page import NORMALISER
from tollwire.corpus.page_work import MISHAPS
from tollwire.corpus.sources import Source

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

# A run that is stopped loses what is not in a shard: some seconds of work. A shard's rows are also what is compared,
# sorted and written at a time.
MOST_ROWS, MOST_BYTES = 2000, 32_000_000
NAME = 32  # hex digits of a file's digest by which a shard is called


@dataclass(frozen=True)
class Shelf:
    """
    The shards of one source under one state of knowledge: source record, outlet, normaliser and columns.

    Whatever changes what a page would become makes another shelf.
    """

    folder: Path

    def open(self) -> None:
        """Make the folder ready: half-written files of a run that was stopped go, and so do damaged shards."""
        self.folder.mkdir(exist_ok=True)
        for left in self.folder.glob(".*.tmp"):
            rmtree(left) if left.is_dir() else left.unlink()
        for path in self.shards():
            if _name(path) != path.name:
                path.unlink()

    def shards(self) -> list[Path]:
        """List the shards in the order of their names."""
        return sorted(self.folder.glob("*.parquet"))

    def write(self, outcomes: Iterable["pa.Table"]) -> Iterator[int]:
        """Write outcomes into shards as they come, and give the number of rows of each table that was taken."""
        held: list[pa.Table] = []
        rows = size = 0
        for table in outcomes:
            held.append(table)
            rows, size = rows + table.num_rows, size + table.nbytes
            if rows >= MOST_ROWS or size >= MOST_BYTES:
                self._write(held)
                held, rows, size = [], 0, 0
            yield table.num_rows
        if held:
            self._write(held)

    def _write(self, tables: list["pa.Table"]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as parquet

        aside = self.folder / ".shard.tmp"
        parquet.write_table(pa.concat_tables(tables), aside, compression="zstd", compression_level=1)
        aside.rename(self.folder / _name(aside))


def _name(shard: Path) -> str:
    return f"{sha256(shard.read_bytes()).hexdigest()[:NAME]}.parquet"


def shelf_of(folder: Path, source: Source, outlet: Outlet | None, outcomes: "pa.Schema") -> Shelf:
    """Name the shelf of a source by all that its outcomes hang on."""
    known = outlet_bytes(outlet) if outlet is not None else b""
    columns = json.dumps([str(one) for one in outcomes])
    digest = sha256("\0".join((source.model_dump_json(), NORMALISER, columns)).encode() + known).hexdigest()
    return Shelf(folder / f"{source.source_id}-{digest[:NAME]}")


def find_outcomes(shards: Sequence[Path], keys: "pa.Array", with_mishaps: bool = True) -> "NDArray[np.int64]":
    """
    Say where the outcome of each key is.

    Returns:
        Shape (keys, 2): the number of the shard and the row in it, or -1 where there is none. Mishaps are looked up
        only ``with_mishaps``, and where there is nothing better.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as parquet

    names, mishaps = [pa.array([], keys.type)], [np.empty(0, dtype=bool)]
    places: list[NDArray[np.int64]] = [np.empty((0, 2), dtype=np.int64)]
    for number, shard in enumerate(shards):
        table = parquet.ParquetFile(shard).read(columns=["key", "rule"])
        names.append(table["key"].combine_chunks())
        places.append(np.stack((np.full(table.num_rows, number), np.arange(table.num_rows)), axis=1))
        mishaps.append(pc.is_in(table["rule"], pa.array(MISHAPS)).to_numpy())
    known, place, mishap = pa.concat_arrays(names), np.concatenate(places), np.concatenate(mishaps)
    found = np.full((len(keys), 2), -1, dtype=np.int64)
    for kind in (mishap, ~mishap) if with_mishaps else (~mishap,):
        at = pc.index_in(keys, known.filter(pa.array(kind))).fill_null(-1).to_numpy()
        found[at >= 0] = place[kind][at[at >= 0]]
    return found

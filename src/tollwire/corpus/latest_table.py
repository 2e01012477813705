"""The table articles of the last run: its rows that would be the same now are taken from there."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.contracts.whole_files import file_sha256
from tollwire.corpus.gathering import Gathered
from tollwire.corpus.kept_tables import read_kept, write_kept

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Clusters = tuple[NDArray[np.uint64], NDArray[np.int8]]

NAME = "articles.kept"
STEM_BYTES = 16


class LatestTable:
    """
    The table at ``path``, of which the folder ``kept`` says from where each row came.

    It counts only when it is the very one that was written, under the same ``circumstances``.
    """

    def __init__(self, path: Path, kept: Path, circumstances: str) -> None:
        self.path = path
        self._kept = kept / NAME
        self._circumstances = circumstances
        self._used: NDArray[np.bool_] | None = None

    def find(
        self, shards: Sequence[Path], gathered: Gathered, clusters: "Clusters", addresses: "pa.Array"
    ) -> "NDArray[np.bool_]":
        """Say of all articles, in the order of their identifiers, whether the table has their row as it is now."""
        import numpy as np
        import pyarrow.compute as pc
        import pyarrow.parquet as parquet

        order = gathered.by_id
        is_same: NDArray[np.bool_] = np.zeros(len(order), dtype=bool)
        found = read_kept(self._kept)
        if not found or not self.path.exists() or found[1] != [self._circumstances, file_sha256(self.path)]:
            return is_same
        rows = found[0][0]
        ids = rows["article_id"].to_numpy()
        at = np.minimum(np.searchsorted(ids, gathered.ids[order]), max(len(ids) - 1, 0))
        if not len(ids) or not len(order):
            return is_same
        numbers = {bytes.fromhex(shard.stem): number for number, shard in enumerate(shards)}
        names = [numbers.get(name, -1) for name in found[0][1]["shard"].to_pylist()]
        shard_of: NDArray[np.int64] = np.array(names, dtype=np.int64)
        shard = shard_of[rows["shard"].to_numpy()]
        is_same = (gathered.ids[order] == ids[at]) & (gathered.places[order, 0] == shard[at])
        is_same &= gathered.places[order, 1] == rows["row"].to_numpy()[at]
        is_same &= clusters[0][order] == rows["cluster"].to_numpy()[at]
        is_same &= clusters[1][order] == rows["reason"].to_numpy()[at]
        uris = parquet.ParquetFile(self.path).read(columns=["raw_uri"])["raw_uri"].combine_chunks()
        is_same &= pc.equal(addresses.take(order), uris.take(at)).to_numpy(zero_copy_only=False)
        self._used = np.zeros(len(ids), dtype=bool)
        self._used[at[is_same]] = True
        return is_same

    def rows(self) -> "Iterator[pa.Table]":
        """Give the rows that were found, in their order."""
        import pyarrow as pa
        import pyarrow.parquet as parquet

        if self._used is None:
            return
        with parquet.ParquetFile(self.path) as file:
            start = 0
            for number in range(file.num_row_groups):
                group = file.read_row_group(number)
                yield group.filter(pa.array(self._used[start : start + group.num_rows]))
                start += group.num_rows

    def keep(self, shards: Sequence[Path], gathered: Gathered, clusters: "Clusters") -> None:
        """Write down from where each row of the table that was just written came."""
        import numpy as np
        import pyarrow as pa

        order = gathered.by_id
        places = gathered.places[order].astype(np.int32)
        columns = (gathered.ids[order], places[:, 0], places[:, 1], clusters[0][order], clusters[1][order])
        names = ("article_id", "shard", "row", "cluster", "reason")
        rows = pa.table(dict(zip(names, map(pa.array, columns), strict=True)))
        stems = pa.table({"shard": pa.array([bytes.fromhex(one.stem) for one in shards], pa.binary(STEM_BYTES))})
        write_kept(self._kept, [rows, stems], [self._circumstances, file_sha256(self.path)])

"""Write the tables of a run: the articles sorted, as many at a time as a row group has, and what was rejected."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.contracts.contract import Contract, Contracts
from tollwire.contracts.forms import arrow_schema
from tollwire.contracts.tables import ROWS_PER_GROUP, check_frame, write_groups, write_table
from tollwire.corpus.clusters import REASONS
from tollwire.corpus.gathering import Gathered, read_shards, struct_table, uris_of
from tollwire.corpus.latest_table import LatestTable
from tollwire.corpus.merging import merge
from tollwire.corpus.sorting import sort_articles
from tollwire.corpus.survey import Survey

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Clusters = tuple[NDArray[np.uint64], NDArray[np.int8]]


def write_articles(
    latest: LatestTable,
    contracts: Contracts,
    surveyed: Survey,
    shards: Sequence[Path],
    gathered: Gathered,
    clusters: "Clusters",
    tell: Callable[[int], None],
) -> None:
    """
    Write the table articles, sorted and checked; ``tell`` is called with the number of rows written.

    Rows that the ``latest`` table has were checked when it was written; the others are made of their shards.

    Raises:
        TollwireError: an article breaks the contract; nothing is written.
    """
    import numpy as np
    import polars as pl

    contract = contracts["articles"]
    schema = arrow_schema(contract)
    addresses = _addresses(surveyed, gathered.records)
    is_kept = latest.find(shards, gathered, clusters, addresses)
    is_new = np.empty(len(is_kept), dtype=bool)
    is_new[gathered.by_id] = ~is_kept

    rows = _rows(contract, addresses, shards, gathered, clusters, is_new)
    ordered = sort_articles(rows, int(np.count_nonzero(is_new)), latest.path.parent)

    def checked() -> "Iterator[pa.Table]":
        for part in ordered:
            frame = pl.from_arrow(part)
            assert isinstance(frame, pl.DataFrame)
            check_frame(frame, contract, contracts.labels)
            yield part.cast(schema)

    def merged() -> "Iterator[pa.Table]":
        done = 0
        # Cast, for lists that were read from Parquet name their items otherwise, and that name is written too.
        kept = (part.cast(schema) for part in latest.rows())
        for part in merge(kept, checked(), is_kept, ROWS_PER_GROUP):
            yield part
            tell(done := done + part.num_rows)
        if not done:
            yield schema.empty_table()

    write_groups(merged(), latest.path)
    latest.keep(shards, gathered, clusters)


def _rows(
    contract: Contract,
    addresses: "pa.Array",
    shards: Sequence[Path],
    gathered: Gathered,
    clusters: "Clusters",
    wanted: "NDArray[np.bool_]",
) -> "Iterator[pa.Table]":
    """Give the wanted articles shard by shard, with all the columns of the contract."""
    import numpy as np
    import pyarrow as pa

    for number, shard in enumerate(shards):
        within = gathered.of_shard(number)
        here = within.start + np.flatnonzero(wanted[within])
        if not len(here):
            continue
        ((_, table),) = read_shards([shard], ["article"])
        rows = struct_table(table["article"].take(gathered.places[here, 1]))
        names = [f"{one:016x}" for one in clusters[0][here].tolist()]
        reasons = [REASONS[one] for one in clusters[1][here].tolist()]
        rows = rows.append_column("cluster_id", pa.array(names, pa.string()))
        rows = rows.append_column("cluster_reason", pa.array(reasons, pa.string()))
        rows = rows.append_column("raw_uri", addresses.take(here))
        yield rows.select(list(contract.columns))


def _addresses(surveyed: Survey, records: "NDArray[np.int64]") -> "pa.Array":
    """Name records as articles do: the file, and ``#N`` for record N of a file with many."""
    import pyarrow.compute as pc

    uris, numbers = uris_of(surveyed, records), surveyed.records["record"].take(records)
    joined = pc.binary_join_element_wise(uris, numbers.cast("string"), "#")
    return pc.if_else(pc.equal(numbers, 0), uris, joined).combine_chunks()


def write_rejected(out: Path, contracts: Contracts, rejected: "pa.Table") -> dict[str, int]:
    """
    Write the table rejected, sorted and checked; gives the number of records by rule.

    Raises:
        TollwireError: a row breaks the contract; nothing is written.
    """
    import polars as pl

    contract = contracts["rejected"]
    frame = pl.from_arrow(rejected.select(list(contract.columns)))
    assert isinstance(frame, pl.DataFrame)
    write_table(frame.sort(contract.key), contract, contracts.labels, out / "rejected.parquet")
    return dict(frame.group_by("rule").len().sort("rule").iter_rows())

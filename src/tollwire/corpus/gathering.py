"""Put the outcomes of a run's records together: which articles there are, and all that was rejected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.contracts.records import Rejection
from tollwire.corpus.raw_tables import Rows
from tollwire.corpus.survey import Survey, add_rejection, rejected_schema

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Gathered:
    """
    The articles of a run, ordered by where their outcome is, each once; and the table rejected, in no order.

    ``places`` has for each article the number of its shard and its row there, ``records`` its record in the survey,
    ``ids`` its article_id as a number. ``bounds`` says of each shard which article is the first in it, and in the end
    how many there are.
    """

    places: "Numbers"
    records: "Numbers"
    ids: "NDArray[np.uint64]"
    rejected: "pa.Table"

    bounds: "Numbers"

    @cached_property
    def by_id(self) -> "Numbers":
        """The articles in the order of their ids, which is that of the table."""
        import numpy as np

        return np.argsort(self.ids)

    def of_shard(self, number: int) -> slice:
        """Say which of the articles are in a shard."""
        return slice(int(self.bounds[number]), int(self.bounds[number + 1]))


def gather(surveyed: Survey, shards: Sequence[Path], places: "Numbers") -> Gathered:
    """
    Tell articles from rejections, given the place (shard, row) of each record's outcome.

    Of pages that are the same article the first by its ``raw_uri`` is kept, the others are rejected.
    """
    import numpy as np
    import pyarrow as pa

    assert places.min(initial=0) >= 0, "a record without outcome"
    order = np.lexsort((places[:, 1], places[:, 0]))
    ids: list[NDArray[np.uint64]] = [np.empty(0, dtype=np.uint64)]
    rejected = [surveyed.rejected.drop_columns("file")]
    records = [np.empty(0, dtype=np.int64)]
    bounds = np.searchsorted(places[order, 0], np.arange(len(shards) + 1)).tolist()
    for number, table in read_shards(shards, ["rule", "detail", "raw_sha256", "article.article_id"]):
        here = order[bounds[number] : bounds[number + 1]]
        taken = table.take(places[here, 1])
        is_article = taken["rule"].is_null().to_numpy()
        records.append(here[is_article])
        names = taken["article"].combine_chunks().field("article_id").to_pylist()
        ids.append(np.array([int(names[one], 16) for one in np.flatnonzero(is_article)], dtype=np.uint64))
        rows = taken.filter(pa.array(~is_article)).select(["rule", "detail", "raw_sha256"])
        rejected.append(_placed(surveyed, here[~is_article], rows))
    all_ids, all_records = np.concatenate(ids), np.concatenate(records)
    again = _doubles(surveyed, all_ids, all_records)
    rejected += _reject_doubles(surveyed, all_ids, all_records, again, shards, places)
    first = np.setdiff1d(np.arange(len(all_ids)), list(again), assume_unique=True)
    kept = places[all_records[first]]
    within = np.searchsorted(kept[:, 0], np.arange(len(shards) + 1))
    return Gathered(kept, all_records[first], all_ids[first], pa.concat_tables(rejected), within)


def read_shards(shards: Sequence[Path], columns: list[str]) -> "Iterator[tuple[int, pa.Table]]":
    """Read some columns of all shards, one after the other, each with its number; ``a.b`` is field b of column a."""
    import pyarrow.parquet as parquet

    for number, shard in enumerate(shards):
        yield number, parquet.ParquetFile(shard).read(columns=columns)


def struct_table(structs: "pa.ChunkedArray") -> "pa.Table":
    """Make a table of structs: a column for each field."""
    import pyarrow as pa

    return pa.Table.from_struct_array(structs)


def _placed(surveyed: Survey, records: "Numbers", rows: "pa.Table") -> "pa.Table":
    """Head rejections by where their records were found."""
    import pyarrow as pa

    record = surveyed.records["record"].take(records).cast(pa.int32())
    return rows.add_column(0, "raw_uri", uris_of(surveyed, records)).add_column(1, "record", record)


def uris_of(surveyed: Survey, records: "Numbers") -> "pa.ChunkedArray":
    """Give the ``raw_uri`` of the files that records are in."""
    return surveyed.files["raw_uri"].take(surveyed.records["file"].take(records))


def _doubles(surveyed: Survey, ids: "NDArray[np.uint64]", records: "Numbers") -> dict[int, str]:
    """Find the articles that another is the same as, and where that was found: the first of them by its address."""
    import numpy as np

    order = np.argsort(ids, kind="stable")
    same = ids[order][1:] == ids[order][:-1]
    members = order[np.concatenate((same, [False])) | np.concatenate(([False], same))] if len(order) else order
    uris = uris_of(surveyed, records[members]).to_pylist()
    numbers = surveyed.records["record"].take(records[members]).to_pylist()
    first: dict[int, str] = {}
    doubles: dict[int, str] = {}
    for article_id, uri, number, member in sorted(
        zip(ids[members].tolist(), uris, numbers, members.tolist(), strict=True)
    ):
        if article_id in first:
            doubles[member] = first[article_id]
        else:
            first[article_id] = f"{uri}#{number}" if number else uri
    return doubles


def _reject_doubles(
    surveyed: Survey,
    ids: "NDArray[np.uint64]",
    records: "Numbers",
    doubles: dict[int, str],
    shards: Sequence[Path],
    places: "Numbers",
) -> "Iterator[pa.Table]":
    import numpy as np

    members = np.array(sorted(doubles), dtype=np.int64)
    at = places[records[members]]
    for number in np.unique(at[:, 0]).tolist():
        here = members[at[:, 0] == number]
        ((_, table),) = read_shards([shards[number]], ["raw_sha256"])
        digests = table["raw_sha256"].take(at[at[:, 0] == number, 1]).to_pylist()
        uris, numbers = uris_of(surveyed, records[here]), surveyed.records["record"].take(records[here])
        rejections = Rows(rejected_schema())
        for double, uri, record, digest in zip(
            here.tolist(), uris.to_pylist(), numbers.to_pylist(), digests, strict=True
        ):
            detail = f"the same page as {doubles[double]}: article {ids[double]:016x}"
            add_rejection(rejections, Rejection(uri, record, "duplicate-page", detail, digest))
        yield rejections.table()

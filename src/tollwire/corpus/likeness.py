"""Near-duplicates among the articles of a run: their bodies, made shard by shard and kept beside them, and clusters."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from tollwire.corpus.bodies import ReadBodies, StoredBodies, write_bodies
from tollwire.corpus.clusters import cluster
from tollwire.corpus.engine import Engine
from tollwire.corpus.gathering import Gathered, read_shards, struct_table
from tollwire.corpus.repeated import repeated_paragraphs

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

ROWS = 256  # articles whose bodies are made at once
COLUMNS = [f"article.{name}" for name in ("title", "language", "text", "blocks")]
FORMAT = b"1"  # of bodies as they are kept
NAME = 16  # hex digits of the digest of the repeated paragraphs, after which bodies are called


def find_clusters(
    shards: Sequence[Path], gathered: Gathered, engine: Engine, kept: Path, tell: Callable[[int], None]
) -> "tuple[Hashes, NDArray[np.int8]]":
    """
    Find the clusters of the articles; see ``clusters.cluster``. ``tell`` is called with the number compared so far.

    Bodies are made anew only in the shards in which other paragraphs are repeated than when they were made, and
    compared only where others are likely to be like them than in the last run, which left what it found in ``kept``.
    """
    import numpy as np

    repeated = repeated_paragraphs(lambda: _paragraphs(shards, gathered))
    folders, missing = [], []
    for number, table in read_shards(shards, ["paragraphs"]):
        here = np.intersect1d(table["paragraphs"].combine_chunks().flatten().to_numpy(), repeated)
        name = f"{shards[number].stem}.bodies-{sha256(FORMAT + here.tobytes()).hexdigest()[:NAME]}"
        folders.append(shards[number].with_name(name))
        if not folders[-1].is_dir():
            missing.append(number)
    _make(shards, folders, missing, repeated, engine, tell)
    return cluster(StoredBodies(folders, _ranks(shards, gathered)), gathered.ids, kept)


def _paragraphs(shards: Sequence[Path], gathered: Gathered) -> "Iterator[tuple[Hashes, NDArray[np.int64]]]":
    """Give the paragraphs of the articles of each shard, and beside each the number of its article."""
    import numpy as np

    for number, table in read_shards(shards, ["paragraphs"]):
        lists = table["paragraphs"].combine_chunks().take(gathered.places[gathered.of_shard(number), 1])
        lengths = lists.value_lengths().to_numpy()
        yield lists.flatten().to_numpy(), np.repeat(np.arange(len(lengths)), lengths)


def _ranks(shards: Sequence[Path], gathered: Gathered) -> "NDArray[np.int64]":
    """Give for each article its shard, and its place among the articles there."""
    import numpy as np

    places = gathered.places.copy()
    for number, table in read_shards(shards, ["rule"]):
        rank = np.cumsum(table["rule"].is_null().to_numpy()) - 1
        places[gathered.of_shard(number), 1] = rank[gathered.places[gathered.of_shard(number), 1]]
    return places


def _make(
    shards: Sequence[Path],
    folders: Sequence[Path],
    missing: Sequence[int],
    repeated: "Hashes",
    engine: Engine,
    tell: Callable[[int], None],
) -> None:
    """Make the bodies of all articles of the missing shards, each shard's as soon as they are all there."""
    import pyarrow.compute as pc

    expected: dict[int, int] = {}

    def tables() -> "Iterator[pa.Table]":
        for number in missing:
            articles = _articles(shards[number], number)
            expected[number] = articles.num_rows
            if not articles.num_rows:
                write_bodies([], folders[number])
            for start in range(0, articles.num_rows, ROWS):
                # Taken, not sliced: a slice would be sent with all that it is a slice of.
                yield articles.take(list(range(start, min(start + ROWS, articles.num_rows))))

    done, made = 0, defaultdict[int, list["pa.Table"]](list)
    for table in engine.map(ReadBodies(repeated.tolist()), tables()):
        done += table.num_rows
        tell(done)
        for number in table["shard"].unique().to_pylist():
            made[number].append(table.filter(pc.equal(table["shard"], number)))
            if sum(one.num_rows for one in made[number]) == expected[number]:
                for old in folders[number].parent.glob(f"{shards[number].stem}.bodies-*"):
                    rmtree(old)
                write_bodies(made.pop(number), folders[number])


def _articles(shard: Path, number: int) -> "pa.Table":
    """Read what is compared of the articles of a shard, each with the shard's number and its own place."""
    import pyarrow as pa

    ((_, table),) = read_shards([shard], ["rule", *COLUMNS])
    articles = struct_table(table.filter(table["rule"].is_null())["article"])
    rows = pa.array(range(articles.num_rows), pa.int32())
    return articles.append_column("shard", pa.array([number] * len(rows), pa.int32())).append_column("row", rows)

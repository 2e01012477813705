"""The bodies of articles as they are compared: made of a table of texts, kept on disk, and read one by one."""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tollwire.contracts.records import Block
from tollwire.contracts.whole_files import folder_aside
from tollwire.corpus.shingles import Body, Story, read_bodies, story_of
from tollwire.corpus.sketches import BANDS, band_keys

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

DIGEST_BYTES = 16
WORD = 8  # bytes of a hash


class Bodies(Protocol):
    """Bodies by number, without all being in memory."""

    digests: "NDArray[np.bytes_]"  # of their words, DIGEST_BYTES each
    keys: "NDArray[np.void]"  # of all that they are, DIGEST_BYTES each
    lengths: "Numbers"  # how many runs each has

    def __getitem__(self, number: int) -> Body:
        """Read one body."""
        ...

    def bands(self) -> "Iterator[NDArray[np.uint64]]":
        """Give band after band the keys of all bodies, see ``sketches.band_keys``."""
        ...


@cache
def body_schema() -> "pa.Schema":
    """One row is the body of one article, with its shard and row: see ``shingles.Body``, and the keys of its sketch."""
    import pyarrow as pa

    hashes = pa.large_list(pa.uint64())
    kinds = {"runs": hashes, "frames": hashes, "filled": hashes, "bands": pa.list_(pa.uint64(), BANDS)}
    return pa.schema({"shard": pa.int32(), "row": pa.int32(), "digest": pa.binary(DIGEST_BYTES), **kinds})


class ReadBodies:
    """The work of making bodies: a table of articles in, one of bodies (``body_schema``) out, row by row."""

    def __init__(self, repeated: Sequence[int]) -> None:
        self._repeated = frozenset(repeated)

    def __call__(self, table: "pa.Table") -> "pa.Table":
        """Make the bodies of articles, without the repeated paragraphs."""
        return _table(table, read_bodies(list(stories_of(table)), self._repeated))

    def lost(self, row: "pa.Table", rule: str, detail: str) -> "pa.Table":
        """Let an article stand alone that could not be compared."""
        import numpy as np

        nothing = np.empty(0, dtype=np.uint64)
        digest = blake2b(str(row["text"][0]).encode(), digest_size=DIGEST_BYTES).digest()
        return _table(row, [Body(digest, nothing, nothing, nothing)])


def stories_of(table: "pa.Table") -> Iterator[Story]:
    """Take the stories out of a table of articles."""
    names = ("title", "language", "text", "blocks")
    for title, language, text, blocks in zip(*(table[name].to_pylist() for name in names), strict=True):
        yield story_of(title, language, text, [Block(**block) for block in blocks])


def _table(articles: "pa.Table", bodies: Sequence[Body]) -> "pa.Table":
    import pyarrow as pa

    hashes = ([getattr(body, name) for body in bodies] for name in ("runs", "frames", "filled"))
    keys = band_keys([body.runs for body in bodies])
    bands = pa.FixedSizeListArray.from_arrays(keys.reshape(-1), BANDS)
    places = (articles[name].combine_chunks() for name in ("shard", "row"))
    return pa.table([*places, [body.digest for body in bodies], *hashes, bands], schema=body_schema())


def write_bodies(tables: Sequence["pa.Table"], folder: Path) -> None:
    """Keep the bodies of a shard, in the order of their rows, in a folder that is whole or not there."""
    import numpy as np
    import pyarrow as pa

    table = pa.concat_tables([*tables, body_schema().empty_table()]).sort_by("row")
    lists = [table[name].combine_chunks() for name in ("runs", "frames", "filled")]
    ends = [(one.offsets.to_numpy(), one.values.to_numpy()) for one in lists]
    hashes = [
        values[offsets[number] : offsets[number + 1]] for number in range(table.num_rows) for offsets, values in ends
    ]
    lengths = np.stack([np.diff(offsets) for offsets, _ in ends[:2]], axis=1)
    digests = table["digest"].to_pylist()
    with folder_aside(folder) as aside:
        np.save(aside / "digests.npy", np.array(digests, dtype=f"S{DIGEST_BYTES}"))
        np.save(aside / "lengths.npy", lengths)
        np.save(aside / "keys.npy", _keys(digests, lengths, hashes))
        np.concatenate([*hashes, np.empty(0, dtype=np.uint64)]).tofile(aside / "hashes")
        bands = table["bands"].combine_chunks().flatten().to_numpy().reshape(-1, BANDS)
        np.ascontiguousarray(bands.T).tofile(aside / "bands")


def _keys(digests: Sequence[bytes], lengths: "Numbers", hashes: "Sequence[NDArray[np.uint64]]") -> "NDArray[np.void]":
    """Name each body by all of it: two that are called the same are alike in whatever is compared."""
    import numpy as np

    named = []
    for number, digest in enumerate(digests):
        runs, frames, filled = hashes[3 * number : 3 * number + 3]
        whole = blake2b(digest + lengths[number].tobytes(), digest_size=DIGEST_BYTES)
        for part in (runs, frames, filled):
            whole.update(np.ascontiguousarray(part).data)
        named.append(whole.digest())
    return np.frombuffer(b"".join(named), dtype=f"V{DIGEST_BYTES}")


class StoredBodies:
    """
    Bodies in folders, as ``write_bodies`` writes them.

    ``places`` are those of the articles, shape (articles, 2): the number of the folder, never less than that of the
    article before, and the place of the body in it.
    """

    def __init__(self, folders: Sequence[Path], places: "Numbers") -> None:
        import numpy as np

        self._folders = folders
        self._places = places
        self._cuts = np.searchsorted(places[:, 0], np.arange(len(folders) + 1))
        lengths, starts = [np.empty((0, 2), dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        digests, keys = [np.empty(0, dtype=f"S{DIGEST_BYTES}")], [np.empty(0, dtype=f"V{DIGEST_BYTES}")]
        self._sizes = []
        for number, folder in enumerate(folders):
            here = self._here(number)
            all_lengths = np.load(folder / "lengths.npy").astype(np.int64)
            sizes = all_lengths[:, 0] + 2 * all_lengths[:, 1]
            self._sizes.append(len(sizes))
            lengths.append(all_lengths[here])
            starts.append((np.cumsum(sizes) - sizes)[here])
            digests.append(np.load(folder / "digests.npy")[here])
            keys.append(np.load(folder / "keys.npy")[here])
        self._lengths = np.concatenate(lengths)
        self._starts = np.concatenate(starts)
        self.digests, self.keys = np.concatenate(digests), np.concatenate(keys)
        self.lengths = self._lengths[:, 0]

    def _here(self, folder: int) -> "Numbers":
        return self._places[self._cuts[folder] : self._cuts[folder + 1], 1]

    def __getitem__(self, number: int) -> Body:
        """Read one body from its file."""
        import numpy as np

        runs, frames = self._lengths[number].tolist()
        file = self._folders[self._places[number, 0]] / "hashes"
        start = WORD * int(self._starts[number])
        hashes = np.fromfile(file, dtype=np.uint64, count=runs + 2 * frames, offset=start)
        return Body(bytes(self.digests[number]), hashes[:runs], hashes[runs : runs + frames], hashes[runs + frames :])

    def bands(self) -> "Iterator[NDArray[np.uint64]]":
        """Give band after band the keys of all bodies."""
        import numpy as np

        for band in range(BANDS):
            keys: list[NDArray[np.uint64]] = [np.empty(0, dtype=np.uint64)]
            for number, folder in enumerate(self._folders):
                size = self._sizes[number]
                read = np.fromfile(folder / "bands", dtype=np.uint64, count=size, offset=WORD * band * size)
                keys.append(read[self._here(number)])
            yield np.concatenate(keys)

"""MinHash sketches of sets of hashes, and the pairs of sets that are likely to share much, without trying all pairs."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Pairs = NDArray[np.int64]  # later * count + earlier

# Sets of likeness s meet in some band with probability 1 - (1 - s^ROWS)^BANDS (Leskovec et al., Mining of Massive
# Datasets, 3.4): .996 at .35 (half a text with a third of its own added), .87 at .25, .0001 at .01 (unlike stories).
BANDS, ROWS, SEED = 128, 3, 42
NEIGHBOURS = 4  # of a set in a band that it is paired with, besides the first: work stays linear where thousands meet
MOST_OTHERS = 32  # of which a set is compared with those that it met in most bands
CHUNK = 1000  # sets whose sketches are made at a time


def likely_pairs(sets: Sequence["Hashes"]) -> Iterator[tuple[int, list[int]]]:
    """
    Give the number of each set with those of earlier ones that it is likely to share much with, the likeliest first.

    Where many sets meet in a band, each is paired with the first of them and the nearest before it only; the caller
    puts first what shall stand for others. Empty sets meet nobody.

    Source: MinHash with banding (Broder 1997; Leskovec et al., as above); sketches by rensa.
    """
    import numpy as np

    numbers = np.array([number for number, one in enumerate(sets) if len(one)], dtype=np.int64)
    if not len(numbers):
        return
    sketches = _sketches([sets[number] for number in numbers])
    pairs: Pairs = np.empty(0, dtype=np.int64)
    bands: Pairs = np.empty(0, dtype=np.int64)
    for band in range(BANDS):
        met = _meetings(sketches[:, band * ROWS : (band + 1) * ROWS])
        pairs, place = np.unique(np.concatenate((pairs, met)), return_inverse=True)
        bands = np.bincount(place, weights=np.concatenate((bands, np.ones(len(met))))).astype(np.int64)
    later, earlier = np.divmod(pairs, len(numbers))
    order = np.lexsort((earlier, -bands, later))
    later, earlier = later[order], earlier[order]
    for start, end in pairwise(np.flatnonzero(np.diff(later, prepend=-1, append=len(numbers))).tolist()):
        others = earlier[start : min(end, start + MOST_OTHERS)]
        yield int(numbers[later[start]]), numbers[others].tolist()


def _sketches(sets: Sequence["Hashes"]) -> "NDArray[np.uint32]":
    import numpy as np
    from rensa import RMinHash

    sketches = np.empty((len(sets), BANDS * ROWS), dtype=np.uint32)
    for start in range(0, len(sets), CHUNK):
        chunk = sets[start : start + CHUNK]
        ends = np.cumsum([0, *map(len, chunk)]).astype(np.uint64)
        rows = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(chunk), ends, BANDS * ROWS, SEED)
        sketches[start : start + len(chunk)] = rows.to_rows()
    return sketches


def _meetings(rows: "NDArray[np.uint32]") -> "Pairs":
    """Pair the sets that have the same rows."""
    import numpy as np

    count = len(rows)
    keys = np.zeros(count, dtype=np.uint64)
    for row in rows.T:
        keys = (keys ^ row) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(29)
    order = np.argsort(keys, kind="stable")
    begins = np.concatenate(([True], keys[order][1:] != keys[order][:-1]))
    first = np.maximum.accumulate(np.where(begins, np.arange(count), 0))
    places = np.flatnonzero(~begins)
    pairs = [order[places] * count + order[first[places]]]
    for back in range(1, NEIGHBOURS + 1):
        near = places[places - back >= first[places]]
        pairs.append(order[near] * count + order[near - back])
    return np.concatenate(pairs)

"""MinHash sketches of sets of hashes, and the pairs of sets that are likely to share much, without trying all pairs."""

from collections.abc import Iterable, Iterator, Sequence
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


def band_keys(sets: Sequence["Hashes"]) -> "NDArray[np.uint64]":
    """
    Sketch sets of hashes and give one key for each band of each sketch, shape (sets, BANDS); empty sets have keys of 0.

    Source: MinHash with banding (Broder 1997; Leskovec et al., as above); sketches by rensa.
    """
    import numpy as np
    from rensa import RMinHash

    filled = [number for number, one in enumerate(sets) if len(one)]
    keys = np.zeros((len(sets), BANDS), dtype=np.uint64)
    if not filled:
        return keys
    ends = np.cumsum([0, *(len(sets[number]) for number in filled)]).astype(np.uint64)
    tokens = np.concatenate([sets[number] for number in filled])
    rows = RMinHash.digest_matrix_from_flat_token_hashes(tokens, ends, BANDS * ROWS, SEED).to_rows()
    mixed: Hashes = np.zeros((len(filled), BANDS), dtype=np.uint64)
    for row in np.array(rows, dtype=np.uint64).reshape(len(filled), BANDS, ROWS).transpose(2, 0, 1):
        mixed = (mixed ^ row) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    keys[filled] = mixed
    return keys


def likely_pairs(bands: Iterable["Hashes"]) -> Iterator[tuple[int, list[int]]]:
    """
    Give the number of each set with those of earlier ones that it is likely to share much with, the likeliest first.

    ``bands`` gives band after band the keys of all sets. Where many sets meet in a band, each is paired with the first
    of them and the nearest before it only; the caller puts first what shall stand for others.
    """
    import numpy as np

    pairs: Pairs = np.empty(0, dtype=np.int64)
    times: Pairs = np.empty(0, dtype=np.int64)
    count = 0
    for keys in bands:
        count = len(keys)
        met = np.unique(_meetings(keys))
        both, place = np.unique(np.concatenate((pairs, met)), return_inverse=True)
        pairs, before = both, times
        times = np.zeros(len(both), dtype=np.int64)
        times[place[: len(before)]] = before
        times[place[len(before) :]] += 1
    if not len(pairs):
        return
    later, earlier = np.divmod(pairs, count)
    order = np.lexsort((earlier, -times, later))
    later, earlier = later[order], earlier[order]
    for start, end in pairwise(np.flatnonzero(np.diff(later, prepend=-1, append=count)).tolist()):
        yield int(later[start]), earlier[start : min(end, start + MOST_OTHERS)].tolist()


def _meetings(keys: "Hashes") -> "Pairs":
    """Pair the sets that have the same key, as later * count + earlier."""
    import numpy as np

    count = len(keys)
    if not count:
        return np.empty(0, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    begins = np.concatenate(([True], keys[order][1:] != keys[order][:-1]))
    first = np.maximum.accumulate(np.where(begins, np.arange(count), 0))
    places = np.flatnonzero(~begins)
    pairs = [order[places] * count + order[first[places]]]
    for back in range(1, NEIGHBOURS + 1):
        near = places[places - back >= first[places]]
        pairs.append(order[near] * count + order[near - back])
    return np.concatenate(pairs)

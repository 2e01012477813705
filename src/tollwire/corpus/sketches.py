"""MinHash sketches of sets of hashes, and the pairs of sets that are likely to share much, without trying all pairs."""

from collections.abc import Iterable, Sequence
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
FEWEST_COUNTED = 1 << 22  # pairs that are counted at once, 34 MB
SLOTS = 4  # and more, for each set, in which keys are counted before they are compared
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


def likely_pairs(bands: Iterable["Hashes"]) -> tuple["Pairs", "Pairs"]:
    """
    Pair the number of each set with those of earlier ones that it is likely to share much with, the likeliest first.

    ``bands`` gives band after band the keys of all sets. Where many sets meet in a band, each is paired with the first
    of them and the nearest before it only; the caller puts first what shall stand for others.

    Returns:
        The numbers of the later sets, in their order, and beside each that of an earlier one.
    """
    import numpy as np

    pairs: Pairs = np.empty(0, dtype=np.int64)
    times: Pairs = np.empty(0, dtype=np.int64)
    held: list[Pairs] = []
    count = waiting = 0
    for keys in bands:
        count = len(keys)
        held.append(np.unique(_meetings(keys)))
        waiting += len(held[-1])
        # Counted only when there are as many again: to sort all pairs anew for each band takes most of the time.
        if waiting > max(len(pairs), FEWEST_COUNTED):
            pairs, times = _counted(pairs, times, held)
            held, waiting = [], 0
    pairs, times = _counted(pairs, times, held)
    if not len(pairs):
        return pairs, pairs
    later, earlier = np.divmod(pairs, count)
    order = np.lexsort((earlier, -times, later))
    later, earlier = later[order], earlier[order]
    begins = np.flatnonzero(np.diff(later, prepend=-1))
    rank = np.arange(len(later)) - np.repeat(begins, np.diff(begins, append=len(later)))
    return later[rank < MOST_OTHERS], earlier[rank < MOST_OTHERS]


def _counted(pairs: "Pairs", times: "Pairs", held: "list[Pairs]") -> tuple["Pairs", "Pairs"]:
    """Add pairs, each as often as it met, to those that were counted so many times."""
    import numpy as np

    both, place = np.unique(np.concatenate((pairs, *held)), return_inverse=True)
    counts = np.bincount(place[len(pairs) :], minlength=len(both))
    counts[place[: len(pairs)]] += times
    return both, counts


def _meetings(keys: "Hashes") -> "Pairs":
    """Pair the sets that have the same key, as later * count + earlier."""
    import numpy as np

    count = len(keys)
    # Most keys are alone: those that nothing else can have are told in a tenth of the time that sorting them takes.
    slots = (keys & np.uint64((SLOTS << count.bit_length()) - 1)).astype(np.int64)
    some = np.flatnonzero(np.bincount(slots)[slots] > 1)
    if not len(some):
        return some
    order = some[np.argsort(keys[some], kind="stable")]
    begins = np.concatenate(([True], keys[order][1:] != keys[order][:-1]))
    first = np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
    places = np.flatnonzero(~begins)
    pairs = [order[places] * count + order[first[places]]]
    for back in range(1, NEIGHBOURS + 1):
        near = places[places - back >= first[places]]
        pairs.append(order[near] * count + order[near - back])
    return np.concatenate(pairs)

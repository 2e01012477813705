"""Paragraphs that unlike articles share: legal notes, appeals, what is known of a conflict in general."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    # The paragraphs of some articles in order, and beside each the number of its article among them.
    Paragraphs = tuple[Hashes, NDArray[np.int64]]

# A paragraph is the outlet's, not the story's, when it follows so many others, and in half of its articles another one.
# An agency's series has a new lead above the same text up to a dozen times; a note stands below everything.
LEAST_NEIGHBOURS = 20
LONGEST_NOTE = 3  # paragraphs below one another
SLOTS = (
    1 << 22
)  # in which paragraphs are counted before they are looked at: 17 MB, and of 20 million few meet by chance


def repeated_paragraphs(read: "Callable[[], Iterable[Paragraphs]]") -> "Hashes":
    """
    Find the repeated paragraphs of the articles that ``read`` gives, some at a time, as often as it is called.

    A story's paragraph follows the same paragraph in every copy; one that is set below many stories follows another
    in each. The first paragraph is known by the one after it. Only the paragraphs that may be repeated are held.

    Returns:
        Their hashes, sorted.
    """
    import numpy as np

    counts = np.zeros(SLOTS, dtype=np.int32)
    for hashes, _ in read():
        slots, times = np.unique(_slots(hashes), return_counts=True)
        counts[slots] += times.astype(np.int32)
    often = counts >= LEAST_NEIGHBOURS
    repeated: Hashes = np.empty(0, dtype=np.uint64)
    if not often.any():
        return repeated
    for _ in range(LONGEST_NOTE):
        pairs = [_pairs(hashes, owners, repeated, often) for hashes, owners in read()]
        new = _set_below_many(np.concatenate([*pairs, np.empty((0, 2), dtype=np.uint64)]))
        if not len(new):
            break
        repeated = np.union1d(repeated, new)
    return repeated


def _slots(hashes: "Hashes") -> "Hashes":
    import numpy as np

    slots: Hashes = hashes & np.uint64(SLOTS - 1)
    return slots


def _pairs(
    hashes: "Hashes", owners: "NDArray[np.int64]", repeated: "Hashes", often: "NDArray[np.bool_]"
) -> "NDArray[np.uint64]":
    """Give the paragraphs that may be repeated, each with its neighbour, as rows; those known are passed over."""
    import numpy as np

    own = ~np.isin(hashes, repeated)
    hashes, owners = hashes[own], owners[own]
    pairs = np.stack((hashes, _neighbours(hashes, owners)), axis=1)
    frequent: NDArray[np.uint64] = pairs[often[_slots(hashes)]]
    return frequent


def _neighbours(hashes: "Hashes", owners: "NDArray[np.int64]") -> "Hashes":
    """Give for each paragraph the one before it, for the first the one after it, and 0 for a lone one."""
    import numpy as np

    if not len(hashes):
        return hashes
    follows = np.concatenate(([False], owners[1:] == owners[:-1]))
    precedes = np.concatenate((follows[1:], [False]))
    neighbours: Hashes = np.where(follows, np.roll(hashes, 1), np.where(precedes, np.roll(hashes, -1), np.uint64(0)))
    return neighbours


def _set_below_many(pairs: "NDArray[np.uint64]") -> "Hashes":
    """Of paragraphs with their neighbours give those that follow many others, and in half of the cases another one."""
    import numpy as np

    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    hashes, neighbours = pairs[order, 0], pairs[order, 1]
    begins = np.concatenate(([True], hashes[1:] != hashes[:-1]))[: len(hashes)]
    other = begins | np.concatenate(([True], neighbours[1:] != neighbours[:-1]))[: len(hashes)]
    starts = np.flatnonzero(begins)
    if not len(starts):
        return np.empty(0, dtype=np.uint64)
    different = np.add.reduceat(other.astype(np.int64), starts)
    times = np.diff(np.append(starts, len(hashes)))
    below_many: Hashes = hashes[starts][(different >= LEAST_NEIGHBOURS) & (2 * different >= times)]
    return below_many

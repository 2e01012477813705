"""
Near-duplicates: articles that tell one story in the same words share a cluster, and each says why it is in it.

**Copies.** Two articles are copies when six tenths of the shorter one's runs of five words are in the longer one: that
holds for a reprint under another headline, for one that was cut, and for one that was given paragraphs of its own.

**Updates.** A copy is an update when it states another figure: some run of five words is the same in both but for its
figures, and all figures there are unlike. "At least 9 people were killed" is updated by "at least 14 people were
killed", not by "at least nine people were killed". Updates stay in the cluster, so that no story is in two splits of a
release; whoever keeps the articles without a reason and those with ``update`` has each state of a story once.

**Bounds.** The longest article of a cluster leads it. All others have six tenths in common with it, or with another of
the cluster and three tenths with the leader; clusters are joined when an article belongs to both, and three tenths of
one leader are in the other. So no chain joins articles that have nothing in common. Fewer than LEAST_SHARED runs make
no copy, unless both articles are briefs. Paragraphs that unlike articles share do not count (see ``repeated``).
"""

from array import array
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.corpus.bodies import Bodies
from tollwire.corpus.judgements import Judgements
from tollwire.corpus.page import NORMALISER
from tollwire.corpus.shingles import Body
from tollwire.corpus.sketches import likely_pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

# Of the shorter article's runs. Two articles that each gave one story two thirds of its length share that much. Of the
# 1,500 reports of MUC-4, on one region's violence, eight pairs share .63 or more, no other pair more than .26.
COPY = 0.6
NEAR_COPY = 0.8  # of the longer article's runs
LEAST_SHARED = 20  # runs of words; fewer may be a set phrase, unless COPY of the longer article is shared too
MOST_VERSIONS = 16  # of a story that an article is compared with
HELD = 4096  # bodies that are held in memory while pairs are compared

REASONS = (None, "same_text", "near_copy", "contained_copy", "update")
# What was found by other rules does not hold; who changes how bodies are compared changes the name.
RULES = f"1 {NORMALISER} {(COPY, NEAR_COPY, LEAST_SHARED, MOST_VERSIONS)}"


def cluster(bodies: Bodies, ids: "Hashes", kept: Path | None = None) -> tuple["Hashes", "NDArray[np.int8]"]:
    """
    Find the clusters of articles with these ``bodies``, whose article_ids are the numbers ``ids``.

    What is found by comparing is left in the folder ``kept``, from which the next run takes it.

    Returns:
        For each article the cluster that it is in, and its reason as a number in REASONS; the result hangs not on the
        order of the articles. The cluster is called after its least article_id. Every other article in it has a
        reason: the closest that it is to one of those with a lesser article_id which have no reason or are updates.
    """
    import numpy as np

    names, reasons = ids.copy(), np.zeros(len(ids), dtype=np.int8)
    known = Judgements(kept, RULES)
    leaders = _all_leaders(bodies, ids, known)
    order = np.lexsort((ids, leaders))
    starts = np.flatnonzero(np.diff(leaders[order], prepend=-1))
    sizes = np.diff(np.append(starts, len(order)))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        members = order[start : start + size]
        names[members] = ids[members[0]]
        told = b"reasons" + bodies.keys[members].tobytes()
        reasons[members] = known.of(told, partial(_reason_numbers, bodies, members.tolist()))
    known.keep()
    return names, reasons


def _all_leaders(bodies: Bodies, ids: "Hashes", known: Judgements) -> "NDArray[np.int64]":
    """Give for each of the articles the number of the one that leads its cluster."""
    import numpy as np

    # Of one text the least article stands for all; a body without runs is alone whatever its digest.
    alone = np.where(bodies.lengths > 0, np.uint64(0), ids)
    order = np.lexsort((ids, alone, bodies.digests))
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (bodies.digests[order][1:] != bodies.digests[order][:-1]) | (alone[order][1:] != alone[order][:-1])
    first = order[begins]
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.cumsum(begins) - 1
    # The longest first, for it leads; a digest, not an identifier, so that equal lengths are in an order of the text.
    longest = np.lexsort((bodies.digests[first], -bodies.lengths[first]))
    longest = longest[: np.count_nonzero(bodies.lengths[first])]
    leaders = first.copy()
    leaders[longest] = first[longest][_leaders(bodies, first[longest], known)]
    of_all: NDArray[np.int64] = leaders[group]
    return of_all


def _leaders(bodies: Bodies, order: "NDArray[np.int64]", known: Judgements) -> "NDArray[np.int64]":
    """Give for each of the bodies in this order, the longest first, the place of the one that leads its cluster."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    leaders = np.arange(len(order))
    later, earlier = likely_pairs(keys[order] for keys in bodies.bands())
    read = lru_cache(maxsize=HELD)(lambda place: bodies[int(order[place])])
    # Only bodies that pairs join, be it through others, can share a cluster: each group of them is judged by itself.
    joined = coo_array((np.ones(len(later), dtype=bool), (later, earlier)), shape=(len(order), len(order)))
    _, group = connected_components(joined, directed=False)
    members = np.argsort(group, kind="stable")
    by_group = np.argsort(group[later], kind="stable")
    later, earlier = later[by_group], earlier[by_group]
    paired = np.unique(group[later])
    cuts = [np.searchsorted(group[of], paired, side).tolist() for of in (members, later) for side in ("left", "right")]
    for start, end, first, last in zip(*cuts, strict=True):
        of_group = members[start:end]
        pairs = np.stack((np.searchsorted(of_group, later[first:last]), np.searchsorted(of_group, earlier[first:last])))
        told = b"leaders" + bodies.keys[order[of_group]].tobytes() + pairs.tobytes()
        found = known.of(told, partial(_leaders_of, of_group.tolist(), pairs.tolist(), read))
        leaders[of_group] = of_group[np.array(found)]
    return leaders


def _leaders_of(places: list[int], pairs: list[list[int]], read: Callable[[int], Body]) -> list[int]:
    """Give for each body of a group, the longest first, which of them leads its cluster; pairs are (later, earlier)."""
    leaders = array("q", range(len(places)))
    for number, others in groupby(zip(*pairs, strict=True), itemgetter(0)):
        compared: dict[int, bool] = {}
        body = read(places[number])
        for _, other in others:
            leader, own = _root(leaders, other), _root(leaders, number)
            if leader == own:
                continue
            if leader not in compared:
                compared[leader] = is_copy(read(places[leader]), body)
            if compared[leader] or (_is_bound(read(places[leader]), body) and is_copy(read(places[other]), body)):
                first, second = min(leader, own), max(leader, own)
                if own == number or _is_bound(read(places[first]), read(places[second])):
                    leaders[second] = first
    for number in range(len(leaders)):
        leaders[number] = _root(leaders, number)
    return leaders.tolist()


def _root(leaders: "array[int]", number: int) -> int:
    while leaders[number] != number:
        leaders[number] = number = leaders[leaders[number]]
    return number


def _reason_numbers(bodies: Bodies, members: list[int]) -> list[int]:
    return [REASONS.index(reason) for reason in _reasons(bodies, members)]


def _reasons(bodies: Bodies, members: list[int]) -> list[str | None]:
    """Say of each article of a cluster how it stands to those before it that say something of their own."""
    reasons: list[str | None] = [None]
    versions = [bodies[members[0]]]
    seen = {versions[0].digest}
    for body in map(bodies.__getitem__, members[1:]):
        if body.digest in seen:
            reasons.append("same_text")
            continue
        seen.add(body.digest)
        reason = _reason(versions[:MOST_VERSIONS], body)
        reasons.append(reason)
        if reason == "update":
            versions.append(body)
    return reasons


def _reason(versions: list[Body], body: Body) -> str:
    updated = [is_update(version, body) for version in versions]
    copied = [one for one, update in zip(versions, updated, strict=True) if not update and is_copy(one, body)]
    if any(_shared(version, body) >= NEAR_COPY * max(len(version.runs), len(body.runs)) for version in copied):
        return "near_copy"
    return "update" if any(updated) and not copied else "contained_copy"


def is_copy(one: Body, other: Body) -> bool:
    """Tell whether six tenths of the shorter body are in the longer, be it with other figures."""
    shared = _shared(one, other)
    shorter, longer = sorted((len(one.runs), len(other.runs)))
    return shared >= COPY * shorter > 0 and shared >= min(LEAST_SHARED, COPY * longer)


def is_update(one: Body, other: Body) -> bool:
    """Tell whether some run of words is in both bodies but for its figures, which are all unlike."""
    import numpy as np

    frames = np.intersect1d(one.frames, other.frames)
    alike = one.frames[np.isin(one.filled, other.filled)]
    return bool(len(np.setdiff1d(frames, alike)))


def _is_bound(leader: Body, body: Body) -> bool:
    return _shared(leader, body) >= COPY / 2 * min(len(leader.runs), len(body.runs))


def _shared(one: Body, other: Body) -> int:
    import numpy as np

    return len(np.intersect1d(one.runs, other.runs, assume_unique=True))

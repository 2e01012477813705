"""
Near-duplicates: articles that tell one story in the same words share a cluster, and each says why it is in it.

**Copies.** Two articles are copies when two thirds of the shorter one's runs of five words are in the longer one: that
holds for a reprint under another headline, for one that was cut, and for one that was given paragraphs of its own.

**Updates.** A copy is an update when it states another figure: some run of five words is the same in both but for its
figures, and all figures there are unlike. "At least 9 people were killed" is updated by "at least 14 people were
killed", not by "at least nine people were killed". Updates stay in the cluster, so that no story is in two splits of a
release; whoever keeps the articles without a reason and those with ``update`` has each state of a story once.

**Bounds.** The longest article of a cluster leads it, and all others have at least a third of themselves in it (in the
leader of their own copies, where two leaders were joined): articles that have nothing to do with one another are not
joined by a chain of others. Fewer than LEAST_SHARED shared runs make no copy, unless nearly all is shared.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tollwire.contracts.records import Article
from tollwire.corpus.shingles import Body, read_bodies
from tollwire.corpus.sketches import likely_pairs

COPY = 0.6  # of the shorter article's runs; two articles that each gave one story two thirds of its length share that
NEAR_COPY = 0.8  # Jaccard likeness; Source: the usual bound, e.g. Lee et al. 2022, Deduplicating Training Data
LEAST_SHARED = 20  # runs of words
MOST_VERSIONS = 16  # of a story that an article is compared with


def cluster(articles: Sequence[Article]) -> list[Article]:
    """
    Give each article its ``cluster_id`` and ``cluster_reason``, in the order given; the result hangs not on that order.

    The cluster is called after its least article_id. Every other article in it has a reason: the closest that it is to
    one of those with a lesser article_id which have no reason or are updates.
    """
    bodies = read_bodies(articles)
    same: dict[bytes, list[int]] = defaultdict(list)
    for number, body in enumerate(bodies):
        same[body.digest if len(body.runs) else articles[number].article_id.encode()].append(number)
    # The longest first, for it leads; a digest, not an identifier, so that equal lengths are in an order of the text.
    groups = sorted(same.values(), key=lambda group: (-len(bodies[group[0]].runs), bodies[group[0]].digest))
    leaders = _leaders([bodies[group[0]] for group in groups])
    clusters: dict[int, list[int]] = defaultdict(list)
    for group, leader in zip(groups, leaders, strict=True):
        clusters[leader] += group
    clustered = list(articles)
    for members in clusters.values():
        members.sort(key=lambda number: articles[number].article_id)
        reasons = _reasons([bodies[number] for number in members])
        for number, reason in zip(members, reasons, strict=True):
            name = articles[members[0]].article_id
            clustered[number] = replace(articles[number], cluster_id=name, cluster_reason=reason)
    return clustered


def _leaders(bodies: list[Body]) -> list[int]:
    """Give for each of the bodies, which are the longest first, the number of the one that leads its cluster."""
    leaders = list(range(len(bodies)))
    for number, others in likely_pairs([body.runs for body in bodies]):
        compared: dict[int, bool] = {}
        for other in others:
            leader = _root(leaders, other)
            if leader not in compared:
                compared[leader] = is_copy(bodies[leader], bodies[number])
            if compared[leader] or (
                _contained(bodies[leader], bodies[number]) >= COPY / 2 and is_copy(bodies[other], bodies[number])
            ):
                first, second = sorted((leader, _root(leaders, number)))
                if second == number or _contained(bodies[first], bodies[second]) >= COPY / 2:
                    leaders[second] = first
    return [_root(leaders, number) for number in range(len(leaders))]


def _root(leaders: list[int], number: int) -> int:
    while leaders[number] != number:
        leaders[number] = number = leaders[leaders[number]]
    return number


def _reasons(bodies: list[Body]) -> list[str | None]:
    reasons: list[str | None] = [None]
    versions = [bodies[0]]
    seen = {bodies[0].digest}
    for body in bodies[1:]:
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
    unlike = [is_update(version, body) for version in versions]
    copied = [
        version for version, update in zip(versions, unlike, strict=True) if not update and is_copy(version, body)
    ]
    if any(likeness(version, body) >= NEAR_COPY for version in copied):
        return "near_copy"
    return "update" if any(unlike) and not copied else "contained_copy"


def is_copy(one: Body, other: Body) -> bool:
    """Tell whether two thirds of the shorter body are in the longer, be it with other figures."""
    shared = _shared(one, other)
    shorter = min(len(one.runs), len(other.runs))
    return shared >= COPY * shorter > 0 and (shared >= LEAST_SHARED or likeness(one, other) >= NEAR_COPY)


def is_update(one: Body, other: Body) -> bool:
    """Tell whether some run of words is in both bodies but for its figures, which are all unlike."""
    import numpy as np

    frames = np.intersect1d(one.frames, other.frames)
    alike = one.frames[np.isin(one.filled, other.filled)]
    return bool(len(np.setdiff1d(frames, alike)))


def likeness(one: Body, other: Body) -> float:
    """Give the Jaccard likeness of two bodies: the runs that are in both, of all that are in either."""
    shared = _shared(one, other)
    return shared / max(len(one.runs) + len(other.runs) - shared, 1)


def _contained(one: Body, other: Body) -> float:
    return _shared(one, other) / max(min(len(one.runs), len(other.runs)), 1)


def _shared(one: Body, other: Body) -> int:
    import numpy as np

    return len(np.intersect1d(one.runs, other.runs, assume_unique=True))

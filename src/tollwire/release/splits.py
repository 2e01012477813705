"""Splits: which part of a release an article is in, by the hash of its cluster, so that no cluster is in two."""

import hashlib

SPLITS = ("train", "validation", "test")
PARTS = 10  # eight for training, one for each of the others


def split_of(cluster_id: str) -> str:
    """Give the split of a cluster; the same cluster is always in the same one, whatever else the release holds."""
    part = int.from_bytes(hashlib.sha256(cluster_id.encode()).digest()[:8], "big") % PARTS
    return SPLITS[max(0, part - (PARTS - len(SPLITS)))]

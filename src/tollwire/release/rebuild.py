"""Put a withheld text back from a copy of its page: proven to be the same, or its spans found again, or neither."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tollwire.annotations.tokens import BREAK
from tollwire.contracts.text import sha256_text
from tollwire.release.proofs import BLOCK, CONTEXT, SPAN, Place, block_digest, fold, fold_words, key_check, mac, wrap

Verdict = Literal["exact", "re-anchored", "lost", "missing"]
Proof = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """
    What a copy is worth: ``places`` says of each span that is proven where it is in the copy, ``lost`` has the others.

    ``exact``: the copy has the very text. ``re-anchored``: it has another, in which at least one span, or one block
    where there are no spans, is proven. ``lost``: nothing is. ``missing``: there is no copy.
    """

    verdict: Verdict
    places: dict[Place, Place] = field(default_factory=dict)
    lost: tuple[Place, ...] = ()


def rebuild(
    proof: Proof, blocks: Sequence[Place], text_sha256: str, copy: str, copy_blocks: Sequence[Place]
) -> Rebuilt:
    """
    Find the spans of a withheld text in a copy; ``blocks`` are where its blocks were, ``copy_blocks`` the copy's own.

    A span in a block that the copy has once, word for word, is where it was in it. Any other is found by the words
    around it, which have to stand once in the copy outside of those blocks. Its own words are proven in either case.
    """
    spans = [(one["start"], one["end"]) for one in proof["spans"]]
    if sha256_text(copy) == text_sha256:
        return Rebuilt("exact", {place: place for place in spans})
    words = [copy[start:end] for start, end in copy_blocks]
    key = _key(proof, words)
    if key is None:
        return Rebuilt("lost", lost=tuple(spans))
    matched = _same_blocks(proof, key, words)
    moved = {blocks[ours]: copy_blocks[theirs][0] - blocks[ours][0] for ours, theirs in matched.items()}
    taken = {copy_blocks[number] for number in matched.values()}
    finder = _Finder(copy, key, taken)
    places: dict[Place, Place] = {}
    for one in proof["spans"]:
        old = (one["start"], one["end"])
        home = next((block for block in moved if block[0] <= old[0] and old[1] <= block[1]), None)
        new = (old[0] + moved[home], old[1] + moved[home]) if home else finder.find(one)
        if new and mac(key, SPAN, fold(copy[new[0] : new[1]])) == one["mac"]:
            places[old] = new
    claimed = Counter(places.values())
    places = {old: new for old, new in places.items() if claimed[new] == 1}
    lost = tuple(place for place in spans if place not in places)
    return Rebuilt("re-anchored" if places or (matched and not spans) else "lost", places, lost)


def _key(proof: Proof, blocks: Sequence[str]) -> bytes | None:
    """Unwrap the key with a block that the copy has word for word; None when it has no long one."""
    hidden = {one["digest"]: one["wrapped_key"] for one in proof["blocks"] if one["digest"]}
    for block in blocks:
        if (digest := block_digest(block)) in hidden:
            key = wrap(bytes.fromhex(hidden[digest]), block)
            if key_check(key) == proof["key_check"]:
                return key
    return None


def _same_blocks(proof: Proof, key: bytes, blocks: Sequence[str]) -> dict[int, int]:
    """Pair the blocks that both have, and have once: number in the text to number in the copy."""
    ours = [one["mac"] for one in proof["blocks"]]
    theirs = [mac(key, BLOCK, fold(block)) for block in blocks]
    once = {one for one, count in Counter(ours).items() if count == 1} & {
        one for one, count in Counter(theirs).items() if count == 1
    }
    return {ours.index(one): theirs.index(one) for one in once}


class _Finder:
    """Finds spans in what a copy has beside the blocks that are told apart already."""

    def __init__(self, copy: str, key: bytes, taken: set[Place]) -> None:
        self._tokens = fold_words(copy)
        self._words = self._tokens.words()
        self._key = key
        # The words that a span may begin with: those of no block that is told apart.
        self._free = [
            number
            for number, start in enumerate(self._tokens.starts)
            if not any(first <= start - len(BREAK) < end for first, end in taken)
        ]
        self._windows: dict[tuple[int, int, int], dict[str, list[int]]] = {}

    def find(self, span: Mapping[str, Any]) -> Place | None:
        """Give the one place at which a span's context stands; None where it stands nowhere, or more than once."""
        if span["context"] is None:
            return None
        shape = (span["left"], span["words"], span["right"])
        if shape not in self._windows:
            self._windows[shape] = self._read(*shape)
        found = self._windows[shape].get(span["context"], [])
        if len(found) != 1:
            return None
        start = self._tokens.starts[found[0]] - len(BREAK) + span["lead"]
        end = self._tokens.ends[found[0] + span["words"] - 1] - len(BREAK) - span["trail"]
        return (start, end) if start < end else None

    def _read(self, left: int, words: int, right: int) -> dict[str, list[int]]:
        windows: dict[str, list[int]] = defaultdict(list)
        for first in self._free:
            window = self._words[first - left : first + words + right] if first >= left else []
            if len(window) == left + words + right:
                windows[mac(self._key, CONTEXT, " ".join(window))].append(first)
        return windows

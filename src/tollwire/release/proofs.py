"""
Keyed proofs of a text that is not published: that a copy has the same words, and where a span is in it.

The key of an article is made of its whole text. Each long block hides it once more, so that a copy of which only that
block is left still gives it; the digests of spans are good for nothing without it, for their words could be guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from tollwire.annotations.tokens import BREAK, Tokens, stands_once

KEY_SIZE, MAC_SIZE = 16, 8  # bytes
# Characters; news reads at about one bit a character (Shannon 1951), so a block of these is not guessed.
LEAST_KEYED = 100
# Words on each side of a span, from the least that may tell it apart.
CONTEXTS = (3, 5, 8, 12, 20, 40, 1_000)
# Copies differ in these without having other words; one for one, so that no place shifts.
SPELLINGS = str.maketrans("\u2018\u2019\u201a\u2032\u201c\u201d\u201e\u00ab\u00bb\u2010\u2011\u2012\u2013\u2014",
                          "''''" + '"""""' + "-----")  # fmt: skip
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Context:
    """How many words around a span tell it apart, and where it begins and ends in its own first and last word."""

    left: int
    words: int
    right: int
    lead: int
    trail: int


def fold(text: str) -> str:
    """Write the same words the same way: quotes, dashes and line feeds as one copy or another has them."""
    return text.translate(SPELLINGS).replace("\n", " ")


def fold_words(text: str) -> Tokens:
    """Give the words of a text in that way; the breaks between its paragraphs stay."""
    return Tokens(text.translate(SPELLINGS))


def text_key(text: str) -> bytes:
    """Make the key of an article of its whole text."""
    return _digest(text, b"tollwire-key", KEY_SIZE)


def key_check(key: bytes) -> str:
    """Give the digest by which a key is known to be the right one."""
    return blake2b(key, digest_size=MAC_SIZE, person=b"tollwire-check").hexdigest()


def block_digest(block: str) -> str | None:
    """Give the digest by which a block is known again, without a key; None for one that could be guessed."""
    return _digest(fold(block), b"tollwire-block", MAC_SIZE).hex() if len(block) >= LEAST_KEYED else None


def wrap(key: bytes, block: str) -> bytes:
    """Hide a key behind the words of a block, or bring it out again."""
    pad = _digest(fold(block), b"tollwire-wrap", KEY_SIZE)
    return bytes(one ^ other for one, other in zip(key, pad, strict=True))


def mac(key: bytes, what: bytes, words: str) -> str:
    """Give the keyed digest of some words; ``what`` says what they are, so that no digest stands for another."""
    return blake2b(words.encode(), key=key, digest_size=MAC_SIZE, person=what).hexdigest()


BLOCK, SPAN, CONTEXT = b"block", b"span", b"context"


def _digest(text: str, purpose: bytes, size: int) -> bytes:
    return blake2b(text.encode(), digest_size=size, person=purpose).digest()


def prove(article_id: str, text: str, blocks: Sequence[Place], spans: Sequence[Place]) -> dict[str, Any]:
    """Make the row of the table ``proofs`` for an article, its blocks and all places at which a span was marked."""
    key = text_key(text)
    words = [text[start:end] for start, end in blocks]
    finder = ContextFinder(text)
    return {
        "article_id": article_id,
        "key_check": key_check(key),
        "blocks": [
            {
                "digest": digest,
                "wrapped_key": wrap(key, block).hex() if digest else None,
                "mac": mac(key, BLOCK, fold(block)),
            }
            for block, digest in zip(words, map(block_digest, words), strict=True)
        ],
        "spans": [_span(key, text, finder, *place) for place in sorted(set(spans))],
    }


def _span(key: bytes, text: str, finder: "ContextFinder", start: int, end: int) -> dict[str, Any]:
    context, words = finder.narrowest(start, end)
    return {
        "start": start,
        "end": end,
        "mac": mac(key, SPAN, fold(text[start:end])),
        "context": mac(key, CONTEXT, words) if words is not None else None,
        **{name: getattr(context, name) for name in Context.__slots__},
    }


class ContextFinder:
    """Finds the narrowest context that tells a span from everything else in its text."""

    def __init__(self, text: str) -> None:
        self.tokens = fold_words(text)
        self.words = self.tokens.words()
        self.joined = f" {' '.join(self.words)} "

    def narrowest(self, start: int, end: int) -> tuple[Context, str | None]:
        """
        Give the context of a span, and its words joined by spaces; None where nothing in the paragraph tells it apart.

        The words on each side have to stand once in the text by themselves; a side that ends with the paragraph has
        not, when the other has. So no cut through the text can put words around a span that were around another.
        """
        first, after = self.tokens.around(start, end)
        opening, closing = self.tokens.borders(first, after)
        lead = start + len(BREAK) - self.tokens.starts[first]
        trail = self.tokens.ends[after - 1] - (end + len(BREAK))
        for width in CONTEXTS:
            from_, to = max(opening, first - width), min(closing + 1, after + width)
            left, right = self.words[from_:first], self.words[after:to]
            is_left, is_right = self._stands_once(left), self._stands_once(right)
            left_counts = is_left or (from_ == opening and is_right)
            right_counts = is_right or (to == closing + 1 and is_left)
            if left_counts and right_counts:
                context = Context(first - from_, after - first, to - after, lead, trail)
                return context, " ".join(self.words[from_:to])
        return Context(0, after - first, 0, lead, trail), None

    def _stands_once(self, words: Sequence[str]) -> bool:
        return stands_once(self.joined, f" {' '.join(words)} ")

"""The body of an article as sets of hashes to compare it by: its runs of words, and those with a figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from tollwire.contracts.records import Article
from tollwire.corpus.words import letters_a_word, read_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

RUN = 5  # words; in a script without spaces as many letters as five words have
SHORT_BODY = 10  # words; a shorter body says too little, and is compared together with its headline
SHORT_PARAGRAPH = 8  # words; figures in a shorter one are those of a place and date line, of a credit, of a heading
MOST_FIGURES = 2  # in a run; of five words three others must be the same
# What stands before the first dash of a story: place, day and agency, which every outlet writes its own way;
# in Chinese what stands before the word for a dispatch, after the day.
DATELINE = re.compile(
    r"^(?:.{0,80}?\s[\u2010-\u2015-]{1,2}\s|[^\u3002\uff0c]{0,30}\u65e5[^\u3002\uff0c]{0,10}[\u7535\u96fb\u8baf\u8a0a])"
)
# A paragraph is the outlet's, not the story's, when it follows so many others, and in half of its articles another one.
# An agency's series has a new lead above the same text up to a dozen times; a note stands below everything.
LEAST_NEIGHBOURS = 20
LONGEST_NOTE = 3  # paragraphs below one another
CHUNK = 1000  # articles whose words are held at a time
ODD = 0x9E3779B97F4A7C15  # the fraction of the golden ratio in 64 bits, the usual multiplier (Knuth, TAOCP 3, 6.4)


@dataclass(frozen=True, slots=True)
class Body:
    """
    What an article is compared by.

    ``digest`` is the same for the same words in the same order. ``runs`` are the sorted hashes of its runs of words,
    each once. Of the runs with a figure ``frames`` has the hash with the figures blanked, and ``filled`` that of the
    run as it is, at the same place.
    """

    digest: bytes
    runs: "Hashes"
    frames: "Hashes"
    filled: "Hashes"


def read_bodies(articles: Sequence[Article]) -> list[Body]:
    """
    Read the bodies of articles: neither headline nor captions, no dateline, no paragraph that the outlet repeats.

    The headline is what a paper changes first, and pictures are its own choice. A text that is withheld has no runs.
    """
    repeated = repeated_paragraphs(articles)
    bodies: list[Body] = []
    for start in range(0, len(articles), CHUNK):
        chunk = articles[start : start + CHUNK]
        bodies += _read_chunk([_own_paragraphs(article, repeated) for article in chunk], chunk)
    return bodies


def repeated_paragraphs(articles: Sequence[Article]) -> frozenset[int]:
    """
    Find the paragraphs that unlike articles share: legal notes, appeals, what is known of a conflict in general.

    A story's paragraph follows the same paragraph in every copy; one that is set below many stories follows another
    in each. The first paragraph is known by the one after it.
    """
    import numpy as np

    found = [(_hash(one), number) for number, article in enumerate(articles) for one in _body_paragraphs(article)]
    hashes = np.array([one for one, _ in found], dtype=np.uint64)
    owners = np.array([number for _, number in found], dtype=np.int64)
    repeated: set[int] = set()
    for _ in range(LONGEST_NOTE):
        if not len(hashes):
            break
        pairs = np.unique(np.stack((hashes, _neighbours(hashes, owners))), axis=1)[0]
        paragraphs, times = np.unique(hashes, return_counts=True)
        _, neighbours = np.unique(pairs, return_counts=True)
        new = paragraphs[(neighbours >= LEAST_NEIGHBOURS) & (2 * neighbours >= times)]
        repeated.update(new.tolist())
        rest = ~np.isin(hashes, new)
        hashes, owners = hashes[rest], owners[rest]
    return frozenset(repeated)


def _neighbours(hashes: "Hashes", owners: "NDArray[np.int64]") -> "Hashes":
    """Give for each paragraph the one before it, for the first the one after it, and 0 for a lone one."""
    import numpy as np

    follows = np.concatenate(([False], owners[1:] == owners[:-1]))
    precedes = np.concatenate((follows[1:], [False]))
    neighbours: Hashes = np.where(follows, np.roll(hashes, 1), np.where(precedes, np.roll(hashes, -1), np.uint64(0)))
    return neighbours


def _body_paragraphs(article: Article) -> list[str]:
    text = article.text or ""
    body = [text[one.start : one.end] for one in article.blocks if text and one.kind not in ("title", "caption")]
    return [DATELINE.sub("", body[0]), *body[1:]] if body else []


def _own_paragraphs(article: Article, repeated: frozenset[int]) -> list[str]:
    """List the paragraphs of the story; all of them where all are repeated."""
    body = _body_paragraphs(article)
    return [one for one in body if _hash(one) not in repeated] or body


def _read_chunk(texts: list[list[str]], articles: Sequence[Article]) -> list[Body]:
    import numpy as np
    from rensa import RMinHash

    read = [_read(text, article) for text, article in zip(texts, articles, strict=True)]
    hashed = RMinHash.hash_token_sets([words for words, _, _ in read])
    return [
        _body(words, _mix(np.array(hashes, dtype=np.uint64)), np.array(figures, dtype=bool), run)
        for (words, figures, run), hashes in zip(read, hashed, strict=True)
    ]


def _read(text: list[str], article: Article) -> tuple[list[str], list[bool], int]:
    """Give the words of a body, whether each is a figure of the story, and how many words a run has."""
    words: list[str] = []
    figures: list[bool] = []
    for paragraph in text:
        read = read_words(paragraph, article.language)
        words += read
        # A colon is the character after 9, and a word that is no figure has no character below it.
        figures += [word < ":" for word in read] if len(read) >= SHORT_PARAGRAPH else [False] * len(read)
    if words and len(words) < SHORT_BODY:
        title = read_words(article.title, article.language)
        words, figures = title + words, [False] * len(title) + figures
    return words, figures, RUN * letters_a_word("\n".join(text))


def _body(words: list[str], hashes: "Hashes", figures: "NDArray[np.bool_]", run: int) -> Body:
    import numpy as np

    digest = blake2b(" ".join(words).encode(), digest_size=16).digest()
    run = min(run, len(hashes))
    if not run:
        return Body(digest, hashes, hashes, hashes)
    filled = hash_runs(hashes, run)
    total = np.concatenate(([0], np.cumsum(figures)))
    inside = total[run:] - total[:-run]
    with_figure = (inside > 0) & (inside <= MOST_FIGURES)
    frames = hash_runs(np.where(figures, np.uint64(ODD), hashes), run)
    return Body(digest, np.unique(filled), frames[with_figure], filled[with_figure])


def hash_runs(hashes: "Hashes", run: int) -> "Hashes":
    """Hash every run of so many words; the same words in another order give another hash."""
    import numpy as np

    last = len(hashes) - run + 1
    runs: Hashes = np.zeros(last, dtype=np.uint64)
    for place in range(run):
        runs = (runs + hashes[place : place + last]) * np.uint64(ODD)
    return _mix(runs)


def _mix(hashes: "Hashes") -> "Hashes":
    """
    Spread hashes over all 64 bits.

    Source: the finaliser of MurmurHash3 (Appleby), without its second multiplication.
    """
    import numpy as np

    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    return hashes ^ (hashes >> np.uint64(33))


def _hash(paragraph: str) -> int:
    return int.from_bytes(blake2b(paragraph.encode(), digest_size=8).digest())

"""The body of an article as sets of hashes to compare it by: its runs of words, and those with a figure."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from tollwire.contracts.records import Block
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


@dataclass(frozen=True, slots=True)
class Story:
    """What there is of an article to compare: its headline, and the paragraphs of its body without the dateline."""

    title: str
    language: str
    paragraphs: tuple[str, ...]


def story_of(title: str, language: str, text: str | None, blocks: Iterable[Block]) -> Story:
    """
    Take the body out of an article: neither headline nor captions, which every paper sets its own.

    A text that is withheld has no paragraphs.
    """
    body = [text[one.start : one.end] for one in blocks if text and one.kind not in ("title", "caption")]
    return Story(title, language, (DATELINE.sub("", body[0]), *body[1:]) if body else ())


def paragraph_keys(story: Story) -> list[int]:
    """Name the paragraphs of a story by hashes of 64 bits, which ``repeated_paragraphs`` counts."""
    return [int.from_bytes(blake2b(one.encode(), digest_size=8).digest()) for one in story.paragraphs]


def read_bodies(stories: Sequence[Story], repeated: Collection[int]) -> list[Body]:
    """Read the bodies of stories, without the ``repeated`` paragraphs; with them where there are no others."""
    return _read_chunk([_own_paragraphs(story, repeated) for story in stories], stories)


def _own_paragraphs(story: Story, repeated: Collection[int]) -> Sequence[str]:
    own = [one for one, key in zip(story.paragraphs, paragraph_keys(story), strict=True) if key not in repeated]
    return own or story.paragraphs


def _read_chunk(texts: list[Sequence[str]], stories: Sequence[Story]) -> list[Body]:
    import numpy as np
    from rensa import RMinHash

    read = [_read(text, story) for text, story in zip(texts, stories, strict=True)]
    hashed = RMinHash.hash_token_sets([words for words, _, _ in read])
    return [
        _body(words, _mix(np.array(hashes, dtype=np.uint64)), np.array(figures, dtype=bool), run)
        for (words, figures, run), hashes in zip(read, hashed, strict=True)
    ]


def _read(text: Sequence[str], story: Story) -> tuple[list[str], list[bool], int]:
    """Give the words of a body, whether each is a figure of the story, and how many words a run has."""
    words: list[str] = []
    figures: list[bool] = []
    for paragraph in text:
        read = read_words(paragraph, story.language)
        words += read
        # A colon is the character after 9, and a word that is no figure has no character below it.
        figures += [word < ":" for word in read] if len(read) >= SHORT_PARAGRAPH else [False] * len(read)
    if words and len(words) < SHORT_BODY:
        title = read_words(story.title, story.language)
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

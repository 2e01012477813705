"""The runs of words that no released file may have: those of withheld texts that nobody else writes."""

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tollwire.corpus.shingles import RUN, hash_runs
from tollwire.corpus.words import letters_a_word, plain_words

if TYPE_CHECKING:
    import numpy as np
    import polars
    from numpy.typing import NDArray

    Runs = NDArray[np.uint64]

ADDRESS = re.compile(r"https?://\S+")


class WithheldRuns:
    """
    The runs of the withheld among some articles, by the number of words or letters that a run has in their script.

    Runs that a text which may be released has too are not among them: what everybody writes ("at least nine people
    were killed") is nobody's.
    """

    def __init__(self, articles: "polars.DataFrame") -> None:
        import numpy as np
        import polars as pl

        found: dict[int, list[Runs]] = defaultdict(list)
        for text in articles.filter(pl.col("is_withheld"))["text"].drop_nulls():
            length = RUN * letters_a_word(text)
            found[length].append(_hashes(plain_words(text), length))
        self._runs = {length: np.unique(np.concatenate(parts)) for length, parts in found.items()}
        is_common = {length: np.zeros(len(runs), dtype=bool) for length, runs in self._runs.items()}
        for text in articles.filter(~pl.col("is_withheld"))["text"].drop_nulls() if found else ():
            words = plain_words(text)
            for length, runs in self._runs.items():
                is_common[length][_among(_hashes(words, length), runs)[1]] = True
        self._runs = {length: runs[~is_common[length]] for length, runs in self._runs.items()}

    def __bool__(self) -> bool:
        return any(len(runs) for runs in self._runs.values())

    def found_in(self, text: str) -> str | None:
        """
        Give the first run that a text has and must not have; None when it has none.

        Addresses of pages are passed over: they say where a page is, in words of its headline.
        """
        words = plain_words(ADDRESS.sub(" ", text))
        for length, runs in self._runs.items():
            hits, _ = _among(_hashes(words, length), runs)
            if len(hits):
                return " ".join(words[hits[0] : hits[0] + length])
        return None


def _hashes(words: list[str], length: int) -> "Runs":
    import numpy as np

    # The hash of Python differs from process to process, and no hash leaves this one.
    hashes = np.array([hash(word) for word in words], dtype=np.int64).astype(np.uint64)
    return hash_runs(hashes, length) if len(words) >= length else hashes[:0]


def _among(found: "Runs", runs: "Runs") -> "tuple[NDArray[np.intp], NDArray[np.intp]]":
    """Give which of the runs found are among the sorted ones, and at which of their places."""
    import numpy as np

    if not len(runs):
        nothing: NDArray[np.intp] = np.array([], dtype=np.intp)
        return nothing, nothing
    places = np.minimum(np.searchsorted(runs, found), len(runs) - 1)
    hits = np.flatnonzero(runs[places] == found)
    return hits, places[hits]

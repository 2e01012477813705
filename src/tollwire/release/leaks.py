"""The proof that no released file has words of a withheld article: no run of five, in any of its bytes."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.problems import Problem, shown

if TYPE_CHECKING:
    import numpy as np
    import polars
    import pyarrow
    from numpy.typing import NDArray

    Runs = NDArray[np.uint64]

RUN = 5  # words
MOST_TOLD = 20  # places
WORD = re.compile(r"\w+")
ADDRESS = re.compile(r"https?://\S+")
OWN_WORDS = ("text", "title")  # columns of articles; looked at where the article is withheld, for they are its own
ODD = 0x9E3779B97F4A7C15  # the multiplier of corpus/shingles.py


def withheld_runs(articles: "polars.DataFrame") -> "Runs":
    """
    Give the runs of words, as sorted hashes, that no released file may have.

    They are those of the withheld texts, but for runs that a text which may be released has too: what everybody
    writes ("at least nine people were killed") is nobody's.
    """
    import numpy as np
    import polars as pl

    withheld = [_runs(text) for text in articles.filter(pl.col("is_withheld"))["text"].drop_nulls()]
    runs: Runs = np.unique(np.concatenate(withheld)) if withheld else np.array([], dtype=np.uint64)
    if len(runs):
        is_common = np.zeros(len(runs), dtype=bool)
        for text in articles.filter(~pl.col("is_withheld"))["text"].drop_nulls():
            is_common[_places(_runs(text), runs)[1]] = True
        runs = runs[~is_common]
    return runs


def _runs(text: str) -> "Runs":
    import numpy as np

    # The hash of Python differs from process to process, and no hash leaves this one.
    words = np.array([hash(word) for word in WORD.findall(text.casefold())], dtype=np.int64).astype(np.uint64)
    last = max(len(words) - RUN + 1, 0)
    runs: Runs = np.zeros(last, dtype=np.uint64)
    for place in range(RUN):
        runs = (runs + words[place : place + last]) * np.uint64(ODD)
        runs ^= runs >> np.uint64(32)
    return runs


def _places(found: "Runs", runs: "Runs") -> "tuple[NDArray[np.intp], NDArray[np.intp]]":
    """Give which of the runs found are among the sorted ones, and at which of their places."""
    import numpy as np

    places = np.minimum(np.searchsorted(runs, found), len(runs) - 1)
    hits = np.flatnonzero(runs[places] == found)
    return hits, places[hits]


def leak_problems(folder: Path, runs: "Runs", innocent: Iterable[Path] = ()) -> list[Problem]:
    """
    List where files of a release have a run of words that they must not have; empty when none has.

    Looked at is every file as it is, and of Parquet each value of each column. Addresses of pages are passed over:
    they say where a page is, in words of its headline. ``innocent`` are files that came with the program.
    """
    if not len(runs):
        return []
    shipped = {path.read_bytes() for path in innocent}
    problems = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix != ".parquet" and path.read_bytes() in shipped:
            continue
        for place, text in _texts(path):
            if words := _leaked(text, runs):
                where = f"{path.relative_to(folder)}{place}"
                fix = "a withheld article has these words in a row: say it in others, or leave it out"
                problems.append(Problem(where, "withheld-words", shown(words), fix))
    return problems[:MOST_TOLD]


def _leaked(text: str, runs: "Runs") -> str | None:
    text = ADDRESS.sub(" ", text)
    hits, _ = _places(_runs(text), runs)
    return " ".join(WORD.findall(text)[hits[0] : hits[0] + RUN]) if len(hits) else None


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts in a file, each with its place: cell by cell, so that no words of two cells make a run."""
    if path.suffix == ".parquet":
        yield from _cells(path)
    elif path.suffix == ".json":
        for text in _strings(json.loads(path.read_text("utf-8"))):
            yield "", text
    else:
        yield "", path.read_bytes().decode("utf-8", "replace")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _cells(path: Path) -> Iterator[tuple[str, str]]:
    import pyarrow.compute as compute
    import pyarrow.parquet as parquet

    table = parquet.read_table(path)
    for name in table.column_names:
        column = table[name]
        if name in OWN_WORDS and "is_withheld" in table.column_names:
            column = column.filter(table["is_withheld"])
        for place, values in _leaves(name, column.combine_chunks()):
            several = compute.unique(values.filter(compute.match_substring_regex(values, rf"(\w+\W+){{{RUN - 1}}}\w")))
            for cell in several.drop_null():
                yield f", column {place}", cell.as_py()


def _leaves(name: str, values: "pyarrow.Array") -> "Iterator[tuple[str, pyarrow.Array]]":
    """Yield the columns of texts in a column, however deep they are nested."""
    import pyarrow as pa

    if pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        yield from _leaves(f"{name}[]", values.flatten())
    elif pa.types.is_struct(values.type):
        for field, part in zip(values.type, values.flatten(), strict=True):
            yield from _leaves(f"{name}.{field.name}", part)
    elif pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        yield name, values

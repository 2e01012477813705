"""The proof that no released file has words of a withheld article: no run of five, in any of its bytes."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.problems import Problem, shown
from tollwire.release.withheld_runs import WithheldRuns

if TYPE_CHECKING:
    import pyarrow

MOST_TOLD = 20  # places
OWN_WORDS = ("text", "title")  # columns of articles; looked at where the article is withheld, for they are its own


def leak_problems(folder: Path, runs: WithheldRuns, innocent: Iterable[Path] = ()) -> list[Problem]:
    """
    List where files of a release have a run of words that they must not have; empty when none has.

    Looked at is every file as it is, and of Parquet each value of each column. ``innocent`` are files that came with
    the program.
    """
    if not runs:
        return []
    shipped = {path.read_bytes() for path in innocent}
    problems = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix != ".parquet" and path.read_bytes() in shipped:
            continue
        for place, text in _texts(path):
            if words := runs.found_in(text):
                where = f"{path.relative_to(folder)}{place}"
                fix = "a withheld article has these words in a row: say it in others, or leave it out"
                problems.append(Problem(where, "withheld-words", shown(words), fix))
    return problems[:MOST_TOLD]


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
            # Most cells are one word, such as an identifier.
            for cell in compute.unique(values.filter(compute.match_substring_regex(values, "[^0-9A-Za-z]"))):
                if cell.is_valid:
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

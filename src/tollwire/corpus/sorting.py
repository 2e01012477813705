"""Sort more articles than memory holds: spread them over files by their identifier, then sort file by file."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

KEY = "article_id"
DIGITS = 4  # hex digits of an identifier, a hash and so evenly spread, by which it is told which file it goes to
HELD = 4_000  # rows, about, that are sorted at a time
MOST_FILES = 500  # that are open at once


def sort_articles(tables: "Iterable[pa.Table]", total: int, folder: Path) -> "Iterator[pa.Table]":
    """
    Give the rows of the tables, so many in ``total``, in the order of ``article_id``: table after table, each sorted.

    Where they are many they are put down in a folder of their own in ``folder``, in which one run at a time may sort;
    what one that was killed left there goes.
    """
    aside = folder / ".sorting"
    rmtree(aside, ignore_errors=True)
    return _sorted(tables, total, aside)


def _sorted(tables: "Iterable[pa.Table]", total: int, aside: Path) -> "Iterator[pa.Table]":
    import pyarrow as pa

    count = min(-(-total // HELD), MOST_FILES)
    if count <= 1:
        found = list(tables)
        if found:
            yield pa.concat_tables(found).sort_by(KEY)
        return
    paths = [aside / f"{number}.arrow" for number in range(count)]
    aside.mkdir()
    try:
        _spread(tables, paths)
        for path in paths:
            if path.exists():
                with pa.memory_map(str(path)) as mapped, pa.ipc.open_stream(mapped) as reader:
                    yield reader.read_all().sort_by(KEY)
                path.unlink()
    finally:
        rmtree(aside, ignore_errors=True)


def _spread(tables: "Iterable[pa.Table]", paths: list[Path]) -> None:
    import numpy as np
    import pyarrow as pa

    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with ExitStack() as stack:
        writers: dict[int, pa.RecordBatchStreamWriter] = {}
        # So many rows at a time that each file is given some dozens of them, for a batch of a few is mostly overhead.
        for table in regroup(tables, 2 * HELD):
            first = np.array([int(one[:DIGITS], 16) for one in table[KEY].to_pylist()], dtype=np.int64)
            number_of = first * len(paths) >> (4 * DIGITS)
            order = np.argsort(number_of, kind="stable")
            together = table.take(order).combine_chunks()
            starts = np.searchsorted(number_of[order], np.arange(len(paths) + 1)).tolist()
            for number, (start, end) in enumerate(pairwise(starts)):
                if number not in writers and end > start:
                    writer = pa.ipc.new_stream(paths[number], table.schema, options=options)
                    writers[number] = stack.enter_context(writer)
                if end > start:
                    writers[number].write_table(together.slice(start, end - start))


def regroup(tables: "Iterable[pa.Table]", rows: int) -> "Iterator[pa.Table]":
    """Cut tables anew, without changing the order of their rows, so that each but the last has so many ``rows``."""
    import pyarrow as pa

    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(one.num_rows for one in held) >= rows:
            whole = pa.concat_tables(held)
            for start in range(0, whole.num_rows - rows + 1, rows):
                yield whole.slice(start, rows)
            rest = whole.num_rows % rows
            held = [whole.slice(whole.num_rows - rest)] if rest else []
    if held:
        yield pa.concat_tables(held)

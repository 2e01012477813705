"""Read raw records of a survey again, and see that they are as they were."""

from collections.abc import Iterator, Sequence
from itertools import tee
from typing import TYPE_CHECKING

from tollwire.corpus.page import RawPage
from tollwire.corpus.raw_files import RawFile
from tollwire.corpus.raw_records import Part
from tollwire.corpus.raw_tables import content_key
from tollwire.corpus.readers import read_file
from tollwire.corpus.survey import Survey
from tollwire.problems import Problem, TollwireError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

NAMED = 8192  # files whose names are taken out of their table at once


def read_again(
    parts: Sequence[Part], surveyed: Survey, wanted: "NDArray[np.bool_]"
) -> Iterator[tuple[int, bytes, RawPage]]:
    """
    Read the ``wanted`` records of a survey again, each with its number and key; files without any are passed over.

    Raises:
        TollwireError: a file is not as it was.
        ServiceError: a store fails.
    """
    import numpy as np

    count = surveyed.files.num_rows
    starts = np.searchsorted(surveyed.records["file"].to_numpy(), np.arange(count + 1)).tolist()
    firsts = np.searchsorted(surveyed.files["part"].to_numpy(), np.arange(len(parts) + 1)).tolist()
    has_wanted = np.bincount(surveyed.records["file"].to_numpy()[wanted], minlength=count) > 0
    for part, first, last in zip(parts, firsts[:-1], firsts[1:], strict=True):
        numbers = (first + np.flatnonzero(has_wanted[first:last])).tolist()
        some = (numbers[start : start + NAMED] for start in range(0, len(numbers), NAMED))
        named, listed = tee(pair for one in some for pair in _named(surveyed.files, one))
        files = part.files_again(listed)
        for number, (raw_uri, _) in zip(numbers, named, strict=True):
            file = next(files, None)
            if not isinstance(file, RawFile) or file.raw_uri != raw_uri:
                raise _changed(raw_uri)
            yield from _read_file_again(part, file, surveyed, wanted, range(starts[number], starts[number + 1]))


def _named(files: "pa.Table", numbers: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Give name and size of files, many at once: one by one each takes as long as to read a file."""
    some = files.select(["raw_uri", "size"]).take(numbers)
    return zip(some["raw_uri"].to_pylist(), some["size"].to_pylist(), strict=True)


def _read_file_again(
    part: Part, file: RawFile, surveyed: Survey, wanted: "NDArray[np.bool_]", numbers: range
) -> Iterator[tuple[int, bytes, RawPage]]:
    pages = (page for page in read_file(file, part.source.fields) if isinstance(page, RawPage))
    keys = surveyed.records["key"].slice(numbers.start, len(numbers))
    for number, expected in zip(numbers, keys, strict=True):
        page = next(pages, None)
        if page is None:
            raise _changed(file.raw_uri)
        if wanted[number]:
            key = content_key(page)
            if key != expected.as_py():
                raise _changed(file.raw_uri)
            yield number, key, page
    if next(pages, None) is not None:
        raise _changed(file.raw_uri)


def _changed(raw_uri: str) -> TollwireError:
    what = "it was changed while it was read"
    return TollwireError(Problem(raw_uri, "changed-while-read", what, "run it again when nobody writes there"))

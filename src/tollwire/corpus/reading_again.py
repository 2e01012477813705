"""Read raw records of a survey again, and see that they are as they were."""

from collections.abc import Iterator, Sequence
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
    from numpy.typing import NDArray


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

    uris, sizes = surveyed.files["raw_uri"], surveyed.files["size"]
    starts = np.searchsorted(surveyed.records["file"].to_numpy(), np.arange(len(uris) + 1))
    firsts = np.searchsorted(surveyed.files["part"].to_numpy(), np.arange(len(parts) + 1)).tolist()
    has_wanted = np.bincount(surveyed.records["file"].to_numpy()[wanted], minlength=len(uris)) > 0
    for part, first, last in zip(parts, firsts[:-1], firsts[1:], strict=True):
        numbers = (first + np.flatnonzero(has_wanted[first:last])).tolist()
        files = part.files_again((uris[number].as_py(), sizes[number].as_py()) for number in numbers)
        for number in numbers:
            file = next(files, None)
            if not isinstance(file, RawFile) or file.raw_uri != uris[number].as_py():
                raise _changed(uris[number].as_py())
            yield from _read_file_again(part, file, surveyed, wanted, range(*starts[number : number + 2].tolist()))


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

"""The first look at a run's raw records: which there are and what names their content; nothing of them is held."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tollwire.contracts.records import Rejection
from tollwire.corpus.page import RawPage
from tollwire.corpus.raw_files import RawFile
from tollwire.corpus.raw_records import Part
from tollwire.corpus.raw_tables import KEY_BYTES, Rows, content_key
from tollwire.corpus.readers import read_file
from tollwire.problems import Problem, TollwireError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

RECORDS = ("jsonl", "parquet")  # formats whose records have no furniture, unless they hold HTML pages


@dataclass(frozen=True)
class Survey:
    """
    All raw records of a run.

    ``files`` has a row for each file with its ``raw_uri`` and the number of its ``part``; ``records`` one for each
    record that was read, with the number of its ``file``, its ``record`` number there, its content ``key`` and whether
    its outlet ``is_learnable`` from it; ``rejected`` the records that could not be read, as in the table rejected.
    """

    files: "pa.Table"
    records: "pa.Table"
    rejected: "pa.Table"

    @property
    def total(self) -> int:
        """How many raw records there are."""
        count: int = self.records.num_rows + self.rejected.num_rows
        return count

    @cached_property
    def parts(self) -> "NDArray[np.int32]":
        """The number of the part that each record is of."""
        parts: NDArray[np.int32] = self.files["part"].to_numpy()[self.records["file"].to_numpy()]
        return parts


def survey(parts: Sequence[Part], tell: Callable[[int], None]) -> Survey:
    """
    Read all raw records once; ``tell`` is called with their number so far.

    Raises:
        ServiceError: a store that they are in fails.
    """
    import pyarrow as pa

    files = Rows(pa.schema({"raw_uri": pa.string(), "part": pa.int32()}))
    names = {"file": pa.int32(), "record": pa.int64(), "key": pa.binary(KEY_BYTES), "is_learnable": pa.bool_()}
    records, rejected = Rows(pa.schema(names)), Rows(rejected_schema())
    for number, part in enumerate(parts):
        has_pages = part.source.fields is not None and part.source.fields.html is not None
        for file in part.files():
            if isinstance(file, Rejection):
                add_rejection(rejected, file)
                continue
            for page in read_file(file, part.source.fields):
                if isinstance(page, Rejection):
                    add_rejection(rejected, page)
                else:
                    is_learnable = page.raw_format not in RECORDS or has_pages
                    records.add(len(files), page.record, content_key(page), is_learnable)
                tell(len(records) + len(rejected))
            files.add(file.raw_uri, number)
    return Survey(files.table(), records.table(), rejected.table())


def rejected_schema() -> "pa.Schema":
    """Give the columns of the table rejected."""
    import pyarrow as pa

    texts = {name: pa.string() for name in ("rule", "detail", "raw_sha256")}
    return pa.schema({"raw_uri": pa.string(), "record": pa.int32(), **texts})


def add_rejection(rows: Rows, one: Rejection) -> None:
    """Add a rejection to rows of the table rejected."""
    rows.add(one.raw_uri, one.record, one.rule, one.detail, one.raw_sha256)


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

    uris = surveyed.files["raw_uri"]
    files = np.arange(len(uris) + 1)
    starts = np.searchsorted(surveyed.records["file"].to_numpy(), files).tolist()
    firsts = np.searchsorted(surveyed.files["part"].to_numpy(), np.arange(len(parts) + 1)).tolist()
    has_wanted = np.bincount(surveyed.records["file"].to_numpy()[wanted], minlength=len(uris)) > 0
    for part, first, last in zip(parts, firsts[:-1], firsts[1:], strict=True):
        if not has_wanted[first:last].any():
            continue
        number = first
        for file in part.files():
            if isinstance(file, Rejection):
                continue
            if number == last or file.raw_uri != uris[number].as_py():
                raise _changed(file.raw_uri)
            if has_wanted[number]:
                yield from _read_file_again(part, file, surveyed, wanted, range(starts[number], starts[number + 1]))
            number += 1


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

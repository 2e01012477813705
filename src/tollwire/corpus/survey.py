"""The first look at a run's raw records: which there are and what names their content; nothing of them is held."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tollwire.contracts.records import Rejection
from tollwire.corpus.known_files import KnownFiles, reading_of
from tollwire.corpus.raw_records import Part
from tollwire.corpus.raw_tables import KEY_BYTES, Rows, content_key
from tollwire.corpus.readers import read_file

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

RECORDS = ("jsonl", "parquet")  # formats whose records have no furniture, unless they hold HTML pages


@dataclass(frozen=True)
class Survey:
    """
    All raw records of a run.

    ``files`` has a row for each file with its ``raw_uri``, the number of its ``part``, its ``size`` and ``stamp``, and
    how it is read (``reading``); ``records`` one for each record that was read, with the number of its ``file``, its
    ``record`` number there, its content ``key`` and whether its outlet ``is_learnable`` from it; ``rejected`` the
    records that could not be read, as in the table rejected, each behind the number of its file, -1 where it is none.
    """

    files: "pa.Table"
    records: "pa.Table"
    rejected: "pa.Table"

    @property
    def total(self) -> int:
        """How many raw records there are."""
        count: int = self.records.num_rows + self.rejected.num_rows
        return count

    @property
    def tables(self) -> "list[pa.Table]":
        """All that there is of it, to be kept."""
        return [self.files, self.records, self.rejected]

    @cached_property
    def parts(self) -> "NDArray[np.int32]":
        """The number of the part that each record is of."""
        parts: NDArray[np.int32] = self.files["part"].to_numpy()[self.records["file"].to_numpy()]
        return parts


def survey(parts: Sequence[Part], tell: Callable[[int], None], known: KnownFiles | None = None) -> Survey:
    """
    Look at all raw records once, those of the ``known`` files without reading them.

    ``tell`` is called with the number of those that were read so far, in the end with that of all.

    Raises:
        ServiceError: a store that they are in fails.
    """
    import numpy as np
    import pyarrow as pa

    stated = {"size": pa.int64(), "stamp": pa.binary(), "reading": pa.binary()}
    files = Rows(pa.schema({"raw_uri": pa.string(), "part": pa.int32(), **stated}))
    names = {"file": pa.int32(), "record": pa.int64(), "key": pa.binary(KEY_BYTES), "is_learnable": pa.bool_()}
    records = Rows(pa.schema(names))
    rejected = Rows(rejected_schema().insert(0, pa.field("file", pa.int32())))
    numbers = array("i")  # of each file in the earlier survey
    for number, part in enumerate(parts):
        reading = reading_of(part.source)
        has_pages = part.source.fields is not None and part.source.fields.html is not None
        for file in part.files():
            if isinstance(file, Rejection):
                rejected.add(-1, *_row(file))
                continue
            numbers.append(known.find(file, reading) if known else -1)
            for page in read_file(file, part.source.fields) if numbers[-1] < 0 else ():
                if isinstance(page, Rejection):
                    rejected.add(len(files), *_row(page))
                else:
                    is_learnable = page.raw_format not in RECORDS or has_pages
                    records.add(len(files), page.record, content_key(page), is_learnable)
                tell(len(records) + len(rejected))
            files.add(file.raw_uri, number, file.size, file.stamp, reading)
    if known is None or max(numbers, default=-1) < 0:
        return Survey(files.table(), records.table(), rejected.table())
    of_old = np.array(numbers, dtype=np.int32)
    together = pa.concat_tables([records.table(), known.taken(known.records, of_old)]).combine_chunks()
    order = np.argsort(together["file"].to_numpy(), kind="stable")
    losses = pa.concat_tables([rejected.table(), known.taken(known.rejected, of_old)]).combine_chunks()
    found = Survey(files.table(), together.take(order).combine_chunks(), losses)
    tell(found.total)
    return found


def rejected_schema() -> "pa.Schema":
    """Give the columns of the table rejected."""
    import pyarrow as pa

    texts = {name: pa.string() for name in ("rule", "detail", "raw_sha256")}
    return pa.schema({"raw_uri": pa.string(), "record": pa.int32(), **texts})


def add_rejection(rows: Rows, one: Rejection) -> None:
    """Add a rejection to rows of the table rejected."""
    rows.add(*_row(one))


def _row(one: Rejection) -> tuple[str, int, str, str, str | None]:
    return one.raw_uri, one.record, one.rule, one.detail, one.raw_sha256

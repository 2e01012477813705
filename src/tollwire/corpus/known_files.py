"""What an earlier run read in each raw file, so that a file which is as it was then is not read again."""

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.corpus.kept_tables import read_kept, write_kept
from tollwire.corpus.page import NORMALISER
from tollwire.corpus.raw_files import RawFile
from tollwire.corpus.raw_tables import ROWS_HELD
from tollwire.corpus.sources import Source

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

NAME = "survey.kept"
READERS = ("tollwire", "pyarrow", "fastwarc")  # what tells the records of a file apart


class KnownFiles:
    """
    The survey of an earlier run: its tables, see ``survey.Survey``, which are empty where nothing is known.

    A file is known by its ``stamp`` and how it was read; one without a stamp is never known.
    """

    def __init__(self, tables: "list[pa.Table]") -> None:
        self.files, self.records, self.rejected = tables
        self._numbers: dict[bytes, dict[bytes, int]] = {one: {} for one in self.files["reading"].unique().to_pylist()}
        number = 0
        for batch in self.files.select(["reading", "stamp"]).to_batches(max_chunksize=ROWS_HELD):
            for reading, stamp in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                self._numbers[reading][stamp] = number
                number += 1

    def find(self, file: RawFile, reading: bytes) -> int:
        """Give the number of a file in the earlier survey, -1 where it is not known as it is now."""
        return self._numbers.get(reading, {}).get(file.stamp, -1) if file.stamp else -1

    def taken(self, table: "pa.Table", numbers: "NDArray[np.int32]") -> "pa.Table":
        """Take the rows of the records of files, whose old ``numbers`` are given by new ones; -1 for another file."""
        import numpy as np
        import pyarrow as pa

        new_of_old = np.full(self.files.num_rows, -1, dtype=np.int32)
        known = np.flatnonzero(numbers >= 0)
        new_of_old[numbers[known]] = known
        # The last is for what was rejected without being in a file: -1.
        files = np.append(new_of_old, np.int32(-1))[table["file"].to_numpy()]
        rows = table.filter(pa.array(files >= 0))
        return rows.set_column(0, "file", pa.array(files[files >= 0], pa.int32()))


def known_files(folder: Path) -> KnownFiles | None:
    """Look up what an earlier run left in a folder, None where that is nothing."""
    found = read_kept(folder / NAME)
    return KnownFiles(found[0]) if found else None


def keep_files(folder: Path, tables: "list[pa.Table]", known: KnownFiles | None) -> bool:
    """Leave a survey for the next run; tell whether it is the very one that was ``known``, and not written again."""
    if known and tables == [known.files, known.records, known.rejected]:
        return True
    write_kept(folder / NAME, tables)
    return False


def reading_of(source: Source) -> bytes:
    """Name how the files of a source are read, by all that their records hang on beside their bytes."""
    versions = [version(name) for name in READERS]
    return sha256(f"{source.model_dump_json()}\0{NORMALISER}\0{versions}".encode()).digest()[:16]

"""What is known of the outcomes of a run's records: each source's shelf, what is missing on it, where the rest is."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from tollwire.corpus.outlet import Outlet
from tollwire.corpus.page_work import outcome_schema
from tollwire.corpus.raw_records import Part
from tollwire.corpus.shards import Shelf, find_outcomes, shelf_of
from tollwire.corpus.survey import Survey

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


class Stock:
    """
    The shelves in a ``folder`` for the records of a survey, by source; ``articles`` is the Arrow schema of articles.

    ``missing`` says of all records whether they are to be normalised: those whose outcome no shard has, of the same
    content one only. ``kept`` is the number of records whose outcome was there from the start.
    """

    def __init__(
        self,
        folder: Path,
        parts: Sequence[Part],
        surveyed: Survey,
        outlets: Mapping[str, Outlet],
        articles: "pa.Schema",
    ) -> None:
        import numpy as np

        self._folder = folder
        self._surveyed = surveyed
        self.shelves: dict[str, Shelf] = {}
        self._records: dict[str, Numbers] = {}
        self.missing = np.zeros(surveyed.records.num_rows, dtype=bool)
        self.kept = 0
        for name, source in {part.source.source_id: part.source for part in parts}.items():
            of_source = [number for number, part in enumerate(parts) if part.source.source_id == name]
            self._records[name] = np.flatnonzero(np.isin(surveyed.parts, of_source))
            self.shelves[name] = shelf_of(folder, source, outlets.get(name), outcome_schema(articles))
            self.shelves[name].open()
            self._look_up(name)

    def _look_up(self, name: str) -> None:
        import numpy as np

        records = self._records[name]
        keys = self._keys(name)
        # Contents are numbered as they come, so that the first of each has a number greater than all before it.
        content = keys.dictionary_encode().indices.to_numpy()
        first = np.flatnonzero(np.diff(np.maximum.accumulate(content), prepend=-1))
        is_missing = find_outcomes(self.shelves[name].shards(), keys.take(first), with_mishaps=False)[:, 0] < 0
        self.missing[records[first]] = is_missing
        self.kept += int(np.count_nonzero(~is_missing[content]))

    def _keys(self, name: str) -> "pa.Array":
        return self._surveyed.records["key"].take(self._records[name]).combine_chunks()

    def missing_of(self, name: str) -> "NDArray[np.bool_]":
        """Say of all records whether they are missing and of this source."""
        import numpy as np

        of_source = np.zeros(len(self.missing), dtype=bool)
        of_source[self._records[name]] = True
        missing: NDArray[np.bool_] = self.missing & of_source
        return missing

    def places(self) -> "tuple[list[Path], Numbers]":
        """
        Say where the outcome of each record is, now that none is missing.

        Returns:
            All shards, and for each record the number of its shard and the row there, shape (records, 2).
        """
        import numpy as np

        shards: list[Path] = []
        places = np.full((len(self.missing), 2), -1, dtype=np.int64)
        for name, shelf in self.shelves.items():
            own = shelf.shards()
            found = find_outcomes(own, self._keys(name))
            found[found[:, 0] >= 0, 0] += len(shards)
            places[self._records[name]] = found
            shards += own
        return shards, places

    def discard_all_but(self, used: Sequence[Path]) -> None:
        """Remove the shards, and what was made of them, that a finished run did not use."""
        names = {path.stem for path in used}
        shelves = {shelf.folder for shelf in self.shelves.values()}
        for shelf in filter(Path.is_dir, self._folder.iterdir()):
            for path in shelf.iterdir():
                if shelf not in shelves or path.name.split(".")[0] not in names:
                    rmtree(path) if path.is_dir() else path.unlink()
            if shelf not in shelves:
                shelf.rmdir()

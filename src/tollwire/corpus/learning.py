"""Learn the outlets of a run from a fair sample of their pages, whatever the order in which the pages come."""

import json
import pickle
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.contracts.whole_files import write_whole
from tollwire.corpus.engine import Engine
from tollwire.corpus.first_pass import page_lines
from tollwire.corpus.outlet import LEAST_PAGES, MOST_PAGES, Outlet, common, merge, outlet_of
from tollwire.corpus.outlet_record import known_outlet, outlet_bytes, outlet_path, write_outlet
from tollwire.corpus.page import NORMALISER
from tollwire.corpus.page_keys import PageKeys, page_keys
from tollwire.corpus.raw_records import Part
from tollwire.corpus.raw_tables import KEY_BYTES, pages_of, to_table, to_tables
from tollwire.corpus.reading_again import read_again
from tollwire.corpus.sources import Source
from tollwire.corpus.survey import Survey

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

# An outlet of so many pages is known well; pages that are added to it do not change what is known of it, and with that
# every article, until there are half as many again. A smaller one is learnt again, which takes no time.
WELL_KNOWN = 2000
GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class _Learnt:
    """Of what an outlet was learnt: how many pages, the digest of their content, and of all else that it hangs on."""

    pages: int
    content: str
    circumstances: str

    def holds_for(self, now: "_Learnt") -> bool:
        """Tell whether the pages there are now would teach nothing new, or too little to read all of them again."""
        if self.circumstances != now.circumstances:
            return False
        grown_little = self.pages >= WELL_KNOWN and self.pages / GROWTH < now.pages < self.pages * GROWTH
        return self.content == now.content or grown_little


def learn_outlets(
    parts: Sequence[Part], surveyed: Survey, sources: Path, kept: Path, engine: Engine
) -> dict[str, Outlet]:
    """
    Put together what was saved of each source's outlet with what its pages in this run teach.

    An outlet of fewer than ``LEAST_PAGES`` pages in the run is not learnt from them; one of which nothing is known is
    left out. What was learnt is kept in the folder ``kept`` for the next run.

    Raises:
        TollwireError: what was saved of an outlet has mistakes, or a file changed while it was read.
    """
    import numpy as np

    outlets: dict[str, Outlet] = {}
    for source_id, source in {part.source.source_id: part.source for part in parts}.items():
        of_source = [number for number, part in enumerate(parts) if part.source.source_id == source_id]
        keys = _learnable_keys(surveyed, of_source)
        saved = known_outlet(outlet_path(sources, source_id)) or Outlet()
        circumstances = source.model_dump_json().encode() + NORMALISER.encode() + outlet_bytes(saved)
        now = _Learnt(len(keys), sha256(keys.tobytes()).hexdigest(), sha256(circumstances).hexdigest())
        known = _kept(kept, source_id, now)
        if known is None:
            wanted = np.isin(as_numpy(surveyed.records["key"]), keys[:MOST_PAGES]) & np.isin(surveyed.parts, of_source)
            learnt = outlet_of(_first_pass(parts, surveyed, wanted, source, engine))
            known = common(merge(saved, learnt) if learnt.pages >= LEAST_PAGES else saved)
            write_outlet(known, outlet_path(kept, source_id))
            write_whole(kept / f"{source_id}.learnt.json", json.dumps(asdict(now)))
        if known.pages:
            outlets[source_id] = known
    return outlets


def _learnable_keys(surveyed: Survey, parts: Sequence[int]) -> "NDArray[np.bytes_]":
    """Give the content keys of the pages that an outlet can be learnt from, sorted, each once."""
    import numpy as np

    learnable = surveyed.records["is_learnable"].to_numpy() & np.isin(surveyed.parts, parts)
    keys: NDArray[np.bytes_] = np.unique(as_numpy(surveyed.records["key"])[learnable])
    return keys


def as_numpy(keys: "pa.ChunkedArray") -> "NDArray[np.bytes_]":
    """Give content keys as a NumPy array; one that ends in zeros is still another than all others."""
    import numpy as np

    whole = keys.combine_chunks()
    return np.frombuffer(whole.buffers()[1], dtype=f"S{KEY_BYTES}")[whole.offset : whole.offset + len(whole)]


def _kept(folder: Path, source_id: str, now: _Learnt) -> Outlet | None:
    """Look up what an earlier run learnt, None where that does not hold any more."""
    try:
        learnt = _Learnt(**json.loads((folder / f"{source_id}.learnt.json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    return known_outlet(outlet_path(folder, source_id)) if learnt.holds_for(now) else None


def _first_pass(
    parts: Sequence[Part], surveyed: Survey, wanted: "NDArray[np.bool_]", source: Source, engine: Engine
) -> list[PageKeys]:
    """Read the lines of the wanted pages."""
    tables = to_tables((key, page) for _, key, page in read_again(parts, surveyed, wanted))
    found: dict[bytes, PageKeys] = {}
    for table in engine.map(_ReadKeys(source), tables):
        for key, keys in zip(table["key"].to_pylist(), table["keys"].to_pylist(), strict=True):
            if keys is not None:
                found[key] = pickle.loads(keys)
    return [found[key] for key in sorted(found)]


class _ReadKeys:
    """The work of the first pass over pages of a source: to what is remembered of each, null where it is nothing."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __call__(self, table: "pa.Table") -> "pa.Table":
        rows: list[tuple[bytes, bytes | None]] = []
        for key, page in pages_of(table):
            try:
                lines = page_lines(page, self._source)
            except MemoryError:
                raise
            except Exception:  # a mistake of the program on a page is told when the page is normalised, not here
                lines = None
            rows.append((key, pickle.dumps(page_keys(lines)) if lines is not None else None))
        return self._table(rows)

    def lost(self, row: "pa.Table", rule: str, detail: str) -> "pa.Table":
        return self._table([(row["key"][0].as_py(), None)])

    def _table(self, rows: list[tuple[bytes, bytes | None]]) -> "pa.Table":
        import pyarrow as pa

        return to_table(rows, pa.schema({"key": pa.binary(KEY_BYTES), "keys": pa.binary()}))

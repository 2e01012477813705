"""What was found by comparing bodies, kept from run to run: of the same bodies nothing else would be found."""

from array import array
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.corpus.kept_tables import read_kept, write_kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "likeness.kept"
NAME_BYTES = 16


class Judgements:
    """
    Whole numbers that were found, each list of them under the digest of all that it hangs on.

    ``rules`` name how they are found: what was found by other rules is forgotten.
    """

    def __init__(self, folder: Path | None, rules: str) -> None:
        import numpy as np

        self._folder = folder
        self._rules = rules
        self._names: dict[bytes, int] = {}
        self._ends: NDArray[np.int32] = np.zeros(1, dtype=np.int32)
        self._values: NDArray[np.int32] = self._ends[:0]
        self._now: list[bytes] = []
        self._now_ends = array("i", [0])
        self._now_values = array("i")
        kept = read_kept(folder / NAME) if folder else None
        if kept and kept[1] == rules:
            found = kept[0][0]["found"].combine_chunks()
            self._names = {name: number for number, name in enumerate(kept[0][0]["name"].to_pylist())}
            self._ends, self._values = found.offsets.to_numpy(), found.values.to_numpy()

    def of(self, told: bytes, judge: Callable[[], list[int]]) -> list[int]:
        """Look up what was found of what is ``told``, or find it: a pure function of that."""
        name = blake2b(told, digest_size=NAME_BYTES).digest()
        number = self._names.get(name, -1)
        found = judge() if number < 0 else self._values[self._ends[number] : self._ends[number + 1]].tolist()
        self._now.append(name)
        self._now_values.extend(found)
        self._now_ends.append(len(self._now_values))
        return found

    def keep(self) -> None:
        """Leave for the next run what this one asked for, unless it is the very same."""
        import pyarrow as pa

        if self._folder and self._now != list(self._names):
            found = pa.ListArray.from_arrays(
                pa.array(self._now_ends, pa.int32()), pa.array(self._now_values, pa.int32())
            )
            names = pa.array(self._now, pa.binary(NAME_BYTES))
            write_kept(self._folder / NAME, [pa.table({"name": names, "found": found})], self._rules)

"""What one run leaves for the next: as it was written, or not there."""

from pathlib import Path

import pyarrow as pa
import pytest

from tollwire.corpus.judgements import NAME, Judgements
from tollwire.corpus.kept_tables import read_kept, write_kept
from tollwire.corpus.merging import merge

TABLES = [pa.table({"a": [1, 2, 3]}), pa.table({"b": ["x", None]})]


def test_tables_come_back_with_their_head(tmp_path: Path) -> None:
    write_kept(tmp_path / "some.kept", TABLES, ["head", 1])
    assert read_kept(tmp_path / "some.kept") == (TABLES, ["head", 1])
    assert [path.name for path in tmp_path.iterdir()] == ["some.kept"]


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_damaged_or_cut_file_counts_as_not_there(tmp_path: Path, place: int) -> None:
    path = tmp_path / "some.kept"
    assert read_kept(path) is None
    write_kept(path, TABLES)
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    assert read_kept(path) is None
    path.write_bytes(raw[:20])
    assert read_kept(path) is None


def test_what_was_found_is_looked_up_by_all_that_it_hangs_on(tmp_path: Path) -> None:
    asked: list[bytes] = []

    def ask(judgements: Judgements, told: bytes) -> list[int]:
        def judge() -> list[int]:
            asked.append(told)
            return [len(told), 7]

        return judgements.of(told, judge)

    first = Judgements(tmp_path, "rules")
    assert [ask(first, told) for told in (b"one", b"three")] == [[3, 7], [5, 7]]
    first.keep()
    second = Judgements(tmp_path, "rules")
    assert [ask(second, told) for told in (b"three", b"eleven")] == [[5, 7], [6, 7]]
    second.keep()
    assert asked == [b"one", b"three", b"eleven"]
    # What the second did not ask for is forgotten, and so is all that other rules found.
    assert ask(Judgements(tmp_path, "rules"), b"one") == [3, 7]
    assert ask(Judgements(tmp_path, "other rules"), b"three") == [5, 7]
    assert asked[3:] == [b"one", b"three"]
    written = (tmp_path / NAME).stat().st_mtime_ns
    third = Judgements(tmp_path, "rules")
    assert [ask(third, told) for told in (b"three", b"eleven")] == [[5, 7], [6, 7]]
    third.keep()
    assert (tmp_path / NAME).stat().st_mtime_ns == written


@pytest.mark.parametrize("rows", [1, 2, 3, 10])
def test_rows_are_merged_in_the_order_that_is_told(rows: int) -> None:
    is_kept = pa.array([True, False, False, True, True, False, True]).to_numpy(zero_copy_only=False)
    kept = iter([pa.table({"a": [0, 3]}), pa.table({"a": pa.array([], pa.int64())}), pa.table({"a": [4, 6]})])
    new = iter([pa.table({"a": [1]}), pa.table({"a": [2, 5]})])
    merged = list(merge(kept, new, is_kept, rows))
    assert [value for table in merged for value in table["a"].to_pylist()] == list(range(7))
    assert [table.num_rows for table in merged[:-1]] == [rows] * (7 // rows - (7 % rows == 0))
    assert all(table["a"].num_chunks == 1 for table in merged)

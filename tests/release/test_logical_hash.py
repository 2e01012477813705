"""The logical hash of a file is that of what it says, not of how it is written."""

import pyarrow.parquet as parquet
import pytest

from tollwire.release.logical_hash import logical_hash
from tollwire.release.manifest import read_manifest

FILE = "articles/train-00000-of-00001.parquet"


@pytest.fixture
def file(built):
    return built.release / "0.1.0" / FILE


@pytest.mark.parametrize("how", [{"compression": "none"}, {"row_group_size": 4}, {"use_dictionary": False}])
def test_another_compression_encoding_or_grouping_says_the_same(file, tmp_path, how):
    parquet.write_table(parquet.read_table(file), tmp_path / "other.parquet", **how)

    assert (tmp_path / "other.parquet").read_bytes() != file.read_bytes()
    assert logical_hash(tmp_path / "other.parquet") == logical_hash(file)


def test_another_value_order_or_column_says_something_else(file, tmp_path):
    table = parquet.read_table(file)
    others = [table.slice(1), table.take(list(range(table.num_rows))[::-1]), table.drop_columns(["url"]),
              table.rename_columns([name.upper() for name in table.column_names])]  # fmt: skip

    hashes = set()
    for number, other in enumerate(others):
        parquet.write_table(other, tmp_path / f"{number}.parquet")
        hashes.add(logical_hash(tmp_path / f"{number}.parquet"))

    assert len(hashes - {logical_hash(file)}) == len(others)


def test_the_manifest_has_it_for_each_table(built, file):
    entries = {entry["path"]: entry for entry in read_manifest(built.release / "0.1.0")["files"]}

    assert entries[FILE]["logical_xxh128"] == logical_hash(file)
    assert all(("logical_xxh128" in entry) == path.endswith(".parquet") for path, entry in entries.items())

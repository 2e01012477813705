"""The Croissant description is valid, tells of the files as they are, and is read by its own library."""

import json

import mlcroissant
import polars as pl
import pytest

from tollwire.release.manifest import read_manifest
from tollwire.release.shape import CONFIGS


@pytest.fixture(scope="module")
def described(built):
    return mlcroissant.Dataset(jsonld=str(built.release / "0.1.0" / "croissant.json"))


@pytest.fixture(scope="module")
def raw(built):
    return json.loads((built.release / "0.1.0" / "croissant.json").read_text("utf-8"))


def test_it_is_valid_and_has_a_record_set_for_each_file(described):
    assert not described.metadata.issues.errors
    assert {one.name.split("/")[0] for one in described.metadata.record_sets} == set(CONFIGS)


@pytest.mark.parametrize("table", CONFIGS)
def test_the_records_are_those_of_the_table(described, built, table):
    records = list(described.records(f"{table}/train"))

    frame = pl.read_parquet(built.release / "0.1.0" / table / "train-*.parquet")
    key = "article_id"
    assert [one[f"{table}/train/{key}"].decode() for one in records] == frame[key].to_list()


def test_values_of_every_sort_are_read_as_they_are(described, built):
    (first, *_) = described.records("casualties/train")

    row = pl.read_parquet(built.release / "0.1.0" / "casualties" / "train-*.parquet").row(0, named=True)
    for name in ("start", "end", "low", "harm", "surface"):
        value = first[f"casualties/train/{name}"]
        assert (value.decode() if isinstance(value, bytes) else value) == row[name]


def test_the_digests_are_those_of_the_manifest(raw, built):
    listed = {entry["path"]: entry["sha256"] for entry in read_manifest(built.release / "0.1.0")["files"]}

    assert raw["distribution"]
    assert all(listed[one["contentUrl"]] == one["sha256"] for one in raw["distribution"])


def test_it_says_what_the_datasheet_says_of_responsible_use(raw):
    assert "not reporting" in raw["rai:dataLimitations"]
    assert "targeting, asylum" in raw["rai:dataUseCases"]
    assert "language model" in raw["rai:dataAnnotationProtocol"]
    assert set(raw) >= {"rai:dataCollection", "rai:dataBiases", "rai:dataReleaseMaintenancePlan"}

"""A corpus in which nobody is named and nothing linked is released, loaded, compared and hydrated like any other."""

from dataclasses import replace

import polars as pl
import pytest

import tollwire
from tollwire.annotations.batches import log_path
from tollwire.annotations.log import read_log, write_log
from tollwire.contracts.contract import read_contracts
from tollwire.corpus.normalise import normalise
from tollwire.release.build import build_release
from tollwire.release.diff import compare
from tollwire.release.hydrate import hydrate
from tollwire.release.reading import read_release


@pytest.fixture
def bare(project):
    """The project without actors and relations, and with a source withheld; built as 2.0.0."""
    log = read_log(log_path(project, "001"))
    harms = set(read_contracts(project.schemas).labels.harm)
    entries = []
    for one in log:
        regions = tuple(region for region in one.marks.regions if set(region.labels) & harms)
        entries.append(replace(one, marks=replace(one.marks, regions=regions, relations=())))
    write_log(log_path(project, "001"), entries)
    record = project.sources / "meridian_wire.toml"
    record.write_text(record.read_text().replace("may_redistribute = true", "may_redistribute = false"))
    normalise(project, [project.raw], project.build / "corpus")
    build_release(project, "2.0.0", project.build / "corpus")
    return project


def test_it_is_built_and_what_went_is_told(bare):
    changes = pl.read_parquet(bare.release / "2.0.0" / "diff.parquet")

    gone = changes.filter((pl.col("change") == "row_removed") & pl.col("table").is_in(["actors", "relations"]))
    before = {table: pl.read_parquet(bare.release / "0.1.0" / table).height for table in ("actors", "relations")}
    assert dict(gone.group_by("table").len().iter_rows()) == before
    assert not (bare.release / "2.0.0" / "actors").exists()


def test_it_loads_and_compares_both_ways(bare, monkeypatch, tmp_path):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")

    loaded = tollwire.load(str(bare.release / "2.0.0"))

    assert loaded["train"][0]["actors"] == []
    old, new = (read_release(bare.release / version) for version in ("0.1.0", "2.0.0"))
    contract = read_contracts()["changes"]
    assert compare(new, new, contract).is_empty()
    assert compare(new, old, contract).filter(pl.col("change") == "row_added").height > 0


def test_it_is_hydrated(bare, tmp_path):
    done = hydrate(bare.release / "2.0.0", bare.raw, tmp_path / "whole")

    assert {one.verdict for one in done.verdicts} == {"exact"}
    assert pl.read_parquet(done.folder / "articles")["text"].null_count() == 0

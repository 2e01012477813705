"""The spans of a loaded article are the records that the functions of the package take."""

from typing import Any

import polars as pl
import pytest

import tollwire
from tollwire.contracts.records import Actor, Casualty, Relation
from tollwire.release.rows import read_rows


@pytest.fixture(scope="module")
def loaded(built, tmp_path_factory) -> list[dict[str, Any]]:
    """The articles of a release as ``load_dataset`` gives them, with numbers for classes."""
    import datasets

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path_factory.mktemp("cache"))
        splits = tollwire.load(str(built.release / "0.1.0"))
        return [row for split in splits.values() for row in split]


def test_numbers_of_classes_and_their_names_give_the_same_records(built, loaded):
    named = {row["article_id"]: tollwire.spans_of(row) for row in read_rows(built.release / "0.1.0")}

    assert {row["article_id"]: tollwire.spans_of(row) for row in loaded} == named
    assert {type(span) for one in named.values() for span in (*one.actors, *one.casualties, *one.relations)} == {
        Actor,
        Casualty,
        Relation,
    }
    figures = [figure for one in named.values() for figure in one.casualties]
    assert {"killed", "injured"} <= {one.harm for one in figures}
    assert any(isinstance(one.victim_groups, tuple) and one.victim_groups for one in figures)


def test_they_add_up_to_the_tolls_of_the_release(built, loaded):
    tolls = pl.concat([pl.read_parquet(path) for path in (built.release / "0.1.0" / "tolls").glob("*.parquet")])

    for row in loaded:
        spans = tollwire.spans_of(row)
        killed = tolls.filter((pl.col("article_id") == row["article_id"]) & (pl.col("harm") == "killed"))
        toll = tollwire.document_toll(spans.casualties, spans.relations).get("killed")
        assert (toll.low if toll else 0) == killed["low"].sum()


def test_who_did_it_and_who_says_so_is_filled_in(loaded):
    completed = 0
    for row in loaded:
        spans = tollwire.spans_of(row)
        relations = tollwire.complete_relations(spans.casualties, spans.actors, spans.relations)
        assert relations[: len(spans.relations)] == list(spans.relations)
        completed += len(relations) - len(spans.relations)
    assert completed > 0

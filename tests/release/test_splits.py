"""Splits are frozen, keep the order of the rows, and never part a cluster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.problems import TollwireError
from tollwire.release.build import build_release
from tollwire.release.manifest import read_manifest
from tollwire.release.splits import SPLITS, assign, freeze, leaks, read_splits, split_of

IDS = st.integers(0, 40).map(lambda number: f"{number:016x}")


def named(*numbers: int) -> list[str]:
    return [f"{number:016x}" for number in numbers]


@given(st.dictionaries(IDS, IDS))
def test_no_cluster_is_in_two_splits_and_a_new_article_follows_its_cluster(clusters):
    assigned = assign(clusters, {})

    assert set(assigned) == set(clusters)
    assert leaks(clusters, assigned) == []
    assert all(assigned[one] == split_of(cluster) for one, cluster in clusters.items())


@given(st.dictionaries(IDS, IDS, min_size=1), st.data())
def test_what_is_frozen_stays_whatever_comes(clusters, data):
    before = data.draw(st.sets(st.sampled_from(sorted(clusters))))
    frozen = assign({one: clusters[one] for one in before}, {})

    after = assign(clusters, frozen)

    assert list(after)[: len(frozen)] == list(frozen), "the rows that were there stay where they are"
    assert all(after[one] == split for one, split in frozen.items())


def test_an_article_that_joins_an_old_cluster_under_another_name_goes_to_its_split():
    old, new = named(5, 1)
    elsewhere = next(split for split in SPLITS if split != split_of(new))

    # The cluster is called after its least id, which is the new article's.
    assert assign({old: new, new: new}, {old: elsewhere})[new] == elsewhere


def test_the_splits_of_clusters_are_about_eight_one_one():
    counts = [sum(split_of(one) == split for one in named(*range(3000))) / 3000 for split in SPLITS]

    assert counts == pytest.approx([0.8, 0.1, 0.1], abs=0.03)


def test_freezing_only_adds_lines(tmp_path):
    one, two, three = named(1, 2, 3)
    assert freeze(tmp_path, {two: "train"}) == 1

    assert freeze(tmp_path, {two: "train", one: "train", three: "test"}) == 2
    assert freeze(tmp_path, {two: "train"}) == 0

    assert (tmp_path / "train.txt").read_text() == f"{two}\n{one}\n"
    assert read_splits(tmp_path) == {two: "train", one: "train", three: "test"}


def test_a_planted_leak_stops_the_release(project):
    """Two articles of one cluster, one of them moved to another split by hand."""
    import polars as pl

    articles = pl.read_parquet(project.release / "0.1.0" / "articles")
    pair = articles.filter(pl.col("cluster_id").is_duplicated())
    train = project.splits / f"{pair['split'][0]}.txt"
    other = next(split for split in SPLITS if split != pair["split"][0])
    train.write_text(train.read_text().replace(f"{pair['article_id'][0]}\n", ""))
    (project.splits / f"{other}.txt").open("a").write(f"{pair['article_id'][0]}\n")

    with pytest.raises(TollwireError, match=r"\[cluster-in-two-splits\]") as caught:
        build_release(project, "0.2.0", project.build / "corpus")

    assert all(article_id in str(caught.value) for article_id in pair["article_id"])
    assert not (project.release / "0.2.0").exists()


def test_the_manifest_counts_splits_and_leaks(built):
    splits = read_manifest(built.release / "0.1.0")["splits"]

    assert splits == {"train": 15, "validation": 1, "test": 1, "clusters": 16, "clusters_in_two_splits": 0}


def test_lines_that_are_none_and_articles_in_two_files_are_told(tmp_path):
    one = named(1)[0]
    (tmp_path / "train.txt").write_text(f"{one}\nharbour\n")
    (tmp_path / "test.txt").write_text(f"{one}\n")

    with pytest.raises(TollwireError) as caught:
        read_splits(tmp_path)

    assert [str(problem).split(";")[0] for problem in caught.value.problems] == [
        "splits/train.txt, line 2: [bad-split] 'harbour' is not an article_id",
        f"splits/test.txt, line 1: [bad-split] {one} stands in train.txt too",
    ]


def test_a_release_that_is_built_again_from_frozen_splits_has_the_same_rows(project):
    import polars as pl

    before = pl.read_parquet(project.release / "0.1.0" / "articles")["article_id"].to_list()
    train = project.splits / "train.txt"
    lines = train.read_text().splitlines()
    lines = [lines[3], *lines[:3], *lines[4:]]
    train.write_text("".join(f"{line}\n" for line in lines))

    build_release(project, "0.1.0", project.build / "corpus")

    after = pl.read_parquet(sorted((project.release / "0.1.0" / "articles").glob("*.parquet")))["article_id"].to_list()
    assert after != before
    assert [one for one in after if one in lines] == [one for one in lines if one in before]

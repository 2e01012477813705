"""A release is built whole, the same every time, and of gold only."""

import hashlib
import json
from dataclasses import replace

import pytest
import yaml

from tollwire.annotations.batches import Batch, log_path, sent_path, write_batch
from tollwire.annotations.log import read_log, write_log
from tollwire.annotations.regions import Marks
from tollwire.problems import UsageError
from tollwire.project import Project
from tollwire.release.build import build_release
from tollwire.release.manifest import manifest_problems, read_manifest


def build(project: Project, version: str = "0.1.0"):
    return build_release(project, version, project.build / "corpus")


def digests(project: Project, version: str = "0.1.0") -> dict[str, str]:
    folder = project.release / version
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_building_twice_gives_the_same_bytes(project):
    first = digests(project)

    build(project)

    assert digests(project) == first


def test_the_order_of_what_was_received_does_not_matter(project):
    first = digests(project)
    path = log_path(project, "001")
    path.write_text("".join(sorted(path.read_text("utf-8").splitlines(keepends=True), reverse=True)), "utf-8")

    build(project)

    assert digests(project) == first


def test_the_release_holds_card_contracts_manifest_and_parquet(project):
    files = digests(project)

    assert {"README.md", "DATASHEET.md", "CHANGELOG.md", "LICENSE-DATA", "manifest.json"} <= files.keys()
    assert {"schemas/articles.toml", "schemas/labels.toml", "schemas/profiles/acled.toml"} <= files.keys()
    assert "articles/train-00000-of-00001.parquet" in files
    assert not list(project.release.glob("*.tmp"))


def test_every_file_is_in_the_manifest_with_its_digest(project):
    listed = {entry["path"]: entry["sha256"] for entry in read_manifest(project.release / "0.1.0")["files"]}

    assert listed == {name: digest for name, digest in digests(project).items() if name != "manifest.json"}
    assert manifest_problems(project.release / "0.1.0") == []


def test_what_a_broken_build_left_behind_is_cleared_away(project):
    left = project.release / "building.tmp"
    left.mkdir()
    (left / "half.parquet").write_bytes(b"PAR1")

    build(project)

    assert "half.parquet" not in digests(project)
    assert sorted(path.name for path in project.release.iterdir()) == ["0.1.0"]


def test_no_cluster_is_in_two_splits(project):
    import polars as pl

    articles = pl.read_parquet(project.release / "0.1.0" / "articles")

    assert articles.height > articles["cluster_id"].n_unique(), "a near-duplicate pair is in the corpus"
    assert articles.group_by("cluster_id").agg(pl.col("split").n_unique())["split"].max() == 1


def test_an_article_on_which_labellers_differ_is_left_out(project):
    log = read_log(log_path(project, "001"))
    gone, *regions = log[0].marks.regions
    relations = tuple(one for one in log[0].marks.relations if gone.id not in one)
    changed = replace(log[0], marks=replace(log[0].marks, regions=tuple(regions), relations=relations))
    write_log(log_path(project, "001"), [changed, *log[1:]])

    built = build(project)

    assert built.left_out == {"labellers differ, and it is not adjudicated yet": 1}
    assert built.rows["articles"] == len({one.article_id for one in log}) - 1


def test_the_card_names_every_config_and_its_features(project):
    _, front, prose = (project.release / "0.1.0" / "README.md").read_text("utf-8").split("---\n", 2)
    card = yaml.safe_load(front)

    configs = ["articles", "actors", "casualties", "relations", "annotations", "tolls"]
    assert [one["config_name"] for one in card["configs"]] == configs
    assert [one["config_name"] for one in card["dataset_info"]] == configs
    assert card["configs"][0]["default"] is True
    assert card["language"] == ["en"]
    assert "**The texts are not reporting.**" in prose.split("## Load it")[0], "said before anything else"
    assert "| labeller-a, labeller-b | exact | all |" in prose
    assert "Krippendorff's alpha over characters" in prose
    assert "`casualties[].harm`" in prose


@pytest.mark.parametrize("version", ["1", "v0.1.0", "0.1", "0.01.0", "../0.1.0", ""])
def test_a_version_that_is_none_is_refused(project, version):
    with pytest.raises(UsageError, match=r"\[bad-version\]"):
        build(project, version)


def test_nothing_is_released_without_gold(project):
    log = read_log(log_path(project, "001"))
    write_log(log_path(project, "001"), [replace(one, is_skipped=True, marks=Marks()) for one in log])

    with pytest.raises(UsageError, match=r"\[no-gold\]"):
        build(project)
    assert manifest_problems(project.release / "0.1.0") == [], "the release that was there still is"


def test_a_project_without_a_datasheet_is_told_so(project):
    (project.root / "DATASHEET.md").unlink()

    with pytest.raises(UsageError, match=r"DATASHEET.md: \[missing-file\]"):
        build(project)


def test_an_article_that_one_labelled_is_left_out_for_that_reason(project):
    log = read_log(log_path(project, "001"))
    write_log(log_path(project, "001"), log[1:])

    assert build(project).left_out == {"labelled by 1, and agreement takes two": 1}


def test_an_article_of_a_batch_that_is_left_aside_is_left_out_for_that_reason(project):
    log = read_log(log_path(project, "001"))
    moved = log[0].article_id
    write_log(log_path(project, "001"), [entry for entry in log if entry.article_id != moved])
    write_batch(project, Batch(batch="002", title="Others"))
    sent_path(project, "002").write_text(json.dumps({"article_id": moved}) + "\n", "utf-8")

    built = build_release(project, "0.1.0", project.build / "corpus", batches=["001"])

    assert built.left_out == {"in a batch that this release leaves aside": 1}


def test_a_datasheet_that_says_nothing_in_short_is_told_so(project):
    (project.root / "DATASHEET.md").write_text("# Datasheet\n\n## In short\n\n## Motivation\n\nTo try.\n", "utf-8")

    with pytest.raises(UsageError, match=r"DATASHEET.md: \[missing-section\]"):
        build(project)

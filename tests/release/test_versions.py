"""A version follows from what changed; a smaller one is refused with the rows that force a larger one."""

import re
from dataclasses import replace

import polars as pl
import pytest

from tollwire.annotations.batches import log_path
from tollwire.annotations.log import read_log, write_log
from tollwire.problems import UsageError
from tollwire.project import Project
from tollwire.release.build import build_release
from tollwire.release.manifest import read_manifest
from tollwire.release.versions import Version, built_versions, greatest_level, told_versions


def build(project: Project, version: str | None = None, against: str | None = None):
    return build_release(project, version, project.build / "corpus", against)


def drop_articles(project: Project, count: int) -> None:
    """Let the last articles of the batch be labelled by nobody."""
    log = read_log(log_path(project, "001"))
    gone = sorted({one.article_id for one in log})[-count:]
    write_log(log_path(project, "001"), [one for one in log if one.article_id not in gone])


def recount(project: Project) -> None:
    """Let both labellers say of the first figure with a low that it counts one more."""
    log = read_log(log_path(project, "001"))
    article_id = log[0].article_id

    def with_one_more(entry):
        regions, done = [], False
        for region in entry.marks.regions:
            low = region.values.get("low")
            if not done and isinstance(low, int) and region.values.get("bound") == "at_least":
                region, done = replace(region, values={**region.values, "low": low + 1}), True
            regions.append(region)
        assert done
        return replace(entry, marks=replace(entry.marks, regions=tuple(regions)))

    write_log(log_path(project, "001"), [with_one_more(one) if one.article_id == article_id else one for one in log])


@pytest.mark.parametrize(("level", "next_one"), [("patch", "1.4.3"), ("minor", "1.5.0"), ("major", "2.0.0")])
def test_the_next_version_follows_from_the_level(level, next_one):
    assert str(Version(1, 4, 2).after(level)) == next_one


def test_versions_are_in_order_of_their_numbers():
    assert Version.read("0.9.0") < Version.read("0.10.0") < Version.read("1.0.0")
    assert greatest_level(["patch", "major", "minor"]) == "major"
    assert greatest_level([]) is None
    assert told_versions("# Changelog\n\n## 0.10.0\n\n### Data\n\n## v0.9.0 (May)\n") == [(0, 9, 0), (0, 10, 0)]


def test_rows_that_come_make_a_minor_version_and_rows_that_go_a_major_one(project):
    log = read_log(log_path(project, "001"))
    drop_articles(project, 2)
    fewer = build(project)
    assert fewer.version == "1.0.0"
    assert fewer.changed == "Against 0.1.0: articles: 2 were removed."

    write_log(log_path(project, "001"), log)
    more = build(project)

    assert more.version == "1.1.0"
    assert more.changed.startswith("Against 1.0.0: articles: 2 came")
    assert [str(one) for one in built_versions(project.release)] == ["0.1.0", "1.0.0", "1.1.0"]


def test_a_number_that_is_too_small_is_refused_with_the_rows_that_force_a_larger_one(project):
    drop_articles(project, 2)

    with pytest.raises(UsageError) as caught:
        build(project, "0.2.0")

    assert [one.rule for one in caught.value.problems] == ["version-too-small", "forces-version", "forces-version"]
    assert str(caught.value.problems[0]).startswith(
        "release: [version-too-small] 0.2.0 is too small after 0.1.0: 2 changes force at least 1.0.0"
    )
    assert re.search(r"articles [0-9a-f]{16} article_removed", str(caught.value.problems[1]))
    assert [path.name for path in project.release.glob("[0-9]*")] == ["0.1.0"]


def test_a_larger_number_than_needed_is_taken(project):
    drop_articles(project, 1)

    assert build(project, "3.0.0").version == "3.0.0"


def test_nothing_new_is_no_new_version(project):
    with pytest.raises(UsageError, match=r"\[no-change\] nothing differs from 0.1.0"):
        build(project)


def test_a_corrected_value_is_a_patch_told_span_by_span(project):
    recount(project)

    built = build(project)

    changes = pl.read_parquet(built.folder / "diff.parquet").filter(pl.col("table") == "casualties")
    assert built.version == "0.1.1"
    assert changes.select("change", "column", "level").rows() == [("value_changed", "low", "patch")]
    assert int(changes["new"][0]) == int(changes["old"][0]) + 1


def test_the_manifest_and_the_changelog_of_a_release_say_what_changed(project):
    drop_articles(project, 1)

    built = build(project)

    diff = read_manifest(built.folder)["diff"]
    assert diff["against"] == "0.1.0"
    assert {"table": "articles", "change": "article_removed", "level": "major", "count": 1} in diff["changes"]
    changelog = (built.folder / "CHANGELOG.md").read_text("utf-8")
    assert f"## 1.0.0\n\n### Data\n- {built.changed}\n\n## 0.1.0" in changelog
    assert built.changed in (built.folder / "README.md").read_text("utf-8")


def test_an_entry_that_somebody_wrote_is_kept(project):
    path = project.root / "CHANGELOG.md"
    path.write_text(path.read_text("utf-8").replace("## 0.1.0", "## 1.0.0\n\nOurs.\n\n## 0.1.0"), "utf-8")
    drop_articles(project, 1)

    built = build(project)

    assert (built.folder / "CHANGELOG.md").read_text("utf-8") == path.read_text("utf-8")


def test_a_version_before_that_is_not_at_hand_has_to_be_named(project, tmp_path):
    path = project.root / "CHANGELOG.md"
    path.write_text(path.read_text("utf-8").replace("## 0.1.0", "## 0.3.0\n\n## 0.2.0\n\n## 0.1.0"), "utf-8")
    drop_articles(project, 1)

    with pytest.raises(UsageError, match=r"\[missing-base\] CHANGELOG.md tells of 0.2.0"):
        build(project)
    with pytest.raises(UsageError, match=r"\[not-a-release\]"):
        build(project, against=str(tmp_path))

    assert build(project, against="0.1.0").version == "1.0.0"
    assert build(project, "0.3.0", against="none").changed == "This is the first version."

"""What differs between two versions is told thing by thing, and each thing takes the version that it has to."""

from dataclasses import replace

import polars as pl
import pytest

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.tables import check_frame
from tollwire.release.change_report import counted, paragraph
from tollwire.release.diff import LEVEL_OF, compare
from tollwire.release.reading import Release, read_release

CONTRACTS = read_contracts()


@pytest.fixture(scope="module")
def release(built):
    return read_release(built.release / "0.1.0")


def changed(release: Release, **tables: pl.DataFrame) -> Release:
    return replace(release, tables={**release.tables, **tables})


def told(old: Release, new: Release) -> list[dict]:
    changes = compare(old, new, CONTRACTS["changes"])
    check_frame(changes, CONTRACTS["changes"], CONTRACTS.labels)
    return changes.to_dicts()


def told_of(old: Release, new: Release, *names: str) -> list[tuple]:
    return [tuple(row[name] for name in names) for row in told(old, new)]


def first(frame: pl.DataFrame, **values) -> pl.DataFrame:
    """The frame with other values in its first row."""
    exprs = [
        pl.when(pl.int_range(pl.len()) == 0).then(pl.lit(value, dtype=frame.schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    ]
    return frame.with_columns(exprs)


def test_a_release_does_not_differ_from_itself(release):
    assert told(release, release) == []
    assert paragraph(compare(release, release, CONTRACTS["changes"]), "0.1.0") == "Nothing differs from 0.1.0."


def test_an_article_that_came_is_told_once_and_not_span_by_span(release):
    article_id = release.tables["articles"]["article_id"][3]
    less = {
        table: frame.filter(pl.col("article_id") != article_id)
        for table, frame in release.tables.items()
        if frame.width
    }

    came = told_of(changed(release, **less), release, "table", "article_id", "change", "level")
    went = told_of(release, changed(release, **less), "table", "article_id", "change", "level")

    assert came == [("articles", article_id, "article_added", "minor")]
    assert went == [("articles", article_id, "article_removed", "major")]


def test_an_article_on_the_list_is_withdrawn_not_removed(release):
    article_id = release.tables["articles"]["article_id"][3]
    less = {
        table: frame.filter(pl.col("article_id") != article_id)
        for table, frame in release.tables.items()
        if frame.width
    }
    less["withdrawn"] = pl.DataFrame({"article_id": [article_id], "reason": ["asked for"]})

    assert told_of(release, changed(release, **less), "change", "level") == [("article_withdrawn", "major")]


def test_another_text_is_told_by_its_digest_alone(release):
    articles = first(release.tables["articles"], text="Other words.", text_sha256="f" * 64)

    (row,) = told(release, changed(release, articles=articles))

    assert (row["change"], row["level"], row["new"]) == ("text_changed", "major", "f" * 64)


@pytest.mark.parametrize(
    ("values", "change", "level"),
    [
        ({"split": "test"}, "split_changed", "major"),
        ({"is_withheld": True}, "text_withheld", "major"),
        ({"language": "fr"}, "value_changed", "patch"),
        ({"bylines": ["Ana Li", "Bo Ek"]}, "value_changed", "patch"),
        ({"dateline": None}, "value_changed", "patch"),
    ],
)
def test_what_changed_of_an_article_is_told_by_its_column(release, values, change, level):
    articles = first(release.tables["articles"].sort("dateline", nulls_last=True), **values)

    rows = told(changed(release, articles=release.tables["articles"]), changed(release, articles=articles))

    assert [(row["change"], row["level"], row["column"]) for row in rows] == [(change, level, next(iter(values)))]


def test_values_of_a_span_are_told_old_and_new(release):
    figures = release.tables["casualties"].filter(pl.col("harm") == "killed")

    rows = told_of(
        changed(release, casualties=figures),
        changed(release, casualties=first(figures, harm="injured", low=4711)),
        "row_id", "column", "change", "level", "old", "new",
    )  # fmt: skip

    span_id, low = figures["span_id"][0], figures["low"][0]
    assert rows == [
        (span_id, "harm", "relabelled", "patch", "killed", "injured"),
        (span_id, "low", "value_changed", "patch", None if low is None else str(low), "4711"),
    ]


def test_a_list_of_labels_is_a_label(release):
    figures = first(release.tables["casualties"], victim_groups=["children", "women"])

    rows = told_of(release, changed(release, casualties=figures), "column", "change", "new")

    assert rows == [("victim_groups", "relabelled", "children, women")]


def test_a_span_that_moved_keeps_its_id_or_is_found_by_its_overlap(release):
    actors = release.tables["actors"].sort("article_id", "start")
    start = actors["start"][0]
    old = changed(release, actors=actors)

    same_id = told_of(old, changed(release, actors=first(actors, start=start + 1)), "change", "level", "column")
    other_id = told_of(old, changed(release, actors=first(actors, start=start + 1, span_id="new")), "change", "level")

    assert same_id == [("span_moved", "major", "start")]
    assert sorted(other_id) == [("span_moved", "major"), ("span_renamed", "major")]


def test_another_id_for_the_same_span_is_told(release):
    actors = release.tables["actors"]

    rows = told_of(release, changed(release, actors=first(actors, span_id="new")), "change", "level", "old", "new")

    assert rows == [("span_renamed", "major", actors["span_id"][0], "new")]


@pytest.mark.parametrize("table", ["actors", "casualties", "relations", "annotations", "tolls"])
def test_a_row_that_came_or_went_is_told(release, table):
    frame = release.tables[table]
    level = {True: "patch"}.get(table == "tolls")

    went = told_of(release, changed(release, **{table: frame[1:]}), "table", "change", "level")
    came = told_of(changed(release, **{table: frame[1:]}), release, "table", "change", "level")

    assert went == [(table, "row_removed", level or "major")]
    assert came == [(table, "row_added", level or "minor")]


def test_what_a_labeller_marked_is_told_as_changed_without_its_values(release):
    verdicts = release.tables["annotations"]
    fewer = verdicts.with_columns(actors=pl.col("actors").list.tail(pl.col("actors").list.len() - 1))[:1]

    rows = told(release, changed(release, annotations=pl.concat([fewer, verdicts[1:]])))

    assert [(row["change"], row["column"], row["old"], row["new"]) for row in rows] == [
        ("value_changed", "actors", None, None)
    ]


def test_two_spans_at_one_place_are_not_mixed_up(release):
    figures = release.tables["casualties"]
    twin = first(figures[:1], span_id="twin", harm="missing")
    twins = changed(release, casualties=pl.concat([figures, twin]))

    assert told(twins, twins) == []
    assert told_of(release, twins, "change", "row_id") == [("row_added", "twin")]


def schemas_with(release: Release, file: str, **changes) -> Release:
    return replace(release, schemas={**release.schemas, file: {**release.schemas[file], **changes}})


def test_columns_that_came_went_and_changed_are_told(release):
    columns = release.schemas["casualties.toml"]["columns"]
    other = {name: column for name, column in columns.items() if name != "scope"}
    other["low"] = {**other["low"], "unit": "households"}
    other["age"] = {"type": "int32", "about": "The age."}

    rows = told_of(release, schemas_with(release, "casualties.toml", columns=other), "change", "column", "level")

    assert set(rows) == {
        ("column_removed", "scope", "major"),
        ("column_changed", "low", "major"),
        ("column_added", "age", "minor"),
        ("wording_changed", "", "patch"),
    }


def test_a_label_that_shifts_the_class_numbers_breaks_programs(release):
    harm = release.schemas["labels.toml"]["harm"]
    last = {**harm, "starved": {"about": "Hunger."}}
    firstly = {"starved": {"about": "Hunger."}, **harm}

    at_end = told_of(release, schemas_with(release, "labels.toml", harm=last), "change", "row_id")
    at_front = {row[0] for row in told_of(release, schemas_with(release, "labels.toml", harm=firstly), "change")}

    assert at_end == [("label_added", "harm.starved"), ("wording_changed", "labels.toml")]
    assert at_front == {"label_added", "label_removed", "wording_changed"}


def test_no_words_of_an_article_that_is_withheld_now_are_told(release):
    articles = first(
        release.tables["articles"], is_withheld=True, text=None, title=None, keywords=["five words of the text"]
    )
    article_id = articles["article_id"][0]
    actors = release.tables["actors"].with_columns(
        name=pl.when(pl.col("article_id") == article_id).then(pl.lit("A Name In The Text")).otherwise("name")
    )

    rows = told(release, changed(release, articles=articles, actors=actors))

    assert {"text_withheld", "value_changed"} <= {row["change"] for row in rows}
    shown = [value for row in rows if row["article_id"] == article_id for value in (row["old"], row["new"])]
    assert set(shown) <= {None, "true", "false"}


def test_every_change_has_a_level_a_label_and_words(release):
    from tollwire.release.change_report import SAID

    assert set(LEVEL_OF) == set(SAID) == set(CONTRACTS.labels.change)
    assert set(LEVEL_OF.values()) == set(CONTRACTS.labels.level)


def test_the_paragraph_counts_by_table(release):
    figures = first(release.tables["casualties"], low=4711)[:-1]

    changes = compare(release, changed(release, casualties=figures), CONTRACTS["changes"])

    assert paragraph(changes, "0.1.0") == "Against 0.1.0: casualties: 1 removed, 1 values corrected."
    assert counted(changes)[0] == ("casualties", "row_removed", "major", 1)

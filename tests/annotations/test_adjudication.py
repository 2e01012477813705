from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl

from tollwire.annotations.adjudication import AGREED, MOST_TOLD, adjudication_interface, adjudication_tasks, agreed
from tollwire.annotations.batches import Batch, adjudication_title, project_titles
from tollwire.annotations.differences import Difference
from tollwire.annotations.interface import EDITOR_KEYS, interface_problems
from tollwire.annotations.log import Entry
from tollwire.annotations.reading import read_marks
from tollwire.annotations.regions import DIFFERS, Marks, Region, from_result
from tollwire.contracts.contract import read_contracts

Json = dict[str, Any]
BATCH = Batch(batch="001", title="First texts")
TEXT = "Gunmen killed nine people, the ministry said."
ID = "0" * 16
NINE = Region("n", 14, 25, "nine people", ("killed", "#1"), {"bound": "exact", "low": 9})
MINISTRY = Region("m", 27, 39, "the ministry", ("source", "#1"), {"kind": "government"})
GUNMEN = Region("g", 0, 6, "Gunmen", ("attacker",))
BOTH = Marks((NINE, MINISTRY), (("claimed_by", "n", "m"),))


def renamed(marks: Marks) -> Marks:
    regions = tuple(replace(one, id=f"x{one.id}") for one in marks.regions)
    return Marks(regions, tuple((kind, f"x{head}", f"x{tail}") for kind, head, tail in marks.relations), marks.choices)


def unnumbered(marks: Marks) -> Marks:
    return replace(marks, regions=tuple(replace(one, labels=one.labels[:1]) for one in marks.regions))


def entry(who: str, marks: Marks, skipped: bool = False) -> Entry:
    return Entry(ID, who, datetime(2024, 5, 1, tzinfo=UTC), 60, skipped, "sha", marks)


def differ(number: int = 1) -> dict[str, list[Difference]]:
    return {
        ID: [
            Difference(ID, "span", 0, 6, f"attacker 'Gunmen' is marked by ann only {place}") for place in range(number)
        ]
    }


def test_what_all_have_alike_is_agreed_whatever_its_ids() -> None:
    assert agreed([BOTH, renamed(BOTH)]) == BOTH
    assert agreed([BOTH, renamed(BOTH), renamed(renamed(BOTH))]) == BOTH


def test_a_label_a_value_an_incident_or_a_place_that_differs_is_not_agreed() -> None:
    for other in (
        replace(NINE, labels=("injured", "#1")),
        replace(NINE, labels=("killed", "#2")),
        replace(NINE, values={**NINE.values, "low": 8}),
        replace(NINE, end=18),
    ):
        assert agreed([BOTH, Marks((other, MINISTRY), BOTH.relations)]) == Marks((MINISTRY,))


def test_a_value_that_says_nothing_differs_from_none_in_nothing() -> None:
    empty = replace(NINE, values={**NINE.values, "victim_groups": [], "status": None})

    assert agreed([BOTH, Marks((empty, MINISTRY), BOTH.relations)]) == BOTH


def test_relations_and_choices_are_agreed_only_where_all_drew_or_chose_them() -> None:
    one = replace(BOTH, choices=("not_armed_violence",))

    assert agreed([one, Marks(BOTH.regions)]) == Marks(BOTH.regions)


def test_the_number_of_the_only_incident_may_be_left_out(make_articles: Callable[..., pl.DataFrame]) -> None:
    first, second = Marks(BOTH.regions), unnumbered(Marks(BOTH.regions))
    later = Marks((*second.regions, replace(GUNMEN, labels=("attacker", "#2"))))

    for ours, theirs in ((first, second), (later, first)):
        # What is read of both is alike and told as no difference, so it must not be left to be drawn again.
        log = [entry("ann", ours), entry("bob", theirs)]
        (task,) = adjudication_tasks(differ(), log, make_articles(TEXT, "Another."), BATCH)
        assert from_result(task["predictions"][0]["result"])[0].regions == second.regions
        both = [read_marks(one, TEXT, read_contracts().labels, "here")[0].casualties for one in (ours, theirs)]
        assert both[0] == both[1]
    other = Marks((replace(NINE, labels=("killed", "#2")), MINISTRY))
    (task,) = adjudication_tasks(differ(), [entry("ann", first), entry("bob", other)], make_articles(TEXT), BATCH)
    assert from_result(task["predictions"][0]["result"])[0].regions == ()


def test_each_open_article_is_a_task_with_what_is_agreed_and_every_version(
    make_articles: Callable[..., pl.DataFrame],
) -> None:
    ann, bob = Marks((GUNMEN, *BOTH.regions), BOTH.relations), renamed(BOTH)
    log = [entry("ann", ann), entry("bob", bob), entry("cleo", Marks(), skipped=True)]

    (task,) = adjudication_tasks(differ(), log, make_articles(TEXT, "Another."), BATCH)

    versions = {one["model_version"]: from_result(one["result"]) for one in task["predictions"]}
    assert versions == {AGREED: (unnumbered(BOTH), []), "ann": (ann, []), "bob": (bob, [])}
    assert next(iter(versions)) == AGREED
    assert task["data"]["article_id"] == ID
    assert "1 differences: 1. attacker 'Gunmen' is marked by ann only" in task["data"]["meta"]


def labels_in(task: Json) -> dict[str, dict[str, list[str]]]:
    """Give the labels as the editor gets them: of each version's regions by id."""
    return {
        one["model_version"]: {
            entry["id"]: entry["value"]["labels"] for entry in one["result"] if entry["type"] == "labels"
        }
        for one in task["predictions"]
    }


def test_what_the_versions_have_otherwise_is_labelled_so_and_the_label_is_no_part_of_what_is_said(
    make_articles: Callable[..., pl.DataFrame],
) -> None:
    eight = replace(NINE, values={**NINE.values, "low": 8})
    log = [
        entry("ann", Marks((GUNMEN, NINE, MINISTRY))),
        entry("bob", Marks((eight, replace(MINISTRY, labels=("source",))))),
    ]

    (task,) = adjudication_tasks(differ(), log, make_articles(TEXT), BATCH)

    assert labels_in(task) == {
        AGREED: {"m": ["source"]},
        "ann": {"g": [DIFFERS, "attacker"], "n": [DIFFERS, "killed", "#1"], "m": ["source", "#1"]},
        "bob": {"n": [DIFFERS, "killed", "#1"], "m": ["source"]},
    }
    assert from_result(task["predictions"][1]["result"])[0].regions == (GUNMEN, NINE, MINISTRY)


def test_its_interface_has_one_label_more_with_a_key_and_a_colour_that_are_free() -> None:
    shipped = Path(__file__).parents[2] / "annotations" / "interface.xml"
    before, after = (
        ElementTree.parse(shipped),
        ElementTree.fromstring(adjudication_interface(shipped.read_text("utf-8"))),
    )

    first, *others = after.iter("Label")
    assert [one.attrib for one in others] == [one.attrib for one in before.iter("Label")]
    assert first.get("value") == DIFFERS
    assert first.get("hotkey") not in EDITOR_KEYS | {one.get("hotkey") for one in before.iter()}
    assert first.get("background") not in {one.get("background") for one in others}
    first_control = next(one for one in after.iter("Labels"))
    first_control.remove(first)
    assert interface_problems(ElementTree.tostring(after, "unicode"), read_contracts().labels) == []


def test_of_many_differences_the_line_above_the_text_tells_some(make_articles: Callable[..., pl.DataFrame]) -> None:
    log = [entry("ann", BOTH), entry("bob", BOTH)]

    (task,) = adjudication_tasks(differ(MOST_TOLD + 5), log, make_articles(TEXT), BATCH)

    assert task["data"]["meta"].endswith("; and 5 more")


def test_its_project_is_another_than_that_of_the_batch() -> None:
    long = BATCH.model_copy(update={"title": "A title of a batch that is much longer than the server keeps of it"})

    for batch in (BATCH, long):
        assert adjudication_title(batch).startswith("Tollwire 001: adjudication")
        assert adjudication_title(batch) not in project_titles(batch)

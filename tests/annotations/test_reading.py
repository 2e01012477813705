from pathlib import Path
from typing import Any

import pytest

from tollwire.annotations.reading import read_marks
from tollwire.annotations.regions import Marks, Region, Spans, display_text
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.records import Actor
from tollwire.problems import Problem

LABELS = read_contracts(Path(__file__).parents[2] / "schemas").labels
TEXT = "\U0001f600 Gunmen killed at least nine people, the ministry said.\n\nSome were hurt near the caf\u00e9."


def mark(phrase: str, *labels: str, text: str = TEXT, span_id: str = "r1", **values: Any) -> Region:
    start = text.index(phrase)
    return Region(span_id, start, start + len(phrase), display_text(phrase), labels, values)


def read(
    *regions: Region, relations: tuple[tuple[str, str, str], ...] = (), text: str = TEXT
) -> tuple[Spans, list[Problem]]:
    return read_marks(Marks(regions, relations), text, LABELS, "here")


SOUND = mark("the ministry", "source", span_id="sound", kind="government")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 nine dead \U0001f1f8\U0001f1fe", "nine dead"),
        ("\U0001f600 nine \U0001f4a5 dead", "nine \U0001f4a5 dead"),
        ("Cafe\u0301s: nine e\u0301le\u0301ves killed", "nine e\u0301le\u0301ves"),
        ("\u0642\u062a\u0644 nine \u0623\u0634\u062e\u0627\u0635", "nine \u0623\u0634\u062e\u0627\u0635"),
        ("A \u25a1 and \U00020000 killed nine", "\u25a1 and \U00020000"),
        ("nine  men\n\ndead", "nine  men\n\ndead"),
    ],
)  # fmt: skip
def test_the_surface_is_the_true_text_of_its_place(text: str, phrase: str) -> None:
    spans, problems = read(mark(phrase, "killed", text=text, bound="exact"), text=text)

    assert problems == []
    assert (
        [text[one.start : one.end] for one in spans.casualties] == [phrase] == [one.surface for one in spans.casualties]
    )


@pytest.mark.parametrize("told", ["nine people\n\nin Mera", r"nine people\n\nin Mera"])
def test_a_region_over_the_end_of_a_line_reads_either_way(told: str) -> None:
    text = "Gunmen killed nine people\n\nin Mera."

    spans, problems = read(Region("r1", 14, 34, told, ("killed",), {"bound": "exact", "low": 9}), text=text)

    assert problems == []
    assert [one.surface for one in spans.casualties] == ["nine people\n\nin Mera"]


@pytest.mark.parametrize(
    ("rule", "region"),
    [
        ("text-matches-article", Region("r1", 17, 37, r"nine\npeople", ("killed",))),
        ("span-in-text", Region("r1", 80, 200, "caf\u00e9.", ("killed",))),
        ("span-in-text", Region("r1", -3, 2, "x", ("killed",))),
        ("span-in-text", Region("r1", 9, 9, "", ("killed",))),
        ("text-matches-article", Region("r1", 17, 37, "at least nine people", ("killed",))),
        ("text-matches-article", Region("r1", 0, 1, "\U0001f601", ("killed",))),
        ("unknown-label", mark("nine people", "evicted")),
        ("unknown-label", mark("nine people", "killed", "#6")),
        ("one-label", mark("nine people", "killed", "injured")),
        ("one-label", mark("nine people", "killed", "source")),
        ("one-label", mark("nine people", "#1")),
        ("one-label", mark("nine people")),
        ("one-incident", mark("nine people", "killed", "#1", "#2")),
        ("no-bound", mark("near the", "killed")),
        ("no-bound", mark("at least nine people", "killed", low=19)),
        ("bad-value", mark("nine people", "killed", bound="exact", low=9.5)),
        ("bad-value", mark("nine people", "killed", bound="exact", low="9")),
        ("bad-value", mark("nine people", "killed", bound="exact", low=True)),
        ("bad-value", mark("nine people", "killed", bound="exact", low=2**31)),
        ("bad-value", mark("nine people", "killed", bound="exact", low=float("inf"))),
        ("bad-value", mark("nine people", "killed", bound=["exact", "range"])),
        ("bad-value", mark("nine people", "killed", bound="exact", victim_groups=["women", 3])),
        ("bad-value", mark("Gunmen", "attacker", name=["A", "B"])),
    ],
)
def test_a_region_with_a_fault_is_one_problem_and_the_others_are_read(rule: str, region: Region) -> None:
    spans, problems = read(region, SOUND)

    assert [(one.where, one.rule) for one in problems] == [(f"here, span {region.start}-{region.end}", rule)]
    assert [one.span_id for one in (*spans.actors, *spans.casualties)] == ["sound"]


def test_the_number_of_an_articles_only_incident_is_left_out() -> None:
    first = mark("nine people", "killed", "#1", bound="exact", low=9)
    other = mark("Gunmen", "attacker", "#2", span_id="r2")

    assert [one.incident for one in read(first)[0].casualties] == [None]
    spans, _ = read(first, other)
    assert (spans.casualties[0].incident, spans.actors[0].incident) == (1, 2)


def test_an_attribute_of_another_sort_of_label_is_dropped_and_named() -> None:
    figure = mark("nine people", "killed", bound="exact", low=9, kind="police", name="x")
    actor = mark("Gunmen", "attacker", span_id="r2", low=3, kind="armed_group")

    spans, problems = read(figure, actor)

    assert [(one.rule, one.what) for one in problems] == [
        ("hidden-attribute", "kind, name does not belong to a span labelled killed"),
        ("hidden-attribute", "low does not belong to a span labelled attacker"),
    ]
    assert spans.casualties[0].low == 9
    assert spans.actors == (Actor("r2", 2, 8, "Gunmen", "attacker", "armed_group"),)


@pytest.mark.parametrize(
    ("phrase", "figure"),
    [("at least nine people", ("at_least", 9, None, None)), ("nine people", ("exact", 9, 9, 9))],
)
def test_a_bound_that_was_not_said_is_read_from_the_words(phrase: str, figure: tuple[object, ...]) -> None:
    spans, problems = read(mark(phrase, "killed", low=9))

    (one,) = spans.casualties
    assert (one.bound, one.low, one.best, one.high) == figure
    assert problems == []


def test_a_bound_that_was_said_holds_with_the_numbers_as_they_were_given() -> None:
    spans, problems = read(
        mark("nine people", "killed", "#3", bound="range", low=9.0, high=12.0, victim_groups=["women"])
    )

    (one,) = spans.casualties
    assert [(type(number), number) for number in (one.low, one.high)] == [(int, 9), (int, 12)]
    assert (one.bound, one.best, one.incident, one.victim_groups) == ("range", None, 3, ("women",))
    assert (one.victim_status, one.status, one.scope) == ("unstated", "reported", "incident")
    assert problems == []


@pytest.mark.parametrize(
    ("rule", "relation"),
    [
        ("relation-ends-exist", ("claimed_by", "figure", "gone")),
        ("relation-ends-exist", ("claimed_by", "broken", "sound")),
        ("relation-types", ("claimed_by", "sound", "figure")),
        ("relation-types", ("part_of", "figure", "sound")),
        ("unknown-label", ("near", "figure", "sound")),
        ("unknown-label", ("", "figure", "sound")),
    ],
)
def test_a_relation_that_does_not_fit_is_one_problem_and_the_others_are_read(
    rule: str, relation: tuple[str, str, str]
) -> None:
    figure = mark("nine people", "killed", span_id="figure", bound="exact")

    spans, problems = read(figure, SOUND, relations=(relation, ("inflicted_by", "figure", "sound")))

    where = "here, relation {} from {} to {}".format(*relation)
    assert [(one.where, one.rule) for one in problems] == [(where, rule)]
    assert [one.relation_id for one in spans.relations] == ["inflicted_by.figure.sound"]


def test_nothing_marked_is_nothing_read() -> None:
    assert read() == (Spans(), [])

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollwire.annotations.gold import Gold, build_gold
from tollwire.annotations.log import Entry
from tollwire.annotations.pull import SPAN_TABLES, tables_of
from tollwire.annotations.regions import INCIDENTS, Marks, Region
from tollwire.contracts.checks import table_problems
from tollwire.contracts.contract import Contracts
from tollwire.contracts.text import sha256_text

TEXT = "Gunmen killed nine people, two of them women, the ministry said."
ID = "0" * 16
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
Build = Callable[..., Gold]


def mark(phrase: str, label: str, span_id: str, **values: Any) -> Region:
    start = TEXT.index(phrase)
    return Region(span_id, start, start + len(phrase), phrase, (label, "#1"), values)


def figure(phrase: str, span_id: str, number: int) -> Region:
    numbers = {"low": number, "best": number, "high": number}
    told = {"victim_status": "civilian", "victim_groups": ["women"], "status": "reported", "scope": "incident"}
    return mark(phrase, "killed", span_id, bound="exact", **numbers, **told)


GUNMEN = mark("Gunmen", "attacker", "g", kind="armed_group", name="Some group", code="1051")
FULL = Marks(
    (GUNMEN, figure("nine people", "n", 9), figure("two of them", "t", 2), mark("the ministry", "source", "m")),
    (("claimed_by", "n", "m"), ("part_of", "t", "n")),
)
NINE = Marks((figure("nine people", "n", 9),))
BAD_TEXT = Marks(choices=("bad_text",))


def entry(who: str, marks: Marks = FULL, minute: int = 0, skipped: bool = False, text: str = TEXT) -> Entry:
    return Entry(ID, who, NOON + timedelta(minutes=minute), 60, skipped, sha256_text(text), marks)


def with_other_ids(marks: Marks) -> Marks:
    regions = tuple(replace(one, id=f"x{one.id}") for one in marks.regions)
    return Marks(regions, tuple((kind, f"x{head}", f"x{tail}") for kind, head, tail in marks.relations), marks.choices)


@pytest.fixture(scope="session")
def build(contracts: Contracts, make_articles: Callable[..., pl.DataFrame]) -> Build:
    """Build gold of a log and of decisions on the one article; whatever comes out keeps its contract."""
    articles = make_articles(TEXT)

    def run(log: list[Entry], decisions: list[Entry] | None = None) -> Gold:
        tables, _ = tables_of(log, articles, contracts, "001")
        gold = build_gold(tables, decisions or [], articles, contracts, "001")
        for name in SPAN_TABLES:
            assert table_problems(gold.tables[name], contracts[name], contracts.labels) == []
            assert set(gold.tables[name]["article_id"]) <= set(gold.rules)
            assert set(gold.tables[name]["annotator"]) <= {"gold"}
        return gold

    return run


def test_what_two_said_alike_is_gold(build: Build) -> None:
    gold = build([entry("ann"), entry("bob", with_other_ids(FULL))])

    assert gold.rules == {ID: "agreed"}
    assert (gold.open, gold.left_out, gold.problems) == ({}, {}, [])
    assert [gold.tables[name].height for name in SPAN_TABLES] == [2, 2, 2, 1]
    assert gold.tables["casualties"]["surface"].to_list() == ["nine people", "two of them"]


def test_what_two_said_differently_is_open_and_each_difference_is_listed(build: Build) -> None:
    gold = build([entry("ann"), entry("bob", NINE)])

    assert gold.rules == {}
    assert [(one.sort, one.start) for one in gold.open[ID]] == [
        ("span", 0), ("span", 27), ("span", 46), ("relation", 14), ("relation", 27),
    ]  # fmt: skip


def test_different_verdicts_are_a_difference(build: Build) -> None:
    gold = build([entry("ann", NINE), entry("bob", BAD_TEXT)])

    assert [one.what for one in gold.open[ID]] == [
        "the verdict is annotated or bad_text",
        "killed 'nine people' is marked by ann only",
    ]


def test_a_decision_wins_whatever_the_labellers_said(build: Build) -> None:
    for log in ([], [entry("ann")], [entry("ann"), entry("bob")], [entry("ann"), entry("bob", BAD_TEXT)]):
        gold = build(log, [entry("judge", NINE)])

        assert gold.rules == {ID: "adjudicated"}
        assert gold.tables["casualties"]["surface"].to_list() == ["nine people"]
        assert (gold.open, gold.left_out) == ({}, {})


def test_the_last_decision_holds_whoever_made_it(build: Build) -> None:
    gold = build([], [entry("judge", FULL, minute=1), entry("other-judge", NINE, minute=2), entry("judge", FULL)])

    assert gold.tables["casualties"]["surface"].to_list() == ["nine people"]


@pytest.mark.parametrize("decision", [entry("judge", BAD_TEXT), entry("judge", Marks(), skipped=True)])
def test_an_article_that_was_decided_against_is_no_gold_even_if_two_agree(build: Build, decision: Entry) -> None:
    gold = build([entry("ann"), entry("bob")], [decision])

    assert gold.rules == {}
    assert "it was decided that it is" in gold.left_out[ID]


@pytest.mark.parametrize(
    "marks",
    [
        Marks(),
        Marks((*FULL.regions, mark("two of them women", "evicted", "bad"))),
        Marks((replace(NINE.regions[0], values={"bound": "exact", "low": 9, "high": 10}), *FULL.regions[2:])),
    ],
)
def test_a_decision_with_a_mistake_is_listed_and_no_gold_even_if_two_agree(build: Build, marks: Marks) -> None:
    gold = build([entry("ann"), entry("bob")], [entry("judge", marks)])

    assert gold.rules == {}
    assert gold.left_out == {ID: "what was decided has problems"}
    assert gold.problems


def test_a_decision_on_another_text_is_no_gold(build: Build) -> None:
    gold = build([entry("ann"), entry("bob")], [entry("judge", text="another text")])

    assert gold.left_out == {ID: "what was decided has problems"}


@pytest.mark.parametrize("log", [[entry("ann")], [entry("ann"), entry("bob", Marks(), skipped=True)]])
def test_what_one_alone_said_is_left_out(build: Build, log: list[Entry]) -> None:
    gold = build(log)

    assert (gold.rules, gold.open) == ({}, {})
    assert gold.left_out == {ID: "labelled by 1, and agreement takes two"}


def test_who_skipped_is_not_asked(build: Build) -> None:
    gold = build([entry("ann"), entry("bob"), entry("cleo", Marks(), skipped=True)])

    assert gold.rules == {ID: "agreed"}


def test_all_three_have_to_agree(build: Build) -> None:
    assert build([entry("ann"), entry("bob"), entry("cleo")]).rules == {ID: "agreed"}
    for odd in ("ann", "bob", "cleo"):
        gold = build([entry(who, NINE if who == odd else FULL) for who in ("ann", "bob", "cleo")])
        assert list(gold.open) == [ID]


def test_an_article_that_two_find_unreadable_is_left_out(build: Build) -> None:
    gold = build([entry("ann", BAD_TEXT), entry("bob", BAD_TEXT)])

    assert gold.left_out == {ID: "the labellers agree that it is bad_text"}


def test_an_article_without_figures_is_gold_without_spans(build: Build) -> None:
    nothing = Marks(choices=("no_casualty_figures",))

    gold = build([entry("ann", nothing), entry("bob", nothing)])

    assert gold.rules == {ID: "agreed"}
    assert gold.tables["annotations"]["status"].to_list() == ["no_casualty_figures"]


@pytest.mark.parametrize(
    "bad",
    [
        mark("two of them women", "evicted", "bad"),
        mark("two of them women", "killed", "bad", bound="exact", low=2, high=3),
        mark("two of them women", "killed", "bad", bound="exact", low=2.5),
        mark("Gunmen", "attacker", "bad", code="not a code"),
    ],
)
def test_two_who_made_the_same_mistake_do_not_agree_on_the_rest(build: Build, bad: Region) -> None:
    marks = Marks((*FULL.regions, bad), FULL.relations)

    gold = build([entry("ann", marks), entry("bob", marks)])

    assert (gold.rules, gold.open) == ({}, {})
    assert "could not be read" in gold.left_out[ID]


def test_nothing_labelled_is_no_gold(build: Build) -> None:
    assert build([]).rules == {}


OTHER = {
    "bound": st.sampled_from(["at_least", "none"]),
    "low": st.integers(0, 20),
    "best": st.none() | st.integers(0, 20),
    "high": st.none() | st.integers(0, 20),
    "victim_status": st.sampled_from(["combatant", "mixed", "unstated"]),
    "victim_groups": st.sampled_from([[], ["children"], ["children", "women"]]),
    "status": st.sampled_from(["denied", "hypothetical"]),
    "scope": st.sampled_from(["cumulative", "background"]),
    "kind": st.sampled_from([None, "police", "person"]),
    "name": st.none() | st.text(min_size=1, max_size=3),
    "code": st.sampled_from([None, "SY", "11"]),
}


@st.composite
def changed(draw: st.DrawFn) -> Marks:
    """FULL with one thing changed: an attribute, a label, an incident, an end of a span, a span or relation gone."""
    number = draw(st.integers(0, len(FULL.regions) - 1))
    region = FULL.regions[number]
    what = draw(st.sampled_from(["value", "label", "incident", "start", "end", "span", "relation"]))
    if what == "relation":
        return replace(FULL, relations=FULL.relations[draw(st.integers(0, 1)) :][:1])
    if what == "span":
        regions = tuple(one for one in FULL.regions if one != region)
        return Marks(regions, tuple(one for one in FULL.relations if region.id not in one))
    if what == "value":
        own = ("kind", "name", "code") if "low" not in region.values else tuple(OTHER)[:8]
        name = draw(st.sampled_from(own))
        value = draw(OTHER[name].filter(lambda value: value != region.values.get(name)))
        region = replace(region, values={**region.values, name: value})
    elif what == "label":
        others = ("injured", "missing") if "low" in region.values else ("target", "other")
        region = replace(region, labels=(draw(st.sampled_from(others)), "#1"))
    elif what == "incident":
        region = replace(region, labels=(region.labels[0], draw(st.sampled_from(list(INCIDENTS)[1:]))))
    else:
        start, end = region.start + (what == "start"), region.end - (what == "end")
        region = replace(region, start=start, end=end, text=TEXT[start:end])
    return replace(FULL, regions=(*FULL.regions[:number], region, *FULL.regions[number + 1 :]))


@settings(max_examples=40, deadline=None)  # an example checks eight tables, which takes a third of a second
@given(marks=changed(), who=st.sampled_from(["ann", "bob", "cleo"]))
def test_an_article_on_which_one_labeller_differs_in_anything_is_not_gold(build: Build, marks: Marks, who: str) -> None:
    gold = build([entry(one, marks if one == who else FULL) for one in ("ann", "bob", "cleo")])

    assert gold.rules == {}
    assert list(gold.open) == [ID] or list(gold.left_out) == [ID]


def test_each_gold_span_says_by_which_rule_it_is_gold(build: Build) -> None:
    nine, two, other = figure("nine people", "n", 9), figure("two of them", "t", 2), figure("two of them", "t", 3)
    log = [entry("ann", Marks((GUNMEN, nine, two))), entry("bob", with_other_ids(Marks((GUNMEN, nine, other))))]
    drawn = mark("the ministry", "source", "m")

    alike = build([log[0], entry("bob", with_other_ids(log[0].marks))])
    decided = build(log, [entry("cleo", Marks((GUNMEN, nine, two, drawn)), minute=9)])

    assert {(one.table, one.span_id, one.rule) for one in alike.span_rules} == {
        ("actors", "g", "agreed"), ("casualties", "n", "agreed"), ("casualties", "t", "agreed"),
    }  # fmt: skip
    assert {(one.table, one.span_id, one.rule) for one in decided.span_rules} == {
        ("actors", "g", "agreed"), ("actors", "m", "drawn"),
        ("casualties", "n", "agreed"), ("casualties", "t", "chosen"),
    }  # fmt: skip

from typing import Any

import pytest
from spans import ONE, TWO, Row, actor, figure, relation, tables

from tollwire.annotations.agreement import Agreement, measure
from tollwire.annotations.matching import sides

LENGTHS = {ONE: 100, TWO: 50}
BOTH = {(article, who): "annotated" for article in (ONE, TWO) for who in ("ann", "bob")}


def measured(*rows: Row, **more: Any) -> dict[tuple[str, str], Agreement]:
    return {(one.measure, one.label): one for one in measure(sides(tables(*rows, **more)), LENGTHS)}


@pytest.mark.parametrize(
    ("anns", "bobs", "exact", "overlapping"),
    [
        ([(0, 4)], [(0, 4)], 1.0, 1.0),
        ([(0, 4)], [(0, 5)], 0.0, 1.0),
        ([(0, 4)], [(4, 8)], 0.0, 0.0),
        ([(0, 4)], [], 0.0, 0.0),
        ([(0, 4), (10, 14)], [(0, 4)], 2 / 3, 2 / 3),
        ([(0, 4), (10, 14)], [(0, 4), (11, 14), (20, 24)], 2 / 5, 4 / 5),
        # The first overlaps both of bob's and the second only the first of them: both pairs count, if chosen well.
        ([(0, 9), (0, 3)], [(1, 3), (5, 8)], 0.0, 1.0),
        # One long span is one pair, however many it covers.
        ([(0, 20)], [(0, 4), (5, 9), (10, 14)], 0.0, 2 / 4),
    ],
)
def test_f1_as_computed_by_hand(
    anns: list[tuple[int, int]], bobs: list[tuple[int, int]], exact: float, overlapping: float
) -> None:
    spans = [figure(*place) for place in anns] + [figure(*place, "bob") for place in bobs]

    found = measured(*spans)

    for label in ("killed", "all"):
        assert found["exact", label].value == pytest.approx(exact)
        assert found["overlapping", label].value == pytest.approx(overlapping)


def test_labels_are_measured_one_by_one_and_together() -> None:
    found = measured(figure(0, 4), figure(0, 4, "bob", "injured"), actor(9, 12), actor(9, 12, "bob"))

    exact = {label: one.value for (name, label), one in found.items() if name == "exact"}
    assert exact == {"all": 0.5, "attacker": 1.0, "injured": 0.0, "killed": 0.0}


def test_characters_as_computed_by_hand() -> None:
    """Of 150 characters ann marks 4 and bob 5, 4 of them alike: d_o = 1/150, d_e = 2 * 9 * 291 / (300 * 299)."""
    found = measured(figure(0, 4), figure(0, 5, "bob"), verdicts=BOTH)["characters", "killed"]

    assert found.value == pytest.approx(1 - (1 / 150) / (2 * 9 * 291 / (300 * 299)))
    assert found.units == 150


def test_overlapping_spans_of_one_labeller_cover_each_character_once() -> None:
    found = measured(figure(0, 6), figure(2, 8), figure(0, 8, "bob"))

    assert found["characters", "killed"].value == 1.0
    assert found["exact", "killed"].value == 0.0


def test_attributes_are_compared_on_spans_that_overlap_with_the_same_label() -> None:
    rows = [figure(place, place + 4) for place in (0, 10, 20, 30)]
    others = [figure(place, place + 5, "bob") for place in (0, 10, 20, 30)]
    others[0]["scope"] = "background"
    rows[1]["scope"] = others[1]["scope"] = "background"

    found = measured(*rows, *others)["attribute", "scope"]

    # (incident, background), (background, background) and twice (incident, incident): 8 values, 3 of them background.
    assert found.value == pytest.approx(1 - (2 / 8) / ((64 - 9 - 25) / (8 * 7)))
    assert found.units == 4


def test_the_label_itself_is_an_attribute_of_spans_that_overlap() -> None:
    rows = (figure(0, 4), figure(0, 4, "bob", "injured"), figure(9, 12), figure(9, 12, "bob"))

    found = measured(*rows)["attribute", "harm"]

    assert found.units == 2
    assert found.value == pytest.approx(1 - (2 / 4) / ((16 - 9 - 1) / (4 * 3)))


def test_values_are_alike_when_both_bounds_are() -> None:
    rows = (figure(0, 4), figure(0, 4, "bob", best=None), figure(9, 12), figure(9, 12, "bob", high=None))

    assert measured(*rows)["values", "all"].value == 0.5


def test_relations_agree_when_their_spans_match_whatever_their_ids() -> None:
    ann = (figure(0, 4, span_id="x"), actor(7, 9, span_id="y"), relation("claimed_by", "x", "y"))
    bob = (figure(0, 5, "bob", span_id="p"), actor(7, 9, "bob", span_id="q"),
           relation("claimed_by", "p", "q", "bob"), relation("inflicted_by", "p", "q", "bob"))  # fmt: skip

    found = measured(*ann, *bob)

    assert found["relations", "claimed_by"].value == 1.0
    assert found["relations", "inflicted_by"].value == 0.0
    assert found["relations", "all"].value == pytest.approx(2 / 3)


def test_verdicts_are_compared_over_articles() -> None:
    verdicts = {**BOTH, (TWO, "ann"): "bad_text", (TWO, "bob"): "bad_text"}

    assert measured(figure(0, 4), figure(0, 4, "bob"), verdicts=verdicts)["verdict", "all"].value == 1.0


def test_spans_of_different_articles_never_agree() -> None:
    found = measured(figure(0, 4), figure(0, 4, "bob", article_id=TWO), verdicts=BOTH)

    assert (found["exact", "all"].value, found["overlapping", "all"].value) == (0.0, 0.0)


def test_only_articles_that_both_finished_count() -> None:
    verdicts = {**BOTH, (TWO, "bob"): "skipped"}

    found = measured(figure(0, 4), figure(0, 4, "bob"), figure(7, 9, article_id=TWO), verdicts=verdicts)["exact", "all"]

    assert (found.first, found.second, found.articles, found.units, found.value) == ("ann", "bob", 1, 2, 1.0)


def test_two_who_both_marked_nothing_agree_in_their_verdict_alone() -> None:
    none = {(ONE, "ann"): "no_casualty_figures", (ONE, "bob"): "no_casualty_figures"}

    found = measured(verdicts=none)

    assert list(found) == [("verdict", "all")]
    assert found["verdict", "all"].value is None  # there is no alpha of one category


def test_each_pair_of_three_labellers_is_measured() -> None:
    verdicts = {(ONE, who): "annotated" for who in ("cleo", "ann", "bob")}

    found = measure(sides(tables(figure(0, 4), figure(0, 4, "cleo"), verdicts=verdicts)), LENGTHS)

    pairs = [(one.first, one.second, one.value) for one in found if (one.measure, one.label) == ("exact", "all")]
    assert pairs == [("ann", "bob", 0.0), ("ann", "cleo", 1.0), ("bob", "cleo", 0.0)]


def test_nobody_or_one_alone_is_no_agreement() -> None:
    assert measure(sides(tables(figure(0, 4), verdicts={(ONE, "ann"): "annotated"})), LENGTHS) == []


def test_intervals_hold_their_value_and_are_the_same_each_time() -> None:
    ids = [f"{number:016x}" for number in range(40)]
    verdicts = {(one, who): "annotated" for one in ids for who in ("ann", "bob")}
    rows = [figure(0, 4, article_id=one) for one in ids] + [figure(0, 4, "bob", article_id=one) for one in ids[:30]]

    def run() -> Agreement:
        found = measure(sides(tables(*rows, verdicts=verdicts)), dict.fromkeys(ids, 100))
        return next(one for one in found if (one.measure, one.label) == ("exact", "all"))

    first = run()
    assert first.value == pytest.approx(60 / 70)
    assert first.low is not None
    assert first.high is not None
    assert 0.7 < first.low < first.value < first.high < 0.95
    assert run() == first

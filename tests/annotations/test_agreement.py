from typing import Any

import polars as pl
import pytest

from tollwire.annotations.agreement import LABELS, VALUES, differences, match, measure
from tollwire.contracts.contract import Contracts

Row = dict[str, Any]
ONE, TWO = "1" * 16, "2" * 16


def figure(
    start: int, end: int, annotator: str = "ann", harm: str = "killed", article_id: str = ONE, **more: Any
) -> Row:
    row: Row = {"article_id": article_id, "annotator": annotator, "span_id": f"c{start}-{end}-{harm}", "start": start,
                "end": end, "surface": f"<{start}-{end}>", "harm": harm, "bound": "exact", "low": 9, "best": 9,
                "high": 9, "victim_status": "unstated", "victim_groups": [], "status": "reported",
                "scope": "incident", "incident": None}  # fmt: skip
    return row | more


def actor(
    start: int, end: int, annotator: str = "ann", role: str = "attacker", article_id: str = ONE, **more: Any
) -> Row:
    row: Row = {"article_id": article_id, "annotator": annotator, "span_id": f"a{start}-{end}-{role}", "start": start,
                "end": end, "surface": f"<{start}-{end}>", "role": role, "kind": None, "name": None, "code": None,
                "incident": None}  # fmt: skip
    return row | more


def tables(*spans: Row, verdicts: dict[tuple[str, str], str] | None = None) -> dict[str, pl.DataFrame]:
    verdicts = verdicts or {(ONE, "ann"): "annotated", (ONE, "bob"): "annotated"}
    said = [{"article_id": key[0], "annotator": key[1], "status": status} for key, status in verdicts.items()]
    return {
        "actors": pl.DataFrame([row for row in spans if "role" in row], infer_schema_length=None),
        "casualties": pl.DataFrame([row for row in spans if "harm" in row], infer_schema_length=None),
        "annotations": pl.DataFrame(said),
    }


def scores(*spans: Row, **more: Any) -> dict[str, tuple[float | None, float | None]]:
    return {one.label: (one.exact, one.overlapping) for one in measure(tables(*spans, **more))}


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

    found = scores(*spans)

    assert found["killed"] == found["all"] == (pytest.approx(exact), pytest.approx(overlapping))


def test_labels_are_measured_one_by_one_and_together() -> None:
    spans = (figure(0, 4), figure(0, 4, "bob", "injured"), actor(9, 12), actor(9, 12, "bob"))

    assert scores(*spans) == {
        "all": (0.5, 0.5),
        "attacker": (1.0, 1.0),
        "injured": (0.0, 0.0),
        "killed": (0.0, 0.0),
    }


def test_spans_of_different_articles_never_agree() -> None:
    verdicts = {(article, who): "annotated" for article in (ONE, TWO) for who in ("ann", "bob")}

    assert scores(figure(0, 4), figure(0, 4, "bob", article_id=TWO), verdicts=verdicts)["all"] == (0.0, 0.0)


def test_only_articles_that_both_finished_count() -> None:
    verdicts = {
        (ONE, "ann"): "annotated",
        (ONE, "bob"): "annotated",
        (TWO, "ann"): "annotated",
        (TWO, "bob"): "skipped",
    }

    (found,) = [
        one
        for one in measure(tables(figure(0, 4), figure(0, 4, "bob"), figure(7, 9, article_id=TWO), verdicts=verdicts))
        if one.label == "all"
    ]

    assert (found.first, found.second, found.articles, found.spans, found.exact) == ("ann", "bob", 1, (1, 1), 1.0)


def test_two_who_both_marked_nothing_are_a_pair_without_a_score() -> None:
    none = {(ONE, "ann"): "no_casualty_figures", (ONE, "bob"): "no_casualty_figures"}

    (found,) = measure(tables(verdicts=none))

    assert (found.label, found.articles, found.spans, found.exact, found.overlapping) == ("all", 1, (0, 0), None, None)


def test_each_pair_of_three_labellers_is_measured() -> None:
    verdicts = {(ONE, who): "annotated" for who in ("cleo", "ann", "bob")}

    pairs = [(one.first, one.second) for one in measure(tables(figure(0, 4), verdicts=verdicts)) if one.label == "all"]

    assert pairs == [("ann", "bob"), ("ann", "cleo"), ("bob", "cleo")]


def test_nobody_or_one_alone_is_no_agreement() -> None:
    assert measure(tables(figure(0, 4), verdicts={(ONE, "ann"): "annotated"})) == []


def test_pairs_are_one_to_one() -> None:
    pairs = match([figure(0, 4)] * 2, [figure(0, 4)] * 3, lambda one, other: True)

    assert len(pairs) == 2
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == 2


def side(*spans: Row, relations: tuple[tuple[str, str, str], ...] = ()) -> dict[str, list[Row]]:
    annotator = spans[0]["annotator"] if spans else "ann"
    return {
        "actors": [row for row in spans if "role" in row],
        "casualties": [row for row in spans if "harm" in row],
        "relations": [
            {"kind": kind, "head_span_id": head, "tail_span_id": tail, "annotator": annotator}
            for kind, head, tail in relations
        ],
    }


def told(ours: dict[str, list[Row]], theirs: dict[str, list[Row]]) -> list[tuple[str, int, int, str]]:
    return [(one.sort, one.start, one.end, one.what) for one in differences(ONE, ours, theirs)]


@pytest.mark.parametrize(
    ("anns", "bobs", "expected"),
    [
        ([figure(0, 4)], [figure(0, 4, "bob", span_id="other")], []),
        ([figure(0, 4)], [], [("span", 0, 4, "killed '<0-4>' is marked by ann only")]),
        ([], [actor(0, 4, "bob")], [("span", 0, 4, "attacker '<0-4>' is marked by bob only")]),
        ([figure(0, 4)], [figure(0, 4, "bob", "injured")], [("label", 0, 4, "'<0-4>' is killed or injured")]),
        ([figure(0, 4)], [figure(0, 4, "bob", low=8)], [("value", 0, 4, "'<0-4>' has low 9 or 8")]),
        ([actor(0, 4)], [actor(0, 4, "bob", incident=2)], [("value", 0, 4, "'<0-4>' has incident None or 2")]),
        (
            [figure(0, 4), figure(0, 4, harm="injured")],
            [figure(0, 4, "bob", "injured")],
            [("span", 0, 4, "killed '<0-4>' is marked by ann only")],
        ),
        (
            [figure(0, 4, incident=1), figure(0, 4, incident=2)],
            [figure(0, 4, "bob", incident=2), figure(0, 4, "bob", incident=3)],
            [("value", 0, 4, "'<0-4>' has incident 1 or 3")],
        ),
        (
            [figure(0, 4, victim_groups=["women", "children"])],
            [figure(0, 4, "bob", victim_groups=["children", "women"])],
            [],
        ),
        ([figure(5, 9), actor(0, 4)], [], [("span", 0, 4, "attacker '<0-4>' is marked by ann only"),
                                           ("span", 5, 9, "killed '<5-9>' is marked by ann only")]),
    ],
)  # fmt: skip
def test_each_difference_is_told_by_its_sort_and_place(
    anns: list[Row], bobs: list[Row], expected: list[tuple[str, int, int, str]]
) -> None:
    assert told(side(*anns), side(*bobs)) == expected


@pytest.mark.parametrize(("table", "name"), [(table, name) for table, names in VALUES.items() for name in names])
def test_each_value_of_a_span_is_compared(table: str, name: str) -> None:
    one = figure(0, 4) if table == "casualties" else actor(0, 4)

    found = told(side(one), side(one | {name: "something else"}))

    assert found == [("value", 0, 4, f"'<0-4>' has {name} {one[name]} or something else")]


def test_every_column_of_a_span_but_its_ids_is_compared(contracts: Contracts) -> None:
    for table, names in VALUES.items():
        known = {"article_id", "annotator", "span_id", "start", "end", "surface", LABELS[table]}
        assert set(contracts[table].columns) - known == set(names)


def test_relations_are_compared_by_the_places_and_labels_of_their_ends() -> None:
    ours = side(figure(0, 4, span_id="x"), actor(7, 9, span_id="y"), relations=(("claimed_by", "x", "y"),))
    same = side(
        figure(0, 4, "bob", span_id="p"), actor(7, 9, "bob", span_id="q"), relations=(("claimed_by", "p", "q"),)
    )
    none = side(figure(0, 4, "bob", span_id="p"), actor(7, 9, "bob", span_id="q"))

    assert told(ours, same) == []
    assert told(none, ours) == [("relation", 0, 4, "claimed_by from killed to attacker 7-9 is drawn by ann only")]


def test_a_relation_of_another_figure_at_the_same_place_is_another_relation() -> None:
    both = (figure(0, 4, span_id="k"), figure(0, 4, harm="injured", span_id="i"), figure(7, 9, span_id="all"))

    found = told(side(*both, relations=(("part_of", "k", "all"),)), side(*both, relations=(("part_of", "i", "all"),)))

    assert [one[0] for one in found] == ["relation", "relation"]

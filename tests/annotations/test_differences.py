import pytest
from spans import ONE, Row, actor, figure, side

from tollwire.annotations.differences import VALUES, differences
from tollwire.annotations.matching import LABELS
from tollwire.contracts.contract import Contracts


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

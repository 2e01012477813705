"""Figures of one article are added up without counting anybody twice."""

import pytest

from tollwire.contracts.records import Casualty, Relation
from tollwire.figures.tolls import Toll, incident_tolls


def figure(span_id, bound="exact", low=None, best=None, high=None, **values):
    place = int(span_id.strip("c")) * 10
    harm = values.pop("harm", "killed")
    return Casualty(span_id, place, place + 4, None, harm, bound, low, best, high, **values)


def exactly(span_id, number, **values):
    return figure(span_id, "exact", number, number, number, **values)


def link(kind, head, tail):
    return Relation(f"{kind}.{head}.{tail}", kind, head, tail)


def bounds(toll: Toll):
    return toll.low, toll.best, toll.high, toll.is_contested


def only(figures, links=()):
    tolls = incident_tolls(figures, links)
    assert len(tolls) == 1
    return bounds(next(iter(tolls.values())))


def test_siblings_are_added():
    # a leader was captured ... two more were detained
    assert only([exactly("c1", 1, harm="captured"), exactly("c2", 2, harm="captured")]) == (3, 3, 3, False)


def test_a_part_of_another_figure_is_not_added():
    # twelve dead, including three children
    assert only([exactly("c1", 12), exactly("c2", 3)], [link("part_of", "c2", "c1")]) == (12, 12, 12, False)


def test_the_same_figure_counts_once_by_its_most_telling_wording():
    figures = [figure("c1", "vague", 12), exactly("c2", 14), figure("c3", "at_least", 10)]

    assert only(figures, [link("same_as", "c2", "c1"), link("same_as", "c3", "c2")]) == (14, 14, 14, False)


def test_a_figure_that_was_replaced_does_not_count():
    # the toll rose to fourteen from nine
    assert only([exactly("c1", 9), exactly("c2", 14)], [link("updates", "c2", "c1")]) == (14, 14, 14, False)


def test_rival_claims_are_not_added_but_spanned():
    # the army counts two dead, the rebels nine
    assert only([exactly("c1", 2), exactly("c2", 9)], [link("disputes", "c2", "c1")]) == (2, None, 9, True)


def test_rivals_are_still_rivals_when_one_is_said_twice():
    links = [link("same_as", "c3", "c1"), link("disputes", "c2", "c3")]

    assert only([exactly("c1", 2), exactly("c2", 9), exactly("c3", 2)], links) == (2, None, 9, True)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "denied"},
        {"status": "hypothetical"},
        {"scope": "background"},
        {"scope": "cumulative"},
    ],
)
def test_what_did_not_happen_here_is_left_out(values):
    assert incident_tolls([exactly("c1", 60, **values)]) == {}


def test_none_is_a_figure():
    assert only([figure("c1", "none", 0, 0, 0)]) == (0, 0, 0, False)


@pytest.mark.parametrize(
    ("one", "toll"),
    [
        (figure("c1", "at_least", low=9), (9, None, None, False)),
        (figure("c1", "more_than", low=10), (10, None, None, False)),
        (figure("c1", "at_most", high=9), (0, None, 9, False)),
        (figure("c1", "about", best=9), (9, 9, None, False)),
        (figure("c1", "range", low=9, high=12), (9, None, 12, False)),
        (figure("c1", "vague", low=12), (12, None, None, False)),
    ],
)
def test_bounds_of_one_figure_are_its_toll(one, toll):
    assert only([one]) == toll


def test_incidents_and_harms_are_apart():
    figures = [exactly("c1", 2, incident=1), exactly("c2", 3, incident=2), exactly("c3", 5, harm="injured", incident=1)]

    tolls = incident_tolls(figures)

    assert {place: toll.low for place, toll in tolls.items()} == {(1, "injured"): 5, (1, "killed"): 2, (2, "killed"): 3}
    assert tolls[1, "killed"].span_ids == ("c1",)


def test_what_repeats_or_disputes_a_part_is_no_sibling():
    # up to twelve dead, three of them children; "the three" again; a doctor counts four children
    figures = [exactly("c1", 12), exactly("c2", 3), exactly("c3", 3), exactly("c4", 4)]
    links = [link("part_of", "c2", "c1"), link("same_as", "c3", "c2"), link("disputes", "c4", "c3")]

    assert only(figures, links) == (12, 12, 12, False)


def test_a_confirmed_part_is_the_least_of_the_whole():
    # up to a hundred dead; the names of two are confirmed
    figures = [figure("c1", "at_most", high=100), exactly("c2", 2)]

    assert only(figures, [link("part_of", "c2", "c1")]) == (2, None, 100, False)


def test_rivals_with_open_ends_span_what_they_state():
    # at least 40 dead; another counts no more than 50
    figures = [figure("c1", "at_least", low=40), figure("c2", "at_most", high=50)]

    assert only(figures, [link("disputes", "c2", "c1")]) == (40, None, 50, True)


def test_an_open_rival_above_the_others_leaves_the_high_open():
    figures = [figure("c1", "at_least", low=40), exactly("c2", 30)]

    assert only(figures, [link("disputes", "c2", "c1")]) == (30, None, None, True)


def test_no_losses_disputes_the_dead():
    figures = [exactly("c1", 26), figure("c2", "none", 0, 0, 0, harm="casualties")]

    tolls = incident_tolls(figures, [link("disputes", "c2", "c1")])

    assert bounds(tolls[0, "killed"]) == (0, None, 26, True)


def test_a_denied_figure_makes_the_toll_contested():
    figures = [exactly("c1", 150), exactly("c2", 150, status="denied")]

    assert only(figures) == (150, 150, 150, True)


def test_parts_in_other_incidents_that_make_up_the_whole_stand_for_it():
    # five dead in two clashes: three in the first, two in the second
    figures = [exactly("c1", 5), exactly("c2", 3, incident=1), exactly("c3", 2, incident=2)]

    tolls = incident_tolls(figures, [link("part_of", "c2", "c1"), link("part_of", "c3", "c1")])

    assert {place: toll.low for place, toll in tolls.items()} == {(1, "killed"): 3, (2, "killed"): 2}


def test_parts_of_parts_in_other_incidents_stand_for_the_whole():
    # 54 dead: forty on one side, fourteen on the other, of whom eight, three and three in three clashes
    figures = [
        exactly("c1", 54),
        exactly("c2", 14),
        exactly("c3", 8, incident=1),
        exactly("c4", 40, incident=2),
        exactly("c5", 3, incident=2),
        exactly("c6", 3, incident=3),
    ]
    parts = [link("part_of", "c4", "c1"), *(link("part_of", part, "c2") for part in ("c3", "c5", "c6"))]

    whole = incident_tolls(figures, [*parts, link("part_of", "c2", "c1")])
    assert {incident: toll.low for (incident, _), toll in whole.items()} == {1: 8, 2: 43, 3: 3}

    # without the forty the clashes do not make up the 54, and are counted in them
    fewer = [one for one in figures if one.span_id != "c4"]
    assert only(fewer, [*parts[1:], link("part_of", "c2", "c1")]) == (54, 54, 54, False)


def test_a_whole_that_its_parts_do_not_make_up_stands_for_them():
    figures = [exactly("c1", 50), exactly("c2", 3, incident=1)]

    tolls = incident_tolls(figures, [link("part_of", "c2", "c1")])

    assert {place: toll.low for place, toll in tolls.items()} == {(0, "killed"): 50}


def test_of_equally_telling_figures_the_greatest_counts():
    figures = [figure("c1", "vague", 2), figure("c2", "vague", 100)]

    assert only(figures, [link("same_as", "c1", "c2")]) == (100, None, None, False)

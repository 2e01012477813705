"""Who is named again is the same figure again; who only says more of some is a part; nobody is counted twice."""

import pytest

from tollwire.figures.suggest import Suggestions, suggest
from tollwire.figures.tolls import document_toll

RAID = "Gunmen killed six people in Dorn on Monday.\n\n"


def figures(found: Suggestions) -> dict[str | None, tuple[str, int | None]]:
    return {one.surface: (one.harm, one.best) for one in found.casualties}


def links(found: Suggestions) -> set[tuple[str, str | None, str | None]]:
    words = {one.span_id: one.surface for one in (*found.casualties, *found.actors)}
    return {(one.kind, words[one.head_span_id], words[one.tail_span_id]) for one in found.relations}


def killed(found: Suggestions) -> int | None:
    return document_toll(found.casualties, found.relations)["killed"].low


@pytest.mark.parametrize(
    ("sentence", "again"),
    [
        ("The dead were taken to the mosque.", "The dead"),
        ("The victims came from one village.", "The victims"),
        ("Their bodies lay by the weir until dusk.", "Their bodies"),
        ("Nobody has claimed the bodies.", "the bodies"),
    ],
)
def test_the_dead_named_again_are_the_same_figure(sentence: str, again: str) -> None:
    found = suggest(RAID + sentence)

    assert figures(found)[again] == ("killed", 6)
    assert ("same_as", again, "six people") in links(found)
    assert killed(found) == 6


@pytest.mark.parametrize(
    "sentence",
    [
        "The dead man was a baker.",  # another noun
        "The mayor put the dead at nine.",  # a number of its own
        "The bodies of nine were found later.",
        "One of the dead was a nurse.",  # a part, which has the words inside it
    ],
)
def test_words_that_lead_to_another_noun_or_number_name_nobody_again(sentence: str) -> None:
    assert {"The dead", "the dead", "The bodies"}.isdisjoint(figures(suggest(RAID + sentence)))


def test_nobody_is_named_again_whom_the_text_has_not_counted() -> None:
    assert figures(suggest("A storm was due in Dorn.\n\nThe dead rested in the old churchyard, the mayor said.")) == {}


def test_he_who_was_shot_is_the_one_before() -> None:
    found = suggest("A student was killed in Yabelo.\n\nHe was killed by soldiers on Monday, an uncle said.")

    assert ("same_as", "He", "A student") in links(found)
    assert killed(found) == 1


def test_who_some_of_them_were_is_a_part_of_them() -> None:
    found = suggest(RAID + "Five were farmers. One was a girl of ten.")

    assert {("part_of", "Five", "six people"), ("part_of", "One", "six people")} <= links(found)
    assert killed(found) == 6
    status = {one.surface: one.victim_status for one in found.casualties}
    assert (status["Five"], status["One"]) == ("civilian", "civilian")


def test_one_of_the_six_is_a_part_and_the_six_are_the_same() -> None:
    found = suggest(RAID + "One of the six was 17.")

    assert {("part_of", "One", "the six"), ("same_as", "the six", "six people")} <= links(found)
    assert killed(found) == 6


def test_members_of_a_list_are_parts_of_the_dead_they_are_among() -> None:
    found = suggest("Her husband and both of his brothers are among the 26 civilians who were killed in Akwaya.")

    assert {one[1] for one in links(found) if one[0] == "part_of"} == {"Her husband", "both of his brothers"}
    assert killed(found) == 26


def test_parts_named_behind_a_speaker_are_parts_of_the_figure_before_him() -> None:
    found = suggest("At least 28 people were killed, the mayor said, among them two nurses and a guard.")

    assert {one[1] for one in links(found) if one[0] == "part_of"} == {"two nurses", "a guard"}


def test_a_noun_behind_a_number_tells_who_it_is_and_is_no_figure_of_its_own() -> None:
    (fourth,) = suggest("The fourth, a conscript of twenty, died on the way to hospital.").casualties

    assert (fourth.surface, fourth.harm, fourth.victim_status) == ("The fourth", "killed", "combatant")


@pytest.mark.parametrize(
    ("sentence", "losses", "status"),
    [
        ("The militia claimed to have inflicted “heavy losses” on the army.", "heavy losses", "reported"),
        ("The army denied any losses in Dorn.", "any losses", "denied"),
        ("The rebels suffered no known losses.", "no known losses", "reported"),
    ],
)
def test_losses_of_which_only_the_size_is_told_are_a_figure(sentence: str, losses: str, status: str) -> None:
    (figure,) = suggest(sentence).casualties

    assert (figure.surface, figure.harm, figure.status) == (losses, "casualties", status)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank reported heavy losses in the first quarter.",
        "The clinic has confirmed no deaths.",
        "No deaths had been confirmed by Friday.",
    ],
)
def test_losses_of_money_and_what_is_not_confirmed_are_none(sentence: str) -> None:
    assert suggest(sentence).casualties == ()


def test_a_headline_lists_the_dead_without_articles() -> None:
    found = suggest("Soldier, shepherd and gunman die in raid on hamlet")

    assert [one.surface for one in found.casualties] == ["Soldier", "shepherd", "gunman"]


def test_a_year_is_when_one_event_was_or_what_many_are_counted_over() -> None:
    few, many = (
        suggest(sentence).casualties[0].scope
        for sentence in ("Gunmen killed seven in 2020.", "The office counted 3,035 civilians killed in 2020.")
    )

    assert (few, many) == ("background", "cumulative")

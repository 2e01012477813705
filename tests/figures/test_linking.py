"""Relations between figures and to actors, incidents, and the toll of a whole article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tollwire
from tollwire.contracts.records import Casualty, Relation
from tollwire.figures.suggest import Suggestions, suggest
from tollwire.figures.tolls import Toll, document_toll
from tollwire.problems import UsageError


def links(found: Suggestions, *kinds: str) -> list[tuple[str, str, str]]:
    names = {row.span_id: row.surface or "" for row in (*found.actors, *found.casualties)}
    return [
        (row.kind, names[row.head_span_id], names[row.tail_span_id]) for row in found.relations if row.kind in kinds
    ]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Blast kills nine\n\nNine people died in a blast on Friday.", ("same_as", "Nine people", "nine")),
        (
            "Six soldiers were killed. The six soldiers who died were young.",
            ("same_as", "The six soldiers", "Six soldiers"),
        ),
        ("The toll rose to 14 from nine.", ("updates", "14", "nine")),
        ("Nine were dead by noon; by night the toll stood at fourteen.", ("updates", "fourteen", "Nine")),
        ("The toll has risen to 14. It had been nine on Sunday, with nine dead.", ("updates", "14", "nine dead")),
        ("Three more bodies were found, bringing the toll to 12.", ("part_of", "Three more bodies", "12")),
        ("The shell killed 12 people, including three children.", ("part_of", "three children", "12 people")),
        ("Two men, a cook and a driver, died.", ("part_of", "a cook", "Two men")),
        ("The army counts two dead, but the rebels say nine were killed.", ("disputes", "nine", "two dead")),
        ("Police held 200 strikers. The union put the number at 350.", ("disputes", "350", "200 strikers")),
        ("Man Held in Dorn\n\nA tailor was detained on Friday.", ("same_as", "A tailor", "Man")),
        (
            "A force captured a courier. It also detained two cooks. All three men were arrested.",
            ("part_of", "a courier", "All three men"),
        ),
        (
            "Two men were killed at a checkpoint. The driver and a passenger died at once.",
            ("part_of", "The driver", "Two men"),
        ),
        ("Headman shot\n\nThe headman died on Tuesday.", ("same_as", "The headman", "Headman")),
        ("Gunmen abducted a priest. The priest was found dead.", ("same_as", "The priest", "a priest")),
        (
            "At first the mayor said that ten had died; he now says that thirteen perished.",
            ("updates", "thirteen", "ten"),
        ),
    ],
)
def test_figures_of_one_article_are_linked(text: str, link: tuple[str, str, str]) -> None:
    assert link in links(suggest(text), "same_as", "updates", "part_of", "disputes")


@pytest.mark.parametrize(
    "text",
    [
        "Rebels killed nine people in Dorn. Another nine people were killed in Vell.",
        "A guard was wounded in Dorn. In Vell a guard was wounded when a mine went off.",
        "The blast killed nine people and wounded nine people.",
    ],
)
def test_what_is_told_apart_is_not_the_same(text: str) -> None:
    assert links(suggest(text), "same_as") == []


def test_what_became_of_somebody_is_told_of_him_where_he_is_first_named() -> None:
    found = suggest("Gunmen abducted a priest. The priest was found dead.")

    assert [(row.surface, row.harm) for row in found.casualties] == [("a priest", "killed"), ("The priest", "killed")]


def test_a_plural_that_the_text_has_counted_is_no_figure_again() -> None:
    found = suggest("Police arrested six men. The men were arrested at the port.")

    assert [row.surface for row in found.casualties] == ["six men"]


def test_a_figure_is_claimed_and_inflicted_by_the_actors_of_its_part_of_the_sentence() -> None:
    found = suggest(
        "Gunmen killed nine people, police said. The army counts three dead, but the rebels say that seven died."
    )

    assert links(found, "claimed_by", "inflicted_by") == [
        ("claimed_by", "nine people", "police"),
        ("inflicted_by", "nine people", "Gunmen"),
        ("claimed_by", "three dead", "The army"),
        ("claimed_by", "seven", "the rebels"),
    ]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Gunmen killed three Kenyan soldiers.", ("suffered_by", "three Kenyan soldiers", "Kenyan soldiers")),
        ("Gunmen killed three Kenyan soldiers.", ("attacks", "Gunmen", "Kenyan soldiers")),
        ("Rebels ambushed an army convoy.", ("attacks", "Rebels", "an army convoy")),
        ("Nine people died, residents and officials said.", ("claimed_by", "Nine people", "residents")),
        ("Nine people died, residents and officials said.", ("claimed_by", "Nine people", "officials")),
        ("Nine people died, a nurse at the hospital in Dorn said.", ("claimed_by", "Nine people", "a nurse")),
        ("Six died in clashes between the army and the rebels.", ("inflicted_by", "Six", "the army")),
    ],
)
def test_actors_take_part_in_what_their_sentence_tells(text: str, link: tuple[str, str, str]) -> None:
    assert link in links(suggest(text), link[0])


def test_a_figure_of_none_is_inflicted_by_nobody() -> None:
    assert links(suggest("Gunmen attacked the post, but nobody was killed, police said."), "inflicted_by") == []


def test_another_incident_has_another_number_and_what_is_no_event_has_none() -> None:
    found = suggest("A bomb killed nine people. Elsewhere, rebels killed two guards. A raid could kill thousands.")

    assert [(row.surface, row.incident) for row in found.casualties] == [
        ("nine people", 1),
        ("two guards", 2),
        ("thousands", None),
    ]


@pytest.mark.parametrize(
    ("text", "profile", "harm", "toll"),
    [
        ("A leader was captured. Two additional insurgents were detained.", "acled", "captured", (3, 3)),
        ("Blast kills nine\n\nNine people died in a blast.", "acled", "killed", (9, 9)),
        ("The army denied killing nine people. Two rebels died.", "acled", "killed", (2, 2)),
        ("Dozens of people were killed.", "acled", "killed", (12, None)),
        ("Dozens of people were killed.", "isaf_aan", "killed", (24, None)),
        (
            "Five people died in two attacks, police said.\n\nTwo died in Dorn.\n\nThree died in Vell.",
            "acled",
            "killed",
            (5, 5),
        ),
        ("A bomb killed four. A bomb in 2013 killed sixty.", "acled", "killed", (4, 4)),
    ],
)
def test_a_whole_article_adds_up(text: str, profile: str, harm: str, toll: tuple[int, int | None]) -> None:
    found = suggest(text)

    total = tollwire.document_toll(found.casualties, found.relations, profile)[harm]

    assert (total.low, total.high) == toll


def test_tolls_of_incidents_are_added_and_name_their_figures() -> None:
    rows = [Casualty(f"c{n}", n, n + 1, None, "killed", "exact", n, n, n, incident=n) for n in (1, 2)]

    assert document_toll(rows) == {"killed": Toll(3, 3, 3, False, ("c1", "c2"))}
    assert document_toll(rows, [Relation("r", "same_as", "c2", "c1")])["killed"].low == 2
    assert document_toll([]) == {}


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(UsageError, match="no-profile"):
        document_toll([], profile="x")


PIECES = (
    "killed nine people ",
    "nine of them ",
    "the toll rose to 14 ",
    "was wounded ",
    "but ",
    ", ",
    ".\n\n",
    "himself ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_relations_join_figures_that_are_there_and_make_no_circle(pieces: list[str]) -> None:
    found = suggest("".join(pieces))
    ids = {row.span_id for row in (*found.casualties, *found.actors)}

    assert all({row.head_span_id, row.tail_span_id} <= ids for row in found.relations)
    wholes = {row.head_span_id: row.tail_span_id for row in found.relations if row.kind == "part_of"}
    for part in wholes:
        seen = {part}
        while part in wholes:
            part = wholes[part]
            assert part not in seen
            seen.add(part)

"""One person told twice is one figure."""

import pytest

from tollwire.figures.suggest import suggest


def surfaces(text: str) -> list[str]:
    return [one.surface or "" for one in suggest(text).casualties]


def test_a_noun_between_commas_after_one_person_is_no_second_figure() -> None:
    assert surfaces("The man, a known weapons dealer, was arrested.") == ["The man"]


def test_the_members_of_a_list_are_figures_each() -> None:
    assert surfaces("A baker, a tailor, and a nurse were killed.") == ["A baker", "a tailor", "a nurse"]


def test_the_noun_behind_a_name_is_marked_and_not_the_name() -> None:
    assert surfaces("The strike killed Idris Mohan, a senior commander, on Monday.") == ["a senior commander"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen murdered Mayor Lena Orsk and Idris Mohan.", ["Mayor Lena Orsk", "Idris Mohan"]),
        ("Lena Orsk and Idris Mohan were shot dead.", ["Lena Orsk", "Idris Mohan"]),
        ("Rebels kidnapped Dr. Orsk on Monday.", ["Dr. Orsk"]),
        ("They condemned the murder of former defence minister Idris Mohan.", ["former defence minister Idris Mohan"]),
    ],
)
def test_names_are_read_with_their_titles_and_in_lists(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_somebody_named_again_is_the_same_figure() -> None:
    found = suggest("Lena Orsk was shot dead.\n\nPolice condemned the murder of Mayor Orsk.")

    assert [(one.kind, one.head_span_id) for one in found.relations if one.kind == "same_as"] == [("same_as", "c57-67")]

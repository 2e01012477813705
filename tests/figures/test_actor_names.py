"""The names that actors are linked to: ISO 3166 codes of countries, UCDP ids of armed groups."""

from collections import Counter
from pathlib import Path

import pytest

import tollwire.figures
from tollwire.figures.suggest import suggest

UCDP = Path(tollwire.figures.__file__).parent / "lexicon" / "ucdp_actors.tsv"


def rows() -> list[list[str]]:
    return [line.split("\t") for line in UCDP.read_text("utf-8").splitlines() if not line.startswith("#")]


def test_every_row_has_an_id_and_names_of_its_own() -> None:
    assert all(code.isdecimal() and name for code, name, *_ in rows())
    names = Counter(name.lower() for _, *listed in rows() for name in listed)
    assert [name for name, count in names.items() if count > 1] == []


def test_the_table_says_where_it_comes_from_and_under_which_licence() -> None:
    head = " ".join(line for line in UCDP.read_text("utf-8").splitlines() if line.startswith("#"))

    assert "UCDP Actor Dataset" in head
    assert "CC BY 4.0" in head


@pytest.mark.parametrize(
    ("text", "surface", "name", "code"),
    [
        ("UNITA attacked the town.", "UNITA", "UNITA", "567"),
        ("The bombing was blamed on the LTTE.", "the LTTE", "Liberation Tigers of Tamil Eelam", "320"),
        ("Hamas's leaders said so.", "Hamas", "Hamas", "209"),
        ("IS ambush kills 11", "IS", "Islamic State", "234"),
        ("Kenya's army shelled the camp.", "Kenya's army", "Kenya", "KE"),
        ("US troops attacked the base.", "US troops", "United States", "US"),
    ],
)
def test_a_name_is_linked(text: str, surface: str, name: str, code: str) -> None:
    found = {row.surface: (row.name, row.code) for row in suggest(text).actors}

    assert found[surface] == (name, code)


def test_the_words_is_and_us_are_no_names() -> None:
    assert [row.surface for row in suggest("It is for us to say, the mayor said.").actors] == ["the mayor"]

"""Whoever stands where a sentence has its speaker is a source, in a list or not; whoever is blamed is an attacker."""

import pytest

from tollwire.figures.suggest import suggest


def actors(sentence: str) -> list[tuple[str | None, str, str | None]]:
    return [(one.surface, one.role, one.kind) for one in suggest(sentence).actors]


@pytest.mark.parametrize(
    ("sentence", "speaker", "kind"),
    [
        (
            "“They promise at breakfast,” said a bus conductress whose brother lost an eye.",
            "a bus conductress",
            "person",
        ),
        ("The same request was sent in May, its treasurer said.", "its treasurer", "person"),
        (
            "The young man had been hit by a live round, a doctors’ committee said.",
            "a doctors’ committee",
            "organisation",
        ),
        ("Nobody died in the fighting, according to the health bureau.", "the health bureau", "organisation"),
        ("The district commissioner told reporters that nine had died.", "The district commissioner", "government"),
        ("The mother of a boy said that nine had died.", "The mother of a boy", "person"),
        ("Shopkeepers say that they saw an ambulance.", "Shopkeepers", "civilians"),
    ],
)
def test_a_speaker_whom_no_list_has_is_a_source(sentence: str, speaker: str, kind: str) -> None:
    assert (speaker, "source", kind) in actors(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He said that nine had died.",
        "The death toll reported on Friday was nine.",
        "A picture that was posted on Friday says little.",
        "It was said on Monday that nobody knew.",
    ],
)
def test_a_pronoun_a_thing_and_a_day_say_nothing(sentence: str) -> None:
    assert [one for one in actors(sentence) if one[1] == "source"] == []


@pytest.mark.parametrize(
    ("sentence", "attacker"),
    [
        ("Villagers blamed the army for the deaths of nine people.", "the army"),
        ("The gunmen came for sheep.", "The gunmen"),
    ],
)
def test_who_is_blamed_and_who_is_called_a_gunman_attacks(sentence: str, attacker: str) -> None:
    assert attacker in [surface for surface, role, _ in actors(sentence) if role == "attacker"]

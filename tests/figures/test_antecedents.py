"""Pronouns and relative clauses lead to the persons they mean."""

import pytest

from tollwire.figures.suggest import suggest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The patrol saw two gunmen and killed them.", [("two gunmen", "killed")]),
        ("The patrol saw a gunman on a roof and shot him.", [("a gunman", "casualties")]),
        ("Two gunmen shot him.", [("him", "casualties")]),
        ("The three men whom the rebels had abducted came home.", [("The three men", "captured")]),
    ],
)
def test_a_pronoun_means_those_told_of_before_its_verb(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.surface, one.harm) for one in suggest(text).casualties] == expected

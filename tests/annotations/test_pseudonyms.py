import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.annotations.pseudonyms import PSEUDONYM, address_of, pseudonym
from tollwire.problems import UsageError


@given(st.from_regex(PSEUDONYM, fullmatch=True).filter(lambda name: name not in ("gold", "suggestion")), st.integers(1))
def test_an_account_made_by_a_pseudonym_is_called_by_it(name: str, number: int) -> None:
    if name.startswith("labeller-") and name[9:].isdigit():
        return

    assert pseudonym(number, address_of(name)) == name


@pytest.mark.parametrize(
    "email",
    [
        "ann@example.org",
        "ann@labellers.example.org",
        "Ann@labellers.example",
        "@labellers.example",
        "a b@labellers.example",
        "gold@labellers.example",
        "suggestion@labellers.example",
        "labeller-3@labellers.example",
    ],
)
def test_any_other_account_is_called_by_its_number_and_never_by_a_name_that_means_something_else(email: str) -> None:
    assert pseudonym(7, email) == "labeller-7"


def test_an_address_stays_as_it_is() -> None:
    assert address_of("ann@example.org") == "ann@example.org"


@pytest.mark.parametrize("name", ["", "Ann", "ann b", "-ann", "a" * 32, "gold", "suggestion", "labeller-3", "\u00e4nn"])
def test_a_name_that_cannot_be_a_pseudonym_is_wrong_use(name: str) -> None:
    with pytest.raises(UsageError, match=r"\[bad-pseudonym\]"):
        address_of(name)

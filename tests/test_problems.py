"""A problem is one line; an error is its problems' lines, and says whose mistake it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tollwire.problems import Problem, ServiceError, TollwireError, UsageError, one_line, shown

ANY_TEXT = st.text(st.characters())  # half characters too: a file name need not be UTF-8


def test_a_problem_is_where_rule_what_and_fix() -> None:
    assert str(Problem("a.toml", "bad-value", "low is 3", "mend it")) == "a.toml: [bad-value] low is 3; mend it"


def test_a_problem_without_a_fix_ends_with_what_is_wrong() -> None:
    assert str(Problem("a.toml", "bad-value", "low is 3")) == "a.toml: [bad-value] low is 3"


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
@example("a\nb", "c\u2028d", "e\x1b[2Jf\udc80")
def test_a_problem_is_one_line_that_can_be_printed(where: str, what: str, fix: str) -> None:
    line = str(Problem(where, "bad-value", what, fix))

    assert line.isprintable()
    assert line.encode()


def test_a_line_keeps_what_can_be_printed_and_escapes_the_rest() -> None:
    assert one_line("café 村 😀 a  b") == "café 村 😀 a  b"
    assert one_line("a\nb\tc\u00a0d\u2028e") == r"a\nb\tc\xa0d\u2028e"


@given(ANY_TEXT, st.integers(20, 200))
def test_a_value_is_shown_short_and_on_one_line(value: str, limit: int) -> None:
    text = shown(value, limit)

    assert text.isprintable()
    assert len(text) <= limit + len("...")


def test_a_short_value_is_shown_whole_and_a_long_one_by_its_ends() -> None:
    assert shown("nine") == "'nine'"
    assert shown("a" * 1_000 + "z") == f"'{'a' * 29}...{'a' * 13}z'"


def test_a_value_whose_picture_has_many_lines_is_shown_on_one() -> None:
    class Table:
        def __repr__(self) -> str:
            return "first\nsecond"

    assert shown(Table()) == r"first\nsecond"


def test_an_error_lists_all_its_problems() -> None:
    problems = [Problem("a", "min", "low is -1"), Problem("b", "max", "incident is 100")]

    error = TollwireError(one for one in problems)

    assert error.problems == problems
    assert str(error) == "a: [min] low is -1\nb: [max] incident is 100"
    assert str(TollwireError(problems[0])) == "a: [min] low is -1"


@pytest.mark.parametrize(("error", "code"), [(TollwireError, 1), (UsageError, 2), (ServiceError, 3)])
def test_an_error_says_whose_mistake_it_was(error: type[TollwireError], code: int) -> None:
    assert error.exit_code == code
    assert issubclass(error, TollwireError)


def test_problems_are_sorted_by_their_place() -> None:
    assert sorted([Problem("b", "min", ""), Problem("a", "min", "")])[0].where == "a"

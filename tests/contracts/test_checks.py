"""What is wrong with a table is listed as lines that can be read; sound rows are parted from the others."""

from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from valid_rows import CONTRACTS, frame_of, valid_row

from tollwire.contracts.checks import MOST_LISTED, sound_rows, table_problems
from tollwire.contracts.contract import Column, Contract
from tollwire.contracts.forms import polars_schema
from tollwire.problems import TollwireError

ACTORS, LABELS = CONTRACTS["actors"], CONTRACTS.labels


def actors(count: int, **changes: object) -> pl.DataFrame:
    return frame_of("actors", [valid_row("actors", span_id=f"a{number:03}", **changes) for number in range(count)])


def test_a_line_says_where_what_and_what_to_do() -> None:
    frame = frame_of("actors", [valid_row("actors"), valid_row("actors", span_id="a2", incident=100)])

    lines = [str(problem) for problem in table_problems(frame, ACTORS, LABELS, "batch 001, actors")]

    assert lines == ["batch 001, actors, row 1 (00000000000000a1 gold a2): [max] incident is 100; must be at most 99"]


def test_all_that_is_wrong_with_a_row_is_listed() -> None:
    frame = frame_of("actors", [valid_row("actors", role="victim", incident=0, kind="army", code="x")])

    rules = [(problem.rule, problem.what.split()[0]) for problem in table_problems(frame, ACTORS, LABELS)]

    assert sorted(rules) == [("label", "kind"), ("label", "role"), ("match", "code"), ("min", "incident")]


def test_two_parts_of_a_nested_value_that_break_one_rule_are_one_line() -> None:
    blocks = [{"kind": "title", "start": -1, "end": 0}]
    frame = frame_of("articles", [valid_row("articles", blocks=blocks)])

    problems = table_problems(frame, CONTRACTS["articles"], LABELS)

    assert [problem.rule for problem in problems].count("min") == 1


def test_the_rows_that_keep_the_contract_are_parted_from_the_others() -> None:
    bad: dict[str, dict[str, Any]] = {"a001": {"incident": 100}, "a003": {"role": None}}
    frame = frame_of("actors", [valid_row("actors", span_id=f"a00{n}", **bad.get(f"a00{n}", {})) for n in range(5)])

    sound, problems = sound_rows(frame, ACTORS, LABELS)

    assert sound["span_id"].to_list() == ["a000", "a002", "a004"]
    assert sound.schema == frame.schema
    assert {problem.where for problem in problems} == {
        "actors, row 1 (00000000000000a1 gold a001)",
        "actors, row 3 (00000000000000a1 gold a003)",
    }


def test_a_sound_table_is_given_whole() -> None:
    sound, problems = sound_rows(actors(3), ACTORS, LABELS)

    assert problems == []
    assert sound.equals(actors(3))


def test_rows_of_the_same_key_are_all_put_aside() -> None:
    frame = frame_of(
        "actors", [valid_row("actors"), valid_row("actors", role="target"), valid_row("actors", span_id="b")]
    )

    sound, problems = sound_rows(frame, ACTORS, LABELS)

    assert sound["span_id"].to_list() == ["b"]
    assert [problem.rule for problem in problems] == ["unique-key", "unique-key"]


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(actors(2).drop("role"), id="a column is missing"),
        pytest.param(actors(2).with_columns(colour=1), id="a column too many"),
        pytest.param(actors(2).select(sorted(ACTORS.columns)), id="columns out of order"),
        pytest.param(actors(2).cast({"start": pl.Int64}), id="a column of another type"),
    ],
)
def test_a_table_of_the_wrong_form_has_no_sound_rows(frame: pl.DataFrame) -> None:
    with pytest.raises(TollwireError):
        sound_rows(frame, ACTORS, LABELS)


def test_many_rows_that_break_one_rule_are_summed_up() -> None:
    frame = actors(50, incident=100)

    sound, problems = sound_rows(frame, ACTORS, LABELS)

    assert sound.is_empty()
    assert len(problems) == MOST_LISTED + 1
    assert str(problems[-1]) == f"actors: [max] {50 - MOST_LISTED} rows more break this in incident"


def test_each_rule_and_column_is_summed_up_by_itself() -> None:
    problems = table_problems(actors(MOST_LISTED + 1, incident=100, surface="Gun"), ACTORS, LABELS)

    assert [str(problem) for problem in problems if "more" in problem.what] == [
        "actors: [max] 1 rows more break this in incident",
        "actors: [surface-fits-span] 1 rows more break this in the table",
    ]


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("two\nlines\r\nand\u2028more")
@example("\x1b[31mred\x07")
@example("x" * 100_000)
@example('"quoted" and \\ slashed')
def test_a_problem_is_one_short_line_whatever_the_value(value: str) -> None:
    value = f"{value}!"  # no code and no name of a span has this mark
    frame = frame_of("actors", [valid_row("actors", code=value, span_id=value, article_id=value, annotator=value)])

    lines = [str(problem) for problem in table_problems(frame, ACTORS, LABELS)]

    assert len(lines) == 4
    assert all(line.isprintable() for line in lines)
    assert all(len(line) < 1_000 for line in lines)


NESTED = Contract(
    table="tolls",
    about="One row holds a list of structs that hold lists, as a release's articles do.",
    key=["name"],
    rules=[],
    columns={
        "name": Column(type="string", about="The key."),
        "figures": Column(
            type="list",
            about="The figures.",
            items=Column(
                type="struct",
                about="One.",
                fields={
                    "low": Column(type="int32", about="The least.", nullable=True, min=0),
                    "groups": Column(
                        type="list", about="Groups.", items=Column(type="label", labels="victim_group", about="One.")
                    ),
                },
            ),
        ),
    },
)


@pytest.mark.parametrize(
    ("figures", "rules"),
    [
        ([], []),
        ([{"low": None, "groups": []}], []),
        ([{"low": 1, "groups": ["women"]}, {"low": 0, "groups": ["women", "children"]}], []),
        ([{"low": -1, "groups": []}], ["min"]),
        ([{"low": 1, "groups": None}], ["not-null-item"]),
        ([{"low": 1, "groups": ["women", None]}], ["not-null-item"]),
        ([{"low": 1, "groups": ["women"]}, {"low": 1, "groups": ["women", "cats"]}], ["label"]),
        ([None], ["not-null-item"]),
    ],
)
def test_lists_in_lists_are_checked_to_the_last_item(figures: list[Any], rules: list[str]) -> None:
    frame = pl.DataFrame([{"name": "a", "figures": figures}], schema=polars_schema(NESTED))

    assert [problem.rule for problem in table_problems(frame, NESTED, LABELS)] == rules

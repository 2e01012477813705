"""The rules between the columns of a row: where each one begins and ends to hold."""

import datetime
import hashlib
from itertools import product
from typing import Any

import pytest
from valid_rows import CONTRACTS, VALID, frame_of, valid_row

from tollwire.contracts.checks import sound_rows, table_problems
from tollwire.contracts.contract import TABLES
from tollwire.contracts.rules import ROW_RULES

DAY, MOMENT = VALID["articles"]["published_date"], VALID["articles"]["published_at"]


def rules_broken(table: str, **changes: Any) -> list[str]:
    frame = frame_of(table, [valid_row(table, **changes)])
    return [problem.rule for problem in table_problems(frame, CONTRACTS[table], CONTRACTS.labels)]


def article_of(*texts: str, gap: str = "\n\n") -> dict[str, Any]:
    """Give the columns of an article whose blocks are these texts, the first its title."""
    blocks, position = [], 0
    for number, text in enumerate(texts):
        kind = "paragraph" if number else "title"
        blocks.append({"kind": kind, "start": position, "end": position + len(text)})
        position += len(text) + len(gap)
    text = gap.join(texts)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"title": texts[0], "text": text, "blocks": blocks, "text_sha256": digest}


def test_every_rule_is_kept_by_some_table() -> None:
    assert set(ROW_RULES) == {rule for table in TABLES for rule in CONTRACTS[table].rules}


def fits(bound: str, low: int | None, best: int | None, high: int | None) -> bool:
    """Say what each bound demands, as the guidelines' table has it."""
    stated = tuple(one is not None for one in (low, best, high))
    demanded = {
        "exact": {(True, True, True)},
        "at_least": {(True, False, False)},
        "more_than": {(True, False, False)},
        "at_most": {(False, False, True)},
        "less_than": {(False, False, True)},
        "about": {(False, True, False)},
        "range": {(True, False, True)},
        "vague": {(True, False, False), (False, False, False)},
        "none": {(True, True, True)},
    }
    if stated not in demanded[bound]:
        return False
    return {
        "exact": low == best == high != 0,
        "more_than": low != 0,
        "at_most": high != 0,
        "range": (low or 0) < (high or 0),
        "none": low == best == high == 0,
    }.get(bound, True)


@pytest.mark.parametrize("bound", CONTRACTS.labels.bound)
def test_a_figure_has_the_numbers_that_its_bound_demands(bound: str) -> None:
    figures = list(product((None, 0, 1, 2), repeat=3))
    rows = [
        valid_row("casualties", span_id=f"c{number:02}", bound=bound, low=low, best=best, high=high)
        for number, (low, best, high) in enumerate(figures)
    ]

    sound, _ = sound_rows(frame_of("casualties", rows), CONTRACTS["casualties"], CONTRACTS.labels)

    assert sound.select("low", "best", "high").rows() == [figure for figure in figures if fits(bound, *figure)]


@pytest.mark.parametrize(
    ("low", "best", "high", "is_sound"),
    [
        (1, 2, 3, True),
        (2, 2, 2, True),
        (None, None, None, True),
        (3, None, None, True),
        (None, 3, 2, False),
        (3, 2, None, False),
        (3, None, 2, False),
    ],
)
def test_a_toll_runs_from_low_over_best_to_high(
    low: int | None, best: int | None, high: int | None, is_sound: bool
) -> None:
    assert rules_broken("tolls", low=low, best=best, high=high) == ([] if is_sound else ["low-best-high"])


@pytest.mark.parametrize("days", [-2, -1, 0, 1, 2])
def test_the_day_may_be_a_neighbour_of_the_moment(days: int) -> None:
    broken = rules_broken("articles", published_date=DAY + datetime.timedelta(days=days))

    assert broken == ([] if abs(days) <= 1 else ["dates-agree"])


def test_a_day_needs_no_moment_but_a_moment_needs_its_day() -> None:
    assert rules_broken("articles", published_at=None) == []
    assert rules_broken("articles", published_at=None, published_date=None) == []
    assert rules_broken("articles", published_date=None) == ["dates-agree"]


def test_blocks_that_are_the_text_are_sound() -> None:
    assert rules_broken("articles", **article_of("Raid kills nine", "Two died.", "One lived.")) == []
    assert rules_broken("articles", **article_of("Raid 😀 kills nine")) == []


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([], id="no block"),
        pytest.param([(0, 4), (6, 10)], id="the last is missing"),
        pytest.param([(0, 4), (6, 9), (12, 17)], id="one is too short"),
        pytest.param([(0, 4), (6, 12), (12, 17)], id="one holds the gap"),
        pytest.param([(0, 4), (12, 17), (6, 10)], id="out of order"),
        pytest.param([(0, 4), (6, 10), (6, 10), (12, 17)], id="one twice"),
        pytest.param([(0, 4), (6, 6), (6, 10), (12, 17)], id="one is empty"),
        pytest.param([(0, 4), (6, 10), (12, 18)], id="past the end"),
        pytest.param([(0, 4), (6, 17)], id="one for two"),
    ],
)
def test_blocks_that_are_not_the_text_are_rejected(spans: list[tuple[int, int]]) -> None:
    columns = article_of("Raid", "Five", "Three")
    columns["blocks"] = [
        {"kind": "paragraph" if start else "title", "start": start, "end": end} for start, end in spans
    ]  # fmt: skip

    assert rules_broken("articles", **columns) == ["blocks-make-text"]


def test_a_block_holds_no_blank_line() -> None:
    assert rules_broken("articles", **article_of("Raid kills nine", "a\n\nb")) == ["blocks-make-text"]
    assert "text-is-clean" in rules_broken("articles", **article_of("Raid kills nine", "a\n\n\nb"))


def test_the_first_block_is_a_title() -> None:
    columns = article_of("Raid kills nine", "Two died.")
    columns["blocks"][0]["kind"] = "paragraph"

    assert rules_broken("articles", **columns) == ["title-is-first-block"]


def test_a_withheld_article_without_text_is_sound_and_keeps_its_blocks() -> None:
    assert rules_broken("articles", text=None, is_withheld=True) == []
    assert rules_broken("articles", is_withheld=True) == []


@pytest.mark.parametrize(
    "body",
    ["cafe\u0301", "a\tb", "a\u00a0b", "a\u200bb", "a  b", "a ", " a", "a\r\nb", "a\x00b", "a\ufeffb"],
    ids=ascii,
)
def test_text_that_breaks_a_text_rule_is_rejected(body: str) -> None:
    assert rules_broken("articles", **article_of("Raid kills nine", body)) == ["text-is-clean"]


@pytest.mark.parametrize("body", ["café 村", "😀", "a\nb", "“a” – b…", "مرحبا"], ids=ascii)
def test_text_that_keeps_the_text_rules_is_sound(body: str) -> None:
    assert rules_broken("articles", **article_of("Raid kills nine", body)) == []


def test_a_surface_is_measured_in_code_points() -> None:
    assert rules_broken("actors", surface="Gun😀en", start=0, end=6) == []
    assert rules_broken("actors", surface="Gun😀en", start=0, end=7) == ["surface-fits-span"]

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from tollwire.annotations.log import Entry, latest, read_log, write_log
from tollwire.annotations.pull import tables_of
from tollwire.annotations.reanchor import reanchor, stale
from tollwire.annotations.regions import Marks, Region, display_text
from tollwire.contracts.contract import Contracts
from tollwire.contracts.text import sha256_text

OLD = "Gunmen killed nine people in Vell on Monday 🙂, the ministry said.\n\nRain fell in the night."
ID = "0" * 16
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
MakeArticles = Callable[..., pl.DataFrame]


def region(phrase: str, label: str, span_id: str, **values: Any) -> Region:
    start = OLD.index(phrase)
    return Region(span_id, start, start + len(phrase), phrase, (label, "#1"), values)


NINE = region("nine people", "killed", "n", bound="exact", low=9, best=9, high=9)
MARKS = Marks(
    (region("Gunmen", "attacker", "g"), NINE, region("the ministry", "source", "m")), (("claimed_by", "n", "m"),)
)


def entry(who: str = "ann", marks: Marks = MARKS, minute: int = 0, **more: Any) -> Entry:
    return Entry(ID, who, NOON + timedelta(minutes=minute), 60, False, sha256_text(OLD), marks, **more)


def texts() -> dict[str, str]:
    return {sha256_text(OLD): display_text(OLD)}


def test_an_annotation_moves_whole_with_its_relations_and_says_from_where(
    make_articles: MakeArticles, contracts: Contracts
) -> None:
    articles = make_articles(f"By Our Reporter 🙂🙂\n\n{OLD}")

    found = reanchor([entry()], texts(), articles, "001")

    assert (found.spans, found.problems) == (3, [])
    (moved,) = found.moved
    assert moved.reanchored_from == sha256_text(OLD)
    tables, problems = tables_of([entry(), *found.moved], articles, contracts, "001")
    assert problems == []
    assert tables["casualties"]["surface"].to_list() == ["nine people"]
    assert tables["actors"].sort("start")["surface"].to_list() == ["Gunmen", "the ministry"]
    assert tables["relations"].height == 1
    assert stale([entry(), *found.moved], articles) == []


def test_an_annotation_of_which_a_span_is_lost_stays_and_is_listed(make_articles: MakeArticles) -> None:
    articles = make_articles(OLD.replace("nine people", "ten people"))

    found = reanchor([entry()], texts(), articles, "001")

    assert found.moved == []
    assert [(one.rule, one.where) for one in found.problems] == [
        ("span-lost", f"batch 001, article {ID}, ann, span 14-25"),
    ]
    assert "'nine people', killed, #1" in found.problems[0].what


def test_a_verdict_without_spans_moves(make_articles: MakeArticles) -> None:
    said = entry(marks=Marks(choices=("no_casualty_figures",)))

    (moved,) = reanchor([said], texts(), make_articles(f"{OLD}\n\nMore."), "001").moved

    assert moved.marks.choices == ("no_casualty_figures",)


def test_only_the_last_word_on_a_text_of_then_moves(make_articles: MakeArticles) -> None:
    articles = make_articles(f"{OLD}\n\nMore.")
    first, last = entry(), entry(marks=Marks((NINE,)), minute=5)

    found = reanchor([first, last], texts(), articles, "001")

    assert [len(one.marks.regions) for one in found.moved] == [1]
    assert latest([first, last, *found.moved])[ID, "ann"] == found.moved[0]


def test_a_labeller_who_says_more_afterwards_has_the_last_word(make_articles: MakeArticles) -> None:
    (moved,) = reanchor([entry()], texts(), make_articles(f"{OLD}\n\nMore."), "001").moved
    later = entry(minute=1)

    assert latest([entry(), moved, later])[ID, "ann"] == later


def test_a_text_that_is_not_at_hand_is_a_problem(make_articles: MakeArticles) -> None:
    found = reanchor([entry()], {}, make_articles(f"{OLD}\n\nMore."), "001")

    assert found.moved == []
    assert [one.rule for one in found.problems] == ["no-old-text"]


@pytest.mark.parametrize("text", [OLD, None])
def test_annotations_of_the_text_of_now_and_of_articles_that_are_gone_are_left_alone(
    make_articles: MakeArticles, text: str | None
) -> None:
    articles = make_articles(OLD) if text else make_articles(OLD).clear()

    assert reanchor([entry()], texts(), articles, "001").moved == []


def test_a_region_that_never_fitted_its_text_is_lost(make_articles: MakeArticles) -> None:
    wrong = Region("w", 0, 6, "Rebels", ("attacker",))

    found = reanchor([entry(marks=Marks((wrong,)))], texts(), make_articles(f"{OLD}\n\nMore."), "001")

    assert [one.rule for one in found.problems] == ["span-lost"]


def test_where_it_came_from_stands_in_the_log(tmp_path: Any) -> None:
    path = tmp_path / "annotations.jsonl"
    log = [entry(), entry(minute=1, reanchored_from="f" * 64)]

    write_log(path, log)

    assert read_log(path) == log
    assert path.read_text("utf-8").count("reanchored_from") == 1

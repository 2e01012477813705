from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tollwire.annotations.log import Entry
from tollwire.annotations.pull import SPAN_TABLES, Growing, Tables, tables_of, write_tables
from tollwire.annotations.regions import Marks, Region
from tollwire.contracts.contract import Contracts
from tollwire.contracts.tables import read_table
from tollwire.contracts.text import sha256_text
from tollwire.problems import Problem

MakeArticles = Callable[..., pl.DataFrame]
TEXT = "Gunmen killed nine people, two of them women, the ministry said."
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
EXACT = {"bound": "exact", "low": 9, "best": 9, "high": 9}


def mark(phrase: str, label: str, span_id: str, **values: Any) -> Region:
    start = TEXT.index(phrase)
    return Region(span_id, start, start + len(phrase), phrase, (label,), values)


NINE = mark("nine people", "killed", "nine", **EXACT)
TWO = mark("two of them", "killed", "two", bound="exact", low=2, best=2, high=2)
SOURCE = mark("the ministry", "source", "ministry")
LINKS = (("claimed_by", "nine", "ministry"), ("part_of", "two", "nine"))


def entry(
    *regions: Region,
    annotator: str = "ann",
    relations: tuple[tuple[str, str, str], ...] = (),
    choices: tuple[str, ...] = (),
    minute: int = 0,
    skipped: bool = False,
    text: str = TEXT,
    article: int = 0,
) -> Entry:
    moment = NOON + timedelta(minutes=minute)
    return Entry(
        f"{article:016x}", annotator, moment, 60, skipped, sha256_text(text), Marks(regions, relations, choices)
    )


@pytest.fixture
def read(contracts: Contracts, make_articles: MakeArticles) -> Callable[..., tuple[Tables, list[Problem]]]:
    return lambda *log: tables_of(log, make_articles(TEXT, "Rain fell."), contracts, "001")


def heights(tables: Tables) -> tuple[int, ...]:
    return tuple(tables[name].height for name in SPAN_TABLES)


Read = Callable[..., tuple[Tables, list[Problem]]]


def test_a_log_becomes_tables_that_keep_their_contracts(read: Read, contracts: Contracts, tmp_path: Path) -> None:
    tables, problems = read(
        entry(NINE, TWO, SOURCE, relations=LINKS),
        entry(NINE, SOURCE, annotator="bob"),
        entry(choices=("no_casualty_figures",), text="Rain fell.", article=1),
        entry(skipped=True, text="Rain fell.", article=1, annotator="bob"),
    )
    write_tables(tables, contracts, tmp_path)

    assert problems == []
    assert tables.incomplete == frozenset()
    assert heights(tables) == (2, 3, 2, 4)
    assert tables["annotations"].select("annotator", "status", "batch").rows() == [
        ("ann", "annotated", "001"),
        ("bob", "annotated", "001"),
        ("ann", "no_casualty_figures", "001"),
        ("bob", "skipped", "001"),
    ]
    for name in SPAN_TABLES:
        assert read_table(tmp_path / f"{name}.parquet", contracts[name]).equals(tables[name])


def test_what_a_labeller_said_last_counts(read: Read) -> None:
    tables, _ = read(entry(NINE, minute=1), entry(SOURCE, NINE, minute=2), entry(SOURCE, minute=0))

    assert heights(tables) == (1, 1, 0, 1)


def test_a_figure_that_contradicts_its_bound_is_left_out_with_its_relations_and_the_rest_stays(read: Read) -> None:
    wrong = mark("nine people", "killed", "nine", bound="exact", low=9, high=10)

    tables, problems = read(
        entry(wrong, TWO, SOURCE, relations=(*LINKS, ("claimed_by", "two", "ministry"))), entry(NINE, annotator="bob")
    )

    assert [one.rule for one in problems] == ["figure-fits-bound", "relation-ends-exist", "relation-ends-exist"]
    assert tables["casualties"]["span_id"].to_list() == ["two", "nine"]
    assert tables["relations"]["relation_id"].to_list() == ["claimed_by.two.ministry"]
    assert heights(tables) == (1, 2, 1, 2)
    assert tables.incomplete == {("0" * 16, "ann")}


@pytest.mark.parametrize(
    ("rule", "region"),
    [
        ("match", mark("Gunmen", "attacker", "g", code="iraq")),
        ("label", mark("Gunmen", "attacker", "g", kind="pirates")),
        ("match", mark("Gunmen", "attacker", "not an id")),
        ("min", mark("two of them", "killed", "g", bound="at_least", low=-1)),
        ("label", mark("two of them", "killed", "g", bound="at_least", low=2, victim_groups=["cats"])),
        ("bad-value", mark("two of them", "killed", "g", bound="at_least", low=2.5)),
        ("text-matches-article", Region("g", 0, 6, "gunmen", ("attacker",))),
    ],
)
def test_a_span_that_breaks_its_contract_is_one_problem_and_the_rest_stays(
    read: Read, rule: str, region: Region
) -> None:
    tables, problems = read(entry(NINE, SOURCE, region))

    assert [one.rule for one in problems] == [rule]
    assert "0" * 16 in problems[0].where
    assert heights(tables) == (1, 1, 0, 1)
    assert tables.incomplete == {("0" * 16, "ann")}


def test_a_value_of_a_hidden_control_is_dropped_and_nothing_is_missing_for_that(read: Read) -> None:
    tables, problems = read(entry(NINE, mark("the ministry", "source", "ministry", low=3)))

    assert [one.rule for one in problems] == ["hidden-attribute"]
    assert heights(tables) == (1, 1, 0, 1)
    assert tables.incomplete == frozenset()


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("text-changed", entry(NINE, text="another text")),
        ("text-changed", entry(NINE, article=7)),
        ("no-verdict", entry()),
        ("no-verdict", entry(SOURCE)),
        ("no-verdict", entry(choices=("bad_text", "no_casualty_figures"))),
        ("label", entry(choices=("boring",))),
    ],
)
def test_an_annotation_that_is_no_verdict_on_this_text_is_left_out_and_listed(
    read: Read, rule: str, wrong: Entry
) -> None:
    tables, problems = read(wrong, entry(NINE, annotator="bob"))

    assert [one.rule for one in problems] == [rule]
    assert heights(tables) == (0, 1, 0, 1)
    assert tables.incomplete == {(wrong.article_id, "ann")}


@pytest.mark.parametrize("verdict", ["no_casualty_figures", "not_armed_violence"])
def test_a_verdict_that_contradicts_the_marks_is_listed(read: Read, verdict: str) -> None:
    _, problems = read(entry(NINE, choices=(verdict,)))

    assert [one.rule for one in problems] == ["verdict-fits-figures"]


def test_what_stands_on_a_skipped_article_is_not_missed(read: Read) -> None:
    tables, problems = read(entry(mark("nine people", "evicted", "nine"), skipped=True))

    assert [one.rule for one in problems] == ["unknown-label"]
    assert tables["annotations"]["status"].to_list() == ["skipped"]
    assert tables.incomplete == frozenset()


def test_a_relation_drawn_from_a_span_to_itself_or_twice_around_is_listed(read: Read) -> None:
    around = (("part_of", "two", "nine"), ("part_of", "nine", "two"), ("same_as", "two", "two"))

    _, problems = read(entry(NINE, TWO, relations=around))

    assert sorted(one.rule for one in problems) == ["part-of-acyclic", "two-different-spans"]


def test_nothing_said_makes_empty_tables(read: Read) -> None:
    tables, problems = read()

    assert (heights(tables), problems) == ((0, 0, 0, 0), [])


@pytest.mark.parametrize("at_once", [1, 2, 100])
@pytest.mark.parametrize("known", [0, 2, 4])
def test_tables_grow_to_what_the_whole_log_gives_and_an_article_may_come_twice(
    contracts: Contracts, make_articles: MakeArticles, monkeypatch: pytest.MonkeyPatch, at_once: int, known: int
) -> None:
    monkeypatch.setattr("tollwire.annotations.pull.AT_ONCE", at_once)
    articles = make_articles(TEXT, "Rain fell.")
    log = [
        entry(NINE, TWO, SOURCE, relations=LINKS),
        entry(choices=("no_casualty_figures",), text="Rain fell.", article=1),
        entry(NINE, minute=3),
        entry(NINE, annotator="bob", minute=4),
        entry(NINE, SOURCE, minute=5, text="Another."),
    ]
    growing = Growing(log[:known], articles, contracts, "001")

    for one in [*log[1:], *log]:
        growing.take([one])
    tables, problems = growing.finish()

    whole, wanted = tables_of(log, articles, contracts, "001")
    assert {name: frame.to_dicts() for name, frame in tables.items()} == {
        name: frame.to_dicts() for name, frame in whole.items()
    }
    assert tables.incomplete == whole.incomplete
    assert sorted(map(str, problems)) == sorted(map(str, wanted))
    assert len(wanted) == 1
    assert sorted(one.digest for one in growing.new) == sorted(one.digest for one in log[known:])

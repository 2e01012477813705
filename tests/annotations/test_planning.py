from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tollwire.annotations.batches import (
    Batch,
    batch_names,
    log_path,
    sent_path,
    write_batch,
)
from tollwire.annotations.gold import gold_of, gold_to_measure_by
from tollwire.annotations.log import Entry, write_lines, write_log
from tollwire.annotations.planning import choose_gold_tasks, choose_next, doubt, taken_articles
from tollwire.annotations.regions import Marks
from tollwire.contracts.contract import Contracts
from tollwire.contracts.text import sha256_text
from tollwire.problems import UsageError
from tollwire.project import Project

MakeArticles = Callable[..., pl.DataFrame]
TEXTS = (
    "Rain fell.",
    "A blast in Vell killed nine people.",
    "A blast in Vell killed nine people and wounded 30. The army said twelve were killed.",
    "A blast in Vell killed nine people, and hurt two.",
    "Gunmen could kill ten people, a study said.",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def articles(make_articles: MakeArticles) -> pl.DataFrame:
    """Five articles, of which the second and the fourth tell the same story."""
    clusters = [f"c{1 if number == 3 else number}" for number in range(len(TEXTS))]
    return make_articles(*TEXTS).with_columns(cluster_id=pl.Series(clusters))


def ids(*numbers: int) -> list[str]:
    return [f"{number:016x}" for number in numbers]


def label_alike(project: Project, batch: str, *numbers: int) -> None:
    """Let two labellers say of articles that they have no figures."""
    no_figures = Marks(choices=("no_casualty_figures",))
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    log = [
        Entry(f"{number:016x}", who, moment, 5, False, sha256_text(TEXTS[number]), no_figures)
        for number in numbers
        for who in ("ann", "bob")
    ]
    write_log(log_path(project, batch), log)


def test_the_more_different_figures_an_article_tells_as_news_the_more_doubtful_it_is(articles: pl.DataFrame) -> None:
    assert [doubt(row) for row in articles.iter_rows(named=True)] == [
        (0, 0), (1, 1), (2, 3), (1, 2), (0, 0),
    ]  # fmt: skip


def test_the_most_doubtful_articles_come_first_one_of_a_cluster_and_none_that_is_covered(
    articles: pl.DataFrame,
) -> None:
    done: list[int] = []

    assert choose_next(articles, [], 2, done.append) == ids(1, 2)
    assert choose_next(articles, [], 10) == ids(0, 1, 2, 4)
    assert choose_next(articles, ids(3), 1) == ids(2)
    assert choose_next(articles, ids(2, 3), 1) == ids(0)
    assert done == [1, 2, 3, 4]
    with pytest.raises(UsageError, match=r"\[nothing-left\]"):
        choose_next(articles, ids(0, 1, 2, 4), 5)


def test_an_article_is_taken_by_what_was_sent_or_else_by_the_record(project: Project, articles: pl.DataFrame) -> None:
    assert taken_articles(project, articles) == set()

    write_batch(project, Batch(batch="001", title="One", articles=ids(1, 2)))
    write_batch(project, Batch(batch="002", title="Two", articles=ids(4)))
    assert batch_names(project) == ["001", "002"]
    assert taken_articles(project, articles) == set(ids(1, 2, 4))

    write_lines(sent_path(project, "001"), [f'{{"article_id": "{ids(0)[0]}"}}'])
    assert taken_articles(project, articles) == set(ids(0, 4))


def test_gold_tasks_measure_and_do_not_become_gold_again(
    project: Project, articles: pl.DataFrame, contracts: Contracts
) -> None:
    label_alike(project, "001", 0, 4)

    (chosen,) = choose_gold_tasks(project, articles, contracts, "002", 1)
    assert chosen in ids(0, 4)
    assert choose_gold_tasks(project, articles, contracts, "002", 2) == ids(0, 4)
    with pytest.raises(UsageError, match=r"\[too-few-gold\] 2 articles"):
        choose_gold_tasks(project, articles, contracts, "002", 3)

    write_batch(project, Batch(batch="002", title="Two", articles=ids(0, 1), gold_tasks=ids(0)))
    label_alike(project, "002", 0, 1)
    tables, gold = gold_of(project, "002", articles, contracts)
    assert list(gold.rules) == ids(1)
    assert gold.left_out == {ids(0)[0]: "a gold task: it only measures the labellers"}
    measured = gold_to_measure_by(project, "002", tables, articles, contracts)
    assert sorted(measured["annotations"]["article_id"]) == ids(0, 1)

"""What the suggestions do to who sees them, on articles whose labellers took them over or marked something else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from spans import actor, figure, tables

from tollwire.annotations.agreement import Agreement
from tollwire.annotations.batches import Batch, sent_path, write_batch
from tollwire.annotations.counting import ALL
from tollwire.annotations.influence import SEEN, SUGGESTED, UNSEEN, influence
from tollwire.annotations.matching import sides
from tollwire.annotations.regions import Spans, marks_of, to_json
from tollwire.contracts.contract import Contracts
from tollwire.figures.suggest import suggest
from tollwire.project import Project

TEXT = "Gunmen killed nine people in the raid, and four others were wounded."
FIRST, SECOND = "0" * 16, f"{1:016x}"
BOTH = {(one, who): "annotated" for one in (FIRST, SECOND) for who in ("ann", "bob")}
Row = dict[str, Any]
MakeArticles = Callable[..., pl.DataFrame]


def in_figures(article_id: str, who: str, *spans: tuple[int, int, str]) -> list[Row]:
    numbers = {"killed": 9, "injured": 4}
    rows = []
    for start, end, harm in spans:
        number = numbers[harm]
        rows.append(figure(start, end, who, harm, article_id, low=number, best=number, high=number))
    return rows


NINE, FOUR = (14, 25, "killed"), (43, 54, "injured")


def measured(
    tmp_path: Path, contracts: Contracts, articles: pl.DataFrame, *rows: Row, gold: list[Row], **record: Any
) -> dict[tuple[str, str, str], Agreement]:
    project = Project(tmp_path)
    batch = {"labellers": ["ann", "bob"], "one_project_each": True, "hidden_from": ["bob"]} | record
    write_batch(project, Batch(batch="002", title="Apart", articles=articles["article_id"].to_list(), **batch))
    lines = []
    for row in articles.iter_rows(named=True):
        found = suggest(row["text"])
        marks = to_json(marks_of(Spans(found.actors, found.casualties, found.relations)))
        head = {"article_id": row["article_id"], "text_sha256": row["text_sha256"], "suggester": "rules"}
        lines.append(json.dumps(head | marks))
    sent_path(project, "002").write_text("\n".join([*lines, ""]))
    said, settled = tables(*rows, verdicts=BOTH), tables(*gold, verdicts={(FIRST, "gold"): "annotated"})
    found_ = influence(project, sides(said), sides(settled), articles, contracts)
    return {(one.first, one.second, one.measure): one for one in found_ if one.label == ALL}


@pytest.fixture
def articles(make_articles: MakeArticles) -> pl.DataFrame:
    return make_articles(TEXT, TEXT).with_columns(is_withheld=pl.lit(False))


def test_who_sees_the_suggestions_is_nearer_to_them_than_who_does_not(
    tmp_path: Path, contracts: Contracts, articles: pl.DataFrame
) -> None:
    seen = [*in_figures(FIRST, "ann", NINE, FOUR), actor(0, 6, "ann", article_id=FIRST)]
    unseen = in_figures(FIRST, "bob", NINE)

    found = measured(tmp_path, contracts, articles, *seen, *unseen, gold=in_figures(FIRST, "gold", NINE, FOUR))

    # Suggested are the nine, the four and the gunmen.
    assert found[SUGGESTED, SEEN, "exact"].value == 1
    assert found[SUGGESTED, UNSEEN, "exact"].value == pytest.approx(2 / 4)
    assert found["gold", SEEN, "exact"].value == pytest.approx(4 / 5)
    assert found["gold", UNSEEN, "exact"].value == pytest.approx(2 / 3)
    assert found[SEEN, UNSEEN, "exact"].value == pytest.approx(2 / 4)
    assert {one.articles for one in found.values()} == {1}, "of the other article there is no gold"


def test_nothing_is_measured_where_all_see_the_same_or_the_text_is_withheld(
    tmp_path: Path, contracts: Contracts, articles: pl.DataFrame
) -> None:
    rows = [*in_figures(FIRST, "ann", NINE), *in_figures(FIRST, "bob", NINE)]
    gold = in_figures(FIRST, "gold", NINE)

    assert measured(tmp_path, contracts, articles, *rows, gold=gold, hidden_from=[]) == {}
    withheld = articles.with_columns(is_withheld=pl.lit(True))
    assert measured(tmp_path, contracts, withheld, *rows, gold=gold) == {}

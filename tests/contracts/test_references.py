"""Tables fit each other: spans lie in their article, relations join the right spans and run in no circle."""

from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from valid_rows import CONTRACTS, frame_of, valid_row

from tollwire.contracts.contract import TABLES
from tollwire.contracts.references import RELATION_ENDS, VERDICTS_WITH_FIGURES, reference_problems
from tollwire.problems import Problem


def problems_with(**rows: list[dict[str, Any]]) -> list[Problem]:
    """Check the valid rows against each other, those of some tables changed."""
    changed = {table: [valid_row(table, **one) for one in rows.get(table, [{}])] for table in TABLES}
    return reference_problems({table: frame_of(table, changed[table]) for table in TABLES})


def part_of(number: int, head: str, tail: str, annotator: str = "gold") -> dict[str, Any]:
    names = {"relation_id": f"r{number}", "head_span_id": head, "tail_span_id": tail}
    return {"kind": "part_of", "annotator": annotator, **names}


def test_the_valid_rows_fit_each_other() -> None:
    assert problems_with() == []


def test_articles_alone_fit() -> None:
    assert reference_problems({"articles": frame_of("articles", [valid_row("articles")])}) == []


@pytest.mark.parametrize("table", ["actors", "casualties", "annotations", "tolls"])
def test_a_row_of_an_article_that_is_not_there_is_named(table: str) -> None:
    stray = {"article_id": "00000000000000b2"}

    problems = problems_with(**{table: [{}, stray]})

    named = [problem for problem in problems if problem.rule == "article-exists"]
    assert [problem.where for problem in named] == [
        f"{table}, row 1 (00000000000000b2 {valid_row(table).get('annotator', '')})"
    ]  # fmt: skip


def test_spans_of_a_withheld_article_are_not_held_against_its_text() -> None:
    withheld = {"text": None, "is_withheld": True}

    assert problems_with(articles=[withheld], casualties=[{"start": 900, "end": 911, "surface": None}]) == []


def test_the_same_span_id_may_name_spans_of_two_annotators() -> None:
    assert problems_with(actors=[{}, {"span_id": "c1", "annotator": "ana"}]) == []


def test_every_kind_of_relation_has_its_ends() -> None:
    assert RELATION_ENDS.keys() == CONTRACTS.labels.relation.keys()
    assert CONTRACTS.labels.article_status.keys() >= VERDICTS_WITH_FIGURES


SPANS: dict[str, list[dict[str, Any]]] = {
    "actors": [{}, {"span_id": "a2"}],
    "casualties": [{}, {"span_id": "c2"}],
}
ENDS = {"actors": ("a1", "a2"), "casualties": ("c1", "c2")}


@pytest.mark.parametrize("tail", ENDS)
@pytest.mark.parametrize("head", ENDS)
@pytest.mark.parametrize("kind", RELATION_ENDS)
def test_a_relation_runs_between_spans_of_the_right_tables_only(kind: str, head: str, tail: str) -> None:
    relation = {"kind": kind, "head_span_id": ENDS[head][0], "tail_span_id": ENDS[tail][1]}

    problems = problems_with(relations=[relation], **SPANS)

    assert [problem.rule for problem in problems] == ([] if RELATION_ENDS[kind] == (head, tail) else ["relation-types"])


def test_a_relation_does_not_join_spans_of_two_annotators() -> None:
    problems = problems_with(relations=[{"annotator": "ana"}])

    assert [problem.rule for problem in problems] == ["relation-ends-exist"]


@pytest.mark.parametrize("status", CONTRACTS.labels.article_status)
def test_a_verdict_fits_the_figures_that_are_marked(status: str) -> None:
    problems = problems_with(annotations=[{"status": status}])

    assert bool(problems) == (status in ("no_casualty_figures", "not_armed_violence"))


@pytest.mark.parametrize("status", CONTRACTS.labels.article_status)
def test_a_verdict_fits_that_no_figure_is_marked(status: str) -> None:
    problems = problems_with(annotations=[{"status": status}], casualties=[], relations=[])

    assert bool(problems) == (status == "annotated")


def test_a_circle_is_named_by_its_spans() -> None:
    figures = [{"span_id": f"c{number}"} for number in (1, 2, 3)]
    links = [part_of(1, "c1", "c2"), part_of(2, "c2", "c3"), part_of(3, "c3", "c1")]

    problems = problems_with(casualties=figures, relations=links)

    assert [problem.rule for problem in problems] == ["part-of-acyclic"]
    assert all(name in problems[0].what for name in ("c1", "c2", "c3"))


def test_the_links_of_two_annotators_make_no_circle() -> None:
    figures = [{"span_id": name, "annotator": who} for who in ("ana", "gold") for name in ("c1", "c2")]
    links = [part_of(1, "c1", "c2", "ana"), part_of(2, "c2", "c1", "gold")]
    verdicts: list[dict[str, Any]] = [{"annotator": "ana"}, {}]

    assert problems_with(casualties=figures, relations=links, annotations=verdicts) == []


Edges = list[tuple[int, int]]
NODES = 12
DAGS = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=40, unique=True).map(
    lambda edges: [(head, tail) for head, tail in edges if head < tail]
)


def circles(edges: Edges) -> list[Problem]:
    figures = [{"span_id": f"c{number}"} for number in range(NODES)]
    links = [part_of(number, f"c{head}", f"c{tail}") for number, (head, tail) in enumerate(edges)]
    return problems_with(casualties=figures, relations=links)


@settings(max_examples=40, deadline=None)
@given(DAGS)
def test_a_graph_without_a_way_back_has_no_circle(edges: Edges) -> None:
    assert circles(edges) == []


@settings(max_examples=40, deadline=None)
@given(DAGS, st.lists(st.integers(0, NODES - 1), min_size=2, unique=True).map(sorted), st.randoms())
def test_a_way_back_makes_a_circle_of_any_length(edges: Edges, path: list[int], random: Any) -> None:
    there = [*pairwise(path)]
    every = list(dict.fromkeys([*edges, *there, (path[-1], path[0])]))
    random.shuffle(every)

    problems = circles(every)

    assert [problem.rule for problem in problems] == ["part-of-acyclic"]


def test_a_very_long_circle_is_found() -> None:
    count = 3_000
    figures = pl.DataFrame([valid_row("casualties", span_id=f"c{number}") for number in range(count)])
    links = [valid_row("relations", **part_of(n, f"c{n}", f"c{(n + 1) % count}")) for n in range(count)]
    tables = {"articles": frame_of("articles", [valid_row("articles")]), "casualties": figures}

    problems = reference_problems({**tables, "relations": pl.DataFrame(links)})

    assert [problem.rule for problem in problems] == ["part-of-acyclic"]

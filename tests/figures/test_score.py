"""Scoring predictions against gold: spans, values, roles, relations, each in hand-counted cases."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import tollwire
from tollwire.cli import application
from tollwire.figures.score import Measure, score
from tollwire.figures.suggest import suggest
from tollwire.problems import TollwireError

TEXT = "Gunmen killed at least nine people and wounded 30, police said."


def figure(start: int, end: int, harm: str = "killed", low: int | None = 9, high: int | None = None) -> dict:
    return {"span_id": f"c{start}-{end}", "start": start, "end": end, "harm": harm, "low": low, "high": high}


def actor(start: int, end: int, role: str) -> dict:
    return {"span_id": f"a{start}-{end}", "start": start, "end": end, "role": role}


def article(*figures: dict, actors: tuple[dict, ...] = (), relations: tuple[dict, ...] = (), name: str = "a") -> dict:
    return {"article_id": name, "casualties": list(figures), "actors": list(actors), "relations": list(relations)}


def counts(measure: Measure) -> tuple[int, int, int]:
    return measure.right, measure.predicted, measure.gold


def test_spans_count_at_the_same_place_with_the_same_harm() -> None:
    gold = article(figure(14, 34), figure(47, 49, "injured", 30, 30))
    found = score([gold], [article(figure(14, 34), figure(47, 49, "killed", 30, 30), figure(0, 6, "killed", 2))])

    assert counts(found.figures) == (1, 3, 2)
    assert (found.figures.precision, found.figures.recall, found.figures.f1) == (1 / 3, 1 / 2, 2 / 5)
    assert counts(found.figures_by_harm["injured"]) == (0, 0, 1)


def test_spans_that_share_a_character_overlap_one_to_one() -> None:
    found = score([article(figure(14, 34))], [article(figure(23, 34), figure(14, 22))])

    assert counts(found.figures) == (0, 2, 1)
    assert counts(found.figures_overlapping) == (1, 2, 1)


def test_the_values_of_a_figure_are_right_where_low_and_high_both_are() -> None:
    gold = article(figure(0, 4, low=9, high=9), figure(10, 14, low=9), figure(20, 24, low=3, high=3))
    found = score([gold], [article(figure(0, 4, low=9, high=9), figure(10, 14, low=9, high=9))])

    assert counts(found.accuracy) == (1, 2, 2)


def test_roles_and_relations_count_by_the_places_of_their_spans() -> None:
    said = {"kind": "claimed_by", "head_span_id": "c14-34", "tail_span_id": "a51-57"}
    gold = article(figure(14, 34), actors=(actor(51, 57, "source"), actor(0, 6, "attacker")), relations=(said,))
    guess = article(figure(14, 34), actors=(actor(51, 57, "source"), actor(0, 6, "source")), relations=(said, said))

    found = score([gold], [guess])

    assert counts(found.roles) == (1, 2, 2)
    assert counts(found.actors) == (1, 2, 2)
    assert counts(found.relations) == (1, 1, 1)


def test_an_article_without_a_prediction_counts_as_one_without_spans() -> None:
    found = score([article(figure(0, 4)), article(figure(0, 4), name="b")], [article(figure(0, 4))])

    assert (found.articles, counts(found.figures)) == (2, (1, 1, 2))


@pytest.mark.parametrize(("names", "rule"), [(["x"], "unknown-article"), (["a", "a"], "article-twice")])
def test_a_prediction_that_fits_no_gold_article_is_named(names: list[str], rule: str) -> None:
    with pytest.raises(TollwireError, match=rf"article {names[-1]}: \[{rule}\]"):
        score([article()], [article(name=name) for name in names])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5), st.sampled_from(("killed", "injured"))), max_size=8))
def test_gold_against_itself_is_all_right_and_measures_stay_in_bounds(spans: list[tuple[int, int, str]]) -> None:
    rows = {(start, start + length): figure(start, start + length, harm) for start, length, harm in spans}
    same = score([article(*rows.values())], [article(*rows.values())])
    half = score([article(*rows.values())], [article(*list(rows.values())[::2])])

    assert counts(same.figures) == (len(rows), len(rows), len(rows))
    assert half.figures.right == half.figures.predicted <= half.figures_overlapping.gold


def test_the_public_name_is_this_function() -> None:
    assert tollwire.score is score


def write(path: Path, *rows: dict) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_command_prints_a_table_for_a_models_output_and_for_our_suggestions(tmp_path: Path) -> None:
    spans = asdict(suggest(TEXT))
    gold = write(tmp_path / "gold.jsonl", {"article_id": "a", "text": TEXT, "blocks": None, **spans})
    guess = write(tmp_path / "guess.jsonl", article(figure(14, 34)))

    for arguments, row in (([], "figures, exact"), ([str(guess)], "figures, overlapping")):
        ran = CliRunner().invoke(application(), ["score", str(gold), *arguments])
        assert ran.exit_code == 0, ran.output
        assert row in ran.output
        assert "low and high right" in ran.output


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("gold.csv", "a", 'gold.csv: [unknown-format] ".csv" cannot be scored'),
        ("gold.jsonl", "{", "gold.jsonl, line 1: [broken-json]"),
        ("gold.jsonl", "{}", "gold.jsonl, line 1: [missing-key] there is no article_id"),
        (
            "gold.jsonl",
            '{"article_id": "a", "actors": [{}]}',
            "article a: [missing-key] one of its actors has no span_id",
        ),
        ("gold.parquet", "PAR1", "gold.parquet: [broken-parquet]"),
    ],
)
def test_a_file_that_cannot_be_scored_gets_one_clear_line(tmp_path: Path, name: str, content: str, line: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    with pytest.raises(TollwireError) as caught:
        CliRunner().invoke(application(), ["score", str(tmp_path / name)], catch_exceptions=False)

    assert line in str(caught.value)

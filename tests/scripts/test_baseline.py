"""The baseline trains and scores on any release, says how little that may mean, and gives the same table again."""

import re
import shutil
import sys

import baseline
import datasets
import pytest
import span_model
from baseline import CHECKOUT, Parts, build_own, introduction, measure, model_row, read_parts, rule_row, table_of

from tollwire.project import Project
from tollwire.release.build import build_release

STEPS = 2
TEXT = "Raid in Tafo\n\nGunmen killed at least nine people."
ARTICLE = {
    "article_id": "0123456789abcdef",
    "language": "en",
    "text": TEXT,
    "blocks": [{"kind": "title", "start": 0, "end": 12}, {"kind": "paragraph", "start": 14, "end": 49}],
    "casualties": [
        {"span_id": "c1", "start": 28, "end": 48, "harm": "killed", "low": 9, "best": None, "high": None},
    ],
    "actors": [{"span_id": "a1", "start": 14, "end": 20, "role": "attacker"}],
    "relations": [],
}


@pytest.fixture(scope="module", autouse=True)
def _cache():
    """What is loaded goes into a folder of its own, and the setting is put back."""
    before = datasets.config.HF_DATASETS_CACHE
    yield
    datasets.config.HF_DATASETS_CACHE = before


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The release of the project's own gold, as it is built where none is named."""
    return build_own(CHECKOUT, tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def parts(release, tmp_path_factory):
    return read_parts(str(release), None, tmp_path_factory.mktemp("cache"))


def cells(table):
    """The last two columns of each row of numbers."""
    return [tuple(one.strip() for one in line.split("|")[3:-1]) for line in table.splitlines()[2:]]


def test_a_release_has_rules_and_model_in_one_table_which_is_the_same_in_every_run(parts):
    first = measure(parts, STEPS)

    assert "| what | gold spans | rules | model |" in first
    assert len(re.findall(r"^\| (figures|actors), ", first, re.MULTILINE)) == 4
    assert "1.0.0: trained on 160 articles" in first
    assert measure(parts, STEPS) == first


def test_gold_fed_back_is_right_in_everything(parts):
    perfect = table_of(parts.test, {"rules": parts.test, "model": parts.test})

    assert [one[:5] for row in cells(perfect) for one in row] == ["100.0"] * 12


def test_a_model_that_finds_the_gold_spans_is_right_in_place_and_label():
    found = {
        table: [span for passage in span_model.passages(ARTICLE, table) for span in moved(passage)]
        for table in ("casualties", "actors")
    }

    row = model_row(ARTICLE, found)

    # Its bounds are read from the words "at least nine people".
    assert row["casualties"] == ARTICLE["casualties"]
    assert {one for pair in cells(table_of([ARTICLE], {"rules": [row], "model": [row]})) for one in pair} == {
        "100.0",
        "100.0 of 1",
    }


def moved(passage):
    return [(start + passage.start, end + passage.start, label) for start, end, label in passage.spans]


def test_words_that_state_no_number_have_no_bounds():
    row = model_row(ARTICLE, {"casualties": [(21, 27, "killed")], "actors": []})

    assert row["casualties"] == [
        {"span_id": "c1", "start": 21, "end": 27, "harm": "killed", "low": None, "best": None, "high": None}
    ]


def test_rules_read_the_same_articles():
    assert [one["surface"] for one in rule_row(ARTICLE)["casualties"]] == ["at least nine people"]


def test_a_model_learns_what_it_is_shown():
    learnt = span_model.learn("actors", [ARTICLE], [ARTICLE], steps=60)

    assert learnt.spans == [[(14, 20, "attacker")]]
    assert learnt.weights > 0


def test_a_table_without_spans_has_a_model_that_finds_none():
    assert span_model.learn("actors", [{**ARTICLE, "actors": []}], [ARTICLE], STEPS).spans == [[]]


@pytest.mark.parametrize(("number", "warned"), [(19, True), (20, False)])
def test_few_articles_are_warned_of(number, warned):
    said = "\n".join(introduction(Parts("1.0.0", [ARTICLE], [ARTICLE] * number, withheld=3)))

    assert ("fewer than 20 articles" in said) is warned
    assert f"trained on 1 article with 1 figure and 1 actor; scored on {number} articles" in said
    assert "withheld: 3 articles" in said


def test_an_empty_split_is_told_in_one_line(release, tmp_path, monkeypatch, capsys):
    project = Project(tmp_path / "project")
    shutil.copytree(release.parents[1], project.root)
    kept, moved_from = project.splits / "train.txt", project.splits / "test.txt"
    kept.write_text(kept.read_text("utf-8") + moved_from.read_text("utf-8"), "utf-8")
    moved_from.unlink()
    folder = build_release(project, "0.1.0", project.normalised, against="none").folder
    monkeypatch.setattr(sys, "argv", ["baseline.py", str(folder), "--dry-run"])

    assert baseline.main() == 2
    problem = capsys.readouterr().err.splitlines()
    assert len(problem) == 1
    assert "[empty-split] no article with a text is in test;" in problem[0]


def test_what_is_measured_is_put_into_its_page(parts, release, tmp_path, monkeypatch, capsys):
    page = tmp_path / "baseline.md"
    shutil.copy(baseline.DOCUMENT, page)
    monkeypatch.setattr(baseline, "DOCUMENT", page)
    monkeypatch.setattr(sys, "argv", ["baseline.py", str(release), "--steps", "1"])

    assert baseline.main() == 0
    printed = capsys.readouterr().out
    assert printed.strip() in page.read_text("utf-8")
    assert page.read_text("utf-8").endswith(baseline.DOCUMENT.read_text("utf-8").rpartition("<!-- end -->")[2])
    assert str(release) not in printed

"""Runs of words are found wherever they stand in a file, and common ones are nobody's."""

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.release.leaks import leak_problems
from tollwire.release.withheld_runs import WithheldRuns

SECRET = "Gunmen on motorcycles stormed the market of Orsk at dawn and fled towards the river before soldiers came."
COMMON = "At least nine people were killed."


def articles(*rows: tuple[str, bool]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"text": pl.String, "is_withheld": pl.Boolean}, orient="row")


RUNS = WithheldRuns(articles((f"{SECRET} {COMMON}", True), (f"In Vell. {COMMON}", False)))
FIVE = "stormed the market of Orsk"


def rules(folder) -> list[str]:
    return [problem.where for problem in leak_problems(folder, RUNS)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README.md", f"It says: {FIVE}."),
        ("README.md", FIVE.upper()),
        ("README.md", "> stormed\n> **the** market _of_ Orsk"),
        ("manifest.json", json.dumps({"reason": [f"{FIVE}"]})),
        ("manifest.json", json.dumps({f"{FIVE}": 1})),
        ("manifest.json", '{"a": "stormed\\u0020the market\\nof Orsk"}'),
        ("spans.svg", f"<text>{FIVE}</text>"),
        ("schemas/labels.toml", f'about = "{FIVE}"'),
        ("sources/wire.toml", f'boilerplate = ["{FIVE}"]'),
    ],
)
def test_five_words_in_a_row_are_found_in_any_file(tmp_path, name, content):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)

    assert rules(tmp_path) == [name]


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"reason": [FIVE]}),
        pl.DataFrame({"keywords": [["a", FIVE]]}),
        pl.DataFrame({"spans": [[{"surface": FIVE, "start": 1}]]}),
        pl.DataFrame({"spans": [[{"groups": ["b", FIVE]}]]}),
        pl.DataFrame({"text": [FIVE], "is_withheld": [True]}),
        pl.DataFrame({"text": ["Common.", FIVE], "is_withheld": [False, True]}),
    ],
)
def test_they_are_found_in_any_column_however_deep(tmp_path, frame):
    frame.write_parquet(tmp_path / "table.parquet")

    (where,) = rules(tmp_path)
    assert where.startswith("table.parquet, column ")


@pytest.mark.parametrize(
    "content",
    [
        "stormed the market of Vell",
        COMMON,
        "https://wire.example/stormed-the-market-of-orsk",
        "market of Orsk at noon",
        "",
    ],
)
def test_four_words_a_common_run_and_an_address_may_stand(tmp_path, content):
    (tmp_path / "README.md").write_text(content)

    assert rules(tmp_path) == []


def test_a_file_that_came_with_the_program_is_passed_over(tmp_path):
    (tmp_path / "labels.toml").write_text(FIVE)

    assert leak_problems(tmp_path, RUNS, [tmp_path / "labels.toml"]) == []


@given(st.lists(st.sampled_from("a b c d e f g".split()), min_size=5, max_size=30), st.data())
def test_every_run_of_five_words_is_known(tmp_path_factory, words, data):
    folder = tmp_path_factory.mktemp("release")
    start = data.draw(st.integers(0, len(words) - 5))
    (folder / "README.md").write_text("x " + " ".join(words[start : start + 5]) + " y")

    assert leak_problems(folder, WithheldRuns(articles((" ".join(words), True))))


@pytest.mark.parametrize(
    ("text", "leaked"),
    [
        ("Боевики на мотоциклах напали на рынок в городе и ушли к реке.", "мотоциклах напали на рынок в"),
        ("هاجم مسلحون سوقا في المدينة عند الفجر وفروا نحو النهر", "سوقا في المدينة عند الفجر"),
        ("武装人员在黎明时分袭击了城里的市场随后逃向河边", "在黎明时分袭击了城里的"),
    ],
)
def test_other_scripts_are_guarded_alike(tmp_path, text, leaked):
    runs = WithheldRuns(articles((text, True)))
    (tmp_path / "README.md").write_text(f"X {leaked} X", "utf-8")
    pl.DataFrame({"reason": [leaked]}).write_parquet(tmp_path / "withdrawn.parquet")

    assert [problem.where for problem in leak_problems(tmp_path, runs)] == [
        "README.md",
        "withdrawn.parquet, column reason",
    ]

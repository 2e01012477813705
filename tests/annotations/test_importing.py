import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tollwire.annotations.foreign import read_foreign
from tollwire.annotations.importing import Imported, import_documents
from tollwire.annotations.pull import tables_of
from tollwire.contracts.contract import Contracts
from tollwire.problems import UsageError

FOREIGN = Path(__file__).parent / "foreign"
TEXT = (FOREIGN / "market.txt").read_text("utf-8")
FILES = ("market.ann", "inception.json", "label_studio.json")
Import = Callable[..., Imported]


@pytest.fixture
def run(make_articles: Callable[..., pl.DataFrame], contracts: Contracts) -> Import:
    """Import files into a corpus of one article with the text of the files, or another one."""

    def import_(*paths: Path, text: str = TEXT, annotator: str | None = "ann", **renamed: str) -> Imported:
        articles = make_articles(text)
        return import_documents(read_foreign(list(paths)), articles, contracts.labels, renamed, annotator)

    return import_


@pytest.mark.parametrize("name", FILES)
def test_each_format_gives_the_same_spans_values_and_relations(
    run: Import, name: str, make_articles: Callable[..., pl.DataFrame], contracts: Contracts
) -> None:
    found = run(FOREIGN / name)

    assert [one.rule for one in found.problems] == (["unread-entry"] if name == "market.ann" else [])  # brat's note
    (entry,) = found.entries
    assert entry.annotator == "ann"
    tables, problems = tables_of([entry], make_articles(TEXT), contracts, "001")
    assert problems == []
    columns = ("surface", "harm", "bound", "low", "victim_groups", "incident")
    assert tables["casualties"].sort("start").select(columns).rows() == [
        ("nine", "killed", "exact", 9, [], None),
        ("At least nine people", "killed", "at_least", 9, [], None),
        ("20 others", "injured", "exact", 20, [], None),
        ("Two of the dead", "killed", "exact", 2, ["children"], None),
    ]
    assert tables["actors"].sort("start").select("surface", "role", "kind").rows() == [
        ("the interior ministry", "source", "government"),
        ("a nurse", "source", None),
    ]
    surfaces = {
        row["span_id"]: row["surface"] for table in ("actors", "casualties") for row in tables[table].to_dicts()
    }
    drawn = [
        (row["kind"], surfaces[row["head_span_id"]], surfaces[row["tail_span_id"]])
        for row in tables["relations"].to_dicts()
    ]
    assert sorted(drawn) == [
        ("claimed_by", "At least nine people", "the interior ministry"),
        ("part_of", "Two of the dead", "At least nine people"),
        ("same_as", "At least nine people", "nine"),
    ]


def test_label_studio_says_itself_who_it_was_and_when(run: Import) -> None:
    (entry,) = run(FOREIGN / "label_studio.json", annotator=None).entries

    assert (entry.annotator, entry.submitted_at.isoformat()) == ("labeller-3", "2025-02-03T10:05:00+00:00")


@pytest.mark.parametrize("name", FILES[:2])
def test_where_the_format_does_not_say_who_it_was_it_must_be_said(run: Import, name: str) -> None:
    found = run(FOREIGN / name, annotator=None)

    assert found.entries == []
    assert found.problems[-1].rule == "no-labeller"


def test_an_article_of_another_text_is_found_by_its_id(run: Import, tmp_path: Path) -> None:
    for suffix in (".txt", ".ann"):
        shutil.copy(FOREIGN / f"market{suffix}", tmp_path / f"{'0' * 16}{suffix}")
    other = f"By Our Reporter \U0001f600\n\n{TEXT}".replace("20 others", "twenty others")

    found = run(tmp_path, text=other)

    (entry,) = found.entries
    assert [other[one.start : one.end] for one in entry.marks.regions] == [
        "nine", "At least nine people", "the interior ministry", "Two of the dead", "a nurse",
    ]  # fmt: skip
    assert [one.rule for one in found.problems] == ["unread-entry", "span-lost"]
    assert "'20 others'" in found.problems[1].what


def test_a_text_that_is_no_article_is_a_problem(run: Import) -> None:
    found = run(FOREIGN / "market.ann", text="Another text.")

    assert (found.entries, found.problems[-1].rule) == ([], "no-article")


def test_labels_of_their_own_are_renamed_or_listed(run: Import, tmp_path: Path) -> None:
    shutil.copy(FOREIGN / "market.txt", tmp_path)
    (tmp_path / "market.ann").write_text("T1\tDead 19 23\tnine\nT2\tWeather 0 6\tMarket\nR1\tFoo Arg1:T1 Arg2:T1\n")

    found = run(tmp_path, dead="killed")

    (entry,) = found.entries
    assert [one.labels for one in entry.marks.regions] == [("killed",)]
    assert [one.rule for one in found.problems] == ["unknown-label", "unknown-label"]
    assert "--map weather=killed" in (found.problems[0].fix or "")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("T1\tKilled 19 21;22 23\tni e", "broken-span"),
        ("T1\tKilled\tnine", "broken-span"),
        ("T1\tKilled 18 22\tnine", "text-matches-article"),
        ("T1\tKilled 19 23\tnine\nA1\tColour T1 red", "unknown-attribute"),
        ("T1\tKilled 19 23\tnine\nA1\tLow T1 many", "bad-value"),
        ("A1\tLow T9 9", "unread-entry"),
        ("E1\tAttack:T1 Target:T2", "unread-entry"),
        ("something else", "unread-entry"),
        ("T1\tKilled 19 23\tnine\nR1\tsame_as Arg1:T1 Arg2:T8", "relation-ends-exist"),
    ],
)
def test_what_brat_says_that_no_table_holds_is_listed(run: Import, tmp_path: Path, line: str, rule: str) -> None:
    shutil.copy(FOREIGN / "market.txt", tmp_path)
    (tmp_path / "market.ann").write_text(f"{line}\n", "utf-8")

    found = run(tmp_path)

    assert [one.rule for one in found.problems] == [rule]


def cas(**more: Any) -> dict[str, Any]:
    content = json.loads((FOREIGN / "inception.json").read_text("utf-8"))
    content["%FEATURE_STRUCTURES"].append({"%ID": 99, "%TYPE": "webanno.custom.Figure", "@sofa": 1, **more})
    return content


@pytest.mark.parametrize(
    ("structure", "rule"),
    [
        ({"begin": 0, "end": 6}, "no-label"),
        ({"begin": 0, "end": 9_999, "harm": "killed"}, "span-in-text"),
        ({"begin": 6, "end": 6, "harm": "killed"}, "span-in-text"),
        ({"begin": 0, "end": 6, "harm": "killed", "certainty": "low"}, "unknown-attribute"),
        ({"comment": "a note"}, "unread-entry"),
        ({"@Governor": 11, "@Dependent": 10}, "no-label"),
    ],
)
def test_what_a_cas_says_that_no_table_holds_is_listed(
    run: Import, tmp_path: Path, structure: dict[str, Any], rule: str
) -> None:
    path = tmp_path / "cas.json"
    path.write_text(json.dumps(cas(**structure)), "utf-8")

    assert [one.rule for one in run(path).problems] == [rule]


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.json", "{", "not-json"),
        ("a.json", "{}", "unknown-format"),
        ("a.json", '[{"data": {}}]', "unknown-format"),
        ("a.json", '{"%FEATURE_STRUCTURES": []}', "no-text"),
        ("a.ann", "T1\tKilled 0 1\tx", "no-text"),
        ("a.txt", "text", "not-json"),
    ],
)
def test_a_file_that_is_none_of_them_is_one_line(tmp_path: Path, name: str, content: str, rule: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")

    with pytest.raises(UsageError, match=rf"\[{rule}\]"):
        list(read_foreign([tmp_path / name]))


def test_a_path_that_is_not_there_and_a_folder_without_annotations_are_mistakes(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.ann", tmp_path):
        with pytest.raises(UsageError, match=r"\[no-such-path\]"):
            list(read_foreign([path]))

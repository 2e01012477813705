"""The gold of the corpus beside the event records of its pages: they agree, or corpus/pages.csv says why not."""

import csv
from pathlib import Path

import pytest
from compare_records import Compared, Deaths, compare, judge, report

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.tables import read_table
from tollwire.corpus.normalise import normalise
from tollwire.project import find_project
from tollwire.release.gather import gather
from tollwire.release.tables import toll_frame

PROJECT = find_project(Path(__file__).parent)
CORPUS = PROJECT.root / "corpus"
NINE = Deaths(9, 9)


@pytest.mark.parametrize(
    ("record", "tolls", "verdict"),
    [
        (NINE, [Deaths(9, 9)], "agrees"),
        (NINE, [Deaths(9, None)], "agrees"),
        (NINE, [Deaths(None, 12)], "wider"),
        (NINE, [Deaths(0, 9)], "wider"),
        (NINE, [Deaths(10, None)], "differs"),
        (NINE, [Deaths(3, 8)], "differs"),
        (NINE, [Deaths(4, 4), Deaths(9, 9)], "agrees"),
        (Deaths(9, 14), [Deaths(9, 12)], "agrees"),
        (Deaths(9, 14), [Deaths(9, 30)], "wider"),
        (Deaths(0, 4), [], "not stated"),
    ],
)
def test_a_toll_is_held_against_its_record(record: Deaths, tolls: list[Deaths], verdict: str) -> None:
    assert judge(record, tolls) == verdict


def test_a_difference_is_written_with_its_reason() -> None:
    differing = Compared("post/raid.txt", "7", NINE, (Deaths(3, 8),), "differs", "the first report of two")
    agreeing = Compared("post/raid-2.txt", "7", NINE, (NINE,), "agrees", "")
    wider = Compared("post/denied.txt", "7", NINE, (Deaths(0, 9),), "wider", "")

    assert report([wider, differing, agreeing]) == [
        "Of 3 pairs of a page and an event record: 1 agrees, 1 wider, 0 not stated, 1 differs.",
        "",
        "| page | record | the page's tolls | verdict | why |",
        "|---|---:|---:|---|---|",
        "| post/raid.txt | 7: 9 | 3 to 8 | differs | the first report of two |",
        "| post/denied.txt | 7: 9 | 0 to 9 | wider | the page has rival claims besides |",
    ]


def test_every_event_of_a_page_is_in_the_list_of_events_and_the_other_way_round() -> None:
    with (CORPUS / "pages.csv").open(newline="", encoding="utf-8") as stream:
        told = {event for row in csv.DictReader(stream) for event in row["events"].split()}
    with (CORPUS / "events.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))

    assert told == {row["event"] for row in rows}
    for row in rows:
        by_side = sum(int(row[name]) for name in ("deaths_a", "deaths_b", "civilians", "unknown"))
        assert int(row["low"]) <= by_side <= int(row["high"]), row


def test_the_gold_of_every_page_agrees_with_its_record_or_the_reason_stands_there(tmp_path: Path) -> None:
    contracts = read_contracts(PROJECT.schemas)
    normalise(PROJECT, [PROJECT.raw], tmp_path)
    articles = read_table(tmp_path / "articles.parquet", contracts["articles"])
    gold = gather(PROJECT, articles, contracts).gold
    golden = articles.filter(articles["article_id"].is_in(gold["annotations"]["article_id"].implode()))

    compared = compare(CORPUS, golden, toll_frame(gold, contracts["tolls"]))

    assert len(compared) > 15
    assert [one for one in compared if (one.verdict == "differs") != bool(one.explained)] == []

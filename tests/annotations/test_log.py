import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.annotations.log import Entry, latest, news, read_log, write_log
from tollwire.annotations.regions import Marks, Region
from tollwire.problems import TollwireError

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
VALUES = st.dictionaries(st.sampled_from(["best", "bound", "name"]), st.text() | st.integers(), max_size=2)


def said(what: str, minute: int = 0, annotator: str = "ann", article_id: str = "0" * 16) -> Entry:
    region = Region("r1", 0, len(what), what, ("killed",), {"bound": "exact"})
    moment = NOON + timedelta(minutes=minute)
    return Entry(article_id, annotator, moment, 12.5, False, "f" * 64, Marks((region,)))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    texts = st.text(max_size=5)
    regions = [
        Region(
            draw(texts),
            draw(st.integers()),
            draw(st.integers()),
            draw(texts),
            tuple(draw(st.lists(texts))),
            draw(VALUES),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    relations = tuple(draw(st.lists(st.tuples(texts, texts, texts), max_size=2)))
    marks = Marks(tuple(regions), relations, tuple(draw(st.lists(texts, max_size=2))))
    moment = draw(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
    seconds = draw(st.none() | st.floats(0, 1e6) | st.integers(0, 9))
    return Entry(draw(texts), draw(st.sampled_from("ab")), moment, seconds, draw(st.booleans()), draw(texts), marks)


def in_full(entry: Entry) -> str:
    return f"{entry.submitted_at.timestamp()} {float(entry.seconds or 0)} {entry.digest}"


@given(log=st.lists(entries(), max_size=4), order=st.randoms(use_true_random=False))
def test_a_log_comes_back_as_it_was_written_and_is_written_alike_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, log: list[Entry], order: random.Random
) -> None:
    path = tmp_path_factory.mktemp("batch") / "001" / "annotations.jsonl"

    write_log(path, log)
    written = path.read_bytes()
    back = read_log(path)
    shuffled = [*back]
    order.shuffle(shuffled)
    write_log(path, shuffled)

    assert sorted(map(in_full, back)) == sorted(map(in_full, log))
    assert path.read_bytes() == written
    assert [one.name for one in path.parent.iterdir()] == ["annotations.jsonl"]


def test_a_log_is_in_the_order_of_article_labeller_and_time(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"

    write_log(path, [said("c", 2, "bob"), said("d", 9, article_id="1" * 16), said("b", 1, "bob"), said("a", 5, "ann")])

    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["regions"][0]["text"] for line in lines] == ["a", "b", "c", "d"]
    assert lines[0]["submitted_at"] == "2024-05-01T12:05:00Z"


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_a_name_with_a_rare_line_break_in_it_is_still_one_line(tmp_path: Path, character: str) -> None:
    path = tmp_path / "log.jsonl"

    write_log(path, [said(f"nine{character}people")])

    assert read_log(path) == [said(f"nine{character}people")]


def test_a_log_that_is_not_there_or_empty_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"

    assert read_log(path) == []
    write_log(path, [])
    assert (path.read_bytes(), read_log(path)) == (b"", [])


GOOD = json.dumps(
    {
        "article_id": "0" * 16,
        "annotator": "ann",
        "submitted_at": "2024-05-01T12:00:00Z",
        "seconds": None,
        "is_skipped": False,
        "text_sha256": "f" * 64,
        "regions": [{"id": "r1", "start": 0, "end": 4, "text": "nine", "labels": ["killed"], "low": 9}],
        "relations": [{"kind": "part_of", "head": "r1", "tail": "r2"}],
        "choices": [],
    }
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (GOOD, "", "EOF"),
        (GOOD, "nine", "JSON"),
        (GOOD, "[]", "object"),
        (GOOD, GOOD[:-9], "EOF"),
        ('"is_skipped"', '"is_skiped"', "is_skipped: Field required; is_skiped: Extra"),
        ('"2024-05-01T12:00:00Z"', '"yesterday"', "submitted_at"),
        ('"2024-05-01T12:00:00Z"', '"2024-05-01T12:00:00"', "submitted_at.*timezone"),
        ('"seconds": null', '"seconds": "long"', "seconds"),
        ('"start": 0', '"start": "0"', r"regions\.0\.start"),
        ('"start": 0', '"start": 0.5', r"regions\.0\.start"),
        ('["killed"]', '"killed"', r"regions\.0\.labels"),
        ('["killed"]', "null", r"regions\.0\.labels"),
        ('[{"id"', '["nine", {"id"', r"regions\.0"),
        ('"head": "r1"', '"from": "r1"', r"relations\.0\.head"),
        ('"choices": []', '"choices": "bad_text"', "choices"),
    ],
)
def test_each_broken_line_is_one_problem_with_its_number(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "001" / "annotations.jsonl"
    path.parent.mkdir()
    assert old in GOOD
    path.write_text(f"{GOOD}\n{GOOD.replace(old, new)}\n{GOOD}\nhalf", "utf-8")

    with pytest.raises(TollwireError, match=told) as error:
        read_log(path)

    places = [(one.where, one.rule) for one in error.value.problems]
    assert places == [("001/annotations.jsonl, line 2", "bad-line"), ("001/annotations.jsonl, line 4", "bad-line")]


def test_what_was_said_last_is_no_news_and_what_changed_is() -> None:
    log = [said("A", 1)]

    assert news(log, [said("A", 1)]) == []
    assert news(log, [said("A", 7)]) == []
    assert news(log, [said("A", 1, "bob")]) == [said("A", 1, "bob")]
    assert news(log, [said("B", 2)]) == [said("B", 2)]
    assert news([*log, said("B", 2)], [said("A", 3)]) == [said("A", 3)]
    assert news([*log, said("B", 2)], [said("A", 1)]) == []
    assert news([], [said("B", 2), said("A", 1)]) == [said("A", 1), said("B", 2)]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 3), st.sampled_from(["ann", "bob"]))))
def test_after_the_news_is_added_there_is_none_and_the_last_word_holds(received: list[tuple[str, int, str]]) -> None:
    entries = [said(*one) for one in received]
    log: list[Entry] = []
    for one in entries:
        log += news(log, [one])

    log += news(log, entries)

    assert news(log, entries) == []
    assert latest(log) == latest(log[::-1])


def test_the_latest_is_by_time_for_each_article_and_labeller() -> None:
    log = [said("B", 2), said("A", 1), said("C", 0, "bob"), said("D", 0, article_id="1" * 16)]

    assert latest(log) == {
        ("0" * 16, "ann"): said("B", 2),
        ("0" * 16, "bob"): said("C", 0, "bob"),
        ("1" * 16, "ann"): said("D", 0, article_id="1" * 16),
    }
    assert latest([]) == {}


def test_entries_that_differ_in_seconds_only_are_written_alike_in_any_order(tmp_path):
    said = Entry("a" * 16, "labeller-a", datetime(2026, 1, 1, tzinfo=UTC), None, False, "0" * 64, Marks())
    entries = [said, replace(said, seconds=0.0), replace(said, seconds=2.5)]

    write_log(tmp_path / "one.jsonl", entries)
    write_log(tmp_path / "other.jsonl", entries[::-1])

    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "other.jsonl").read_bytes()

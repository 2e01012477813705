"""Every page that has an expected result is normalised to exactly that. A newcomer's page is tested without Python."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.raw_files import find_files
from tollwire.corpus.raw_records import find_parts
from tollwire.corpus.readers import read_file
from tollwire.corpus.sources import find_source
from tollwire.project import find_project

PROJECT = find_project(Path(__file__).parent)
EXPECTED = PROJECT.root / "tests" / "pages"
RESULTS = sorted(EXPECTED.glob("*/*.json"))
# What a page is: the first report of an event or a later one, ...; no-article is for pages that must be rejected.
KINDS = set(
    "first update follow-up analysis statement rival correction no-figure not-violence copy live no-article".split()
)
KEYS = {"page", "event", "outcome", "title", "bylines", "published_date", "published_at", "blocks"}


def normalised(result: Path) -> tuple[dict[str, Any], Article | Rejection]:
    expected = json.loads(result.read_text("utf-8"))
    source = find_source(PROJECT.sources, result.parent.name)
    folder = PROJECT.raw / source.source_id
    (file,) = find_files(folder / expected["page"], f"{source.source_id}/{expected['page']}")
    (page,) = read_file(file)
    assert isinstance(page, RawPage)
    return expected, normalise_record(page, source)


@pytest.mark.parametrize("result", RESULTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_becomes_exactly_what_is_expected_of_it(result: Path) -> None:
    expected, outcome = normalised(result)
    if expected["outcome"] == "rejected":
        assert isinstance(outcome, Rejection), outcome
        assert expected.get("rule") in (None, outcome.rule)
        return
    assert isinstance(outcome, Article), outcome
    assert outcome.text is not None
    day, moment = outcome.published_date, outcome.published_at
    assert {
        "title": outcome.title,
        "bylines": list(outcome.bylines),
        "published_date": day and day.isoformat(),
        "published_at": moment and moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "blocks": [[block.kind, outcome.text[block.start : block.end]] for block in outcome.blocks],
    } == {key: expected[key] for key in ("title", "bylines", "published_date", "published_at", "blocks")}


@pytest.mark.parametrize("result", RESULTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_expected_result_is_called_after_its_page_and_has_no_key_that_nobody_reads(result: Path) -> None:
    expected = json.loads(result.read_text("utf-8"))
    assert Path(expected["page"]).stem == result.stem
    assert expected.keys() <= KEYS | {"rule"}
    assert expected["outcome"] in ("article", "rejected")


def test_every_outlet_has_an_expected_result_and_every_result_its_page() -> None:
    pages = {(path.parent.name, path.stem) for path in PROJECT.raw.glob("*/*") if not path.name.startswith(".")}
    assert {(path.parent.name, path.stem) for path in RESULTS} <= pages
    with_files_of_one_page = {path.parent.name for path in PROJECT.raw.glob("*/*") if path.suffix in (".txt", ".html")}
    assert {path.parent.name for path in RESULTS} == with_files_of_one_page


def test_every_page_is_listed_with_its_events_and_its_kind() -> None:
    with (PROJECT.root / "corpus" / "pages.csv").open(newline="", encoding="utf-8") as stream:
        listed = list(csv.DictReader(stream))
    found = {
        f"{record.raw_uri}#{record.record}" if record.record else record.raw_uri: isinstance(record, RawPage)
        for part in find_parts(PROJECT, [PROJECT.raw], None)
        for record in part.read()
    }
    names = [row["page"] for row in listed]
    assert sorted(names) == sorted(found)
    assert {row["kind"] for row in listed} <= KINDS
    for row in listed:
        assert all(event.isdecimal() for event in row["events"].split()), row
        about_an_event = row["kind"] in ("first", "update", "follow-up", "statement", "rival", "correction", "live")
        assert bool(row["events"]) or not about_an_event, row

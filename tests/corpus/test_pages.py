"""Every page that has an expected result is normalised to exactly that. A newcomer's page is tested without Python."""

import json
from pathlib import Path
from typing import Any

import pytest

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.raw_files import find_files
from tollwire.corpus.readers import read_file
from tollwire.corpus.sources import find_source
from tollwire.project import find_project

PROJECT = find_project(Path(__file__).parent)
EXPECTED = PROJECT.root / "tests" / "pages"
RESULTS = sorted(EXPECTED.glob("*/*.json"))
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


def test_every_page_of_the_corpus_has_an_expected_result_and_every_result_its_page() -> None:
    pages = {(path.parent.name, path.stem) for path in PROJECT.raw.glob("*/*") if not path.name.startswith(".")}
    assert {(path.parent.name, path.stem) for path in RESULTS} == pages


def test_every_source_with_pages_has_a_record() -> None:
    records = {path.stem for path in PROJECT.sources.glob("*.toml")}
    assert {path.name for path in PROJECT.raw.iterdir()} <= records

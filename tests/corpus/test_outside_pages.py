"""What must come out of pages that users hold themselves; no page of a real outlet is kept in this project."""

import os
from pathlib import Path

import polars
import pytest

import tollwire
from tollwire.contracts.records import Article
from tollwire.corpus.normalise import normalise
from tollwire.corpus.page import normalise_page
from tollwire.corpus.sources import find_source
from tollwire.project import find_project

PROJECT = find_project(Path(__file__).parent)
SHARED = Path(os.environ.get("TOLLWIRE_SHARED") or PROJECT.root.parent / "shared")
CGTN_PAGE = SHARED / "data" / "pages" / "cgtn" / "fears-of-escalation.txt"
RE3D = SHARED / "data" / "re3d"


@pytest.fixture(scope="module")
def article() -> Article:
    if not CGTN_PAGE.is_file():
        pytest.skip("the page is not here; set TOLLWIRE_SHARED to the folder with data/pages/cgtn")
    outcome = normalise_page(CGTN_PAGE.read_bytes(), "text", find_source(PROJECT.sources, "cgtn"))
    assert isinstance(outcome, Article), outcome
    return outcome


def texts(article: Article, *kinds: str) -> list[str]:
    assert article.text is not None
    return [article.text[block.start : block.end] for block in article.blocks if block.kind in kinds]


def test_the_page_gives_title_day_and_language(article: Article) -> None:
    assert article.title == "Fears of escalation as Pakistan strikes against 'terrorists' in Iran"
    assert article.published_date is not None
    assert (article.published_date.isoformat(), article.published_at) == ("2024-01-18", None)
    assert article.language == "en"
    assert article.is_withheld


def test_each_caption_of_the_page_stands_once_and_without_its_credit(article: Article) -> None:
    captions = texts(article, "caption")
    assert [caption.split()[0] for caption in captions] == ["A", "Debris"]
    assert [caption.rpartition(", ")[2] for caption in captions] == ["2024.", "2024."]
    assert all((article.text or "").count(caption) == 1 for caption in captions)


def test_no_furniture_of_the_page_is_left(article: Article) -> None:
    text = article.text or ""
    assert "cookie" not in text.lower()
    assert all(part not in text for part in ("I agree", "Search Trends", "CGTN", "CFP", "input from agencies"))


def test_the_paragraphs_of_the_page_are_all_there_and_in_order(article: Article) -> None:
    paragraphs = texts(article, "paragraph")
    assert len(paragraphs) == 10
    assert paragraphs[0].startswith("Pakistan conducted strikes inside Iran on Thursday")
    assert paragraphs[-1].endswith("in solidarity with the people of Gaza.")
    assert {block.kind for block in article.blocks} == {"title", "paragraph", "caption"}


def test_the_figures_of_the_page_are_suggested_with_their_bounds(article: Article) -> None:
    assert article.text is not None
    found = tollwire.suggest(article.text, article.blocks, article.language)
    figures = {figure.surface: figure for figure in found.casualties}
    vague, at_least, exact = (
        figures[one] for one in ("A number of terrorists", "at least nine people", "two children")
    )
    assert (vague.harm, vague.bound) == ("killed", "vague")
    assert (at_least.harm, at_least.low, at_least.high) == ("killed", 9, None)
    assert (exact.harm, exact.low, exact.best, exact.high) == ("killed", 2, 2, 2)


def test_the_actors_of_the_page_are_suggested(article: Article) -> None:
    assert article.text is not None
    found = tollwire.suggest(article.text, article.blocks, article.language)
    assert {"Pakistan", "Iran", "Pakistan's Foreign Ministry"} <= {actor.surface for actor in found.actors}


def test_every_document_of_re3d_ends_in_one_of_the_two_tables(tmp_path: Path) -> None:
    files = sorted(RE3D.glob("*/documents.json"))
    if not files:
        pytest.skip("the documents are not here; set TOLLWIRE_SHARED to the folder with data/re3d")
    counts = normalise(PROJECT, files, tmp_path, "re3d")
    articles, rejected = (polars.read_parquet(tmp_path / f"{table}.parquet") for table in ("articles", "rejected"))
    documents = sum(bool(line.strip()) for path in files for line in path.read_bytes().splitlines())
    assert (len(files), documents) == (6, 90)
    assert counts.records == documents == articles.height + rejected.height
    uris = [*articles["raw_uri"], *(f"{row['raw_uri']}#{row['record']}" for row in rejected.to_dicts())]
    assert len(set(uris)) == documents
    # Documents of more than one sentence are articles; what is not one says why.
    assert articles.height >= 85
    assert all(rejected["detail"])

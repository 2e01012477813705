"""The report of a release or of a corpus: everything in it, nothing of it markup, the same bytes each time."""

import json
import re
import shutil

import polars as pl
import pytest

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.tables import read_table
from tollwire.release.report import Report, facets_of, report_of_corpus, report_of_release
from tollwire.release.report_page import report_page


@pytest.fixture(scope="module")
def found(built):
    return report_of_release(built.release / "0.1.0")


def embedded(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def test_every_article_and_every_gold_span_is_there(built, found):
    spans = sum(len(one["spans"]) for one in found.articles)
    tables = {name: pl.read_parquet(built.release / "0.1.0" / name).height for name in ("actors", "casualties")}

    assert len(found.articles) == 17
    assert spans == sum(tables.values()) > 100
    assert all(one["text"][start:end] for one in found.articles for start, end, *_ in one["spans"])
    assert embedded(report_page(found))["articles"] == json.loads(json.dumps(found.articles))


def test_the_same_release_gives_the_same_page_and_a_corpus_gives_its_own(built, found):
    again = report_of_release(built.release / "0.1.0")
    contracts = read_contracts(built.schemas)
    articles = read_table(built.build / "corpus" / "articles.parquet", contracts["articles"])

    assert report_page(again) == report_page(found)
    corpus = report_of_corpus(built, articles, contracts)
    assert [one["spans"] for one in corpus.articles] == [one["spans"] for one in found.articles]
    assert facets_of(corpus)["outlet"] == facets_of(found)["outlet"]


def test_a_text_is_never_markup_and_nothing_is_fetched(found):
    hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)> & "quoted"'
    article = {**found.articles[0], "title": hostile, "text": hostile, "length": len(hostile), "outlet": hostile}
    article["facets"] = {**article["facets"], "outlet": [hostile], "label": [hostile]}

    page = report_page(Report(hostile, found.vocabularies, [article], []))

    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("</script>") == 2
    assert embedded(page)["articles"][0]["text"] == hostile
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)


def test_filters_list_what_is_there(found):
    facets = facets_of(found)

    assert set(facets["label"]) == {span[3] for one in found.articles for span in one["spans"]}
    assert facets["outlet"] == ["harbour_post", "meridian_wire", "quillford_courier"]
    assert set(facets["split"]) == {"train", "validation", "test"}
    assert facets["differs"] == ["none"]


def test_two_hundred_articles_are_less_than_three_megabytes(found):
    many = [{**one, "id": f"{number:016x}"} for number in range(12) for one in found.articles]

    assert len(many) > 200
    assert len(report_page(Report("Many", found.vocabularies, many, [])).encode()) < 3_000_000


def test_of_a_withheld_article_there_are_places_and_values_and_no_word(built, tmp_path):
    project = type(built)(tmp_path / "project")
    shutil.copytree(built.root, project.root)
    contracts = read_contracts(project.schemas)
    articles = read_table(project.build / "corpus" / "articles.parquet", contracts["articles"])
    withheld = articles.with_columns(is_withheld=pl.lit(True))

    report = report_of_corpus(project, withheld, contracts)

    assert all(one["text"] is None and one["spans"] for one in report.articles)
    page = report_page(report)
    words = [line for text in articles["text"] for line in text.split("\n\n")[1:] if len(line) > 60]
    assert not [line for line in words if line in page]

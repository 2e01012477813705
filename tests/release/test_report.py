"""The report of a release: everything is in it, nothing in it is obeyed, and it is small."""

import json
import re
import shutil
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.tables import read_table
from tollwire.corpus.normalise import normalise
from tollwire.project import Project
from tollwire.release.build import build_release
from tollwire.release.reading import read_release
from tollwire.release.report import ALIKE, NO_SPLIT, Report, facets_of, report_of_corpus, report_of_release
from tollwire.release.report_page import report_page

MOST_BYTES = 3_000_000  # of a report of 200 articles
HOSTILE = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> \u2028 & '\""
WITHHELD = "meridian_wire"


@pytest.fixture(scope="module")
def report(built: Project) -> Report:
    return report_of_release(built.release / "0.1.0")


@pytest.fixture(scope="module")
def withholding(built: Project, tmp_path_factory) -> Project:
    """The project with one of its sources withheld, and release 1.0.0 of it."""
    root = tmp_path_factory.mktemp("withholding")
    shutil.copytree(built.root, root, dirs_exist_ok=True)
    project = Project(root)
    record = project.sources / f"{WITHHELD}.toml"
    record.write_text(record.read_text().replace("may_redistribute = true", "may_redistribute = false"))
    normalise(project, [project.raw], project.build / "corpus")
    build_release(project, "1.0.0", project.build / "corpus")
    return project


def corpus_of(project: Project) -> Report:
    contracts = read_contracts(project.schemas)
    return report_of_corpus(
        project, read_table(project.normalised / "articles.parquet", contracts["articles"]), contracts
    )


def data_of(page: str) -> list[dict]:
    return json.loads(LexborHTMLParser(page).css_first("#data").text())["articles"]


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_every_article_is_there_with_all_its_spans_and_tolls(built: Project, report: Report) -> None:
    tables = read_release(built.release / "0.1.0").tables

    assert {one["id"] for one in report.articles} == set(tables["articles"]["article_id"])
    for names, key in ((("actors", "casualties"), "spans"), (("relations",), "relations"), (("tolls",), "tolls")):
        assert sum(len(one[key]) for one in report.articles) == sum(tables[name].height for name in names)
    surfaces = {(row["article_id"], row["start"], row["surface"]) for row in tables["casualties"].iter_rows(named=True)}
    assert surfaces == {
        (one["id"], span[0], one["text"][span[0] : span[1]])
        for one in report.articles
        for span in one["spans"]
        if span[2] == "casualties"
    }


def test_a_release_and_the_corpus_that_it_is_of_have_the_same_articles(built: Project, report: Report) -> None:
    assert corpus_of(built).articles == report.articles


def test_an_article_that_nobody_labelled_is_in_the_report_of_the_corpus(project: Project) -> None:
    log = next(project.batches.glob("001/annotations.jsonl"))
    log.write_text("")
    shutil.rmtree(project.splits)

    found = corpus_of(project)

    assert len(found.articles) == 17
    assert {one["facets"]["split"][0] for one in found.articles} == {NO_SPLIT}
    assert facets_of(found) == {
        "label": [], "bound": [], "outlet": ["harbour_post", "meridian_wire", "quillford_courier"],
        "split": [NO_SPLIT], "differs": ["not compared"],
    }  # fmt: skip
    assert "No article was labelled by two." in report_page(found)


def test_the_same_release_gives_the_same_bytes(built: Project, report: Report) -> None:
    assert report_page(report_of_release(built.release / "0.1.0")) == report_page(report)


def test_two_hundred_articles_fit_into_three_megabytes(report: Report) -> None:
    many = [{**one, "id": f"{place:08x}{one['id'][8:]}"} for place in range(12) for one in report.articles]

    page = report_page(replace(report, articles=many[:200]))

    assert len(page.encode()) < MOST_BYTES


def test_nothing_of_a_page_is_obeyed(report: Report) -> None:
    one = {**report.articles[0], "title": HOSTILE, "text": HOSTILE, "length": len(HOSTILE), "outlet": HOSTILE}
    one["facets"] = {**one["facets"], "outlet": [HOSTILE]}

    page = report_page(replace(report, name=HOSTILE, articles=[one]))

    tree = LexborHTMLParser(page)
    assert [script.attributes.get("type") for script in tree.css("script")] == ["application/json", None]
    assert tree.css("img, iframe, link, object, base") == []
    assert data_of(page)[0]["text"] == HOSTILE
    assert tree.css_first("h1").text() == HOSTILE
    assert tree.css_first("#outlet input").attributes["value"] == HOSTILE
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_the_policy_lets_only_the_script_of_the_page_run(report: Report) -> None:
    policy = LexborHTMLParser(report_page(report)).css_first("meta[http-equiv]").attributes["content"] or ""

    assert policy.startswith("default-src 'none';")
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/=]{44}';", policy)


def test_of_a_withheld_article_there_are_places_and_values_only(built: Project, withholding: Project) -> None:
    texts = {one["id"]: one["text"] for one in corpus_of(built).articles if one["outlet"] == WITHHELD}

    for found in (report_of_release(withholding.release / "1.0.0"), corpus_of(withholding)):
        withheld = [one for one in found.articles if one["text"] is None]
        assert {one["id"] for one in withheld} == set(texts)
        assert all(one["title"] is None and one["spans"] and one["length"] == len(texts[one["id"]]) for one in withheld)
        # What another outlet printed in the same words may be passed on.
        free = " ".join(words_of("\n".join(one["text"] or "" for one in found.articles)))
        page = " ".join(words_of(report_page(found)))
        for words in map(words_of, texts.values()):
            runs = {" ".join(words[at : at + 5]) for at in range(len(words) - 4)}
            assert [run for run in runs if run in page and run not in free] == []


def test_what_labellers_differ_in_is_told_and_can_be_filtered(project: Project) -> None:
    path = project.batches / "001" / "annotations.jsonl"
    lines = path.read_text().splitlines()
    at = next(at for at, line in enumerate(lines) if '"labeller-b"' in line and '"killed"' in line)
    article_id = json.loads(lines[at])["article_id"]
    lines[at] = lines[at].replace('"killed"', '"injured"', 1)
    path.write_text("\n".join(lines) + "\n")

    found = {one["id"]: one for one in corpus_of(project).articles}

    assert "label" in found[article_id]["facets"]["differs"]
    assert [one[3] for one in found[article_id]["differences"] if one[0] == "label"]
    assert {one["facets"]["differs"][0] for key, one in found.items() if key != article_id} == {ALIKE}

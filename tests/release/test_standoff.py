"""Gold of withheld articles in the repository: no word of them, and the same release with the pages and without."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from labelled import entries_of

from tollwire.annotations.batches import log_path
from tollwire.annotations.log import write_log
from tollwire.contracts.contract import Contracts, read_contracts
from tollwire.contracts.tables import read_table
from tollwire.corpus.normalise import normalise
from tollwire.problems import TollwireError
from tollwire.project import Project
from tollwire.release.build import build_release
from tollwire.release.gather import gather
from tollwire.release.hydrate import hydrate
from tollwire.release.report import report_of_corpus
from tollwire.release.standoff import read_standoff, write_standoff

SOURCE = "meridian_wire"
PRIVATE = "900"


def articles_of(project: Project, contracts: Contracts) -> pl.DataFrame:
    return read_table(project.build / "corpus" / "articles.parquet", contracts["articles"])


@pytest.fixture(scope="module")
def with_pages(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that has the pages of a withheld source, their gold in a private batch, and the lines made of it."""
    root = tmp_path_factory.mktemp("with-pages")
    shutil.copytree(built.root, root, dirs_exist_ok=True)
    shutil.rmtree(root / "release")
    project = Project(root)
    record = project.sources / f"{SOURCE}.toml"
    record.write_text(record.read_text().replace("may_redistribute = true", "may_redistribute = false"))
    normalise(project, [project.raw], project.build / "corpus")
    contracts = read_contracts(project.schemas)
    articles = articles_of(project, contracts)
    withheld = set(articles.filter("is_withheld")["article_id"])
    entries = entries_of(project)
    write_log(log_path(project, "001"), [one for one in entries if one.article_id not in withheld])
    write_log(log_path(project, PRIVATE), [one for one in entries if one.article_id in withheld])
    written = write_standoff(project, articles, gather(project, articles, contracts), contracts)
    assert written == {SOURCE: len(withheld)} == {SOURCE: 5}
    return project


@pytest.fixture
def without_pages(with_pages: Project, tmp_path: Path) -> Project:
    """What somebody else has: the lines, and neither the pages nor the private batch."""
    project = Project(tmp_path / "without")
    shutil.copytree(with_pages.root, project.root, ignore=shutil.ignore_patterns(PRIVATE, "build", "release"))
    shutil.rmtree(project.raw / SOURCE)
    normalise(project, [project.raw], project.build / "corpus")
    return project


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_lines_have_no_word_of_a_text(with_pages: Project) -> None:
    contracts = read_contracts(with_pages.schemas)
    withheld = articles_of(with_pages, contracts).filter("is_withheld")
    lines = (with_pages.standoff / f"{SOURCE}.jsonl").read_text("utf-8")

    for title, text in withheld.select("title", "text").iter_rows():
        assert title not in lines
        words = text.split()
        assert not any(" ".join(words[place : place + 5]) in lines for place in range(len(words) - 4))
    for line in map(json.loads, lines.splitlines()):
        assert line["article"]["text"] is None
        assert {one["surface"] for side in ("gold", "everybody") for one in line[side]["casualties"]} <= {None}


def test_who_has_the_pages_and_who_has_not_build_the_same_release(with_pages: Project, without_pages: Project) -> None:
    theirs = build_release(with_pages, "1.0.0", with_pages.build / "corpus", "none")
    ours = build_release(without_pages, "1.0.0", without_pages.build / "corpus", "none")

    assert ours.rows == theirs.rows
    assert ours.rows["articles"] == 17
    assert bytes_of(ours.folder) == bytes_of(theirs.folder)


def test_the_texts_come_back_from_the_pages(with_pages: Project, without_pages: Project) -> None:
    built = build_release(without_pages, "1.0.0", without_pages.build / "corpus", "none")

    found = hydrate(built.folder, with_pages.raw / SOURCE, without_pages.root / "hydrated", SOURCE)

    assert [one.verdict for one in found.verdicts] == ["exact"] * 5
    articles = pl.read_parquet(found.folder / "articles")
    contracts = read_contracts(with_pages.schemas)
    known = dict(articles_of(with_pages, contracts).select("article_id", "text").iter_rows())
    assert {key: known[key] for key in articles["article_id"]} == dict(
        articles.select("article_id", "text").iter_rows()
    )


def test_a_batch_alone_leaves_them_out_and_the_report_has_them(without_pages: Project) -> None:
    contracts = read_contracts(without_pages.schemas)

    alone = build_release(without_pages, "0.1.0", without_pages.build / "corpus", batches=["001"])
    report = report_of_corpus(without_pages, articles_of(without_pages, contracts), contracts)

    assert alone.rows["articles"] == 12
    assert len(report.articles) == 17


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("{", "it is not JSON"),
        ("[]", "it has other keys than"),
        ('{"article": {}, "rule": "agreed", "gold": {}, "everybody": {}, "proofs": {}}', "it cannot be read: KeyError"),
    ],
)
def test_a_line_that_is_not_what_was_written_is_told_with_its_place(
    without_pages: Project, bad: str, told: str
) -> None:
    path = without_pages.standoff / f"{SOURCE}.jsonl"
    path.write_text(path.read_text("utf-8") + bad + "\n", "utf-8")

    with pytest.raises(TollwireError, match=rf"standoff/{SOURCE}.jsonl:6: \[bad-line\] {told}"):
        read_standoff(without_pages, read_contracts(without_pages.schemas))


def test_words_of_a_text_stop_the_writing(with_pages: Project, tmp_path: Path) -> None:
    contracts = read_contracts(with_pages.schemas)
    articles = articles_of(with_pages, contracts)
    words = " ".join(articles.filter("is_withheld")["text"][0].split()[3:9])
    project = Project(tmp_path / "planted")
    shutil.copytree(with_pages.root, project.root, ignore=shutil.ignore_patterns("standoff", "release"))
    planted = articles.with_columns(section=pl.when("is_withheld").then(pl.lit(words)).otherwise("section"))

    with pytest.raises(TollwireError, match=r"\[withheld-words\]"):
        write_standoff(project, planted, gather(project, planted, contracts), contracts)

    assert not project.standoff.exists()

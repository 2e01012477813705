from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tollwire.annotations.batches import (
    Batch,
    adjudication_path,
    choose_articles,
    find_batch,
    hidden_titles,
    interface_digest,
    log_path,
    note_interface,
    project_titles,
    sent_path,
    write_batch,
)
from tollwire.problems import TollwireError, UsageError
from tollwire.project import Project

BATCH = Batch(batch="001", title="First texts")
MakeArticles = Callable[..., pl.DataFrame]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def ids(*numbers: int) -> list[str]:
    return [f"{number:016x}" for number in numbers]


def test_articles_are_chosen_by_id_by_source_or_all(make_articles: MakeArticles) -> None:
    articles = pl.concat(
        [make_articles("a", "b"), make_articles("c", source_id="wire").with_columns(article_id=pl.lit("c" * 16))]
    )

    def ids(**named: list[str]) -> list[str]:
        return choose_articles(articles, BATCH.model_copy(update=named))["article_id"].to_list()

    assert ids() == ["0" * 16, f"{1:016x}", "c" * 16]
    assert ids(articles=["c" * 16, "0" * 16]) == ["0" * 16, "c" * 16]
    assert ids(sources=["wire"]) == ["c" * 16]
    assert ids(sources=["wire"], articles=["c" * 16]) == ["c" * 16]


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"articles": ["0" * 16, "e" * 16]}, f"no article_id {'e' * 16};"),
        ({"sources": ["harbour_pots"]}, "no source_id harbour_pots"),
    ],
)
def test_a_batch_that_names_what_the_corpus_lacks_is_refused(
    make_articles: MakeArticles, named: dict[str, list[str]], told: str
) -> None:
    with pytest.raises(UsageError, match=rf"\[unknown-article\].*{told}"):
        choose_articles(make_articles("a"), BATCH.model_copy(update=named))


def test_a_batch_whose_articles_are_not_of_its_sources_is_empty(make_articles: MakeArticles) -> None:
    articles = pl.concat(
        [make_articles("a"), make_articles("b", source_id="wire").with_columns(article_id=pl.lit("b"))]
    )

    with pytest.raises(UsageError, match=r"\[empty-batch\]"):
        choose_articles(articles, BATCH.model_copy(update={"articles": ["0" * 16], "sources": ["wire"]}))


def test_a_batch_without_articles_is_refused(make_articles: MakeArticles) -> None:
    with pytest.raises(UsageError, match=r"\[empty-batch\]"):
        choose_articles(make_articles("a").clear(), BATCH)


@pytest.mark.parametrize("title", ["", " ", "x" * 80, "x" * 35 + " y", "two  spaces", "tab\tand\nline"])
def test_a_title_is_one_that_the_server_keeps_as_it_is(title: str) -> None:
    (found,) = project_titles(BATCH.model_copy(update={"title": title}))

    assert found.startswith("Tollwire 001:")
    assert found == " ".join(found.split())
    assert 3 <= len(found) <= 50


@pytest.mark.parametrize(
    "name", ["1", "01", "0001", "abc", "../", "\u0661\u0662\u0663", "\u00b9\u00b2\u00b3", "", "1 1"]
)
def test_a_batch_is_named_by_three_digits(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\[bad-batch\]"):
        find_batch(Project(tmp_path), name)


def test_a_batch_without_a_record_takes_everything(tmp_path: Path) -> None:
    project = Project(tmp_path)

    assert find_batch(project, "007") == Batch(batch="007", title="Batch 007")
    files = (log_path(project, "007"), adjudication_path(project, "007"), sent_path(project, "007"))
    assert [path.name for path in files] == ["annotations.jsonl", "adjudicated.jsonl", "tasks.jsonl"]


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ('batch = "001"\ntitle = "x"\nlabelers_per_article = 2', r'"labelers_per_article".*"labellers_per_article"'),
        ('batch = "001"', r'\[missing-key\] "title"'),
        ('batch = "1"\ntitle = "x"', r"\[bad-value\]"),
        ('batch = "001"\ntitle = "x"\nlabellers_per_article = 0', r"\[bad-value\]"),
        ('batch = "002"\ntitle = "x"', r'\[batch-name\].*"002".*batch = "001"'),
        ('batch = "001', r"\[not-toml\]"),
    ],
)
def test_a_batch_record_with_a_mistake_is_told(tmp_path: Path, record: str, told: str) -> None:
    project = Project(tmp_path)
    folder = project.batches / "001"
    folder.mkdir(parents=True)
    (folder / "batch.toml").write_text(record)

    with pytest.raises(TollwireError, match=told):
        find_batch(project, "001")


NAMED = '\nlabellers = ["ann", "bob"]\n'


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (f'{NAMED}hidden_from = ["bob"]', "hidden_from needs one_project_each"),
        (f'{NAMED}one_project_each = true\nhidden_from = ["eve"]', "hidden_from has eve, which labellers has not"),
    ],
)
def test_suggestions_are_hidden_from_labellers_who_have_a_project_of_their_own(
    tmp_path: Path, record: str, told: str
) -> None:
    project = Project(tmp_path)
    (project.batches / "001").mkdir(parents=True)
    (project.batches / "001" / "batch.toml").write_text(f'batch = "001"\ntitle = "x"{record}')

    with pytest.raises(TollwireError, match=told):
        find_batch(project, "001")


def test_a_record_is_read_as_it_was_written(project: Project) -> None:
    batch = Batch(
        batch="003",
        title='June, "second" half\u2028\u00e9',
        labellers_per_article=3,
        show_suggestions=False,
        labellers=["ann", "bob"],
        one_project_each=True,
        hidden_from=["bob"],
        articles=ids(0, 1, 2),
        gold_tasks=ids(1),
    )

    write_batch(project, batch)

    assert find_batch(project, "003") == batch
    assert project_titles(batch) == {
        'Tollwire 003 ann: June, "second" half \u00e9': 1,
        'Tollwire 003 bob: June, "second" half \u00e9': 1,
    }
    assert hidden_titles(batch) == {'Tollwire 003 bob: June, "second" half \u00e9'}


def test_the_interface_is_noted_once_and_the_rest_of_the_record_stays(project: Project) -> None:
    batch = Batch(batch="004", title="Four")
    note_interface(project, batch, " <View/>\n")
    first = find_batch(project, "004")
    assert first == batch.model_copy(update={"interface_sha256": interface_digest("<View/>")})

    path = project.batches / "004" / "batch.toml"
    path.write_text(f"# by hand\n{path.read_text()}show_suggestions = false  # on purpose\n")
    before = path.read_bytes()
    note_interface(project, find_batch(project, "004"), "<View/>")
    assert path.read_bytes() == before

    note_interface(project, find_batch(project, "004"), "<View></View>")
    assert find_batch(project, "004").interface_sha256 == interface_digest("<View></View>")
    assert "# by hand" in path.read_text()
    assert "# on purpose" in path.read_text()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("one_project_each = true", "needs labellers"),
        ('gold_tasks = ["0000000000000000"]', "which articles has not"),
        ('labellers = ["labeller-a", "Ana Li"]', 'labellers has "Ana Li", which cannot be a pseudonym'),
    ],
)
def test_a_record_that_does_not_hold_together_is_told(project: Project, more: str, told: str) -> None:
    (project.batches / "005").mkdir(parents=True)
    (project.batches / "005" / "batch.toml").write_text(f'batch = "005"\ntitle = "x"\n{more}\n')

    with pytest.raises(TollwireError, match=rf"batch\.toml.*{told}"):
        find_batch(project, "005")

"""A take-down request is one command and one release: the id stays known, and nothing else."""

from datetime import date

import polars as pl
import pytest

import tollwire
from tollwire.cli import application
from tollwire.problems import TollwireError, UsageError
from tollwire.release.build import build_release
from tollwire.release.withdrawn import read_withdrawn, withdraw

ARTICLE, DAY = "00000000000000a1", date(2026, 11, 2)


def test_a_withdrawn_article_leaves_a_tombstone_and_no_rows(project):
    from typer.testing import CliRunner

    article_id = pl.read_parquet(project.release / "0.1.0" / "articles")["article_id"][4]
    command = ["--project", str(project.root), "withdraw", article_id, "--reason", 'They asked: "out".']

    done = CliRunner().invoke(application(), command)
    built = build_release(project, None, project.build / "corpus")

    assert done.exit_code == 0, done.output
    assert built.version == "1.0.0"
    assert built.left_out == {"withdrawn": 1}
    assert built.changed == "Against 0.1.0: articles: 1 were withdrawn."
    assert built.rows["withdrawn"] == 1
    for table in ("articles", "actors", "casualties", "relations", "annotations", "tolls"):
        assert article_id not in set(pl.read_parquet(built.folder / table)["article_id"])
    stone = pl.read_parquet(built.folder / "withdrawn").row(0)
    assert stone[:2] == (article_id, 'They asked: "out".')
    words = [path for path in built.folder.rglob("*") if path.suffix in (".md", ".json")]
    assert not any(article_id in path.read_text("utf-8") for path in words)


def test_tombstones_load_as_a_config_and_later_releases_keep_them(project, monkeypatch, tmp_path):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    article_id = pl.read_parquet(project.release / "0.1.0" / "articles")["article_id"][4]
    withdraw(project.withdrawn, article_id, "They asked.", DAY)
    first = build_release(project, None, project.build / "corpus")
    other = pl.read_parquet(project.release / "0.1.0" / "articles")["article_id"][5]
    withdraw(project.withdrawn, other, "They asked too.", DAY)

    second = build_release(project, None, project.build / "corpus")

    assert (first.version, second.version) == ("1.0.0", "2.0.0")
    loaded = tollwire.load(str(second.folder), config="withdrawn")
    assert loaded["train"]["article_id"][:] == sorted([article_id, other])


def test_the_file_is_read_back_with_any_reason(tmp_path):
    path = tmp_path / "withdrawn.toml"
    withdraw(path, ARTICLE, 'A "quote", a \\ and Łódź', DAY)
    withdraw(path, "00000000000000a2", "Two.", DAY)

    assert [(one.article_id, one.reason) for one in read_withdrawn(path)] == [
        (ARTICLE, 'A "quote", a \\ and Łódź'),
        ("00000000000000a2", "Two."),
    ]


def test_an_article_is_withdrawn_once(tmp_path):
    withdraw(tmp_path / "withdrawn.toml", ARTICLE, "One.", DAY)

    with pytest.raises(UsageError, match=r"\[withdrawn-already\] it was withdrawn on 2026-11-02: One"):
        withdraw(tmp_path / "withdrawn.toml", ARTICLE, "Two.", DAY)


@pytest.mark.parametrize(("article_id", "reason"), [("harbour", "One."), (ARTICLE, ""), (ARTICLE, "One\n[[x]]")])
def test_what_is_no_id_or_no_reason_is_refused_and_the_file_stays(tmp_path, article_id, reason):
    with pytest.raises(TollwireError, match=r"\[bad-value\]"):
        withdraw(tmp_path / "withdrawn.toml", article_id, reason, DAY)

    assert not (tmp_path / "withdrawn.toml").exists()


def test_a_list_with_mistakes_stops_the_release(project):
    project.withdrawn.write_text(
        f'[[withdrawn]]\narticle_id = "{ARTICLE}"\nraeson = "x"\nwithdrawn_date = 2026-11-02\n'
    )

    with pytest.raises(TollwireError, match=r"withdrawn.toml: \[unknown-key\]"):
        build_release(project, None, project.build / "corpus")

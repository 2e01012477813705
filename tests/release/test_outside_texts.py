"""Stand-off annotations of real texts: whoever has the pages gets their words back, each span where it was drawn."""

import os
import shutil
from pathlib import Path

import polars as pl
import pytest

from tollwire.project import Project, find_project
from tollwire.release.build import build_release
from tollwire.release.hydrate import hydrate

PROJECT = find_project(Path(__file__).parent)
DATA = Path(os.environ.get("TOLLWIRE_SHARED") or PROJECT.root.parent / "shared") / "data"
PAGES = {"cgtn": DATA / "pages" / "cgtn", "re3d": DATA / "re3d"}
COUNTS = {"cgtn": 1, "re3d": 40}


@pytest.fixture
def release(project: Project) -> Path:
    """A release of the small project and of the texts that are not in this repository."""
    shutil.copytree(PROJECT.standoff, project.standoff)
    return build_release(project, "1.0.0", project.build / "corpus", "none").folder


def test_the_release_has_their_places_and_values_and_none_of_their_words(release: Path) -> None:
    articles = pl.read_parquet(release / "articles" / "*.parquet").filter("is_withheld")

    assert dict(articles.group_by("source_id").len().iter_rows()) == COUNTS
    assert articles["text"].null_count() == articles["title"].null_count() == 41
    figures = pl.read_parquet(release / "casualties" / "*.parquet")
    theirs = figures.filter(pl.col("article_id").is_in(articles["article_id"].implode()))
    assert theirs.height > 41
    assert theirs["surface"].null_count() == theirs.height
    assert theirs["low"].null_count() < theirs.height


def test_the_words_come_back_from_the_pages(release: Path, tmp_path: Path) -> None:
    if not all(folder.is_dir() for folder in PAGES.values()):
        pytest.skip("the pages are not here; set TOLLWIRE_SHARED to the folder with data/pages/cgtn and data/re3d")
    pages = tmp_path / "pages"
    for source, folder in PAGES.items():
        shutil.copytree(folder, pages / source)

    found = hydrate(release, pages, tmp_path / "hydrated")

    assert [one.verdict for one in found.verdicts] == ["exact"] * 41
    texts = dict(pl.read_parquet(found.folder / "articles" / "*.parquet").select("article_id", "text").iter_rows())
    for table in ("casualties", "actors"):
        spans = pl.read_parquet(found.folder / table / "*.parquet").select("article_id", "start", "end", "surface")
        assert all(texts[article_id][start:end] == surface for article_id, start, end, surface in spans.iter_rows())

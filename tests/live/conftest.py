"""The real Label Studio server, started once for all live tests, and a real browser to open it with."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hard_pages import HARD_PAGES
from parts import missing
from rounds import LABELLERS, MakeRound, Round, done

from tollwire.annotations.client import Studio
from tollwire.annotations.connection import TOKEN_VARIABLE, URL_VARIABLE, connect
from tollwire.annotations.install import VENV_VARIABLE
from tollwire.annotations.server import start_server, stop_server
from tollwire.problems import ServiceError
from tollwire.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHECKOUT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync").split()  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def surroundings() -> Iterator[None]:
    """One installed server for all live tests, and none of the caller's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(URL_VARIABLE, raising=False)
        patch.delenv(TOKEN_VARIABLE, raising=False)
        if VENV_VARIABLE not in os.environ:
            patch.setenv(VENV_VARIABLE, str(CHECKOUT / ".studio" / "venv"))
        yield


@pytest.fixture(scope="session")
def studio_project(tmp_path_factory: pytest.TempPathFactory, surroundings: None) -> Iterator[Project]:
    """A new project with the contracts of this checkout, and its embedded server running."""
    project = Project(tmp_path_factory.mktemp("project"))
    shutil.copytree(CHECKOUT / "schemas", project.schemas)
    project.sources.mkdir(parents=True)
    project.batches.mkdir(parents=True)
    for path in (Path("annotations/interface.xml"), Path("annotations/GUIDELINES.md")):
        shutil.copy(CHECKOUT / path, project.root / path)
    try:
        start_server(project, port=18080)
    except ServiceError as error:
        if error.problems[0].rule != "studio-install":
            raise
        missing(str(error), "tollwire studio up")
    yield project
    stop_server(project)


@pytest.fixture(scope="session")
def studio(studio_project: Project) -> Iterator[Studio]:
    """The server, spoken to as the curator."""
    with connect(studio_project) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, without a window."""
    if not CHROMIUM.exists():
        missing("no Chromium to open the editor with", "apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def agreement_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of this checkout's first batch."""
    project = tmp_path_factory.mktemp("agreement")
    for part in ("corpus", "schemas", "annotations"):
        shutil.copytree(CHECKOUT / part, project / part)
    for words in (("normalise", "corpus/raw"), ("agreement", "001")):
        subprocess.run([str(Path(sys.executable).parent / "tollwire"), *words], cwd=project, check=True)
    return project / "build" / "agreement" / "001" / "index.html"


@pytest.fixture(scope="session")
def articles(studio_project: Project) -> pl.DataFrame:
    """Articles of pages of corpus/raw, and of all that makes offsets hard; and accounts for two labellers."""
    shutil.copytree(CHECKOUT / "corpus" / "sources", studio_project.sources, dirs_exist_ok=True)
    shutil.copytree(CHECKOUT / "corpus" / "raw" / "meridian_wire", studio_project.raw / "meridian_wire")
    (studio_project.raw / "harbour_post").mkdir()
    for name, page in HARD_PAGES.items():
        (studio_project.raw / "harbour_post" / f"{name}.txt").write_text(page, "utf-8")
    done(studio_project, "normalise", str(studio_project.raw))
    names = studio_project.root / "labellers.txt"
    names.write_text(f"# who labels\n\n{LABELLERS[1]}  # from May on\n", "utf-8")
    done(studio_project, "studio", "users", "add", LABELLERS[0], "--file", str(names))
    return pl.read_parquet(studio_project.build / "corpus" / "articles.parquet")


@pytest.fixture
def make_round(studio_project: Project, studio: Studio, articles: pl.DataFrame) -> MakeRound:
    """Push a batch of articles, by default all."""

    def make(name: str, article_ids: Sequence[str] = (), corpus: Path | None = None) -> Round:
        made = Round(studio_project, studio, name, corpus)
        made.write_record(article_ids or articles["article_id"].to_list())
        ran = made.push()
        assert (ran.returncode, ran.stderr) == (0, ""), ran
        return made

    return make


@pytest.fixture(scope="session")
def hard_articles(articles: pl.DataFrame) -> pl.DataFrame:
    """Those of all that makes offsets hard."""
    hard = articles.filter(pl.col("raw_uri").str.contains("|".join(rf"{name}\.txt" for name in HARD_PAGES)))
    assert hard.height == len(HARD_PAGES)
    return hard

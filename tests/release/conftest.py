"""A small project whose articles are labelled alike by two, so that all of them are gold."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tollwire.annotations.batches import log_path
from tollwire.annotations.log import Entry, write_log
from tollwire.annotations.regions import Spans, marks_of
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.records import Block
from tollwire.contracts.tables import read_table
from tollwire.corpus.normalise import normalise
from tollwire.figures.suggest import suggest
from tollwire.project import Project
from tollwire.release.build import build_release

CHECKOUT = Path(__file__).parents[2]


def entries_of(project: Project) -> list[Entry]:
    """What two labellers who accept every suggestion say of every article."""
    contracts = read_contracts(project.schemas)
    entries = []
    for row in read_table(project.build / "corpus" / "articles.parquet", contracts["articles"]).iter_rows(named=True):
        found = suggest(row["text"], [Block(**block) for block in row["blocks"]])
        marks = marks_of(Spans(found.actors, found.casualties, found.relations))
        for minute, labeller in enumerate(("labeller-a", "labeller-b")):
            at = datetime(2026, 1, 1, 12, minute, tzinfo=UTC)
            entries.append(Entry(row["article_id"], labeller, at, None, False, row["text_sha256"], marks))
    return entries


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with release 0.1.0 built; do not change it: copy it."""
    project = Project(tmp_path_factory.mktemp("project"))
    for folder in ("schemas", "corpus"):
        shutil.copytree(CHECKOUT / folder, project.root / folder)
    for file in ("DATASHEET.md", "CHANGELOG.md", "LICENSE-DATA"):
        shutil.copy(CHECKOUT / file, project.root / file)
    normalise(project, [project.raw], project.build / "corpus")
    write_log(log_path(project, "001"), entries_of(project))
    build_release(project, "0.1.0", project.build / "corpus")
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of the project, to be changed at will."""
    shutil.copytree(built.root, tmp_path / "project")
    return Project(tmp_path / "project")

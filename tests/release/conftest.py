"""A small project whose articles are labelled alike by two, so that all of them are gold."""

import shutil
from pathlib import Path

import pytest
from labelled import entries_of
from parts import only_labelled

from tollwire.annotations.batches import log_path
from tollwire.annotations.log import write_log
from tollwire.corpus.normalise import normalise
from tollwire.project import Project
from tollwire.release.build import build_release

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with release 0.1.0 built; do not change it: copy it."""
    project = Project(tmp_path_factory.mktemp("project"))
    for folder in ("schemas", "corpus"):
        shutil.copytree(CHECKOUT / folder, project.root / folder, ignore=only_labelled)
    for file in ("DATASHEET.md", "LICENSE-DATA"):
        shutil.copy(CHECKOUT / file, project.root / file)
    (project.root / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0\n\n### Data\n- First release.\n", "utf-8")
    normalise(project, [project.raw], project.build / "corpus")
    write_log(log_path(project, "001"), entries_of(project))
    build_release(project, "0.1.0", project.build / "corpus")
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of the project, to be changed at will."""
    shutil.copytree(built.root, tmp_path / "project")
    return Project(tmp_path / "project")

"""The project is the nearest folder upward with contracts and a corpus; a new one is made from the template."""

from pathlib import Path

import pytest

from tollwire.contracts.contract import read_contracts
from tollwire.problems import UsageError
from tollwire.project import Project, find_project, make_project, template_root


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "mine")


def test_the_project_is_found_from_its_root_and_from_any_folder_in_it(project: Project) -> None:
    assert find_project(project.root) == project
    assert find_project(project.sources) == project


def test_the_project_is_found_from_the_current_folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.raw)

    assert find_project() == project


def test_the_nearest_project_is_taken(project: Project) -> None:
    inner = make_project(project.build / "inner")

    assert find_project(inner.raw) == inner


@pytest.mark.parametrize("only", ["schemas", "corpus"])
def test_a_folder_with_half_a_project_is_none(tmp_path: Path, only: str) -> None:
    (tmp_path / only).mkdir()

    with pytest.raises(UsageError) as raised:
        find_project(tmp_path)

    assert str(raised.value).startswith(f"{tmp_path.resolve()}: [no-project] ")
    assert "tollwire init" in str(raised.value)


def test_every_path_of_a_project_is_in_it(project: Project) -> None:
    paths = [getattr(project, name) for name, of in vars(Project).items() if isinstance(of, property)]

    assert len(paths) >= 10
    assert len(set(paths)) == len(paths)
    assert all(path.is_relative_to(project.root) and path != project.root for path in paths)


def test_a_new_project_has_contracts_that_are_read_and_empty_folders(project: Project) -> None:
    assert read_contracts(project.schemas) == read_contracts()
    assert project.guidelines.is_file()
    assert project.interface.is_file()
    for folder in (project.sources, project.raw, project.splits, project.batches):
        assert list(folder.iterdir()) == []


def test_a_new_project_may_take_an_empty_folder(tmp_path: Path) -> None:
    assert make_project(tmp_path).root == tmp_path.resolve()


@pytest.mark.parametrize("is_file", [True, False], ids=["a file", "a folder in use"])
def test_a_new_project_takes_nothing_that_is_in_use(tmp_path: Path, is_file: bool) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(UsageError, match="folder-in-use"):
        make_project(tmp_path / "notes.txt" if is_file else tmp_path)

    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_template_is_what_ships() -> None:
    assert (template_root() / "schemas" / "labels.toml").is_file()
    assert (template_root() / "annotations" / "interface.xml").is_file()

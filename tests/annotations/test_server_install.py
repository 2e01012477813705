import re
import socket
import stat
from pathlib import Path

import pytest

from tollwire.annotations.credentials import (
    Account,
    Credentials,
    credentials_path,
    read_credentials,
    write_credentials,
)
from tollwire.annotations.install import CONSTRAINTS, SERVER_VERSION, VENV_VARIABLE, install_server
from tollwire.annotations.server import LOOPBACK, free_port, server_status, start_server, stop_server
from tollwire.problems import ServiceError, UsageError
from tollwire.project import Project

ANN = Account("ann@example.org", "ann's password", "ann's token")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose own environment would have to be installed, on a machine where pip finds nothing."""
    monkeypatch.delenv(VENV_VARIABLE, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return Project(tmp_path)


def test_the_constraints_are_names_and_versions_only() -> None:
    lines = CONSTRAINTS.read_text("utf-8").splitlines()

    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []
    assert f"label-studio=={SERVER_VERSION}" in lines


def test_an_install_that_failed_says_where_to_read_on_and_is_done_again(project: Project) -> None:
    with pytest.raises(ServiceError, match=r"install\.log: \[studio-install\].*label-studio"):
        start_server(project)
    left_over = project.studio / "venv" / "left-over"
    left_over.touch()
    told: list[str] = []

    with pytest.raises(ServiceError, match="studio-install"):
        install_server(project, told.append)

    assert not left_over.exists()
    assert told
    assert read_credentials(project) is None


def test_a_shared_environment_with_something_else_in_it_is_left_alone(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").touch()
    monkeypatch.setenv(VENV_VARIABLE, str(tmp_path / "mine"))

    with pytest.raises(UsageError, match="studio-venv"):
        install_server(project, print)

    assert (tmp_path / "mine" / "thesis.txt").exists()


def test_a_server_that_ends_while_starting_is_told_with_its_log(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "venv" / "bin" / "label-studio"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho no room\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setenv(VENV_VARIABLE, str(tmp_path / "venv"))

    with pytest.raises(ServiceError, match=r"server\.log: \[studio-ended\]"):
        start_server(project)

    assert (project.studio / "server.log").read_text() == "no room\n"
    assert server_status(project).url is None


def test_a_server_that_never_answers_is_stopped_and_told(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "venv" / "bin" / "label-studio"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv(VENV_VARIABLE, str(tmp_path / "venv"))

    with pytest.raises(ServiceError, match=r"\[studio-silent\]"):
        start_server(project, limit=1)

    assert server_status(project).url is None
    assert not stop_server(project)


def test_a_busy_port_is_passed_over() -> None:
    with socket.socket() as busy:
        busy.bind((LOOPBACK, 0))
        busy.listen()
        port = busy.getsockname()[1]

        assert free_port(port) > port


@pytest.mark.parametrize("port", [0, 80, 70000])
def test_a_number_that_is_no_port_is_wrong_use(port: int) -> None:
    with pytest.raises(UsageError, match="bad-port"):
        free_port(port)


def test_credentials_come_back_and_are_for_the_owner_only(project: Project) -> None:
    written = Credentials(ANN, {"bob@example.org": Account("bob@example.org", "b", "c")})

    write_credentials(project, written)
    write_credentials(project, written)

    assert read_credentials(project) == written
    assert stat.S_IMODE(credentials_path(project).stat().st_mode) == 0o600
    assert ANN.password not in repr(written)
    assert ANN.token not in repr(written)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"curator": {}, "labellers": {}}', '{"labellers": 1}'])
def test_credentials_that_are_not_ours_are_told_in_one_line(project: Project, content: str) -> None:
    project.studio.mkdir()
    credentials_path(project).write_text(content)

    with pytest.raises(ServiceError, match="bad-credentials"):
        read_credentials(project)


def test_a_state_file_of_a_dead_or_foreign_process_means_that_nothing_runs(project: Project) -> None:
    project.studio.mkdir()

    for content in ('{"pid": 1, "port": 8080}', '{"pid": 4194303, "port": 8080}', "{}", "half", "[]"):
        (project.studio / "server.json").write_text(content)
        assert server_status(project).url is None, content

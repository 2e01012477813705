import socket
import stat
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tollwire.annotations.accounts import add_user
from tollwire.annotations.client import Studio
from tollwire.annotations.connection import TOKEN_VARIABLE, URL_VARIABLE, connect
from tollwire.annotations.credentials import read_credentials
from tollwire.annotations.server import LOOPBACK, server_status, start_server, stop_server
from tollwire.problems import ServiceError, UsageError
from tollwire.project import Project

pytestmark = pytest.mark.live

INTERFACE = """<View><Text name="text" value="$text"/>
<Labels name="span" toName="text"><Label value="killed"/></Labels></View>"""
NINE = {
    "id": "c12-23",
    "type": "labels",
    "from_name": "span",
    "to_name": "text",
    "value": {"start": 12, "end": 23, "text": "nine people", "labels": ["killed"]},
}


def task(number: int, batch_key: str) -> dict[str, object]:
    data = {"text": "Rain killed nine people.", "number": number, "batch_key": batch_key}
    return {"data": data, "predictions": [{"model_version": "test", "result": [NINE]}]}


def test_starting_a_server_that_runs_gives_the_same_server(studio_project: Project) -> None:
    before = server_status(studio_project)

    again = start_server(studio_project, port=18080)

    assert again.was_running
    assert (again.url, again.pid) == (before.url, before.pid)
    assert again.new_password is None


def test_the_server_listens_on_the_loopback_only(studio_project: Project) -> None:
    port = urlsplit(server_status(studio_project).url or "").port
    assert port is not None

    with socket.socket() as here, socket.socket() as elsewhere:
        elsewhere.settimeout(2)
        assert here.connect_ex((LOOPBACK, port)) == 0
        # A server that is bound to every address answers on every address of the loopback too.
        assert elsewhere.connect_ex(("127.0.0.2", port)) != 0


def test_secrets_are_for_the_owner_only_and_stand_nowhere_else(studio_project: Project) -> None:
    status, credentials = server_status(studio_project), read_credentials(studio_project)
    assert credentials is not None
    secrets = (credentials.curator.password, credentials.curator.token)

    mode = stat.S_IMODE(status.credentials.stat().st_mode)
    command = Path(f"/proc/{status.pid}/cmdline").read_text()
    log = status.log.read_text()

    assert mode == 0o600
    assert stat.S_IMODE(studio_project.studio.stat().st_mode) == 0o700
    assert not [secret for secret in secrets if secret in command or secret in log or secret in repr(credentials)]


def test_two_labellers_get_accounts_and_tokens_of_their_own(studio_project: Project, studio: Studio) -> None:
    ann, bob = add_user(studio_project, "Ann@example.org"), add_user(studio_project, "bob@example.org")

    with connect(studio_project, "ann@example.org") as as_ann, connect(studio_project, "bob@example.org") as as_bob:
        assert (as_ann.email(), as_bob.email()) == ("ann@example.org", "bob@example.org")
    assert {"ann@example.org", "bob@example.org", studio.email()} <= set(studio.users().values())
    assert add_user(studio_project, "ann@example.org") == ann != bob


def test_an_account_that_the_server_refuses_is_told_in_its_words(studio_project: Project) -> None:
    with pytest.raises(ServiceError, match=r"account-refused.*8"):
        add_user(studio_project, "cleo@example.org", password="short")


def test_an_address_that_somebody_else_signed_up_with_is_refused(studio_project: Project, studio: Studio) -> None:
    with pytest.raises(ServiceError, match="account-exists"):
        add_user(studio_project, studio.email())


def test_an_address_that_is_none_is_wrong_use(studio_project: Project) -> None:
    with pytest.raises(UsageError, match="bad-email"):
        add_user(studio_project, "ann at home")


@pytest.mark.parametrize("token", ["f" * 40, "eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCJ9.c2lnbmF0dXJl"])
def test_a_wrong_token_is_told_in_one_line_without_the_token(
    studio: Studio, studio_project: Project, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv(URL_VARIABLE, studio.url)
    monkeypatch.setenv(TOKEN_VARIABLE, token)

    with pytest.raises(ServiceError, match=r"\[wrong-token\]") as error:
        connect(studio_project)

    assert error.value.exit_code == 3
    assert token not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_personal_access_token_opens_the_server_too(
    studio: Studio, studio_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    import httpx

    credentials = read_credentials(studio_project)
    assert credentials is not None
    header = {"Authorization": f"Token {credentials.curator.token}"}
    made = httpx.post(f"{studio.url}/api/token/", headers=header, trust_env=False).json()["token"]
    monkeypatch.setenv(URL_VARIABLE, studio.url)
    monkeypatch.setenv(TOKEN_VARIABLE, made)

    with connect(studio_project) as client:
        assert client.email() == studio.email()


def test_what_is_imported_is_counted_listed_labelled_and_exported(studio_project: Project, studio: Studio) -> None:
    made = studio.create_project("Round trip", INTERFACE, "<p>Mark it.</p>", labellers_per_task=2)
    add_user(studio_project, "ann@example.org")

    assert studio.import_tasks(made.id, [task(number, "one") for number in range(3)]) == 3
    assert studio.import_tasks(made.id, [task(number, "two") for number in range(2)]) == 2

    assert studio.find_project("Round trip") == made
    assert studio.find_project("round") is None
    assert made.interface == INTERFACE.strip()
    assert made.labellers_per_task == 2
    assert [studio.count_tasks(made.id, key) for key in ("one", "two", "three", None)] == [3, 2, 0, 5]
    stamps = list(studio.tasks(made.id))
    first = studio.tasks_after(made.id, limit=2)
    assert stamps == first + studio.tasks_after(made.id, first[-1].id)
    assert list(studio.tasks(made.id, batch_key="two")) == stamps[3:]

    with connect(studio_project, "ann@example.org") as ann:
        annotation = ann.create_annotation(stamps[1].id, [NINE], lead_time=12.5)
        ann.create_annotation(stamps[2].id, [], was_cancelled=True)
    changed = list(studio.tasks(made.id, updated_after=datetime.fromisoformat(stamps[-1].updated_at)))
    exported = list(studio.export(made.id, [stamp.id for stamp in stamps]))

    assert [stamp.id for stamp in changed] == [stamps[1].id, stamps[2].id]
    assert [found["id"] for found in exported] == [stamp.id for stamp in stamps]
    assert list(studio.export(made.id, [])) == []
    assert list(studio.export_all(made.id)) == exported
    assert [skipped["was_cancelled"] for skipped in exported[2]["annotations"]] == [True]
    (written,) = exported[1]["annotations"]
    assert written["id"] == annotation
    assert written["result"][0]["id"] == "c12-23"
    assert studio.users()[written["completed_by"]] == "ann@example.org"
    assert (written["lead_time"], written["ground_truth"]) == (12.5, False)


def test_an_interface_that_the_server_cannot_show_is_refused_with_its_reason(studio: Studio) -> None:
    assert studio.interface_refusal(INTERFACE) is None
    assert "nope" in (studio.interface_refusal(INTERFACE.replace('toName="text"', 'toName="nope"')) or "")


def test_a_request_that_the_server_refuses_is_told_in_its_words(studio: Studio) -> None:
    with pytest.raises(ServiceError, match=r"\[refused\].*at least 3 characters"):
        studio.create_project("x", INTERFACE, "")


def test_a_busy_port_is_passed_over_and_down_stops_the_server(
    tmp_path: Path, surroundings: None, studio_project: Project
) -> None:
    project = Project(tmp_path)
    with socket.socket() as busy:
        busy.bind((LOOPBACK, 0))
        busy.listen()
        port = busy.getsockname()[1]

        started = start_server(project, port=port)

        assert started.new_password
        assert f"{LOOPBACK}:{port}" not in (started.url or "")
    assert stop_server(project)
    assert server_status(project).url is None
    assert not stop_server(project)
    with pytest.raises(ServiceError, match=r"\[no-studio\].*tollwire studio up"):
        connect(project)
    with socket.socket() as gone:
        assert gone.connect_ex((LOOPBACK, urlsplit(started.url or "").port or 0)) != 0

    again = start_server(project, port=port)
    try:
        assert again.new_password is None
        with connect(project) as client:
            assert client.email() == started.email
    finally:
        stop_server(project)

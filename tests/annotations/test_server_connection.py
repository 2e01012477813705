"""How the client meets servers that fail. Those here are stand-ins: a real one does not fail when asked to."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.annotations.client import NoAnswerError, Studio
from tollwire.annotations.connection import TOKEN_VARIABLE, URL_VARIABLE, check_server, connect
from tollwire.problems import ServiceError
from tollwire.project import Project

TOKEN = "a" * 40
PERSONAL = "eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCJ9.c2lnbmF0dXJl"
VERSION = {"release": "1.23.2", "label-studio-os-package": {}}

Answer = tuple[int, Any] | None
Asked = list[tuple[str, str, str | None]]
Serve = Callable[[Callable[[str, str, str | None], Answer]], tuple[str, Asked]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Run a server on the loopback that answers as told: a status with JSON or text, or None to hang up."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[str, str, str | None], Answer]) -> tuple[str, Asked]:
        asked: Asked = []

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                self.rfile.read(int(self.headers.get("content-length") or 0))
                request = (self.command, self.path.split("?")[0], self.headers.get("authorization"))
                asked.append(request)
                given = answer(*request)
                if given is None:
                    self.close_connection = True
                    return
                body = given[1] if isinstance(given[1], str) else json.dumps(given[1])
                self.send_response(given[0])
                if 300 <= given[0] < 400:
                    self.send_header("location", body)
                self.send_header("content-length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_POST = do_PATCH = handle_any  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}", asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_read_is_tried_again_until_the_server_is_back(serve: Serve) -> None:
    answers = iter([None, (503, "busy"), (429, "slow down"), (200, VERSION)])
    url, asked = serve(lambda *request: next(answers))

    with Studio(url, TOKEN) as studio:
        assert studio.version() == "1.23.2"

    assert len(asked) == 4


def test_a_read_that_never_works_ends_in_one_line(serve: Serve) -> None:
    url, asked = serve(lambda *request: (503, "busy"))

    with Studio(url, TOKEN, attempts=2) as studio, pytest.raises(ServiceError, match=r"\[server-error\].*503"):
        studio.version()

    assert len(asked) == 2


@pytest.mark.parametrize("answer", [None, (502, "bad gateway"), (504, "timeout")])
def test_an_import_without_an_answer_is_not_sent_again(serve: Serve, answer: Answer) -> None:
    url, asked = serve(lambda *request: answer)

    with Studio(url, TOKEN) as studio, pytest.raises(NoAnswerError):
        studio.import_tasks(1, [{"data": {}}])

    assert [method for method, _, _ in asked] == ["POST"]


def test_a_short_lived_token_that_ran_out_is_traded_again_once(serve: Serve) -> None:
    issued = iter(["first", "second"])
    valid = {"first"}

    def answer(method: str, path: str, authorization: str | None) -> Answer:
        if path == "/api/token/refresh/":
            return 200, {"access": next(issued)}
        return (200, VERSION) if authorization in {f"Bearer {name}" for name in valid} else (401, {"detail": "expired"})

    url, asked = serve(answer)
    with Studio(url, PERSONAL) as studio:
        studio.version()
        valid.clear()
        valid.add("second")

        assert studio.version() == "1.23.2"

    assert [path for _, path, _ in asked].count("/api/token/refresh/") == 2


def test_a_personal_token_that_is_refused_twice_is_a_wrong_token(serve: Serve) -> None:
    def answer(method: str, path: str, authorization: str | None) -> Answer:
        return (200, {"access": "short"}) if path == "/api/token/refresh/" else (401, {"detail": "expired"})

    url, asked = serve(answer)

    with Studio(url, PERSONAL) as studio, pytest.raises(ServiceError, match=r"\[wrong-token\]") as error:
        studio.version()

    assert PERSONAL not in str(error.value)
    assert [path for _, path, _ in asked] == ["/api/token/refresh/", "/api/version"]


@pytest.mark.parametrize("token", [TOKEN, PERSONAL])
@pytest.mark.parametrize(
    "answer",
    [(200, "<html>hello</html>"), (200, {"release": "1.23.2"}), (200, []), (302, "https://example.org/login")],
)
def test_another_kind_of_server_is_told_apart(serve: Serve, answer: Answer, token: str) -> None:
    url, _ = serve(lambda *request: answer)

    with Studio(url, token) as studio, pytest.raises(ServiceError, match=r"\[not-label-studio\]"):
        check_server(studio)


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org", "http://[::1", "http://a b:x"])
def test_an_address_that_is_none_is_told_in_one_line(url: str) -> None:
    with pytest.raises(ServiceError, match=r"\[(not-label-studio|unreachable)\]"), Studio(url, TOKEN, 1) as studio:
        studio.version()


def test_an_old_server_is_told_its_version(serve: Serve) -> None:
    url, _ = serve(lambda *request: (200, {**VERSION, "release": "1.4.1"}))

    with Studio(url, TOKEN) as studio, pytest.raises(ServiceError, match=r"\[old-server\].*1\.4\.1"):
        check_server(studio)


def test_nobody_at_the_address_is_unreachable() -> None:
    with Studio("http://127.0.0.1:9", TOKEN, attempts=2) as studio, pytest.raises(ServiceError, match="unreachable"):
        check_server(studio)


@given(token=st.text().filter(lambda text: not text.strip().isascii() or " " in text.strip()))
def test_no_text_in_place_of_a_token_gets_further_than_a_line_that_does_not_show_it(token: str) -> None:
    with pytest.raises(ServiceError, match=r"\[wrong-token\]") as error:
        Studio("http://127.0.0.1:9", token)

    assert error.value.problems[0].what == "the token is empty or has characters that no token has"


def test_one_variable_without_the_other_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL_VARIABLE, "http://127.0.0.1:9")
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)

    with pytest.raises(ServiceError, match=f"{TOKEN_VARIABLE} is not set"):
        connect(Project(tmp_path))


def test_a_project_without_a_server_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)

    with pytest.raises(ServiceError, match=r"\[no-studio\].*tollwire studio up") as error:
        connect(Project(tmp_path))

    assert error.value.exit_code == 3

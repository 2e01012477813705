"""Run the embedded Label Studio server: one per project, on this machine only, alive after the command has ended."""

import json
import os
import secrets
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from tollwire.annotations.client import Studio
from tollwire.annotations.credentials import Account, Credentials, credentials_path, read_credentials, write_credentials
from tollwire.annotations.install import Progress, alone, install_server
from tollwire.problems import Problem, ServiceError, UsageError
from tollwire.project import Project

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8080
PORTS_TRIED = 100
START_LIMIT = 300  # seconds; a first start was seen to take 25 to 62 on two cores, and makes the database meanwhile
STOP_LIMIT = 20
CURATOR = "curator@tollwire.local"


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """The embedded server of a project: where it listens and as whom to log in; ``url`` is None when it is down."""

    url: str | None
    pid: int | None
    email: str | None
    log: Path
    credentials: Path
    was_running: bool = False
    # The password only right after it was made up, to be shown this once.
    new_password: str | None = field(default=None, repr=False)


def start_server(
    project: Project, port: int = DEFAULT_PORT, progress: Progress = lambda line: None, limit: float = START_LIMIT
) -> ServerStatus:
    """
    Install the server if need be, start it on the loopback and wait until it answers; once it runs, say where.

    Takes the next free port when ``port`` is busy. ``limit`` is in seconds, for the start without the install.

    Raises:
        ServiceError: it could not be installed, ended at once, or did not answer in time; the message names the log.
        UsageError: no port is free.
    """
    project.studio.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(project.studio / "lock"):
        status = server_status(project)
        if status.url and status.pid and (credentials := read_credentials(project)):
            _wait(project, status.pid, status.url, credentials.curator, limit)
            return replace(status, was_running=True)
        program = install_server(project, progress)
        credentials = read_credentials(project)
        new = credentials is None
        if credentials is None:
            credentials = Credentials(Account(CURATOR, secrets.token_urlsafe(12), secrets.token_hex(20)))
            write_credentials(project, credentials)
        port = free_port(port)
        url = f"http://{LOOPBACK}:{port}"
        progress(f"starting Label Studio on {url} (the first start takes up to a minute)")
        pid = _launch(project, program, port, credentials.curator)
        try:
            _write_state(project, pid, port)
            _wait(project, pid, url, credentials.curator, limit)
        except BaseException:
            _end(pid)
            raise
        status = server_status(project)
        return replace(status, new_password=credentials.curator.password if new else None)


def stop_server(project: Project) -> bool:
    """Stop the embedded server; False when it was not running. Its data stay."""
    if not project.studio.is_dir():
        return False
    with alone(project.studio / "lock"):
        state = _read_state(project)
        if state is not None:
            _end(state[0])
        _state_path(project).unlink(missing_ok=True)
        return state is not None


def server_status(project: Project) -> ServerStatus:
    """Say whether the embedded server runs, and where."""
    state = _read_state(project)
    credentials = read_credentials(project)
    return ServerStatus(
        url=f"http://{LOOPBACK}:{state[1]}" if state else None,
        pid=state[0] if state else None,
        email=credentials.curator.email if credentials else None,
        log=_log_path(project),
        credentials=credentials_path(project),
    )


def free_port(first: int) -> int:
    """
    Find the first port from ``first`` on that nobody listens on.

    Raises:
        UsageError: a hundred ports in a row are busy, or ``first`` is not a port.
    """
    if not 1024 <= first <= 65535:
        raise UsageError(Problem("--port", "bad-port", f"{first} is not between 1024 and 65535", "leave it out"))
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        with socket.socket() as probe, socket.socket() as listener:
            # Some systems let two listen on one port when one names the loopback and one does not: so ask both ways.
            if probe.connect_ex((LOOPBACK, port)) == 0:
                continue
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise UsageError(Problem("--port", "no-free-port", f"{PORTS_TRIED} ports from {first} on are busy", "name another"))


def _launch(project: Project, program: Path, port: int, curator: Account) -> int:
    # Nothing else of the environment: the server would take LABEL_STUDIO_HOST, DJANGO_DB, even a bare PORT or DEBUG.
    inherited = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ")
    environment = {name: os.environ[name] for name in inherited if name in os.environ} | {
        "LABEL_STUDIO_BASE_DATA_DIR": str((project.studio / "data").absolute()),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        # Only by these names: a page elsewhere that points its own name at the loopback gets no answer.
        "LABEL_STUDIO_ALLOWED_HOSTS": f"{LOOPBACK},localhost",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "COLLECT_ANALYTICS": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LATEST_VERSION_CHECK": "false",
        # In the environment, for everybody on this machine can read a command line.
        "LABEL_STUDIO_USERNAME": curator.email,
        "LABEL_STUDIO_PASSWORD": curator.password,
        "LABEL_STUDIO_USER_TOKEN": curator.token,
    }
    (project.studio / "data").mkdir(mode=0o700, exist_ok=True)
    command = [str(program), "start", "--no-browser", "--internal-host", LOOPBACK, "--port", str(port)]
    with _log_path(project).open("ab") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True,
            cwd=project.studio,
        )  # fmt: skip
    # It outlives us on purpose; only if it ends before us, somebody has to take note, or it stays behind as a zombie.
    threading.Thread(target=process.wait, daemon=True).start()
    return process.pid


def _wait(project: Project, pid: int, url: str, curator: Account, limit: float) -> None:
    """Wait until the server answers on our port with our token: a busy port would have moved it without a word."""
    import httpx

    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        if not _is_alive(pid):
            raise _failure(project, "studio-ended", "Label Studio ended while starting")
        try:
            if httpx.get(f"{url}/health", trust_env=False, timeout=5).status_code == 200:
                break
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    else:
        raise _failure(project, "studio-silent", f"Label Studio did not answer on {url} within {limit:.0f} seconds")
    try:
        with Studio(url, curator.token) as studio:
            studio.email()
    except ServiceError as refusal:
        raise _failure(
            project, "studio-credentials", f"what answers on {url} does not know the token in credentials.json",
            "put back the credentials.json that belongs to .studio/data; or delete both to begin with an empty server",
        ) from refusal  # fmt: skip


def _failure(project: Project, rule: str, what: str, fix: str = "read the end of this file") -> ServiceError:
    return ServiceError(Problem(str(_log_path(project)), rule, what, fix))


def _end(pid: int) -> None:
    """End the server and whatever it started: politely, and after a while not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if not _is_server(pid):
            return
        os.killpg(pid, number)
        deadline = time.monotonic() + STOP_LIMIT
        while _is_alive(pid) and time.monotonic() < deadline:
            time.sleep(0.1)


def _is_server(pid: int) -> bool:
    """Say whether this process is alive and is a Label Studio: after a restart of the machine, a pid is another's."""
    command = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        try:
            return b"label-studio" in command.read_bytes()
        except OSError:
            return False
    shown = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, check=False)
    return b"label-studio" in shown.stdout


def _is_alive(pid: int) -> bool:
    """Say whether a process still holds anything; one that has ended but that nobody took note of does not."""
    if not Path("/proc/self/task").exists():
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True
    # Every thread, for the first may have ended while another still holds the port.
    for thread in Path(f"/proc/{pid}/task").glob("*/stat"):
        try:
            if thread.read_text("utf-8").rpartition(")")[2].split()[0] not in ("Z", "X"):
                return True
        except OSError:
            continue  # It ended while we looked.
    return False


def _read_state(project: Project) -> tuple[int, int] | None:
    """Give the pid and port of the server if it is alive."""
    try:
        state = json.loads(_state_path(project).read_text("utf-8"))
        pid, port = int(state["pid"]), int(state["port"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return (pid, port) if _is_server(pid) else None


def _write_state(project: Project, pid: int, port: int) -> None:
    aside = _state_path(project).with_suffix(".tmp")
    aside.write_text(json.dumps({"pid": pid, "port": port}) + "\n", "utf-8")
    aside.replace(_state_path(project))


def _state_path(project: Project) -> Path:
    return project.studio / "server.json"


def _log_path(project: Project) -> Path:
    return project.studio / "server.log"

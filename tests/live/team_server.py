"""A team's own server as docs/team.md sets it up: Label Studio on PostgreSQL, with the settings that the page names."""

import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from parts import missing

from tollwire.annotations.server import LOOPBACK, free_port

PAGE = Path(__file__).parents[2] / "docs" / "team.md"
OWNER = "postgres"  # PostgreSQL does not run as root; Debian's package makes this account for it
LEAD = "lead@example.org"
START_LIMIT = 400  # seconds; the first start makes the tables

# The server's own setting, shortened: short-lived tokens live for five minutes otherwise.
SHORT_LIVED = """from core.settings.base import *  # asked for while the next module is still being read
from core.settings.label_studio import *
from datetime import timedelta
SIMPLE_JWT = {**globals().get("SIMPLE_JWT", {}), "ACCESS_TOKEN_LIFETIME": timedelta(seconds=%d)}
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL server on the loopback, as its superuser."""

    programs: Path
    port: int
    password: str

    def run(self, program: str, *words: str, **settings: str) -> str:
        """Run one of its programs, as somebody at the shell would, and give what it prints."""
        account = {"PGHOST": LOOPBACK, "PGPORT": str(self.port), "PGUSER": OWNER, "PGPASSWORD": self.password}
        ran = subprocess.run(
            [str(self.programs / program), *words],
            env={**os.environ, **account, **settings}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run a new PostgreSQL server in a folder of its own; skip where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [shutil.which("initdb")]
    if not found[-1]:
        missing("no PostgreSQL for a team's server", "apt-get install postgresql")
    programs = Path(found[-1]).parent
    as_owner = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = Postgres(programs, free_port(15432), secrets.token_hex(16))
        (folder / "password").write_text(made.password)
        if os.geteuid() == 0:
            account = pwd.getpwnam(OWNER)
            as_owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            for path in (folder, folder / "password"):
                os.chown(path, account.pw_uid, account.pw_gid)

        def run(program: str, *words: str) -> None:
            words = (str(programs / program), "--pgdata", str(folder / "data"), *words)
            log = (folder / "log").open("a")
            ran = subprocess.run(words, stdout=log, stderr=log, cwd=folder, check=False, **as_owner)
            assert ran.returncode == 0, (folder / "log").read_text()

        run("initdb", "--username", OWNER, "--auth", "scram-sha-256", "--pwfile", str(folder / "password"))
        # -F: no waiting for the disk; what is lost when the machine fails is only this test's.
        run("pg_ctl", "start", "--wait", "--options", f"-F -p {made.port} -h {LOOPBACK} -k {folder}")
        try:
            yield made
        finally:
            run("pg_ctl", "stop", "--wait", "--mode", "immediate")


@dataclass(frozen=True, slots=True)
class TeamServer:
    """Label Studio on PostgreSQL: its address, and the two kinds of token of its lead."""

    url: str
    legacy: str
    personal: str


@contextmanager
def team_server(database: Postgres, venv: Path, folder: Path, token_seconds: int) -> Iterator[TeamServer]:
    """Set a server up with the commands and settings of docs/team.md; short-lived tokens live ``token_seconds``."""
    page = PAGE.read_text("utf-8")
    password, token = secrets.token_urlsafe(12), secrets.token_hex(20)
    database.run("psql", "--command", f"create role tollwire login password '{password}'")
    database.run("createdb", "--owner", "tollwire", "labelstudio")
    (folder / "short_lived.py").write_text(SHORT_LIVED % token_seconds)
    port = free_port(18480)
    settings = dict(re.findall(r"^    ([A-Z_]+)=(.*)$", page, re.MULTILINE)) | {
        "POSTGRE_PASSWORD": password,
        "POSTGRE_PORT": str(database.port),
        "LABEL_STUDIO_PASSWORD": password,
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"),
        "LABEL_STUDIO_USER_TOKEN": token,
        "DJANGO_SETTINGS_MODULE": "short_lived",
        "PYTHONPATH": str(folder),
    }
    command = re.search(r"^    \S+/label-studio (start .*)--port \d+$", page, re.MULTILINE)
    assert command is not None
    words = [str(venv / "bin" / "label-studio"), *command[1].split(), "--port", str(port)]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **settings}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, env=environment, stdout=log, stderr=log, cwd=folder)
    try:
        url = f"http://{LOOPBACK}:{port}"
        deadline = time.monotonic() + START_LIMIT
        while not _answers(url):
            assert process.poll() is None, (folder / "log").read_text()[-2000:]
            assert time.monotonic() < deadline, (folder / "log").read_text()[-2000:]
            time.sleep(0.5)
        header = {"Authorization": f"Token {token}"}
        personal = httpx.post(f"{url}/api/token/", headers=header, trust_env=False).json()["token"]
        yield TeamServer(url, token, personal)
    finally:
        process.terminate()
        process.wait(60)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", trust_env=False, timeout=5).status_code == 200
    except httpx.TransportError:
        return False

"""Install the Label Studio server into an environment of its own: its dependencies clash with ours."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tollwire.problems import Problem, ServiceError, UsageError, shown
from tollwire.project import Project

SERVER_VERSION = "1.23.2"
CONSTRAINTS = Path(__file__).with_name("studio-constraints.txt")
VENV_VARIABLE = "TOLLWIRE_STUDIO_VENV"

Progress = Callable[[str], None]


def install_server(project: Project, progress: Progress) -> Path:
    """
    Make sure that the pinned server is installed; give the path of its program.

    An install that was interrupted, or is of another version, is done again from the start.
    ``TOLLWIRE_STUDIO_VENV`` names an environment that several projects share.

    Raises:
        ServiceError: pip could not install it.
        UsageError: ``TOLLWIRE_STUDIO_VENV`` names a folder with something else in it.
    """
    shared = os.environ.get(VENV_VARIABLE)
    venv = Path(shared).absolute() if shared else project.studio / "venv"
    venv.parent.mkdir(parents=True, exist_ok=True)
    with alone(venv.with_name(venv.name + ".lock")):
        return _install(project, venv, shared, progress)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time do what follows; the lock goes with the process that holds it."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(project: Project, venv: Path, shared: str | None, progress: Progress) -> Path:
    program = venv / "bin" / "label-studio"
    begun, done = venv / "tollwire-begun", venv / "tollwire-done"
    digest = hashlib.sha256(CONSTRAINTS.read_bytes()).hexdigest()
    wanted = f"label-studio {SERVER_VERSION}, constraints {digest}\n"
    if done.is_file() and done.read_text("utf-8") == wanted:
        return program
    if shared and venv.is_dir() and not begun.is_file() and any(venv.iterdir()):
        if program.is_file():
            return program  # Somebody else installed it there and answers for its version.
        raise UsageError(
            Problem(shared, "studio-venv", "the folder holds something else than Label Studio",
                    f"name an empty or new folder in {VENV_VARIABLE}, or unset it")
        )  # fmt: skip
    shutil.rmtree(venv, ignore_errors=True)
    venv.mkdir(parents=True)
    begun.touch()
    log = project.studio / "install.log"
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    progress(f"installing Label Studio {SERVER_VERSION} (once; about two minutes and 1 GB)")
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    packages = ["--progress-bar", "off", "-c", str(CONSTRAINTS), f"label-studio=={SERVER_VERSION}"]
    with log.open("w", encoding="utf-8") as file:
        for command in ([sys.executable, "-m", "venv", str(venv)], [*pip, *packages]):
            _run(command, file.write, progress, log)
    done.write_text(wanted, "utf-8")
    return program


def _run(command: list[str], write: Callable[[str], object], progress: Progress, log: Path) -> None:
    fetched, telling = 0, ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            write(line)
            # The first error says what is wrong, the last line only that something is.
            if not telling.startswith("ERROR"):
                telling = line.strip() or telling
            if line.startswith("Collecting "):
                fetched += 1
                if fetched % 25 == 0:
                    progress(f"installing Label Studio: {fetched} packages fetched")
            elif line.startswith("Installing collected packages"):
                progress(f"installing Label Studio: unpacking {fetched} packages")
    if process.returncode:
        raise ServiceError(
            Problem(str(log), "studio-install", f"installing Label Studio failed: {shown(telling, 200)}",
                    "read the file, mend the cause, and run `tollwire studio up` again")
        )  # fmt: skip

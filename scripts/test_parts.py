"""Bring the real parts of the tests that are not in their environment: a browser, a database, an older `datasets`."""

import os
import shutil
import subprocess
import sys
import venv
from glob import glob
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
OLDER = CHECKOUT / ".venv" / "older-datasets"
PINNED = CHECKOUT / "tests" / "release" / "older_datasets.txt"
# Debian's packages: where one is to be found when it is there, its name, what is skipped without it.
PACKAGES = (
    ("/usr/bin/chromium", "chromium", "the tests of the labelling page"),
    ("/usr/lib/postgresql/*/bin/initdb", "postgresql", "the tests of a team's server"),
)


def main() -> None:
    """Bring what can be brought without asking; the tests that need the rest say so."""
    bring_packages([one for one in PACKAGES if not glob(one[0])])
    bring_older_datasets()


def bring_packages(lacking: list[tuple[str, str, str]]) -> None:
    """Install packages of Debian where that is possible without asking."""
    if not lacking:
        return
    names = [name for _, name, _ in lacking]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        for _, name, what in lacking:
            print(f"no {name}: {what} are skipped; `apt-get install {name}` brings it")
        return
    print(f"installing {' and '.join(names)} for {' and '.join(what for *_, what in lacking)} (once)", flush=True)
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *names]):
        done = subprocess.run(["apt-get", "--quiet", *command], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"`apt-get {' '.join(command)}` failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            return


def bring_older_datasets() -> None:
    """Make an environment with the oldest `datasets` that releases are loaded with."""
    stamp = OLDER / PINNED.name
    if stamp.is_file() and stamp.read_bytes() == PINNED.read_bytes():
        return
    print("installing datasets 3.6 in an environment of its own (once)", flush=True)
    venv.create(OLDER, with_pip=True, clear=True)
    command = [OLDER / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", PINNED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"it failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return
    shutil.copy(PINNED, stamp)


if __name__ == "__main__":
    main()

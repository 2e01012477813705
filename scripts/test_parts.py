"""Bring the real parts of the tests that are not in their environment: a browser, and an older `datasets` beside it."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
CHECKOUT = Path(__file__).parents[1]
OLDER = CHECKOUT / ".venv" / "older-datasets"
PINNED = CHECKOUT / "tests" / "release" / "older_datasets.txt"


def main() -> None:
    """Bring what can be brought without asking; the tests that need the rest say so."""
    bring_browser()
    bring_older_datasets()


def bring_browser() -> None:
    """Install Chromium where that is possible without asking; the tests that need it say so where it is not."""
    if os.path.exists(CHROMIUM):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print("no Chromium: the tests of the labelling page are skipped; `apt-get install chromium` brings it")
        return
    print("installing Chromium for the tests of the labelling page (once)", flush=True)
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
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

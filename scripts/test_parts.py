"""Bring the real part that the tests use and pip cannot bring: a browser, as root on Debian; else say so."""

import os
import shutil
import subprocess
import sys

CHROMIUM = "/usr/bin/chromium"


def main() -> None:
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


if __name__ == "__main__":
    main()

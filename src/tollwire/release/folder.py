"""Publish into a folder: ``DIR/vX.Y.Z``, copied aside, read back, renamed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tollwire.problems import TollwireError
from tollwire.release.manifest import MANIFEST, manifest_problems
from tollwire.release.publish import Plan, files_of, size_of, version_taken


class Folder:
    """A folder of versions on this machine, or one that is mounted here."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def plan(self, release: Path, version: str) -> Plan:
        place = self._root / f"v{version}"
        if not place.exists():
            names = files_of(release)
            return Plan(str(place), version, False, tuple(names), size=size_of(release, names))
        manifest = place / MANIFEST
        if not manifest.is_file() or manifest.read_bytes() != (release / MANIFEST).read_bytes():
            raise version_taken(str(place), version)
        if problems := manifest_problems(place):
            raise TollwireError(problems)
        return Plan(str(place), version, True)

    def publish(self, release: Path, plan: Plan, tell: Callable[[str], None]) -> str:
        place, aside = self._root / f"v{plan.version}", self._root / f"v{plan.version}.tmp"
        shutil.rmtree(aside, ignore_errors=True)
        for name in files_of(release):
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(release / name, path)
            _settle(path)
        if problems := manifest_problems(aside):
            raise TollwireError(problems)
        tell(f"{len(files_of(release))} files are copied and read back")
        aside.rename(place)
        _settle(self._root)
        return f'tollwire.load("{self._root}", "{plan.version}")'


def _settle(path: Path) -> None:
    """Have the system write to the disk now what was written to a file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

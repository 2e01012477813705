"""Publish a release: whole or not at all, read back and proven, and never over another one of the same version."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tollwire.problems import Problem, TollwireError, UsageError
from tollwire.release.manifest import MANIFEST, manifest_problems, read_manifest

HUB = re.compile(r"(?:hf://datasets/)?([\w][\w.-]*/[\w][\w.-]*)")
SCHEME = re.compile(r"[a-z][a-z0-9+]+://")


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What publishing changes at a target: the files that are written and those that are taken away.

    ``is_there`` says that the version is there already, as it is here. ``head`` is the state of the target that was
    looked at, where it has a name; publishing onto another one is refused.
    """

    where: str
    version: str
    is_there: bool
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    size: int = 0
    head: str | None = None


class Target(Protocol):
    """A place that releases are published to."""

    def plan(self, release: Path, version: str) -> Plan:
        """Say what would change. Raises TollwireError when another content has this version."""

    def publish(self, release: Path, plan: Plan, tell: Callable[[str], None]) -> str:
        """Publish and prove by reading back; afterwards the version is there as a whole. Returns how to load it."""


def find_target(name: str) -> Target:
    """
    Tell what a target is: ``hf://datasets/OWNER/NAME`` or OWNER/NAME, an address of another store, or a folder.

    OWNER/NAME is the Hub, unless there is such a folder; a new folder is written ./OWNER/NAME.

    Raises:
        UsageError: it is none of these.
    """
    if SCHEME.match(name) and not name.startswith("hf://"):
        from tollwire.release.store import Store

        return Store(name)
    if (found := HUB.fullmatch(name)) and not Path(name).is_dir():
        from tollwire.release.hub import Hub

        return Hub(found[1])
    if name.startswith("hf://"):
        fix = "name a dataset, such as hf://datasets/owner/name"
        raise UsageError(Problem("--to", "bad-target", f"{name} is not the name of a dataset on the Hub", fix))
    from tollwire.release.folder import Folder

    return Folder(Path(name))


def publish(
    release: Path, target: Target, dry_run: bool = False, tell: Callable[[str], None] = lambda line: None
) -> tuple[Plan, str | None]:
    """
    Publish a release to a target, after its files were checked against its manifest.

    Publishing what is there already changes nothing. Without ``dry_run`` what is given beside the plan is how to load
    the version from there; ``tell`` is told what goes on.

    Raises:
        UsageError: the folder is no release.
        TollwireError: a file is not as it was built, or another content has this version at the target.
        ServiceError: the target cannot be reached, refused us, or gave back other bytes.
    """
    manifest = read_manifest(release)
    version = str(manifest["version"])
    if problems := manifest_problems(release):
        raise TollwireError(problems)
    if "hydrated" in manifest:
        fix = "publish the release that it was made of"
        raise UsageError(Problem(str(release), "hydrated-release", "it has texts that may not be passed on", fix))
    plan = target.plan(release, version)
    if dry_run or plan.is_there:
        return plan, None
    return plan, target.publish(release, plan, tell)


def version_taken(where: str, version: str) -> TollwireError:
    """Say that another content has this version."""
    what = f"{version} is published there with another content"
    return TollwireError(Problem(where, "version-taken", what, "a version never changes: release a larger one"))


def files_of(release: Path) -> list[str]:
    """List the files of a release, the manifest last: where files appear one by one, it says that all are there."""
    return [*(str(entry["path"]) for entry in read_manifest(release)["files"]), MANIFEST]


def size_of(release: Path, names: list[str]) -> int:
    """Give how many bytes these files of a release have."""
    return sum((release / name).stat().st_size for name in names)

"""Versions of the data, MAJOR.MINOR.PATCH: read, put in order, and computed from what changed."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Self

from tollwire.problems import Problem, UsageError
from tollwire.release.manifest import MANIFEST

LEVELS = ("patch", "minor", "major")  # from the least
NUMBER = r"(0|[1-9]\d*)"
VERSION = re.compile(rf"{NUMBER}\.{NUMBER}\.{NUMBER}")
HEADING = re.compile(rf"^## v?({NUMBER}\.{NUMBER}\.{NUMBER})\b", re.MULTILINE)


class Version(NamedTuple):
    """A version; a later one is greater."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a version. Raises UsageError when it is not three numbers."""
        found = VERSION.fullmatch(text)
        if not found:
            what, fix = f'"{text}" is not a version', "give three numbers, such as 0.1.0"
            raise UsageError(Problem("version", "bad-version", what, fix))
        return cls(*map(int, found.groups()))

    def after(self, level: str) -> Self:
        """Give the least version that may follow this one when something of that level changed."""
        if level == "major":
            return type(self)(self.major + 1, 0, 0)
        if level == "minor":
            return type(self)(self.major, self.minor + 1, 0)
        return type(self)(self.major, self.minor, self.patch + 1)


FIRST = Version(0, 1, 0)


def greatest_level(levels: Iterable[str]) -> str | None:
    """Give the level that decides over a version; None when there is none."""
    return max(levels, key=LEVELS.index, default=None)


def built_versions(releases: Path) -> list[Version]:
    """List the versions whose finished folders are in ``releases``, the earliest first."""
    names = [path.parent.name for path in releases.glob(f"*/{MANIFEST}")]
    return sorted(Version.read(name) for name in names if VERSION.fullmatch(name))


def told_versions(changelog: str) -> list[Version]:
    """List the versions that have a heading in a changelog, the earliest first."""
    return sorted(Version.read(found[1]) for found in HEADING.finditer(changelog))

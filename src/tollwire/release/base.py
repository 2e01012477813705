"""Which version a release follows, and which number it has to have for what changed since."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.problems import Problem, UsageError
from tollwire.project import Project
from tollwire.release.change_report import forcing, lines, paragraph
from tollwire.release.manifest import read_manifest
from tollwire.release.reading import find_release
from tollwire.release.versions import FIRST, HEADING, Version, built_versions, greatest_level, told_versions

if TYPE_CHECKING:
    import polars

NO_BASE = "none"


@dataclass(frozen=True, slots=True)
class Base:
    """The version that a release follows, in the folder where it is."""

    folder: Path
    version: Version


def find_base(project: Project, version: Version | None, against: str | None) -> Base | None:
    """
    Find the version before ``version``: the one named by ``against``, else the latest in ``release/``.

    None when there is none, or ``against`` is "none".

    Raises:
        UsageError: the one named is no release; or the changelog tells of a later version than those that are there.
    """
    if against == NO_BASE:
        return None
    if against is not None:
        folder = find_release(project.release, against)
        return Base(folder, Version.read(read_version(folder)))
    built = [one for one in built_versions(project.release) if version is None or one < version]
    latest = max(built, default=None)
    told = told_versions((project.root / "CHANGELOG.md").read_text("utf-8"))
    # The last heading of a changelog may be that of the version in preparation.
    before = [one for one in told if one < version] if version is not None else told[:-1]
    if before and (latest is None or before[-1] > latest):
        what = f"CHANGELOG.md tells of {before[-1]}, and {project.release.name}/ has no such folder"
        fix = f"fetch it and name it with --against FOLDER; or --against {NO_BASE}, and the version is not checked"
        raise UsageError(Problem("release", "missing-base", what, fix))
    return Base(project.release / str(latest), latest) if latest else None


def read_version(folder: Path) -> str:
    """Read which version a release says that it is."""
    return str(read_manifest(folder).get("version"))


def settle_version(version: Version | None, base: Base | None, changes: "polars.DataFrame", changelog: str) -> Version:
    """
    Give the version that a release has: the one wanted, if it is large enough, else the least that is.

    Without a base it is the one that the changelog tells of last, or 0.1.0.

    Raises:
        UsageError: the one wanted is too small; the rows that force a larger one are listed. Or none is wanted, and
            nothing changed.
    """
    if base is None:
        return version or max(told_versions(changelog), default=FIRST)
    level = greatest_level(changes["level"].unique())
    if version is None:
        if level is None:
            fix = f"to build that version again name it: tollwire release {base.version}"
            raise UsageError(Problem("release", "no-change", f"nothing differs from {base.version}", fix))
        return base.version.after(level)
    if level is not None and version < (least := base.version.after(level)):
        rows = forcing(changes, base.version, version)
        what = f"{version} is too small after {base.version}: {rows.height:,} changes force at least {least}"
        problems = [Problem("release", "version-too-small", what, f"release {least}, or leave the version out")]
        problems += [Problem(f"since {base.version}", "forces-version", line) for line in lines(rows)]
        raise UsageError(problems)
    return version


def changelog_with(changelog: str, version: Version, changes: "polars.DataFrame", base: Base | None) -> str:
    """Give the changelog with an entry on ``version``: where it has none, what changed is put in as one."""
    if version in told_versions(changelog):
        return changelog
    said = paragraph(changes, str(base.version)) if base else "First version."
    entry = f"## {version}\n\n### Data\n- {said}\n\n"
    found = HEADING.search(changelog)
    place = found.start() if found else len(changelog)
    gap = "" if found or changelog.endswith("\n\n") or not changelog else "\n"
    return changelog[:place] + gap + entry + changelog[place:]

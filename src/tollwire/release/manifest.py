"""The manifest: every file of a release with its size and digest, and the check that they are all as published."""

import json
from pathlib import Path, PurePosixPath
from typing import Any

from tollwire.contracts.whole_files import file_sha256
from tollwire.problems import Problem, TollwireError, shown
from tollwire.release.logical_hash import logical_hash

MANIFEST = "manifest.json"


def write_manifest(folder: Path, version: str, facts: dict[str, Any]) -> None:
    """Write the manifest of all that is in the folder, with ``facts`` about it. It is the last file to be written."""
    files = [_entry(folder, path) for path in _files(folder)]
    manifest = {"name": "tollwire", "version": version, **facts, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _files(folder: Path) -> list[Path]:
    """List the files of a release; hidden ones are the Hub client's own."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return sorted(path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _entry(folder: Path, path: Path) -> dict[str, Any]:
    entry: dict[str, Any] = {"path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size}
    entry["sha256"] = file_sha256(path)
    if path.suffix == ".parquet":
        import pyarrow.parquet as parquet

        entry["rows"] = parquet.read_metadata(path).num_rows
        entry["logical_xxh128"] = logical_hash(path)
    return entry


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a release's manifest. Raises TollwireError when the folder is no release, or its manifest is broken."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError as error:
        fix = "name the folder of one version, such as release/0.1.0"
        raise TollwireError(Problem(str(folder), "not-a-release", f"there is no {MANIFEST} in it", fix)) from error
    except ValueError as error:
        raise TollwireError(
            Problem(f"{folder.name}/{MANIFEST}", "broken-manifest", str(error), "fetch it again")
        ) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), list):
        raise TollwireError(
            Problem(f"{folder.name}/{MANIFEST}", "broken-manifest", "it lists no files", "fetch it again")
        )
    for entry in manifest["files"]:
        if not isinstance(entry, dict) or not _is_inside(entry.get("path")) or "sha256" not in entry:
            what = f"{shown(entry)} is no file of a release"
            raise TollwireError(Problem(f"{folder.name}/{MANIFEST}", "broken-manifest", what, "fetch it again"))
    return manifest


def _is_inside(path: object) -> bool:
    """Say whether a path leads to a place in its folder, and nowhere else."""
    return isinstance(path, str) and not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts


def manifest_problems(folder: Path) -> list[Problem]:
    """List each file of a release that is missing, changed, or not of it; an empty list when all is as published."""
    listed = {entry["path"]: entry for entry in read_manifest(folder)["files"]}
    present = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    problems = []
    for name in sorted(listed.keys() | present.keys()):
        where = f"{folder.name}/{name}"
        if name not in present:
            problems.append(
                Problem(where, "missing-file", "the manifest lists it, and it is not there", "fetch it again")
            )
        elif name not in listed:
            problems.append(
                Problem(where, "foreign-file", "the manifest does not list it", "take it out of the release")
            )
        elif (found := file_sha256(present[name])) != listed[name]["sha256"]:
            what = f"its SHA-256 is {found[:12]}..., the manifest says {listed[name]['sha256'][:12]}..."
            problems.append(Problem(where, "changed-file", what, "fetch it again"))
    return problems

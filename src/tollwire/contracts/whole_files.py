"""Files and folders that are whole or not there: written beside their place, then renamed; and known by a digest."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Yield where to write a file; it takes its place when nothing failed, and leaves nothing behind when it did."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.tmp")
    try:
        yield aside
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def folder_aside(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to write in; it takes its place, where there is none yet, when nothing failed."""
    aside = folder.with_name(f".{folder.name}.tmp")
    rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        yield aside
        os.replace(aside, folder)
    finally:
        rmtree(aside, ignore_errors=True)


def write_whole(path: Path, text: str) -> None:
    """Write a text file in UTF-8, whole or not at all."""
    with written_aside(path) as aside:
        aside.write_text(text, "utf-8")


def file_sha256(path: Path) -> str:
    """Digest the bytes of a file: SHA-256, in hex."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()

"""Find the files of raw records: in folders of this machine, and at addresses of fsspec such as ``s3://bucket/day``."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from io import BufferedReader
from pathlib import Path, PurePosixPath
from stat import S_ISLNK, S_ISREG
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote, unquote_to_bytes

from tollwire.contracts.records import Rejection
from tollwire.corpus.stores import StoredFile, find_store, store_failures
from tollwire.problems import Problem, UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

READ_AHEAD = 1 << 20  # bytes that are asked of a store at once
STAMP_BYTES = 16
# Nanoseconds after which a change to a file gives it another time: two seconds on FAT, some milliseconds elsewhere.
# A file that was changed later than so long ago is not known by its times (Git's "racy" index entries).
SETTLED = 2_000_000_000


@dataclass(frozen=True, slots=True)
class RawFile:
    """
    A file of so many bytes, read as often as it is asked; ``files`` is the store that it is in, if any.

    While its ``stamp`` is the same, its name and its bytes are; it is empty where nothing of that kind is known.
    """

    path: str
    raw_uri: str
    size: int
    files: "AbstractFileSystem | None" = None
    stamp: bytes = b""

    @property
    def suffixes(self) -> list[str]:
        """The suffixes of the file's name, in lower case; they tell what is in it."""
        return [f".{one}" for one in self.path.rpartition("/")[2].lstrip(".").lower().split(".")[1:]]

    def open(self) -> BinaryIO:
        """
        Open the file for reading from its start.

        Raises:
            OSError: a file of this machine cannot be read.
            ServiceError: a file in a store cannot; also while it is read.
        """
        if self.files is None:
            return open(self.path, "rb")
        return BufferedReader(StoredFile(self.files, self.path), READ_AHEAD)


def find_stored_files(address: str, base: str) -> Iterator[RawFile]:
    """
    List the file or files at an address, in the order of their names.

    Raises:
        UsageError: there is nothing, or no library that could read it.
        ServiceError: the store cannot be reached.
    """
    files, root = find_store(address, address)
    with store_failures(address, "run it again"):
        found = files.find(root, detail=True)
    if not found:
        raise UsageError(Problem(address, "no-such-path", "there is no such file or folder", "check the address"))
    for path in sorted(found):
        inner = PurePosixPath(path).relative_to(root)
        raw_uri = f"{base}/{quote(str(inner))}" if inner.parts else base
        yield RawFile(path, raw_uri, found[path]["size"] or 0, files, _stored_stamp(raw_uri, found[path]))


def _stored_stamp(raw_uri: str, info: dict[str, Any]) -> bytes:
    """Stamp a file of a store by the tag of its content, which stores of objects keep."""
    tag = info.get("ETag") or info.get("etag")
    return _digest(f"{raw_uri} {info['size']} {tag}") if tag else b""


def _digest(stated: str) -> bytes:
    return blake2b(stated.encode(), digest_size=STAMP_BYTES).digest()


def find_files(path: Path, base: str) -> Iterator[RawFile | Rejection]:
    """
    List a file, or all below a folder in the order of their names; nothing is left out in silence.

    ``base`` heads each ``raw_uri``. A link that leads out of the folder, and what is no file, is rejected.
    """
    if not path.is_dir():
        yield _checked(str(path), base, path.parent)
        return
    closed: list[OSError] = []
    for parent, folders, files in os.walk(path, onerror=closed.append):
        folders.sort()
        inner = Path(parent).relative_to(path)
        head = f"{base}/{file_uri(inner)}" if inner.parts else base
        for name in sorted([*files, *(one for one in folders if os.path.islink(os.path.join(parent, one)))]):
            yield _checked(os.path.join(parent, name), f"{head}/{quote(os.fsencode(name))}", path)
    for error in sorted(closed, key=lambda error: os.fsencode(error.filename)):
        raw_uri = f"{base}/{file_uri(Path(error.filename).relative_to(path))}"
        yield Rejection(raw_uri, 0, "unreadable-folder", error.strerror or str(error), None)


def _checked(path: str, raw_uri: str, folder: Path) -> RawFile | Rejection:
    # Each of these raises on a path that is longer than the system takes.
    try:
        state: os.stat_result | None = os.lstat(path)
    except OSError:
        state = None
    if state is not None and S_ISLNK(state.st_mode):
        # Not Path.resolve: it raises on a link that leads to itself.
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
            return Rejection(raw_uri, 0, "link-outside", "a symbolic link that leads out of the folder", None)
        state = os.stat(path) if os.path.exists(path) else None
    if state is None or not S_ISREG(state.st_mode):
        return Rejection(raw_uri, 0, "not-a-file", "a folder's link, a pipe, a device or a broken link", None)
    return RawFile(path, raw_uri, state.st_size, None, _stamp(raw_uri, state))


def _stamp(raw_uri: str, state: os.stat_result) -> bytes:
    """
    Stamp a file of this machine by what changes with its bytes.

    The time of modification alone can be set back by whoever copies a file; that of the last change of its record can
    not, and another file in its place has another number.
    """
    if max(state.st_mtime_ns, state.st_ctime_ns) > time.time_ns() - SETTLED:
        return b""
    return _digest(f"{raw_uri} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}")


def find_again(path: Path, base: str, raw_uri: str, size: int) -> RawFile:
    """Give a file that ``find_files`` listed, without listing all others again."""
    inner = os.fsdecode(unquote_to_bytes(raw_uri[len(base) + 1 :]))
    return RawFile(os.path.join(path, inner) if inner else str(path), raw_uri, size)


def file_uri(path: Path) -> str:
    """Write a relative path as a URI: a name need not be UTF-8, and may have spaces."""
    return quote(os.fsencode(path.as_posix()))

"""Places that fsspec reads and writes, such as ``s3://bucket/folder``, and what is told of their failures."""

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from tollwire.problems import Problem, ServiceError, UsageError, shown

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def is_address(path: str) -> bool:
    """Tell an address from a path of this machine."""
    return "://" in path


def find_store(address: str, where: str) -> tuple["AbstractFileSystem", str]:
    """
    Look up what reads an address, and the path in it.

    Raises:
        UsageError: there is no library that reads such an address; told of ``where`` it was named.
    """
    import fsspec

    try:
        files, path = fsspec.core.url_to_fs(address.rstrip("/"))
    except (ValueError, ImportError) as error:
        fix = 'name one such as s3://bucket/prefix; for S3: pip install "tollwire[s3]"'
        raise UsageError(Problem(where, "bad-address", shown(str(error), 200), fix)) from error
    return files, path


@contextmanager
def store_failures(where: str, then: str) -> Iterator[None]:
    """
    Turn what the client of a store raises into one line.

    Raises:
        ServiceError: the store failed; the line ends in what to do ``then``.
    """
    try:
        yield
    except _failures() as error:
        what = shown(f"{type(error).__name__}: {error}", 200)
        fix = f"check the address and your credentials, then {then}"
        raise ServiceError(Problem(where, "store-failed", what, fix)) from error


def _failures() -> tuple[type[Exception], ...]:
    """Give what clients raise: beside OSError the errors of the client of S3, where it is installed."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError
    except ModuleNotFoundError:
        return (OSError,)
    return (OSError, BotoCoreError, ClientError)


class StoredFile(io.RawIOBase):
    """
    A file in a store, opened for reading.

    Its failures are ServiceErrors, so that they are not taken for what a reader of archives finds wrong in the file.
    """

    def __init__(self, files: "AbstractFileSystem", path: str) -> None:
        self._path = path
        with self._told():
            self._file: BinaryIO = files.open(path, "rb")

    def _told(self) -> AbstractContextManager[None]:
        return store_failures(self._path, "run it again: what was done is kept")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        with self._told():
            found = self._file.read(len(view))
        view[: len(found)] = found
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

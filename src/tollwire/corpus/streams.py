"""Open raw files for reading, compressed ones (gzip, Zstandard) as what is in them."""

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

COMPRESSED = (".gz", ".zst")


class BrokenCompressionError(Exception):
    """A compressed file cannot be read to its end: it is damaged, cut off, or not what its name says."""


def inner_suffix(path: Path) -> str:
    """Give the suffix that tells what is in a file: of ``page.html.gz`` it is ``.html``."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return next((suffix for suffix in reversed(suffixes) if suffix not in COMPRESSED), "")


@contextmanager
def open_raw(path: Path) -> Iterator[BinaryIO]:
    """
    Open a file for reading from its start; reading it again means opening it again.

    Raises:
        OSError: the file cannot be read.
        BrokenCompressionError: it cannot be decompressed; also while it is read.
    """
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path, "rb") as stream:
                yield cast(BinaryIO, stream)
        elif path.suffix.lower() == ".zst":
            with zstd.open(path, "rb") as stream:
                yield cast(BinaryIO, stream)
        else:
            with path.open("rb") as stream:
                yield stream
    except (gzip.BadGzipFile, EOFError, zlib.error, zstd.ZstdError) as error:
        raise BrokenCompressionError(str(error)) from error

"""Open raw files for reading, compressed ones (gzip, Zstandard) as what is in them."""

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from tollwire.corpus.raw_files import RawFile

COMPRESSED = (".gz", ".zst")


class BrokenCompressionError(Exception):
    """A compressed file cannot be read to its end: it is damaged, cut off, or not what its name says."""


def inner_suffix(file: RawFile) -> str:
    """Give the suffix that tells what is in a file: of ``page.html.gz`` it is ``.html``."""
    return next((suffix for suffix in reversed(file.suffixes) if suffix not in COMPRESSED), "")


@contextmanager
def open_raw(file: RawFile) -> Iterator[BinaryIO]:
    """
    Open a file for reading from its start; reading it again means opening it again.

    Raises:
        OSError: the file cannot be read.
        ServiceError: the store that it is in fails; also while it is read.
        BrokenCompressionError: it cannot be decompressed; also while it is read.
    """
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    suffix = next(reversed(file.suffixes), "")
    try:
        with file.open() as stream:
            if suffix == ".gz":
                with gzip.open(stream, "rb") as unpacked:
                    yield cast(BinaryIO, unpacked)
            elif suffix == ".zst":
                with zstd.open(stream, "rb") as unpacked:
                    yield cast(BinaryIO, unpacked)
            else:
                yield stream
    except (gzip.BadGzipFile, EOFError, zlib.error, zstd.ZstdError) as error:
        raise BrokenCompressionError(str(error)) from error

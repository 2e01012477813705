"""Find and read raw records in folders and files, each as a page or a named rejection."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tollwire.contracts.records import Rejection
from tollwire.corpus.charset import is_binary
from tollwire.corpus.page import RawPage
from tollwire.corpus.parquet_file import read_parquet_file
from tollwire.corpus.record_files import LARGEST_RECORD, read_json_file, read_warc_file
from tollwire.corpus.sources import FieldPaths
from tollwire.corpus.streams import BrokenCompressionError, inner_suffix, open_raw

LARGEST_COLLECTION = 2_000_000_000  # bytes of a file that holds many records
PAGES = {**dict.fromkeys((".html", ".htm", ".xhtml"), "html"), ".txt": "text"}
COLLECTIONS = {**dict.fromkeys((".json", ".jsonl", ".ndjson"), read_json_file), ".warc": read_warc_file}
LOOKS_LIKE_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")


def read_folder(folder: Path, base: str, fields: FieldPaths | None = None) -> Iterator[RawPage | Rejection]:
    """
    Read every file below a folder, in the order of their names; nothing is left out in silence.

    ``base`` heads each record's ``raw_uri``; ``fields`` are the field paths of the source. A link that leads out of the
    folder, and what cannot be read, is rejected.
    """
    closed: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        folders.sort()
        # Not Path.is_symlink, here, nor Path.is_file below: they raise on a path that is longer than the system takes.
        for name in sorted([*files, *(one for one in folders if os.path.islink(Path(parent) / one))]):
            path = Path(parent) / name
            yield from read_file(path, f"{base}/{file_uri(path.relative_to(folder))}", folder, fields)
    for error in sorted(closed, key=lambda error: os.fsencode(error.filename)):
        raw_uri = f"{base}/{file_uri(Path(error.filename).relative_to(folder))}"
        yield Rejection(raw_uri, 0, "unreadable-folder", error.strerror or str(error), None)


def read_file(
    path: Path, raw_uri: str, folder: Path, fields: FieldPaths | None = None
) -> Iterator[RawPage | Rejection]:
    """Read the records of one file; a link out of ``folder`` is not followed."""
    # Not Path.resolve: it raises on a link that leads to itself.
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        yield Rejection(raw_uri, 0, "link-outside", "a symbolic link that leads out of the folder", None)
        return
    if not os.path.isfile(path):
        yield Rejection(raw_uri, 0, "not-a-file", "a folder's link, a pipe, a device or a broken link", None)
        return
    suffix = inner_suffix(path)
    limit = LARGEST_COLLECTION if suffix in COLLECTIONS or suffix == ".parquet" else LARGEST_RECORD
    if (size := path.stat().st_size) > limit:
        yield Rejection(raw_uri, 0, "too-large", f"{size} bytes, more than the {limit} that one file may have", None)
    elif suffix == ".parquet":
        yield from read_parquet_file(path, raw_uri, fields)
    elif suffix in COLLECTIONS:
        yield from COLLECTIONS[suffix](path, raw_uri)
    else:
        yield _read_page(path, raw_uri, PAGES.get(suffix))


def _read_page(path: Path, raw_uri: str, raw_format: str | None) -> RawPage | Rejection:
    try:
        with open_raw(path) as stream:
            raw = stream.read(LARGEST_RECORD + 1)
    except BrokenCompressionError as error:
        return Rejection(raw_uri, 0, "broken-compression", f"it cannot be decompressed: {error}", None)
    except OSError as error:
        return Rejection(raw_uri, 0, "unreadable-file", error.strerror or str(error), None)
    if len(raw) > LARGEST_RECORD:
        detail = f"more than {LARGEST_RECORD} bytes when it is decompressed"
        return Rejection(raw_uri, 0, "too-large", detail, None)
    return RawPage(raw, raw_format or _sniff(raw), raw_uri)


def _sniff(raw: bytes) -> str:
    """Tell HTML from plain text where the file's name does not say."""
    start = raw[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith(LOOKS_LIKE_HTML) and not is_binary(raw) else "text"


def file_uri(path: Path) -> str:
    """Write a relative path as a URI: a name need not be UTF-8, and may have spaces."""
    return quote(os.fsencode(path.as_posix()))

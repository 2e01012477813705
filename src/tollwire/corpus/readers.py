"""Find and read raw records: folders and files of page dumps, HTML and JSON, each as a page or a named rejection."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tollwire.contracts.records import Rejection
from tollwire.corpus.charset import is_binary
from tollwire.corpus.page import RawPage

LARGEST_FILE = 10_000_000  # bytes of a file that is one page; the largest news page measured had 5 MB
LARGEST_COLLECTION = 2_000_000_000  # bytes of a file that holds many records
SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "jsonl"),
    ".txt": "text",
}
LOOKS_LIKE_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")


def read_folder(folder: Path, base: str) -> Iterator[RawPage | Rejection]:
    """
    Read every file below a folder, in the order of their names; nothing is left out in silence.

    ``base`` heads each record's ``raw_uri``. A link that leads out of the folder, and what cannot be read, is rejected.
    """
    closed: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        folders.sort()
        for name in sorted([*files, *(one for one in folders if (Path(parent) / one).is_symlink())]):
            path = Path(parent) / name
            yield from read_file(path, f"{base}/{file_uri(path.relative_to(folder))}", folder)
    for error in sorted(closed, key=lambda error: os.fsencode(error.filename)):
        raw_uri = f"{base}/{file_uri(Path(error.filename).relative_to(folder))}"
        yield Rejection(raw_uri, 0, "unreadable-folder", error.strerror or str(error), None)


def read_file(path: Path, raw_uri: str, folder: Path) -> Iterator[RawPage | Rejection]:
    """Read the records of one file; a link out of ``folder`` is not followed."""
    # Not Path.resolve: it raises on a link that leads to itself.
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        yield Rejection(raw_uri, 0, "link-outside", "a symbolic link that leads out of the folder", None)
        return
    if not path.is_file():
        yield Rejection(raw_uri, 0, "not-a-file", "a folder's link, a pipe, a device or a broken link", None)
        return
    raw_format = SUFFIXES.get(path.suffix.lower())
    limit = LARGEST_COLLECTION if raw_format == "jsonl" else LARGEST_FILE
    if (size := path.stat().st_size) > limit:
        yield Rejection(raw_uri, 0, "too-large", f"{size} bytes, more than the {limit} that one file may have", None)
        return
    if raw_format == "jsonl":
        yield from _read_records(path, raw_uri)
        return
    try:
        raw = path.read_bytes()
    except OSError as error:
        yield Rejection(raw_uri, 0, "unreadable-file", error.strerror or str(error), None)
        return
    yield RawPage(raw, raw_format or _sniff(raw), raw_uri)


def _read_records(path: Path, raw_uri: str) -> Iterator[RawPage | Rejection]:
    """Read JSON, one record a line; a file that is a single array or object over many lines is split into its items."""
    try:
        with path.open("rb") as lines:
            first = next((line for line in lines if line.strip()), b"")
            starts_record = _is_record(first)
            lines.seek(0)
            if starts_record or not first:
                number = -1
                for line in lines:
                    if line.strip():
                        number += 1
                        yield _record(line.strip(), raw_uri, number)
                if number < 0:
                    yield Rejection(raw_uri, 0, "empty-file", "no record in the file", hashlib.sha256(b"").hexdigest())
                return
            raw = lines.read(LARGEST_FILE + 1)
    except OSError as error:
        yield Rejection(raw_uri, 0, "unreadable-file", error.strerror or str(error), None)
        return
    if len(raw) > LARGEST_FILE:
        detail = f"one JSON value of more than {LARGEST_FILE} bytes; write one record a line"
        yield Rejection(raw_uri, 0, "too-large", detail, None)
        return
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        detail = f"neither JSON nor one JSON record a line: {error}"
        yield Rejection(raw_uri, 0, "broken-json", detail, hashlib.sha256(raw).hexdigest())
        return
    for number, record in enumerate(value if isinstance(value, list) else [value]):
        # The record's bytes are its canonical JSON, so that its digest does not depend on how the file was laid out.
        canonical = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield _record(canonical.encode("utf-8", "surrogatepass"), raw_uri, number)


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _record(line: bytes, raw_uri: str, number: int) -> RawPage | Rejection:
    if len(line) > LARGEST_FILE:
        detail = f"{len(line)} bytes, more than the {LARGEST_FILE} that one record may have"
        return Rejection(raw_uri, number, "too-large", detail, None)
    return RawPage(line, "jsonl", raw_uri, number)


def _sniff(raw: bytes) -> str:
    """Tell HTML from plain text where the file's name does not say."""
    start = raw[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith(LOOKS_LIKE_HTML) and not is_binary(raw) else "text"


def file_uri(path: Path) -> str:
    """Write a relative path as a URI: a name need not be UTF-8, and may have spaces."""
    return quote(os.fsencode(path.as_posix()))

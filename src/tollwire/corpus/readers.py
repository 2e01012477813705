"""Read the raw records of files, each as a page or a named rejection."""

from collections.abc import Iterator

from tollwire.contracts.records import Rejection
from tollwire.corpus.charset import is_binary
from tollwire.corpus.page import RawPage
from tollwire.corpus.parquet_file import read_parquet_file
from tollwire.corpus.raw_files import RawFile
from tollwire.corpus.record_files import LARGEST_RECORD, read_json_file, read_warc_file
from tollwire.corpus.sources import FieldPaths
from tollwire.corpus.streams import BrokenCompressionError, inner_suffix, open_raw

PAGES = {**dict.fromkeys((".html", ".htm", ".xhtml"), "html"), ".txt": "text"}
COLLECTIONS = {**dict.fromkeys((".json", ".jsonl", ".ndjson"), read_json_file), ".warc": read_warc_file}
LOOKS_LIKE_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")


def read_file(file: RawFile, fields: FieldPaths | None = None) -> Iterator[RawPage | Rejection]:
    """Read the records of one file; ``fields`` are the field paths of its source. What cannot be read is rejected."""
    suffix = inner_suffix(file)
    if suffix == ".parquet":
        yield from read_parquet_file(file, fields)
    elif suffix in COLLECTIONS:
        yield from COLLECTIONS[suffix](file)
    elif file.size > LARGEST_RECORD:
        detail = f"{file.size} bytes, more than the {LARGEST_RECORD} that one page may have"
        yield Rejection(file.raw_uri, 0, "too-large", detail, None)
    else:
        yield _read_page(file, PAGES.get(suffix))


def _read_page(file: RawFile, raw_format: str | None) -> RawPage | Rejection:
    try:
        with open_raw(file) as stream:
            # As much as there should be: for as much as there may be Python clears ten megabytes for every page.
            raw = stream.read(min(file.size, LARGEST_RECORD) + 1)
            if len(raw) > file.size:
                raw += stream.read(max(LARGEST_RECORD + 1 - len(raw), 0))
    except BrokenCompressionError as error:
        return Rejection(file.raw_uri, 0, "broken-compression", f"it cannot be decompressed: {error}", None)
    except OSError as error:
        return Rejection(file.raw_uri, 0, "unreadable-file", error.strerror or str(error), None)
    if len(raw) > LARGEST_RECORD:
        detail = f"more than {LARGEST_RECORD} bytes when it is decompressed"
        return Rejection(file.raw_uri, 0, "too-large", detail, None)
    return RawPage(raw, raw_format or _sniff(raw), file.raw_uri)


def _sniff(raw: bytes) -> str:
    """Tell HTML from plain text where the file's name does not say."""
    start = raw[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith(LOOKS_LIKE_HTML) and not is_binary(raw) else "text"

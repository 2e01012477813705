"""Read files that hold many raw records: JSON (one record a line, or one array) and web archives (WARC)."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from tollwire.contracts.records import Rejection
from tollwire.corpus.json_text import parse_json
from tollwire.corpus.page import RawPage
from tollwire.corpus.raw_files import RawFile
from tollwire.corpus.streams import BrokenCompressionError, open_raw

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

LARGEST_RECORD = 10_000_000  # bytes of one page or record; the largest news page measured had 5 MB
PAGE_TYPES = ("text/html", "application/xhtml+xml")
PASSED = 1 << 18  # bytes that are read at once of what is passed over
LONGEST_HEAD = 1_000_000  # bytes of a response before its page; FastWARC takes heads of less


def read_json_file(file: RawFile) -> Iterator[RawPage | Rejection]:
    """Read JSON, one record a line; a file that is a single array or object over many lines is split into its items."""
    raw_uri, number = file.raw_uri, -1
    try:
        with open_raw(file) as stream:
            lines = _lines(stream)
            first = next(lines, b"")
            if not first or _is_record(first):
                for number, line in enumerate(_with(first, lines)):
                    yield _json_record(line, raw_uri, number)
                if number < 0:
                    yield _empty(raw_uri, b"")
                return
        with open_raw(file) as stream:
            yield from _read_whole(stream, raw_uri)
    except BrokenCompressionError as error:
        yield Rejection(raw_uri, number + 1, "broken-compression", f"it cannot be decompressed: {error}", None)
    except OSError as error:
        yield Rejection(raw_uri, number + 1, "unreadable-file", error.strerror or str(error), None)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Read lines that are not empty; of one that is too long no more than shows that it is."""
    while line := stream.readline(LARGEST_RECORD + 2):
        whole = line.endswith(b"\n")
        if stripped := line.strip():
            yield stripped
        else:
            _pass_white(stream)
        while not whole and (rest := stream.readline(PASSED)):
            whole = rest.endswith(b"\n")


def _pass_white(stream: BinaryIO) -> None:
    """Pass over empty lines, many at once: a small compressed file can hold a hundred million of them."""
    peek: Callable[[int], bytes] = stream.peek  # type: ignore[attr-defined]
    while (ahead := peek(1)) and ahead.isspace():
        stream.read(len(ahead))


def _with(first: bytes, lines: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from lines


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(parse_json(line), dict)
    except ValueError:
        # A first line that is too long to be read is one of many records rather than the start of an array.
        return len(line) > LARGEST_RECORD


def _json_record(line: bytes, raw_uri: str, number: int) -> RawPage | Rejection:
    if len(line) > LARGEST_RECORD:
        detail = f"more than the {LARGEST_RECORD} bytes that one record may have"
        return Rejection(raw_uri, number, "too-large", detail, None)
    return RawPage(line, "jsonl", raw_uri, number)


def _read_whole(stream: BinaryIO, raw_uri: str) -> Iterator[RawPage | Rejection]:
    raw = stream.read(LARGEST_RECORD + 1)
    if len(raw) > LARGEST_RECORD:
        detail = f"one JSON value of more than {LARGEST_RECORD} bytes; write one record a line"
        yield Rejection(raw_uri, 0, "too-large", detail, None)
        return
    try:
        value = parse_json(raw)
    except ValueError as error:
        detail = f"neither JSON nor one JSON record a line: {error}"
        yield Rejection(raw_uri, 0, "broken-json", detail, hashlib.sha256(raw).hexdigest())
        return
    if value == []:
        yield _empty(raw_uri, raw)
    for number, record in enumerate(value if isinstance(value, list) else [value]):
        # The record's bytes are its canonical JSON, so that its digest does not depend on how the file was laid out.
        canonical = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield _json_record(canonical.encode("utf-8", "surrogatepass"), raw_uri, number)


def _empty(raw_uri: str, raw: bytes) -> Rejection:
    return Rejection(raw_uri, 0, "empty-file", "no record in the file", hashlib.sha256(raw).hexdigest())


def read_warc_file(file: RawFile) -> Iterator[RawPage | Rejection]:
    """
    Read the responses of a web archive, compressed or not; requests and the archive's notes about itself are no pages.

    A response that is no HTML page, or not one with status 200, is rejected under its number among the responses.

    Source: WARC 1.1 (ISO 28500:2017), read by FastWARC.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    raw_uri, number = file.raw_uri, -1
    try:
        with file.open() as stream:
            records = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False, fsspec_args=False)
            for number, record in enumerate(records):
                yield _response(record, raw_uri, number)
    except (OSError, ValueError) as error:
        yield Rejection(raw_uri, number + 1, "broken-warc", f"the archive cannot be read on: {error}", None)
        return
    if number < 0:
        yield Rejection(raw_uri, 0, "empty-file", "no response in the archive", None)


def _response(record: "WarcRecord", raw_uri: str, number: int) -> RawPage | Rejection:
    from tollwire.corpus.page_metadata import is_web_address

    block = record.reader.read(LARGEST_RECORD + LONGEST_HEAD + 1)
    sha256 = hashlib.sha256(block).hexdigest()
    if not record.is_http:
        return Rejection(raw_uri, number, "not-a-page", "a response that is not of the web", sha256)
    if len(block) > LARGEST_RECORD + LONGEST_HEAD:
        return _too_large(raw_uri, number)
    if len(block) < record.content_length:
        detail = f"{len(block)} of {record.content_length} bytes: the archive is cut off"
        return Rejection(raw_uri, number, "broken-warc", detail, sha256)
    try:
        response = _decoded(block)
        raw, headers = response.reader.read(LARGEST_RECORD + 1), response.http_headers
    except (OSError, ValueError) as error:
        return Rejection(raw_uri, number, "broken-warc", f"the response cannot be decoded: {error}", sha256)
    sha256 = hashlib.sha256(raw).hexdigest()
    if not headers.status_line:
        return Rejection(raw_uri, number, "broken-warc", "a response without a line that states its status", sha256)
    if len(raw) > LARGEST_RECORD:
        return _too_large(raw_uri, number)
    if headers.status_code != 200:
        return Rejection(raw_uri, number, "http-status", f"the server answered {headers.status_line}", sha256)
    if (kind := (response.http_content_type or "").lower()) not in PAGE_TYPES:
        return Rejection(raw_uri, number, "not-a-page", f"a response of type {kind or 'not stated'}", sha256)
    url = record.headers.get("WARC-Target-URI") or ""
    return RawPage(raw, "warc", raw_uri, number, url if is_web_address(url) else None, response.http_charset)


def _too_large(raw_uri: str, number: int) -> Rejection:
    return Rejection(raw_uri, number, "too-large", f"more than the {LARGEST_RECORD} bytes that one page may have", None)


def _decoded(block: bytes) -> "WarcRecord":
    """Parse and decode a response on its own: one that fails would leave the archive's reader in its middle."""
    from fastwarc.warc import WarcRecord

    response = WarcRecord()
    response.is_http = True
    response.set_bytes_content(block)
    response.parse_http(auto_decode="all")
    return response

"""Files that hold many records, and compressed ones: each record ends as a page or a named rejection."""

import gzip
import json
from pathlib import Path

import pytest
from backports import zstd

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus import record_files
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.raw_files import find_files
from tollwire.corpus.readers import read_file
from tollwire.corpus.sources import UNKNOWN_SOURCE

BODY = "Nine people were killed when gunmen attacked the café of Tarra on Sunday, a doctor said by telephone. "
PAGE = (
    "<html><head><title>Nine killed in Tarra</title></head>"
    f"<body><h1>Nine killed in Tarra</h1><p>{BODY * 3}</p></body></html>"
)
COMPRESSIONS = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}


def response(
    url: str, body: bytes, head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html", kind: str = "response"
) -> bytes:
    block = head.encode() + b"\r\n\r\n" + body
    lines = (
        "WARC/1.1", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2026-01-01T00:00:00Z",
        "WARC-Record-ID: <urn:uuid:5f8c1d7e-0000-4000-8000-000000000001>",
        f"Content-Type: application/http; msgtype={kind}", f"Content-Length: {len(block)}",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def read(path: Path) -> list[RawPage | Rejection]:
    (file,) = find_files(path, path.name)
    return list(read_file(file))


def rules(found: list[RawPage | Rejection]) -> list[str]:
    return [one.rule if isinstance(one, Rejection) else "" for one in found]


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_a_compressed_page_is_the_page(tmp_path, suffix):
    (tmp_path / f"page.html{suffix}").write_bytes(COMPRESSIONS[suffix](PAGE.encode()))

    (page,) = read(tmp_path / f"page.html{suffix}")

    assert (page.raw, page.raw_format) == (PAGE.encode(), "html")


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_records_of_a_compressed_file_are_numbered(tmp_path, suffix):
    lines = "".join(json.dumps({"text": str(number)}) + "\n\n" for number in range(3)).encode()
    (tmp_path / f"many.jsonl{suffix}").write_bytes(COMPRESSIONS[suffix](lines))

    found = read(tmp_path / f"many.jsonl{suffix}")

    assert [(one.record, json.loads(one.raw)["text"]) for one in found] == [(0, "0"), (1, "1"), (2, "2")]


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_an_array_over_many_lines_is_its_items(tmp_path, suffix):
    whole = json.dumps([{"text": "one"}, {"text": "two"}], indent=1).encode()
    (tmp_path / f"array.json{suffix}").write_bytes(COMPRESSIONS[suffix](whole))

    assert [json.loads(one.raw)["text"] for one in read(tmp_path / f"array.json{suffix}")] == ["one", "two"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_file_that_is_cut_off_keeps_the_records_before_the_cut(tmp_path, suffix):
    lines = b"".join(b'{"text": "%d"}\n' % number for number in range(20_000))
    whole = COMPRESSIONS[suffix](lines)
    (tmp_path / f"cut.jsonl{suffix}").write_bytes(whole[: len(whole) // 2])

    found = read(tmp_path / f"cut.jsonl{suffix}")

    assert rules(found)[-1] == "broken-compression"
    assert all(isinstance(one, RawPage) for one in found[:-1])
    assert found[-1].record == len(found) - 1


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_page_that_swells_when_decompressed_is_too_large(tmp_path, suffix):
    (tmp_path / f"bomb.txt{suffix}").write_bytes(COMPRESSIONS[suffix](b"word " * 3_000_000))

    assert rules(read(tmp_path / f"bomb.txt{suffix}")) == ["too-large"]


def test_a_record_that_is_too_long_costs_itself_only(tmp_path, monkeypatch):
    monkeypatch.setattr(record_files, "LARGEST_RECORD", 100)
    records = [{"text": "one"}, {"text": "x" * 1_000}, {"text": "three"}]
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records))

    found = read(tmp_path / "many.jsonl")

    assert rules(found) == ["", "too-large", ""]
    assert json.loads(found[2].raw) == {"text": "three"}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_pages_of_an_archive_are_its_responses(tmp_path, pack):
    latin = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1"
    packed = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
    parts = [
        response("https://post.example/1", PAGE.encode("latin-1"), latin),
        response("https://post.example/1", b"", "GET /1 HTTP/1.1", "request"),
        response("https://post.example/2", gzip.compress(PAGE.encode()), packed),
    ]
    name = "crawl.warc" if pack is bytes else "crawl.warc.gz"
    (tmp_path / name).write_bytes(b"".join(map(pack, parts)))

    found = read(tmp_path / name)

    assert [(one.raw_format, one.record, one.url) for one in found] == [
        ("warc", 0, "https://post.example/1"),
        ("warc", 1, "https://post.example/2"),
    ]
    articles = [normalise_record(one, UNKNOWN_SOURCE) for one in found]
    assert all(isinstance(one, Article) and "café" in one.text for one in articles)
    assert [one.raw_uri for one in articles] == [name, f"{name}#1"]


def test_what_is_no_page_in_an_archive_is_named(tmp_path):
    parts = [
        response("https://post.example/1", b"", "HTTP/1.1 301 Moved Permanently\r\nLocation: /2"),
        response("https://post.example/2", b"PNG", "HTTP/1.1 200 OK\r\nContent-Type: image/png"),
        response("https://post.example/3", PAGE.encode()),
    ]
    (tmp_path / "crawl.warc").write_bytes(b"".join(parts)[:-200])

    assert rules(read(tmp_path / "crawl.warc")) == ["http-status", "not-a-page", "broken-warc"]


def test_an_archive_without_responses_is_empty(tmp_path):
    (tmp_path / "crawl.warc").write_bytes(response("https://post.example/1", b"", "GET /1 HTTP/1.1", "request"))

    assert rules(read(tmp_path / "crawl.warc")) == ["empty-file"]


def test_an_address_that_is_none_is_not_taken(tmp_path):
    (tmp_path / "crawl.warc").write_bytes(response("urn:uuid:1", PAGE.encode()))

    assert read(tmp_path / "crawl.warc")[0].url is None


def test_a_response_that_cannot_be_decoded_costs_itself_only(tmp_path):
    chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked"
    coded = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
    parts = [
        response("https://post.example/1", PAGE.encode(), chunked),
        response("https://post.example/2", PAGE.encode(), coded),
        response("https://post.example/3", gzip.compress(bytes(20_000_000)), coded),
        response("https://post.example/4", PAGE.encode()),
    ]
    (tmp_path / "crawl.warc").write_bytes(b"".join(parts))

    assert rules(read(tmp_path / "crawl.warc")) == ["broken-warc", "broken-warc", "too-large", ""]


def test_an_array_without_items_is_an_empty_file(tmp_path):
    (tmp_path / "array.json").write_text("[\n]")

    assert rules(read(tmp_path / "array.json")) == ["empty-file"]


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_records_between_many_empty_lines_keep_their_numbers(tmp_path, suffix):
    gap = b"\n" * 300_000 + b" \t\r\n"
    lines = gap + b'{"text": "0"}' + gap + b'{"text": "1"}\n{"text": "2"}' + gap
    (tmp_path / f"gaps.jsonl{suffix}").write_bytes(COMPRESSIONS[suffix](lines))

    found = read(tmp_path / f"gaps.jsonl{suffix}")

    assert [(one.record, json.loads(one.raw)["text"]) for one in found] == [(0, "0"), (1, "1"), (2, "2")]

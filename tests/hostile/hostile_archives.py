"""Web archives whose records lie about their length, break off, or hold what is no page."""

import gzip
import zlib

from backports import zstd
from kinds import Kind, one_file
from sound_pages import DUMP
from web_archive import OK, chunked, packed, page, sound, warc

THEME = "Web archives"
MEGABYTE = 1_000_000
CHUNKED = f"{OK}\r\nTransfer-Encoding: chunked"


def _warc(name: str, about: str, raw: bytes, *ends: str, file: str = "crawl.warc", **options: object) -> Kind:
    return one_file(f"archive-{name}", about, file, lambda: raw, *ends, **options)


def _http(name: str, about: str, http: str | bytes, *ends: str, body: bytes | None = None, **options: object) -> Kind:
    """Put a response between two sound ones, which it must not cost."""
    raw = sound(2) + warc(body, http) + sound(3)
    return _warc(name, about, raw, *(ends or ("article",)), "article", "article", **options)


def _between(name: str, about: str, raw: bytes, *ends: str, **options: object) -> Kind:
    """Put a record between two sound ones."""
    return _warc(name, about, sound(2) + raw + sound(3), "article", *ends, **options)


def _encoded(name: str, about: str, coding: str, body: bytes, *ends: str, **options: object) -> Kind:
    return _http(name, about, f"{OK}\r\nContent-Encoding: {coding}", *ends, body=body, **options)


KINDS = [
    _warc("cut-in-its-header", "it ends in the header of the second record", sound(2) + warc()[:80], "article",
              "not-a-page"),
    _warc("cut-in-the-http-header", "it ends in the HTTP header of the second record", sound(2) + warc()[:330],
              "article", "broken-warc"),
    _warc("cut-in-its-body", "it ends in the body of the second record", sound(2) + warc()[:-200], "article",
              "broken-warc"),
    _between("length-too-small", "a length of 400 bytes less than there are", warc(length=300), "no-article",
              "broken-warc"),
    _between("length-too-large", "a length that swallows the next record", warc(length=1_400), "article",
              "broken-warc"),
    _between("length-past-the-end", "a length past the end of the file", warc(length=10**9), "broken-warc"),
    _between("length-negative", "a length of -1", warc(length=-1), "broken-warc", "broken-warc"),
    _between("length-huge", "a length of 1e20", warc(length=10**20), "broken-warc", "broken-warc"),
    _between("length-no-number", "a length that is a word", warc(length="many"), "broken-warc", "broken-warc"),
    _between("length-missing", "no length", warc(length=""), "broken-warc", "broken-warc"),
    _between("length-twice", "two lengths that contradict one another", warc(more="Content-Length: 10"), "http-status",
              "broken-warc"),
    _between("length-of-zero", "a length of zero, before a response", warc(length=0), "broken-warc", "broken-warc"),
    _warc("of-nothing", "no byte at all", b"", "empty-file"),
    _warc("of-text", "it is plain text", DUMP.encode(), "broken-warc"),
    _warc("of-html", "it is a page of HTML", page(), "broken-warc"),
    _warc("text-behind", "plain text behind its last record", sound(2) + DUMP.encode(), "article", "broken-warc"),
    _between("junk-between", "other bytes between two records", b"junk " * 100, "broken-warc"),
    _between("empty-lines-between", "a million line ends between two records", b"\r\n" * 500_000, "article"),
    _between("of-version-0.17", "a record of an early draft of the format", warc(version="WARC/0.17"), "article",
              "article"),
    _between("of-version-2", "a record of a version that there is not yet", warc(version="WARC/2.0"), "broken-warc"),
    _between("of-a-version-of-a-megabyte", "a version of a megabyte", warc(version="WARC/" + "1" * MEGABYTE),
              "broken-warc"),
    _between("line-feeds-only", "header lines that end in line feeds only", warc(end=b"\n"), "broken-warc"),
    _between("many-headers", "a record with 100,000 header lines", warc(more="X-A: b\r\n" * 99_999 + "X-A: b"),
              "broken-warc"),
    _between("header-of-megabytes", "a record with a header line of five megabytes",
              warc(more="X-A: " + "b" * 5_000_000), "broken-warc"),
    _between("headers-of-controls", "header lines with NUL, escapes and no colon",
              warc(more=b"X-\0A\x1b[2J: \x07\r\nno colon\r\n: no name"), "article", "article"),
    _between("wrong-digest", "a digest that does not fit",
              warc(more="WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "article", "article"),
    _between("revisit", "a record that refers to another, whose body is not here", warc(b"", kind="revisit"),
              "article"),
    _between("conversion", "a record that is the text of a page", warc(DUMP.encode(), None, kind="conversion"),
              "article"),
    _between("resource", "a page that was fetched without HTTP", warc(http=None, kind="resource"), "article"),
    _between("unknown-type", "a record of a type that there is not", warc(kind="respons"), "article"),
    _between("segments", "a record that is the first of 100 parts",
              warc(more="WARC-Segment-Number: 1\r\nWARC-Segment-Total-Length: 9999999"), "article", "article"),
    *(
        _between(f"address-{name}", f"the address of the response is {about}", warc(url=url), *ends, never=never)
        for name, about, url, ends, never in (
            ("script", "a script", "javascript:alert(1)", ("article",) * 2, ("javascript:",)),
            ("with-newline", "broken by a line end, so that a header is forged",
                "https://post.example/1\r\nContent-Length: 5", ("http-status", "broken-warc"), ()),
            ("with-controls", "with control characters in it", "https://post.example/\x07\x1b[2J", ("article",) * 2,
                ("\x1b",)),
            ("of-a-megabyte", "a megabyte long", "https://post.example/" + "a" * MEGABYTE, ("broken-warc",),
                ("aaaaaaaa",)),
            ("surrogate", "with half of a pair in it", "https://post.example/\ud800", ("article",) * 2, ()),
            ("in-brackets", "in angle brackets, as early crawlers wrote", "<https://post.example/5>", ("article",) * 2,
                ()),
            ("with-password", "with a name and a password in it", "https://ada:hunter2@post.example/1",
                ("article",) * 2, ("hunter2",)),
        )
    ),
    _between("no-http-header", "a response without an HTTP header", warc(http=""), "broken-warc", "article"),
    _between("http-header-only", "a response with a header and no body", warc(b""), "empty-file", "article"),
    _http("status-lies", "a status of a thousand digits", "HTTP/1.1 " + "2" * 1_000 + " OK\r\nContent-Type: text/html",
              "http-status"),
    _http("status-no-number", "a status that is a word", "HTTP/1.1 OK\r\nContent-Type: text/html", "http-status"),
    _http("status-negative", "a negative status", "HTTP/1.1 -200 OK\r\nContent-Type: text/html", "http-status"),
    _http("status-of-controls", "a status line with control characters in it",
              b"HTTP/1.1 404 \x1b[2J\x07\r Not\0 here\r\nContent-Type: text/html", "http-status"),
    _http("status-of-a-megabyte", "a status line of a megabyte",
              "HTTP/1.1 404 " + "no " * 330_000 + "\r\nContent-Type: text/html", "broken-warc"),
    _http("http-0.9", "a body without any header, as in the first days", b"<html>", "http-status"),
    _http("http-2", "a status line of HTTP/2", OK.replace("1.1", "2")),
    _http("http-line-feeds-only", "an HTTP header whose lines end in line feeds only", OK.replace("\r", ""),
              "not-a-page"),
    _http("http-many-headers", "an HTTP header with 100,000 lines", OK + "\r\nX-A: b" * 100_000, "broken-warc"),
    _http("http-header-of-megabytes", "an HTTP header line of five megabytes", f"{OK}\r\nX-A: {'b' * 5_000_000}",
              "broken-warc"),
    _http("http-header-folded", "an HTTP header line folded 50,000 times", f"{OK}\r\nX-A: b" + "\r\n c" * 50_000,
              "broken-warc"),
    _http("type-missing", "no type of content", "HTTP/1.1 200 OK\r\nServer: x", "not-a-page"),
    _http("type-another", "a page that is said to be a picture", OK.replace("text/html", "image/png"), "not-a-page"),
    _http("type-twice", "two types of content that contradict one another", f"{OK}\r\nContent-Type: image/png",
              "article"),
    _http("type-of-controls", "a type of content with control characters in it",
              OK.replace("text/html", "te\x07xt/\x1b[2Jht\x85ml"), "not-a-page"),
    _http("type-of-a-megabyte", "a type of content of a megabyte", OK.replace("text/html", "x" * MEGABYTE),
              "broken-warc"),
    _http("charset-against-meta", "the header says one encoding, the page another, the bytes are in a third",
          f"{OK}; charset=shift_jis",
              body=page().replace(b"<title>", b"<meta charset=koi8-r><title>").replace(b"council",
                  "café".encode("cp1252"))),
    _http("charset-unknown", "the header says an encoding that there is not", f"{OK}; charset=\"x-\0klingon\""),
    _http("charset-of-a-megabyte", "the name of the encoding has a megabyte", f"{OK}; charset={'u' * MEGABYTE}",
              "broken-warc"),
    _http("chunks-broken", "chunks whose length is no number", CHUNKED, "broken-warc", body=b"zz\r\n" + page()),
    _http("chunks-negative", "a chunk of negative length", CHUNKED, "broken-warc", body=chunked(page(), "-{:x}")),
    _http("chunks-huge", "a chunk of 2**64 bytes", CHUNKED, "broken-warc", body=chunked(page(), "ffffffffffffffff")),
    _http("chunks-cut-off", "chunks without their end", CHUNKED, "broken-warc", body=chunked(page())[:-300]),
    _http("chunks-of-one-byte", "200,000 chunks of one byte each", CHUNKED,
              body=b"1\r\n \r\n" * 200_000 + chunked(page())),
    _http("chunks-that-are-none", "a body that is said to be in chunks and is not", CHUNKED, "broken-warc",
              body=page()),
    _encoded("coded-bomb", "200 MB in 200 kB of gzip", "gzip", gzip.compress(bytes(200_000_000), 1), "too-large"),
    _encoded("coded-cut-off", "gzip that is cut off", "gzip", gzip.compress(page())[:300], "article"),
    _encoded("coded-not", "said to be gzip, and is not", "gzip", page(), "broken-warc"),
    _encoded("coded-twice", "gzip in gzip", "gzip, gzip", gzip.compress(gzip.compress(page())), "article"),
    _encoded("coded-brotli-broken", "said to be Brotli, and is not", "br", page(), "broken-warc"),
    _encoded("coded-zstandard", "Zstandard", "zstd", zstd.compress(page()), "article"),
    _encoded("coded-unknown", "a coding that there is not", "rot13", page(), "broken-warc"),
    _encoded("coded-deflate", "a coding that servers write in two ways", "deflate", zlib.compress(page()), "article"),
    _encoded("coded-of-a-thousand", "a thousand codings", ", ".join(["gzip"] * 1_000), gzip.compress(page()),
              "broken-warc"),
    _warc("packed-broken", "each record packed on its own, the second with a wrong checksum",
          packed(sound(2)) + packed(warc())[:-8] + bytes(8) + packed(sound(3)), "article", "broken-warc",
              file="crawl.warc.gz"),
    _warc("packed-cut-off", "each record packed on its own, the second cut off",
              packed(sound(2)) + packed(warc())[:-200], "article", "broken-warc", file="crawl.warc.gz"),
    _warc("packed-and-plain", "one record packed, the next plain", packed(sound(2)) + sound(3), "article",
              "broken-warc", file="crawl.warc.gz"),
    _warc("packed-in-zstandard", "all packed into one frame of Zstandard", zstd.compress(sound(2) + sound(3)),
              "article", "article", file="crawl.warc.zst"),
    _warc("not-packed", "plain, and named .gz", sound(2) + sound(3), "article", "article", file="crawl.warc.gz"),
    _warc("packed-unnamed", "packed, and not named so", packed(sound(2), sound(3)), "article", "article"),
    _warc("of-many-records", "5,000 records without a page", warc(b"", "HTTP/1.1 404 No") * 5_000,
              *["http-status"] * 5_000),
]  # fmt: skip

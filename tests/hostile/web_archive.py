"""Records of web archives (WARC), sound but for what a test changes in them."""

import gzip

from sound_pages import html

OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html"


def page(number: int = 1) -> bytes:
    """Give the body of a page that is another article for each number."""
    return html(below=f"<p>The gauge at Orsk showed {number} metres on that morning, the council said.</p>").encode()


def warc(
    body: bytes | None = None,
    http: str | bytes | None = OK,
    length: object = None,
    url: str = "https://post.example/1",
    kind: str = "response",
    version: str = "WARC/1.1",
    more: str | bytes = "",
    end: bytes = b"\r\n",
) -> bytes:
    """Write one record; ``http`` is the head of the response, ``more`` stands among the record's own headers."""
    body = page() if body is None else body
    http = http.encode() if isinstance(http, str) else http
    block = body if http is None else http + b"\r\n\r\n" + body
    more = more.encode("utf-8", "surrogatepass") if isinstance(more, str) else more
    lines = [
        version.encode(),
        f"WARC-Type: {kind}".encode(),
        f"WARC-Target-URI: {url}".encode("utf-8", "surrogatepass"),
        b"WARC-Date: 2026-01-01T00:00:00Z",
        b"WARC-Record-ID: <urn:uuid:5f8c1d7e-0000-4000-8000-000000000001>",
        b"Content-Type: application/http; msgtype=" + kind.encode(),
        *([more] if more else []),
        *([] if length == "" else [f"Content-Length: {len(block) if length is None else length}".encode()]),
    ]
    return end.join(lines) + end * 2 + block + end * 2


def sound(number: int) -> bytes:
    """Write a record that is sound, an article of its own."""
    return warc(page(number), url=f"https://post.example/{number}")


def chunked(body: bytes, sizes: str = "{:x}") -> bytes:
    """Write a body in one chunk; ``sizes`` is how its length is written."""
    return sizes.format(len(body)).encode() + b"\r\n" + body + b"\r\n0\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Compress each record on its own, as web archives are."""
    return b"".join(map(gzip.compress, records))

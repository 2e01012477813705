"""Compressed files that swell, break off, lie about what is in them or hide one another."""

import bz2
import gzip
import lzma
import zlib

from backports import zstd
from kinds import Kind, one_file
from sound_pages import DUMP, html, record

THEME = "Compression"
PAGE = html().encode()
RECORDS = "".join(
    record(text=f"{number}. {DUMP}", url=f"https://post.example/{number}") for number in range(3)
).encode()
SKIPPABLE = b"\x50\x2a\x4d\x18\x04\0\0\0\0\0\0\0"


def _gzip(name: str, about: str, raw: bytes, *ends: str, file: str = "page.html.gz", **options: object) -> Kind:
    return one_file(name, about, file, lambda: raw, *ends, **options)


def _zstd(name: str, about: str, raw: bytes, *ends: str, file: str = "page.html.zst", **options: object) -> Kind:
    return one_file(name, about, file, lambda: raw, *ends, **options)


def _bomb(of: bytes = b" ", times: int = 200) -> bytes:
    """Pack two hundred million bytes into less than a million."""
    packer = zlib.compressobj(1, wbits=31)
    return b"".join(packer.compress(of * 1_000_000) for _ in range(times)) + packer.flush()


def _window(exponent: int) -> bytes:
    """
    Write a frame of Zstandard that asks for a window of 2**(10 + exponent) bytes, with one block that is not packed.

    Source: RFC 8878, 3.1.1.
    """
    return b"\x28\xb5\x2f\xfd\0" + bytes([exponent << 3]) + (len(PAGE) << 3 | 1).to_bytes(3, "little") + PAGE


def _with_dictionary() -> bytes:
    samples = [f"{number} {DUMP}".encode() for number in range(200)]
    return zstd.compress(PAGE, zstd_dict=zstd.train_dict(samples, 4_000))


def _named(name: bytes) -> bytes:
    """Write a gzip file that states a name for what is in it."""
    packed = gzip.compress(PAGE)
    return packed[:3] + b"\x08" + packed[4:10] + name + b"\0" + packed[10:]


KINDS = [
    one_file("gzip-bomb", "200 MB of spaces in less than a megabyte of gzip", "page.html.gz", _bomb, "too-large"),
    one_file("gzip-bomb-of-records", "200 MB on one line of JSON in less than a megabyte of gzip", "records.jsonl.gz",
             lambda: _bomb(b"["), "too-large"),
    one_file("gzip-bomb-of-lines", "200 MB of empty lines of JSON in less than a megabyte of gzip", "records.jsonl.gz",
             lambda: _bomb(b"\n"), "empty-file"),
    one_file("gzip-bomb-of-an-array", "200 MB of one JSON array in less than a megabyte of gzip", "records.json.gz",
             lambda: _bomb(b"[\n"), "too-large"),
    one_file("gzip-bomb-in-an-archive", "200 MB of nothing in a compressed web archive", "crawl.warc.gz", _bomb,
             "empty-file"),
    one_file("zstandard-bomb", "a thousand million bytes in 100 kB of Zstandard", "page.html.zst",
             lambda: zstd.compress(bytes(100_000_000)) * 10, "too-large"),
    _gzip("gzip-in-gzip", "gzip in gzip, of which the name says one", gzip.compress(gzip.compress(PAGE)),
              "binary-file"),
    _gzip("gzip-in-gzip-named", "gzip in gzip, and so it is named", gzip.compress(gzip.compress(PAGE)),
          "binary-file", file="page.html.gz.gz"),
    _gzip("gzip-wrong-checksum", "a checksum that does not fit", gzip.compress(PAGE)[:-8] + bytes(8),
              "broken-compression"),
    _gzip("gzip-wrong-length", "a length that does not fit", gzip.compress(PAGE)[:-4] + b"\xff" * 4,
              "broken-compression"),
    _gzip("gzip-cut-off", "gzip that ends in the middle", gzip.compress(PAGE)[:200], "broken-compression"),
    _gzip("gzip-cut-in-its-header", "gzip that ends in its header", gzip.compress(PAGE)[:5], "broken-compression"),
    _gzip("gzip-without-its-end", "gzip without its checksum", gzip.compress(PAGE)[:-8], "broken-compression"),
    _gzip("gzip-junk-behind", "a page behind whose end stand other bytes", gzip.compress(PAGE) + b"junk" * 100,
              "broken-compression"),
    _gzip("gzip-zeros-behind", "a page behind whose end stand zeros, as tapes fill up",
              gzip.compress(PAGE) + bytes(5_000), "article"),
    _gzip("gzip-many-members", "a page in as many members as it has bytes",
          b"".join(gzip.compress(PAGE[n : n + 1], 1) for n in range(len(PAGE))), "article"),
    _gzip("gzip-empty-members", "50,000 members without content before the page",
              gzip.compress(b"") * 50_000 + gzip.compress(PAGE), "article"),
    _gzip("gzip-of-nothing", "gzip of no byte", gzip.compress(b""), "empty-file"),
    _gzip("gzip-without-a-byte", "a file of no byte that is named .gz", b"", "empty-file"),
    _gzip("gzip-names-a-path", "a name inside that leads out of the folder", _named(b"../../../etc/cron.d/x"),
              "article"),
    _gzip("gzip-name-without-end", "a name inside of a megabyte that never ends", _named(b"x" * 1_000_000)[:900_000],
              "broken-compression"),
    _gzip("gzip-unknown-method", "a method of compression that there is not",
              b"\x1f\x8b\x07" + gzip.compress(PAGE)[3:], "broken-compression"),
    _gzip("gzip-that-is-plain", "a plain page named .gz", PAGE, "broken-compression"),
    _gzip("gzip-that-is-zstandard", "Zstandard named .gz", zstd.compress(PAGE), "broken-compression"),
    _gzip("gzip-that-is-zlib", "the same method without the frame of gzip", zlib.compress(PAGE), "broken-compression"),
    _gzip("gzip-records-cut-off", "records of which the last is cut off", gzip.compress(RECORDS[:-200]) , "article",
              "article", "broken-json",
          file="records.jsonl.gz"),
    _gzip("gzip-records-broken", "sound records, then a member that is broken",
          gzip.compress(RECORDS) + gzip.compress(RECORDS)[:40], *["article"] * 3, "broken-compression",
              file="records.jsonl.gz"),
    _zstd("zstandard-cut-off", "Zstandard that ends in the middle", zstd.compress(PAGE)[:100], "broken-compression"),
    _zstd("zstandard-wrong-magic", "Zstandard whose first byte is another", b"\0" + zstd.compress(PAGE)[1:],
              "broken-compression"),
    _zstd("zstandard-skippable-frames", "5,000 frames that are to be skipped before the page",
              SKIPPABLE * 5_000 + zstd.compress(PAGE), "article"),
    _zstd("zstandard-skippable-only", "a frame that is to be skipped and nothing else", SKIPPABLE, "empty-file"),
    _zstd("zstandard-skips-past-the-end", "a frame to be skipped that is longer than the file",
              SKIPPABLE[:4] + b"\xff" * 4 + b"abc", "broken-compression"),
    one_file("zstandard-window-too-large", "a window of two thousand million bytes", "page.html.zst",
              lambda: _window(21),
             "broken-compression"),
    one_file("zstandard-without-its-dictionary", "Zstandard that needs a dictionary which nobody has", "page.html.zst",
             _with_dictionary, "broken-compression"),
    _zstd("zstandard-many-frames", "a page in as many frames as it has bytes",
          b"".join(zstd.compress(PAGE[n : n + 1]) for n in range(len(PAGE))), "article"),
    _zstd("zstandard-wrong-checksum", "a checksum that does not fit",
          zstd.compress(PAGE, options={zstd.CompressionParameter.checksum_flag: 1})[:-4] + bytes(4),
              "broken-compression"),
    _zstd("zstandard-lies-about-its-length", "a frame that states a length of 2**63",
              b"\x28\xb5\x2f\xfd\xe0" + b"\xff" * 7 + b"\x7f" + zstd.compress(PAGE)[9:],
          "broken-compression"),
    _zstd("zstandard-that-is-gzip", "gzip named .zst", gzip.compress(PAGE), "broken-compression"),
    _zstd("zstandard-that-is-plain", "a plain page named .zst", PAGE, "broken-compression"),
    _zstd("zstandard-junk-behind", "a page behind whose end stand other bytes", zstd.compress(PAGE) + b"junk" * 100,
              "broken-compression"),
    _zstd("two-suffixes", "Zstandard in gzip, and so it is named", gzip.compress(zstd.compress(PAGE)), "binary-file",
              file="page.html.zst.gz"),
    _gzip("nothing-but-a-suffix", "a file whose whole name is a suffix", gzip.compress(PAGE), "binary-file",
              file=".gz"),
    one_file("bzip2", "a kind of compression that is not read", "page.html.bz2", lambda: bz2.compress(PAGE),
              "binary-file"),
    one_file("xz", "another kind of compression that is not read", "page.html.xz", lambda: lzma.compress(PAGE),
              "binary-file"),
]  # fmt: skip

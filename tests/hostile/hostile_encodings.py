"""Bytes that are in another encoding than they say, in several, in none, or no text at all."""

import base64
import codecs
import random
import zipfile
from io import BytesIO

from kinds import Kind, one_file
from sound_pages import DUMP, TITLE, html

THEME = "Encodings"
ACCENTED = DUMP.replace("council", "conseil général").replace("Dessa", "Dessà")
JAPANESE = "\n\n".join(
    ("オルスクの橋が閉鎖された", *("川の水位が一晩で二メートル上がり、橋は閉鎖されたと町議会が発表した。" * 3,) * 4)
)


def _page(name: str, about: str, meta: str, encoding: str, *ends: str) -> Kind:
    """Write a page whose meta tag says one thing and whose bytes are another."""
    page = html(meta).replace("council", "conseil général")
    return one_file(name, about, "page.html", lambda: page.encode(encoding, "replace"), *(ends or ("article",)))


def _bytes(name: str, about: str, raw: bytes, *ends: str, file: str = "page.txt") -> Kind:
    return one_file(name, about, file, lambda: raw, *ends)


def _meta(charset: str) -> str:
    return f'<meta charset="{charset}">'


def _zip() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", html() * 20)
    return packed.getvalue()


KINDS = [
    _page("says-utf-16-is-utf-8", "the page says UTF-16, its bytes are UTF-8", _meta("utf-16"), "utf-8"),
    _page("says-utf-8-is-latin", "the page says UTF-8, its bytes are Windows-1252", _meta("utf-8"), "cp1252"),
    _page("says-latin-is-utf-8", "the page says Windows-1252, its bytes are UTF-8", _meta("windows-1252"), "utf-8"),
    _page("says-ascii-is-utf-16", "the page says ASCII, its bytes are UTF-16 without a mark", _meta("us-ascii"),
              "utf-16-le"),
    _page("says-utf-7", "the page says UTF-7, in which a script can hide", _meta("utf-7") + "+ADw-script+AD4-",
              "utf-8"),
    _page("is-utf-7", "the page says UTF-7 and is", _meta("utf-7"), "utf-7"),
    _page("says-an-unknown-charset", "the page names an encoding that there is not", _meta("x-klingon"), "cp1252"),
    _page("says-user-defined", "the page says `x-user-defined`", _meta("x-user-defined"), "cp1252"),
    _page("says-nothing-at-length", "the page names no encoding: an empty name", _meta(""), "cp1252"),
    _page("says-a-name-of-ten-kilobytes", "the name of the encoding has 10 kB", _meta("a" * 10_000), "cp1252"),
    _page("says-a-codec-of-the-program", "the page names a codec of the program that is no encoding of text",
              _meta("zip"), "cp1252"),
    _page("says-hex", "the page names a codec of the program that gives bytes", _meta("hex"), "cp1252"),
    _page("says-rot13", "the page names a codec of the program that gives text for text", _meta("rot_13"), "cp1252"),
    _page("says-unicode-escape", "the page names a codec that undoes the escapes of programs",
              _meta("unicode_escape") + "\\ud800\\x00", "cp1252"),
    _page("says-idna", "the page names the codec of host names, which is slow on long ones", _meta("idna"), "cp1252"),
    _page("says-a-path", "the name of the encoding is a path", _meta("../../etc/passwd"), "cp1252"),
    _page("says-it-late", "the encoding is named after nine kilobytes of comment",
              f"<!--{'x' * 9_000}-->{_meta('windows-1251')}", "cp1252"),
    _page("says-two", "two meta tags that contradict one another", _meta("shift_jis") + _meta("windows-1252"),
              "cp1252"),
    _page("says-many", "10,000 meta tags, each with another encoding",
              "".join(_meta(f"iso-8859-{n}") for n in range(10_000)), "cp1252"),
    _page("says-replacement", "the page says an encoding that browsers refuse", _meta("iso-2022-kr"), "cp1252"),
    _page("says-hz", "the page says HZ, whose tildes hide tags", _meta("hz-gb-2312") + "~{<b>~}", "cp1252"),
    _page("is-utf-16-without-a-mark", "UTF-16 without a byte order mark", "", "utf-16-be"),
    _page("is-utf-32", "UTF-32 with its mark", "", "utf-32"),
    _page("is-ebcdic", "the bytes are EBCDIC, as mainframes write", "", "cp500", "unknown-charset"),
    _bytes("utf-16-of-odd-length", "UTF-16 that ends in half a letter", DUMP.encode("utf-16")[:-1], "article"),
    _bytes("utf-16-half-pairs", "UTF-16 with halves of pairs",
           DUMP.encode("utf-16") + b"\x00\xd8\x20\x00" * 50, "article"),
    _bytes("utf-16-mark-only", "a byte order mark of UTF-16 and nothing", codecs.BOM_UTF16_LE, "no-article"),
    _bytes("mark-of-utf-16-on-utf-8", "a byte order mark of UTF-16 before UTF-8",
              codecs.BOM_UTF16_LE + ACCENTED.encode(), "no-article"),
    _bytes("mark-of-utf-8-on-latin", "a byte order mark of UTF-8 before Windows-1252",
              codecs.BOM_UTF8 + ACCENTED.encode("cp1252"), "article"),
    _bytes("three-marks", "three byte order marks, one after the other", codecs.BOM_UTF8 * 3 + ACCENTED.encode(),
              "article"),
    _bytes("overlong-utf-8", "letters of UTF-8 in more bytes than they need",
              DUMP.encode() + b"\xc0\xaf\xe0\x80\xaf\xc1\x81 " * 20, "article"),
    _bytes("utf-8-surrogates", "halves of pairs written as UTF-8",
              ACCENTED.encode() + b"\xed\xa0\x80\xed\xbf\xbf " * 20, "article"),
    _bytes("cesu-8", "emoji written as two halves of three bytes each",
              ACCENTED.encode() + b"\xed\xa0\xbd\xed\xb8\x80 ", "article"),
    _bytes("utf-8-beyond-unicode", "UTF-8 of five and six bytes, as it once was",
              ACCENTED.encode() + b"\xf8\x88\x80\x80\x80 \xfc\x84\x80\x80\x80\x80", "article"),
    _bytes("utf-8-cut-in-a-letter", "UTF-8 that ends in mid-letter", (ACCENTED + "é").encode()[:-1], "article"),
    _bytes("utf-8-twice", "UTF-8 read as Windows-1252 and written again", ACCENTED.encode().decode("cp1252").encode(),
              "article"),
    _bytes("two-encodings", "one half in UTF-8, the other in Windows-1252",
              ACCENTED.encode() + ACCENTED.encode("cp1252"), "article"),
    _bytes("every-byte", "all 256 bytes, again and again", bytes(range(256)) * 400, "binary-file"),
    _bytes("high-bytes", "all bytes beyond ASCII, in an order of chance",
              random.Random(1).randbytes(50_000).translate(bytes(range(128, 256)) * 2), "unknown-charset"),
    _bytes("a-nul-in-a-word", "a few NULs inside words", DUMP.encode().replace(b"bridge", b"bri\0dge"), "article"),
    _bytes("nul-behind-every-page", "a page that is filled up with a megabyte of NUL",
              DUMP.encode() + b"\0" * 1_000_000, "binary-file"),
    _bytes("shift-jis-cut", "Shift JIS that ends in the first byte of a letter",
              JAPANESE.encode("shift_jis") + b"\x83", "unknown-charset"),
    _bytes("is-iso-2022-jp", "Japanese in seven bits, which is sound UTF-8 too, and nonsense",
           html(_meta("iso-2022-jp"), body="<h1>" + JAPANESE.replace("\n\n", "</h1><p>")).encode("iso2022_jp"),
           "article", file="page.html"),
    _bytes("iso-2022-jp-escapes", "ISO-2022-JP whose escapes never end",
              JAPANESE.encode("iso2022_jp") + b"\x1b$B\x1b(J\x1b$", "no-article"),
    _bytes("gb18030-four-bytes", "GB18030 in letters of four bytes",
              ("\U0001f600\u0174" * 50 + DUMP).encode("gb18030"), "unknown-charset"),
    _bytes("base64", "a page as base64", base64.encodebytes(html().encode()), "no-article"),
    _bytes("quoted-printable", "a page as mail has it, with all signs written out",
              codecs.encode(html().encode(), "quopri"), "no-article", file="page.html"),
    _bytes("png-as-html", "a picture named .html",
              b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.Random(2).randbytes(20_000), "binary-file", file="page.html"),
    _bytes("pdf-as-html", "a PDF named .html",
              b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\nstream\n" + random.Random(3).randbytes(20_000),
                  "binary-file", file="page.html"),
    _bytes("zip-as-text", "a ZIP archive named .txt", _zip(), "binary-file"),
    _bytes("program-as-text", "a program named .txt",
              b"\x7fELF\x02\x01\x01" + b"\0" * 9 + random.Random(4).randbytes(20_000), "binary-file"),
    _bytes("film-as-html", "a film named .html", b"\0\0\0\x20ftypisom\0\0\x02\0" + random.Random(5).randbytes(20_000),
              "binary-file", file="page.html"),
    _bytes("page-with-a-picture-behind", "a page of HTML with a picture behind its end",
              html().encode() * 40 + b"\x89PNG\r\n" + random.Random(6).randbytes(70_000), "binary-file",
                  file="page.html"),
    _bytes("picture-with-a-page-in-it", "a picture in whose comment stands a page",
              b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xfe" + html().encode() + b"\0;", "article",
                  file="page.html"),
    _bytes("post-script", "a PostScript program named .txt, which runs without end", b"%!PS\n{ } loop\n" * 1_000,
              "index-page"),
    _bytes("title-of-nothing", "a page of HTML that is NUL from the first byte", b"\0" * 100_000 + TITLE.encode(),
              "binary-file", file="page.html"),
]  # fmt: skip

"""Turn a page's bytes into text: byte order mark, what the page declares, UTF-8, then a well-tried guess."""

import codecs
import re

from tollwire.corpus.extract import NoArticle

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
DECLARED_WITHIN = 4_096  # bytes from the start; HTML asks for 1,024, pages are less strict
# The encodings that pages call by the narrower one's name (WHATWG Encoding Standard, "Names and labels").
READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
MOST_CONTROLS = 0.02  # share of control characters past which bytes are no text
SAMPLE = 65_536  # bytes that a guess looks at
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def is_binary(raw: bytes) -> bool:
    """Tell bytes that are no text in any encoding: control characters, where no byte order mark explains them."""
    if raw.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)):
        return False
    sample = raw[:SAMPLE]
    return len(CONTROLS.findall(sample)) > MOST_CONTROLS * len(sample)


def decode(raw: bytes, raw_format: str, encoding: str | None = None) -> str:
    """
    Decode a page; ``encoding`` is what its source record says of all its pages.

    Raises:
        NoArticle: the bytes are no text (``binary-file``), or no encoding fits them (``unknown-charset``).
    """
    if is_binary(raw):
        count = len(CONTROLS.findall(raw[:SAMPLE]))
        raise NoArticle("binary-file", f"{len(raw)} bytes with {count} control characters near the start: not text")
    for candidate in _candidates(raw, raw_format, encoding):
        try:
            return raw.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess(raw)


def _candidates(raw: bytes, raw_format: str, encoding: str | None) -> list[str]:
    candidates = [name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark)]
    declared = DECLARED.search(raw[:DECLARED_WITHIN]) if raw_format == "html" else None
    candidates += ["utf-8", *([encoding] if encoding else []), *([declared[1].decode("ascii")] if declared else [])]
    return [_widest(name) for name in candidates]


def _widest(name: str) -> str:
    try:
        name = codecs.lookup(name).name
    except LookupError:
        return name
    return READ_AS.get(name, name)


def _guess(raw: bytes) -> str:
    import charset_normalizer

    # Western pages are by far the most common of those that say nothing; a guess must beat that by its own measure.
    found = charset_normalizer.from_bytes(raw[:SAMPLE], cp_exclusion=["utf_7"]).best()
    for name in ([found.encoding] if found else []) + ["cp1252"]:
        try:
            return raw.decode(_widest(codecs.lookup(name).name))
        except UnicodeDecodeError:
            continue
    raise NoArticle("unknown-charset", f"no encoding fits the {len(raw)} bytes; name one in the source record")

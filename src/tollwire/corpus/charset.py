"""Turn a page's bytes into text: byte order mark, what the page declares, UTF-8, then a well-tried guess."""

import codecs
import re

from tollwire.corpus.extract import NoArticle

# The mark of UTF-32 begins with that of UTF-16, behind which no text has a zero.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
DECLARED_WITHIN = 4_096  # bytes from the start; HTML asks for 1,024, pages are less strict
# The encodings that pages call by the narrower one's name (WHATWG Encoding Standard, "Names and labels").
READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
# The encodings that the web uses beside Unicode, and the one that is usual in a language where it is not Windows-1252.
# Source: WHATWG Encoding Standard, "Names and labels"; HTML Standard, "Determining the character encoding", by locale.
GUESSED = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r koi8_u "
    "gb18030 big5 euc_jp shift_jis iso2022_jp euc_kr"
).split()
USUAL = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "sk", "sl"), "cp1250"),
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "ru", "sr", "tg", "uk"), "cp1251"),
    **dict.fromkeys(("az", "ku", "tr"), "cp1254"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "cp1256"),
    "el": "cp1253",
    "he": "cp1255",
    "vi": "cp1258",
    "th": "cp874",
    "ja": "shift_jis",
    "ko": "euc_kr",
    "zh": "gb18030",
}
# Codecs of Python that are no encoding of pages; and a page whose <meta> can be read is in no UTF-16 or UTF-32.
NO_CHARSET = re.compile(r"escape|idna|punycode|undefined")
NEVER_DECLARED = re.compile(rf"utf|{NO_CHARSET.pattern}")
MOST_BROKEN = 0.1  # broken letters for each sound one beyond ASCII, up to which bytes are taken to be UTF-8
MOST_CONTROLS = 0.02  # share of control characters past which bytes are no text
SAMPLE = 65_536  # bytes that a guess looks at
LEAST_ZEROS = 0.02  # share of zero bytes from which text is UTF-16: one letter in 25 is a space, a sign or Latin
TEXT_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))


def is_binary(raw: bytes) -> bool:
    """Tell bytes that are no text in any encoding: control characters, where no byte order mark explains them."""
    if raw.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)) or _unmarked_utf_16(raw):
        return False
    return _count_controls(raw) > MOST_CONTROLS * len(raw[:SAMPLE])


def _count_controls(raw: bytes) -> int:
    sample = raw[:SAMPLE]
    return len(sample) - len(sample.translate(None, CONTROLS))


def decode(raw: bytes, raw_format: str, encoding: str | None = None, language: str = "en") -> str:
    """
    Decode a page; ``encoding`` is what its server or its source record says, ``language`` settles a guess.

    Raises:
        NoArticle: the bytes are no text (``binary-file``), or no encoding fits them (``unknown-charset``).
    """
    return _decoded(raw, raw_format, encoding, language)[0]


def utf8(raw: bytes, raw_format: str, encoding: str | None = None, language: str = "en") -> bytes:
    """Give a page in UTF-8, as a parser of HTML takes it; arguments and errors are those of ``decode``."""
    text, name = _decoded(raw, raw_format, encoding, language)
    # The bytes of nearly every page are just that: to write them anew would take half as long as to parse them.
    return raw if name == "utf-8" else text.encode("utf-8", "replace")


def _decoded(raw: bytes, raw_format: str, encoding: str | None, language: str) -> tuple[str, str]:
    """Decode a page; give its encoding too, empty where that was guessed or bytes are broken."""
    if is_binary(raw):
        raise NoArticle(
            "binary-file", f"{len(raw)} bytes with {_count_controls(raw)} control characters near the start: not text"
        )
    for candidate in _candidates(raw, raw_format, encoding):
        try:
            return raw.decode(candidate), candidate
        except (ValueError, LookupError):  # no encoding of that name, or its name has NUL in it
            continue
    return _mended(raw) or _guess(raw, language), ""


def _unmarked_utf_16(raw: bytes) -> str | None:
    """
    Tell UTF-16 without a byte order mark by its zero bytes: every space and line end has one, always on one side.

    Source: WHATWG Encoding Standard knows no such page; Windows programs that save pages as "Unicode" write them.
    """
    if b"\0" not in raw[:SAMPLE]:
        return None
    sample = raw[: SAMPLE - SAMPLE % 2]
    zeros = sample[0::2].count(0), sample[1::2].count(0)
    name = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    # A letter whose code ends in a zero byte, such as the ideographic space, has it on the other side.
    if max(zeros) < LEAST_ZEROS * len(sample) or min(zeros) > MOST_CONTROLS * max(zeros):
        return None
    try:
        text = sample.decode(name)
    except UnicodeDecodeError as error:
        text = sample[: error.start].decode(name) if error.start >= len(sample) - 3 else "\0"
    return name if len(TEXT_CONTROLS.findall(text)) <= MOST_CONTROLS * len(text) else None


def _mended(raw: bytes) -> str | None:
    """Read UTF-8 of which a few bytes are broken, such as a page cut in mid-letter; None for what was never UTF-8."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(not letter.isascii() for letter in text) - broken
    return text if broken <= MOST_BROKEN * sound else None


def _candidates(raw: bytes, raw_format: str, encoding: str | None) -> list[str]:
    candidates = [name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark)]
    if not candidates and (unmarked := _unmarked_utf_16(raw)):
        candidates.append(unmarked)
    declared = DECLARED.search(raw[:DECLARED_WITHIN]) if raw_format in ("html", "warc") else None
    named = [_widest(encoding)] if encoding and not NO_CHARSET.search(_widest(encoding)) else []
    if declared and not NEVER_DECLARED.search(name := _widest(declared[1].decode("ascii"))):
        named.append(name)
    # The letters of ISO-2022-JP are bytes of ASCII between escapes: as UTF-8 they are read too, as nonsense.
    escaping = [name for name in named if name.startswith("iso2022") and b"\x1b" in raw]
    return [*candidates, *escaping, "utf-8", *named]


def _widest(name: str) -> str:
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return name
    return READ_AS.get(name, name)


def _guess(raw: bytes, language: str) -> str:
    import charset_normalizer

    usual = USUAL.get(language.split("-")[0], "cp1252")
    found = charset_normalizer.from_bytes(raw[:SAMPLE], cp_isolation=GUESSED)
    best = found.best()
    guesses = [best.encoding] if best else []
    # Encodings of one family read a short text equally well; the one that is usual in its language is likelier.
    equals = [one for one in found if (one.chaos, -one.coherence) <= (best.chaos, -best.coherence)] if best else []
    if any(usual in one.could_be_from_charset for one in equals):
        guesses = [usual]
    for name in (*guesses, usual, "cp1252"):
        try:
            return raw.decode(_widest(name))
        except UnicodeDecodeError:
            continue
    raise NoArticle("unknown-charset", f"no encoding fits the {len(raw)} bytes; name one in the source record")

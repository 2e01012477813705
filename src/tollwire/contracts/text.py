"""What clean text is: the text rules that every article keeps, so that offsets mean the same everywhere."""

import hashlib
import re
import unicodedata

# Controls (but the line feed), zero-width and direction marks, surrogates, non-characters, every space but U+0020.
STRAY = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)
SPACE_RUN = re.compile(r"  | \n|\n | $|^ ")
LONG_GAP = re.compile(r"\n{3,}|^\n|\n$")


def sha256_text(text: str) -> str:
    """Digest a text: SHA-256 of its UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def text_faults(text: str) -> list[str]:
    """
    Name the text rules that a text breaks, with the place of the first breach; empty when it keeps them all.

    NFC; line feeds only; no control or zero-width character; no run of spaces and none at a line's end;
    at most one blank line.
    """
    faults = []
    if not unicodedata.is_normalized("NFC", text):
        faults.append("not in Unicode form NFC")
    if found := STRAY.search(text):
        faults.append(f"character U+{ord(found[0]):04X} at {found.start()}")
    if found := SPACE_RUN.search(text):
        faults.append(f"a space too many at {found.start()}")
    if found := LONG_GAP.search(text):
        faults.append(f"a line feed too many at {found.start()}")
    return faults

"""Make text keep the text rules: NFC, single spaces, line feeds, nothing that cannot be seen."""

import re
import unicodedata

from tollwire.contracts.text import STRAY

LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean_line(line: str) -> str:
    """Clean one stretch of text into a single line: every break, tab and run of spaces becomes one space."""
    line = " ".join(line.split())
    # Nearly every line needs no more.
    if line.isprintable() if line.isascii() else unicodedata.is_normalized("NFC", line) and not STRAY.search(line):
        return line
    # Composing can bring back what was removed (a few compatibility singletons), so compose before removing.
    line = STRAY.sub("", unicodedata.normalize("NFC", line))
    return unicodedata.normalize("NFC", " ".join(line.split()))


def split_lines(text: str) -> list[str]:
    """Split raw text at every kind of line break, the lines still uncleaned."""
    return LINE_BREAK.sub("\n", text).split("\n")

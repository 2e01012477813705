"""Make text keep the text rules: NFC, single spaces, line feeds, nothing that cannot be seen."""

import re
import unicodedata

from tollwire.contracts.text import STRAY

LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SPACE = re.compile(r"[\t \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def clean_line(line: str) -> str:
    """Clean one stretch of text into a single line: every break, tab and run of spaces becomes one space."""
    line = SPACE.sub(" ", LINE_BREAK.sub(" ", line).replace("\n", " "))
    # Composing can bring back what was removed (a few compatibility singletons), so compose before removing.
    line = STRAY.sub("", unicodedata.normalize("NFC", line))
    return unicodedata.normalize("NFC", SPACE.sub(" ", line).strip(" "))


def split_lines(text: str) -> list[str]:
    """Split raw text at every kind of line break, the lines still uncleaned."""
    return LINE_BREAK.sub("\n", text).split("\n")

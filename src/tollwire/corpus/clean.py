"""Make text keep the text rules: NFC, single spaces, line feeds, nothing that cannot be seen."""

import re
import unicodedata

from tollwire.contracts.text import STRAY

# Marks on one letter. To bring many more into their order takes time by the square of their number: 100,000 took a
# minute. Source: Unicode Standard Annex 15, "Stream-Safe Text Format": no language needs more than 18.
MOST_MARKS = 30
FLOOD = re.compile(
    rf"[^\w\x00-\u02ff]{{{2 * MOST_MARKS + 3},}}"
)  # no mark is a letter; nearly no line has so long a run
SPLITTING_MARKS = frozenset("\u0f73\u0f75\u0f81")  # no marks by their own class, but of two marks each
LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean_line(line: str) -> str:
    """Clean one stretch of text into a single line: every break, tab and run of spaces becomes one space."""
    line = " ".join(line.split())
    if not line.isascii():
        line = _without_floods(line)
    # Nearly every line needs no more.
    if line.isprintable() if line.isascii() else unicodedata.is_normalized("NFC", line) and not STRAY.search(line):
        return line
    # Composing can bring back what was removed (a few compatibility singletons), so compose before removing.
    line = STRAY.sub("", unicodedata.normalize("NFC", line))
    return unicodedata.normalize("NFC", _without_floods(" ".join(line.split())))


def _without_floods(line: str) -> str:
    """Leave out marks past the thirtieth on one letter, where there are twice as many or more."""
    # Every 31st character: of such a run it meets two at least, and of other text it costs next to nothing.
    sample = line[:: MOST_MARKS + 1]
    if SPLITTING_MARKS.isdisjoint(sample) and not any(map(unicodedata.combining, sample)):
        return line
    return FLOOD.sub(_thinned, line)


def _thinned(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for one in run[0]:
        marks = marks + 1 if unicodedata.combining(one) or one in SPLITTING_MARKS else 0
        if marks <= MOST_MARKS:
            kept.append(one)
    return "".join(kept)


def split_lines(text: str) -> list[str]:
    """Split raw text at every kind of line break, the lines still uncleaned."""
    return LINE_BREAK.sub("\n", text).split("\n")

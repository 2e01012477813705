"""Make text keep the text rules: NFC, single spaces, line feeds, nothing that cannot be seen."""

import re
import unicodedata

from tollwire.contracts.text import STRAY

# Marks on one letter. To bring many more into their order takes time by the square of their number: 100,000 took a
# minute. Source: Unicode Standard Annex 15, "Stream-Safe Text Format": no language needs more than 18.
MOST_MARKS = 30
LEAST_FLOOD = 2 * MOST_MARKS + 3  # characters
FLOOD = re.compile(rf"[^\w\x00-\u02ff]{{{LEAST_FLOOD},}}")  # no mark is a letter; nearly no line has so long a run
SPLITTING_MARKS = frozenset("\u0f73\u0f75\u0f81")  # no marks by their own class, but of two marks each
LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
BREAKS = "\r\x0b\x0c\x85\u2028\u2029"  # one of which stands in every match of LINE_BREAK
PRINTABLE_STRAY = "\u034f\u115f\u1160\u17b4\u17b5"  # the stray characters that Python counts as printable


def clean_line(line: str) -> str:
    """Clean one stretch of text into a single line: every break, tab and run of spaces becomes one space."""
    if not (line.isprintable() and _is_spaced(line)):  # a printable one has no white space but the space
        line = " ".join(line.split())
    # Nearly every line needs no more.
    if line.isprintable() if line.isascii() else _is_sound(line := _without_floods(line)):
        return line
    # Composing can bring back what was removed (a few compatibility singletons), so compose before removing.
    line = STRAY.sub("", unicodedata.normalize("NFC", line))
    return unicodedata.normalize("NFC", _without_floods(" ".join(line.split())))


def _is_spaced(line: str) -> bool:
    return "  " not in line and line[:1] != " " and line[-1:] != " "


def _is_sound(line: str) -> bool:
    """Tell a line of which nothing is to be composed or removed."""
    return unicodedata.is_normalized("NFC", line) and (
        not any(map(line.__contains__, PRINTABLE_STRAY)) if line.isprintable() else not STRAY.search(line)
    )


def _without_floods(line: str) -> str:
    """Leave out marks past the thirtieth on one letter, where there are twice as many or more."""
    if len(line) < LEAST_FLOOD:
        return line
    # Every 31st character: of such a run it meets two at least, and of other text it costs next to nothing.
    sample = set(line[:: MOST_MARKS + 1])
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
    if any(map(text.__contains__, BREAKS)):
        text = LINE_BREAK.sub("\n", text)
    return text.split("\n")


def clean_lines(text: str) -> list[str]:
    """Split raw text into clean lines, the empty ones among them: each as ``clean_line`` gives it, but faster."""
    lines = [line.strip(" ") for line in split_lines(text)]
    # What holds of the whole text holds of its lines: every part of a text in form NFC is in form NFC.
    if not text.isascii() and (
        _without_floods(text) != text
        or not unicodedata.is_normalized("NFC", text)
        or any(map(text.__contains__, PRINTABLE_STRAY))
    ):
        return list(map(clean_line, lines))
    return [line if line.isprintable() and "  " not in line else clean_line(line) for line in lines]

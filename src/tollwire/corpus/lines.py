"""What a single line of a news page is, by its words alone: furniture of the site, a credit, a by-line."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from tollwire.corpus.names import DAY_OR_MONTH, NAME, UPPER, announced_people, is_office
from tollwire.corpus.names import people as people

LEXICON = Path(__file__).parent / "lexicon" / "lines.toml"
LONG_LINE = 24  # words from which a line is prose whether or not it ends like a sentence
LONGEST_BYLINE = 20  # words
LONGEST_ANNOUNCED = 12  # words of a by-line in another language
LONGEST_OFFICE = 8  # words of a by-line that names no person but an office
# Scripts that put no space between words, with the letters that a word has on average.
UNSPACED = (
    (re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"), 2),  # Chinese, Japanese
    (re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), 5),  # Thai, Lao, Burmese, Khmer
)
LONGEST_FURNITURE = 600  # characters; a longer line is read as text, and no pattern is tried on it
LONGEST_CREDIT = 160  # characters at the end of a caption in which its credit is looked for
CREDIT_WORDS = Path(__file__).parent / "lexicon" / "credits.toml"


def _credit_words() -> str:
    words = tomllib.loads(CREDIT_WORDS.read_text(encoding="utf-8"))["before"]
    forms = {form for word in words for form in (word[0].upper() + word[1:], word.title(), word.upper())}
    return "|".join(
        re.escape(form).replace(r"\ ", r"\s") for form in sorted(forms, key=lambda form: (-len(form), form))
    )


# Where a caption names its photographer or agency: at its end, after a slash, in brackets, or after a word for it.
# It follows the end of a sentence, or the line does not end like one: "..., a resident told AFP." credits nobody.
CREDIT = re.compile(
    rf"""(?:(?P<sentence>(?:^|(?<=[.!?\u2026"'\u201d\u2019)\]]))\s*)|\s*)(?:
        (?<![\w,;])[/|]\s?(?:via\s)?{NAME}(?:[ /](?:and\s)?[\w.&'\u2019-]+){{0,5}}        # ... /CFP  ... /Wire pool
      | [\[(](?i:file|handout|archive)(?:\s(?i:photo|picture|image))?[\])]                  # (File photo)
      | [\[(](?i:photo|image|picture|credit)s?\b[^\])]{{0,60}}[\])]                        # (Photo: N. N.)
      | [\[(](?:AP|AFP|EPA|REUTERS|Reuters|Getty)\b[^\])]{{0,60}}[\])]                     # (AP Photo/N. N.)
      | [\[(]{NAME}[^\])\d/]{{0,40}}/\s?[{UPPER}][^\])\d]{{0,40}}[\])]                     # [N. N./Agency]
      | (?<!\w)(?:{_credit_words()})
        (?:\s(?i:credit|by|courtesy(?:\sof)?))?\s?[:\uff1a]\s*[^.!?\u3002]{{1,60}}             # Photo: N. N.
      | \b(?i:photo(?:graph)?s?\sby|(?:photo\s)?courtesy\sof)\s+{NAME}[^.!?]{{0,50}}         # Photo by N. N.
      | (?(sentence)(?:REUTERS|EPA|AFP|AP|Getty\sImages)(?:\s?/\s?{NAME}(?:\s{NAME}){{0,5}})*|(?!))   # REUTERS/N. N.
      | (?:\u00a9|\([Cc]\))\s?{NAME}[^.!?]{{0,50}}                                             # \u00a9 N. N.
    )(?(sentence)\.?|(?<![.!?]))\s*$""",
    re.VERBOSE,
)
# What every credit has some of; most lines have none, and the pattern above need not be tried on them.
CREDIT_CUES = (*"/|([:\uff1a\u00a9", "photo", "courtesy", "reuters", "epa", "afp", "ap", "getty")
BYLINE = re.compile(
    r"\(?(?:(?:words|story|text|report(?:ed|ing)?|written) )?by[:\s]\s*(?P<rest>[^\s;][^;]*).*", re.IGNORECASE
)
ROLE = re.compile(
    r"(?:[\w'\u2019-]+ ){0,4}(?:correspondent|reporter|editor|writer)(?: (?:in|at|for) [^,]{1,40})?"
    r"(?:,[^,]*\d{4}.{0,20})?",
    re.IGNORECASE,
)
TERMINATED = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u061f\u0964][\"'\u201d\u2019\u00bb)\]]*$|,[\"\u201d\u2019']$")


@cache
def _patterns() -> dict[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    """Give of each kind of furniture what every line of it has, where that is known, and its pattern."""
    lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    cues = lexicon.pop("cues")
    return {
        name: (tuple(cues.get(name, ())), re.compile("|".join(f"(?:{one})" for one in ones), re.IGNORECASE))
        for name, ones in lexicon.items()
    }


@lru_cache(maxsize=8192)  # a site's menu is on all of its pages
def furniture(line: str) -> str | None:
    """Name what sort of page furniture a line is (a section of ``lexicon/lines.toml``); None for what may be text."""
    if len(line) > LONGEST_FURNITURE:
        return None
    folded = line.casefold()
    for name, (cues, pattern) in _patterns().items():
        if (not cues or any(cue in folded for cue in cues)) and pattern.fullmatch(line):
            return name
    return None


def split_credit(caption: str) -> tuple[str, str]:
    """Split a caption such as "Smoke over the market. /Wire pool" from the credit at its end; "" where it has none."""
    end = caption[-LONGEST_CREDIT:]
    folded = end.casefold()
    found = CREDIT.search(end) if any(cue in folded for cue in CREDIT_CUES) else None
    if not found or found.start() == found.end():
        return caption, ""
    cut = len(caption) - len(end) + found.start()
    return caption[:cut].rstrip(" ,;|/\u2013\u2014-"), caption[cut:].strip()


def count_words(line: str) -> int:
    """Count the words of a line; where a script puts no spaces between them, estimate them from its letters."""
    if line.isascii():
        return len(line.split())
    words = 0
    for letters, letters_per_word in UNSPACED:
        line, count = letters.subn(" ", line)
        words += -(-count // letters_per_word)
    return words + sum(any(map(str.isalnum, word)) for word in line.split()) if words else len(line.split())


def is_terminated(line: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return bool(TERMINATED.search(line))


def is_prose(line: str) -> bool:
    """Tell a line of running text from a headline, a label or a menu: it ends as a sentence does, or is long."""
    words = count_words(line)
    return words >= LONG_LINE or (words >= 3 and is_terminated(line))


def byline_people(line: str) -> list[str] | None:
    """
    Read the people of a by-line: "By Nadia Karim and Tom Obi, 14 March 2021", or "Nadia Karim, war correspondent".

    Returns:
        Their names in order; empty when the line is a by-line that names nobody ("By our staff"); None when it is none.
    """
    if len(line.split()) > LONGEST_BYLINE or is_terminated(line):
        return None
    if found := BYLINE.fullmatch(line):
        names = people(found["rest"].rstrip(")"))
        return names if names or _is_office(found["rest"]) else None
    if len(line.split()) <= LONGEST_ANNOUNCED and (names := announced_people(line)):
        return names
    name, comma, role = line.partition(",")
    return people(name) or None if comma and ROLE.fullmatch(role.strip()) else None


def _is_office(rest: str) -> bool:
    """Tell what follows "By" in "By our staff" or "By AFP" from a headline such as "By land and sea, they flee"."""
    words = rest.split()
    is_name = len(words) <= 3 and all(word[0].isupper() for word in words)
    return len(words) < LONGEST_OFFICE and (is_office(rest) or is_name) and not DAY_OR_MONTH.match(rest)


def furniture_kinds(line: str) -> int:
    """Number the sort of page furniture that a line is, in the order of ``lexicon/lines.toml`` from 1; 0 for none."""
    kind = furniture(line)
    return 0 if kind is None else list(_patterns()).index(kind) + 1

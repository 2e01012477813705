"""The names of people in a by-line, told from offices, jobs, agencies and dates by their form and their words."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon" / "names.toml"
# Latin, Greek, Cyrillic and Armenian capitals.
UPPER = "A-Z\u00c0-\u00de" + "".join(filter(str.isupper, map(chr, range(0x100, 0x590))))
NAME = rf"[{UPPER}][\w.&'\u2019-]*"
# Scripts that have no capitals tell a name by nothing but its place and its length.
LATIN = re.compile(r"[a-zA-Z\u00c0-\u058f]")
LONGEST_CASELESS = 30  # characters
MOST_CASELESS_WORDS = 4
SHORTEST_CAPITAL = 2  # letters; "AB" may be initials
# A full stop after a name, not the one of "Jr." or of an initial.
FULL_STOP = re.compile(r"(?<=\w{3})\.$")
MONONYM = re.compile(rf"[{UPPER}][\w'\u2019-]{{2,20}}")
SMALL = re.compile(r"[a-z\u00df-\u00ff'\u2019-]{2,20}(?: [a-z\u00df-\u00ff'\u2019-]{2,20}){1,2}")
LONGEST_ANNOUNCEMENT = 120  # characters of what announces a by-line; no word for it is nearly as long
LONGEST_NAMES = 400  # characters of a by-line
MOST_NAMES = 25
DAY_OR_MONTH = re.compile(
    r"\b(january|february|march|april|june|july|august|september|october|november|december|"
    r"(mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
MAIL_OR_WEB = re.compile(r"(?:mailto:)?[\w.+-]{1,64}@[\w.-]{0,64}|(?:https?://|www\.)\S{1,200}|@\w{1,40}")
FIRST_PART = re.compile(r"[,;|/]| - ")
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
DOMAIN = re.compile(r"\w\.[a-z]{2,}\b")


@cache
def lexicon_words(section: str) -> str:
    """Give one section of ``lexicon/names.toml`` as the alternatives of a regular expression."""
    lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return "|".join(lexicon[section])


@cache
def _person() -> re.Pattern[str]:
    particle = rf"(?:{lexicon_words('particles')})"
    return re.compile(rf"(?:{particle} ){{0,2}}{NAME}(?: (?:{particle}[ -])*{NAME}){{1,5}}")


@cache
def _office() -> re.Pattern[str]:
    # Chinese and Japanese put no space around an office.
    return re.compile(
        rf"(?<![^\W\d_\u0900-\uffff])(?:{lexicon_words('offices')})(?![^\W\d_\u0900-\uffff])", re.IGNORECASE
    )


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon_words('openers')})\s", re.IGNORECASE)


@cache
def _separator() -> re.Pattern[str]:
    # Small, or all capitals: "Dan" and "Na" are names, "dan" and "na" join two in Indonesian and Swahili.
    joins = lexicon_words("joins")
    loud = "AND|And|UND|Und|OG|OCH"
    return re.compile(
        rf"\s*(?:[,;|/&\u00b7\u2022\u3001\uff0c\u060c]|(?<!\S)(?:{joins}|{loud})(?!\S)|\s[-\u2013\u2014]\s)\s*"
    )


@cache
def _leaves() -> re.Pattern[str]:
    return re.compile(rf"(?<=\S)\s+(?:{lexicon_words('leaves')}|For|In|At)\s")


@cache
def _announced(flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"^(?:{lexicon_words('announces')})(?:\s*[:\uff1a]\s*|\s+|$)", flags)


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{lexicon_words('follows')})$")


def is_office(text: str) -> bool:
    """Tell whether a text holds a word for an office, a job or an outlet."""
    return bool(_office().search(text))


def is_nobody(text: str) -> bool:
    """Tell whether an author's field holds neither a person nor an outlet: "admin", "Staff", a day, an address."""
    short = text.strip(" .:-")
    # "Sunday Post" is an outlet, "14 March 2021" is none.
    is_day = any(map(str.isdigit, short)) and bool(DAY_OR_MONTH.search(short))
    return not short or is_day or bool(_nobody().fullmatch(short) or MAIL_OR_WEB.search(short))


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(lexicon_words("nobody"), re.IGNORECASE)


def is_announced(text: str) -> bool:
    """Tell whether a text begins as a by-line does: "By ...", "Von ..."."""
    # Where case counts, the first letter tells at once which words may match: five times as fast.
    return bool(_announced(0).match(text[:LONGEST_ANNOUNCEMENT].lower()))


def people(names: str, is_stated: bool = False) -> list[str]:
    """
    List the people in a run of names joined by commas, "and" or bars; offices, desks and dates are left out.

    Where the page states that these are authors, ``is_stated``, names in a script without capitals count too; in
    running text nothing would tell them from other words.
    """
    found: list[str] = []
    names = BRACKETS.sub(" ", MAIL_OR_WEB.sub(" | ", names[:LONGEST_NAMES]))
    for part in _separator().split(names)[: 2 * MOST_NAMES]:
        part = _leaves().split(part, maxsplit=1)[0]
        whole = FULL_STOP.sub("", part.strip(" \t:\u2013\u2014-*"))
        name = _announced().sub("", _announced().sub("", whole, count=1), count=1).strip()
        if is_stated:
            name = _follows().sub("", name)
        if name not in found and is_person(name, is_stated):
            found.append(name)
    return found[:MOST_NAMES]


def announced_people(line: str) -> list[str]:
    """List the people of a line that begins as a by-line does and goes on with a name; empty for any other line."""
    found = people(line) if is_announced(line) else []
    return found if found and found[0] in FIRST_PART.split(line, maxsplit=1)[0] else []


def only_name(text: str) -> str | None:
    """Give the one name that a text is, where it is a single word ("Heryadi") or all written small ("nadia karim")."""
    name = _announced().sub("", text.strip()[: 2 * LONGEST_CASELESS], count=1)
    is_name = MONONYM.fullmatch(name) or SMALL.fullmatch(name)
    return name if is_name and not (is_office(name) or _opener().match(name) or name.isupper()) else None


def is_person(name: str, is_stated: bool = False) -> bool:
    """Tell whether a text has the form of one person's name."""
    if (
        _opener().match(name)
        or is_office(name)
        or DAY_OR_MONTH.search(name)
        or DOMAIN.search(name)
        or any(map(str.isdigit, name))
    ):
        return False
    if _person().fullmatch(name):
        return True
    return is_stated and _is_caseless(name)


def written_name(name: str) -> str:
    """Write a name that a by-line has in capitals as names are written: "NADIA O'HARA" is Nadia O'Hara."""
    if not (name.isupper() and " " in name and is_person(name)):
        return name
    return " ".join(word.title() if len(word) > SHORTEST_CAPITAL else word for word in name.split())


def _is_caseless(name: str) -> bool:
    if not 2 <= len(name) <= LONGEST_CASELESS or LATIN.search(name) or len(name.split()) > MOST_CASELESS_WORDS:
        return False
    return all(one in " \u30fb\u200c" or one.isalpha() or unicodedata.category(one)[0] == "M" for one in name)

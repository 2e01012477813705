"""The words that dates are written with: months of 74 languages, labels such as "published", time zones."""

import re
import tomllib
import unicodedata
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ahocorasick_rs import AhoCorasick, Implementation

LEXICON = Path(__file__).parent / "lexicon"
ACCENT = re.compile("[\u0300-\u036f]")
UNSPACED = "\u0590"  # from here on scripts join a word to what is before it, or put no spaces at all
MOST_MONTH_WORDS = 2
LABELS = ("published", "changed", "membership")  # what a text can say that a date is of


def fold(text: str) -> str:
    """Write a text without case and accents, as the lexicon is looked up; "Février" and "fevrier" are one word."""
    if text.isascii():
        return text.lower()
    bare = ACCENT.sub("", unicodedata.normalize("NFD", text.casefold()))
    return unicodedata.normalize("NFC", bare).replace("\u0131", "i")


@cache
def months(language: str) -> dict[str, int]:
    """
    Give the number of each month's folded name.

    All languages together, for a paper quotes others and its language can be told wrongly; where two give one name to
    two months (Polish "listopad" is November, Croatian October) the language decides, and in a third it is no month.
    """
    everywhere: dict[str, set[int]] = {}
    for names in _month_names().values():
        for name, number in names.items():
            everywhere.setdefault(name, set()).add(number)
    agreed = {name: next(iter(found)) for name, found in everywhere.items() if len(found) == 1}
    return agreed | _month_names().get(primary(language), {})


@cache
def _month_names() -> dict[str, dict[str, int]]:
    stated = tomllib.loads((LEXICON / "months.toml").read_text(encoding="utf-8"))
    return {
        language: {fold(name): number for number, variants in enumerate(names, 1) for name in variants.split("|")}
        for language, names in stated.items()
    }


def primary(language: str) -> str:
    """Give the language of a tag such as "pt-BR", in the lexicon's name for it."""
    first = language.replace("_", "-").split("-")[0].lower()
    return {"no": "nb", "nn": "nb", "tl": "fil", "iw": "he", "in": "id"}.get(first, first)


@cache
def words() -> dict[str, Any]:
    """Read the lexicon of labels, connecting words and zones."""
    return tomllib.loads((LEXICON / "date_words.toml").read_text(encoding="utf-8"))


@cache
def first_words(language: str) -> frozenset[str]:
    """List the words that names of months begin with, folded."""
    return frozenset(name.split(" ", 1)[0] for name in months(language))


@cache
def label(kind: str) -> re.Pattern[str]:
    """Give the pattern that finds a label ("published" or "changed") in a folded text."""
    return re.compile("|".join(map(_entry, words()[kind])))


@cache
def _label_words() -> tuple[list[str], AhoCorasick]:
    """Give the kind of every word of a label, and what finds them in a folded text."""
    kinds = [(kind, fold(entry.rstrip("-"))) for kind in LABELS for entry in words()[kind]]
    return [kind for kind, _ in kinds], AhoCorasick([word for _, word in kinds], implementation=Implementation.DFA)


def labels_in(folded: str) -> set[str]:
    """Name the kinds of labels that a folded text may have: a quick look before the patterns are tried."""
    kinds, finder = _label_words()
    return {kinds[number] for number, _, _ in finder.find_matches_as_indexes(folded, overlapping=True)}


def _entry(entry: str) -> str:
    """
    Give the pattern of one word, which starts no later than a word does in scripts with spaces.

    That is looked at after the first letter: where all entries start with a letter a search passes over the others,
    ten times as fast.
    """
    word = fold(entry)
    start = r"(?<![^\W\d_].)" if word < UNSPACED else ""
    rest = re.escape(word[1:-1]) + r"\b" if word.endswith("-") else re.escape(word[1:])
    return re.escape(word[0]) + start + rest


@cache
def halves_of_day() -> dict[str, int]:
    """Give each folded word for a half of the day, with the hours that it adds to those of a twelve-hour clock."""
    before, after = words()["before_noon"], words()["after_noon"]
    return {fold(word): 0 for word in before} | {fold(word): 12 for word in after}


def zone_of(name: str, offset: str, naive: datetime, zone: ZoneInfo) -> tzinfo:
    """
    Read the time zone after a clock: an abbreviation such as "EST", an offset such as "+05:30", or both.

    What is neither says nothing, and the clock is the outlet's.
    """
    if offset:
        digits = re.sub(r"\D", "", offset)
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits or 0), 0)
        away = timedelta(hours=hours, minutes=minutes)
        return timezone(away if offset[0] == "+" else -away) if away < timedelta(hours=24) else zone
    if not name or name == naive.replace(tzinfo=zone).tzname():
        return zone
    stated = words()["zones"].get(name.upper())
    if stated is None:
        return zone
    return ZoneInfo(stated) if isinstance(stated, str) else timezone(timedelta(hours=stated))

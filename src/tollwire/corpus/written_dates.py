"""Find the dates in a line as the press writes them, in any language: "14 mars 2021 à 09h30", "2021年3月14日"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from tollwire.corpus.date_words import (
    MOST_MONTH_WORDS,
    first_words,
    fold,
    halves_of_day,
    label,
    months,
    primary,
    words,
    zone_of,
)

EARLIEST = date(1990, 1, 1)  # of a date that is only found: the web is no older, and what is older is of the story
EARLIEST_STATED = date(1700, 1, 1)  # of a date that is stated: archives put their old issues online
LATEST = date(2040, 1, 1)  # a fixed bound, for with one that moves the same page would read otherwise tomorrow
LONGEST_LINE = 400  # characters in which a date is looked for

# A word is a run of anything but spaces, digits and punctuation (\w would break Indian words at their vowel signs).
NOT_IN_WORD = r"\s\d!-/:-@\[-`{-~\u00a0-\u00bf\u05be\u060c\u066b\u066c\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a"
TOKEN = re.compile(rf"\d+|[^{NOT_IN_WORD}]+(?:\.[^{NOT_IN_WORD}]+)*")
NUMERIC = re.compile(
    r"(?<![\d/.-])(?:(?P<year>\d{4})\s?(?P<mark>[-/.])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<day>\d{1,2})(?!\d)"
    r"|(?P<first>\d{1,2})\s?(?P<mark_2>[-/.])\s?(?P<second>\d{1,2})\s?(?P=mark_2)\s?(?P<last>\d{4}|\d{2})(?!\d|[./-]\d))"
)
EASTERN = re.compile(
    r"(?P<year>\d{4})\s?[\u5e74\ub144]\s?(?P<month>\d{1,2})\s?[\u6708\uc6d4]\s?(?P<day>\d{1,2})\s?[\u65e5\uc77c]?"
    r"|(?P<day_2>\d{1,2})\s(?:th\u00e1ng|thg)\s(?P<month_2>\d{1,2})(?:,\s?|\sn\u0103m\s|\s)(?P<year_2>\d{4})",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:\s?[:.hH\u066b\uff1a\u6642\u65f6\uc2dc]\s?(?P<minute>\d{2})(?!\d)"
    r"(?:[:.m\u5206\ubd84]\s?(?P<second>\d{2})(?:[.,]\d{1,9})?(?!\d))?(?![./-]?\d)"
    r"|(?=\s?(?:[ap]\.?m\b|Uhr\b|h\b)))[\u5206\ubd84]?",
    re.IGNORECASE,
)
HALF_OF_DAY = re.compile(r"\s?([^\W\d_]{1,5}\.?\s?(?:[m\u03bc]\b\.?)?)")
HOUR_FOLLOWS = re.compile(r"\s?[:.hH]\s?\d|\s?[ap]\.?m\b|\s?Uhr")
UNIX = re.compile(r"\s{1,2}\d{2}:\d{2}:\d{2}(?:\s[A-Z]{1,5})?\s")  # between day and year: "Mar 14 09:30:00 CET 2021"
ZONE = re.compile(
    r"\s?(?:(?:Uhr|hrs?|hs?|\u0447)\b\.?\s?)?[(\[]?(?P<name>[A-Z]{1,5}\b)?\s?(?P<offset>[+\u2212-]\d{1,2}(?::?\d{2})?(?![\d.]))?"
)
HEBREW_IN = "\u05d1"  # "in March" is one word
FARTHEST_CLOCK = 30  # characters between a date and its time of day
CUSTOMARY_MONTH_FIRST = ("US", "PH")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a line: where it stands with its time of day, the day in the outlet's zone, the moment if stated."""

    start: int
    end: int
    day: date
    at: datetime | None


def is_month_first(language: str, zone: ZoneInfo) -> bool | None:
    """
    Tell whether "3/4/2021" is the fourth of March: by the region of the language tag, else by the outlet's zone.

    None for English of an unknown place: half of its press writes one way and half the other.
    """
    region = language.replace("_", "-").split("-")[-1]
    if region in CUSTOMARY_MONTH_FIRST:
        return True
    if primary(language) != "en" or (len(region) == 2 and region.isupper()):
        return False
    if zone.key.startswith("America/") or zone.key == "Asia/Manila":
        return True
    return None if zone.key in ("UTC", "Etc/UTC") else False


def find_dates(line: str, zone: ZoneInfo, language: str) -> list[WrittenDate]:
    """List the dates of a line in order; a time of day beside one belongs to it, in the zone that it names."""
    line = line[:LONGEST_LINE]
    bare = sorted({*_numeric(line, is_month_first(language, zone)), *_eastern(line), *_with_month(line, language)})
    found: list[WrittenDate] = []
    end = 0
    for number, (start, stop, day) in enumerate(bare):
        if start < end:
            continue
        following = bare[number + 1][0] if number + 1 < len(bare) else len(line)
        one = _with_clock(line, start, stop, day, (end, following), zone)
        found.append(one)
        end = one.end
    return found


def _day(year: int, month: int, day: int) -> date | None:
    if 2400 < year < 2700:
        year -= 543  # Thailand counts from the Buddha's death
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found < LATEST else None


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _numeric(line: str, month_first: bool | None) -> Iterator[tuple[int, int, date]]:
    if all(line.count(mark) < 2 for mark in "-/."):
        return
    for found in NUMERIC.finditer(line):
        if found["year"]:
            day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
        else:
            first, second, year = int(found["first"]), int(found["second"]), _full_year(found["last"])
            if found["mark_2"] == "." or first > 12 or first == second or month_first is False:
                day = _day(year, second, first)
            elif second > 12 or month_first:
                day = _day(year, first, second)
            else:
                day = None
        if day:
            yield found.start(), found.end(), day


def _eastern(line: str) -> Iterator[tuple[int, int, date]]:
    if line.isascii() and "thg" not in line.lower():
        return
    for found in EASTERN.finditer(line):
        parts = found.group("year", "month", "day") if found["year"] else found.group("year_2", "month_2", "day_2")
        if day := _day(*map(int, parts)):
            yield found.start(), found.end(), day


@cache
def _gap() -> re.Pattern[str]:
    """What may stand between two parts of one date: an ordinal's ending, punctuation, connecting words."""
    joined = "|".join(map(re.escape, words()["connecting"]))
    mark = r"[\s.,/()|\u00ba\u00b0\u00aa'\u2019\u00b7-]"
    return re.compile(
        rf"(?:-?[^\W\d_]{{1,3}}(?=[\s.,]))?{mark}{{0,4}}(?:(?:{joined}){mark}{{1,3}}){{0,2}}", re.IGNORECASE
    )


def _with_month(line: str, language: str) -> Iterator[tuple[int, int, date]]:
    """Find the dates that name their month: day and year around it, or both behind it, or the year first."""
    names, first = months(language), first_words(language)
    tokens = list(TOKEN.finditer(line))
    for place, token in enumerate(tokens):
        word = fold(token[0])
        if word not in first and word.removeprefix(HEBREW_IN) not in first:
            continue
        if not (month := _month(tokens, place, names)):
            continue
        number, width = month
        # The Arab East writes both of its names for a month, with a slash between them.
        again = _month(tokens, place + width, names)
        if again and again[0] == number:
            width += again[1]
        before, after = tokens[max(place - 4, 0) : place], tokens[place + width : place + width + 6]
        left = next((one for one in reversed(before) if one[0].isdecimal()), None)
        if left and not _gap().fullmatch(line, left.end(), tokens[place].start()):
            left = None
        if left and len(left[0]) < 3 and left.start() and line[left.start() - 1] in ":.":
            left = None  # "09:30 March 14, 2021"
        if found := _around(line, left, after, tokens[place].start(), tokens[place + width - 1].end(), number):
            yield found


def _month(tokens: list[re.Match[str]], place: int, names: dict[str, int]) -> tuple[int, int] | None:
    """Read the month that begins with a token: its number, and how many tokens its name takes."""
    for width in range(MOST_MONTH_WORDS, 0, -1):
        taken = tokens[place : place + width]
        if len(taken) < width:
            continue
        name = fold(" ".join(one[0] for one in taken))
        number = names.get(name) or names.get(name.removeprefix(HEBREW_IN))
        if number:
            return number, width
    return None


def _around(
    line: str, left: re.Match[str] | None, after: list[re.Match[str]], start: int, end: int, month: int
) -> tuple[int, int, date] | None:
    right = next((one for one in after[:3] if one[0].isdecimal()), None)
    if right is None or not _gap().fullmatch(line, end, right.start()):
        return None
    if left and len(left[0]) <= 2 and _is_year(line, right):
        day = _day(_full_year(right[0]), month, int(left[0]))
        return (left.start(), right.end(), day) if day else None
    if len(right[0]) > 2:
        return None
    if left and len(left[0]) == 4:
        day = _day(int(left[0]), month, int(right[0]))
        return (left.start(), right.end(), day) if day else None
    # "March 14, 2021", or as Unix writes it, "Mar 14 09:30:00 CET 2021"
    for one in after[after.index(right) + 1 :]:
        between = line[right.end() : one.start()]
        if len(one[0]) == 4 and one[0].isdecimal() and (_gap().fullmatch(between) or UNIX.fullmatch(between)):
            day = _day(int(one[0]), month, int(right[0]))
            return (start, one.end() if _gap().fullmatch(between) else right.end(), day) if day else None
    return None


def _is_year(line: str, token: re.Match[str]) -> bool:
    """Tell a year from an hour: "14 Mar 21" is of 2021, "14 Mar 21:30" is not."""
    if len(token[0]) == 4:
        return True
    return len(token[0]) == 2 and not HOUR_FOLLOWS.match(line, token.end())


def _with_clock(line: str, start: int, stop: int, day: date, room: tuple[int, int], zone: ZoneInfo) -> WrittenDate:
    clock = CLOCK.search(line, stop, min(room[1], stop + FARTHEST_CLOCK))
    is_before = clock is None
    if clock is None:
        clocks = list(CLOCK.finditer(line, max(room[0], start - FARTHEST_CLOCK - 12), start))
        clock = clocks[-1] if clocks else None
    # "14 March 2021 | Updated 15:30": the hour is of another day.
    if clock is None or (not is_before and label("changed").search(fold(line[stop : clock.start()]))):
        return WrittenDate(start, stop, day, None)
    moment, end = _moment(line, clock, day, zone)
    if moment is None:
        return WrittenDate(start, stop, day, None)
    local = moment.astimezone(zone).date() if zone.key != "UTC" else moment.date()
    first, last = (clock.start(), stop) if is_before else (start, end)
    return WrittenDate(first, max(last, stop), local, moment.astimezone(UTC))


def _moment(line: str, clock: re.Match[str], day: date, zone: ZoneInfo) -> tuple[datetime | None, int]:
    hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
    end = clock.end()
    halves = halves_of_day()
    before = TOKEN.findall(line[max(clock.start() - 12, 0) : clock.start()])
    added = halves.get(fold(before[-1])) if before else None
    if after := HALF_OF_DAY.match(line, end):
        word = fold(after[1].strip(" .")).replace(". ", ".")
        if word in halves:
            added, end = halves[word], after.end()
    if added is not None and hour <= 12:
        hour = hour % 12 + added
    try:
        naive = datetime(day.year, day.month, day.day, hour, minute, second)
    except ValueError:
        return None, end
    stated = ZONE.match(line, end)
    tz: tzinfo = zone_of(stated["name"] or "", stated["offset"] or "", naive, zone) if stated else zone
    try:
        moment = naive.replace(tzinfo=tz)
        moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None, end
    return moment, stated.end() if stated else end

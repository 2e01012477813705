"""When a page was published and changed: read from stamps, from the lines around its headline, or concluded."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tollwire.corpus.date_words import LABELS, fold, label, labels_in
from tollwire.corpus.written_dates import EARLIEST_STATED, LATEST, find_dates

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"\b(?:\d{{4}}([-/])\d{{2}}\1\d{{2}}|{DAY}(?:[ -]| of ){MONTH},?[ -]\d{{4}}|{MONTH} {DAY},? \d{{4}})(?!\d)",
    re.IGNORECASE,
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d{1,9})?")  # seconds or milliseconds since 1970
DAY_ONLY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
NEARLY_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s,]{1,3}(\d{1,2}):(\d{2})(?::(\d{1,2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT)?\s?([+-]\d{2}:?\d{2}|[+-]\d{1,2})?)?"
    r"(?:\s?(?:Z|UTC|GMT))?",
    re.IGNORECASE,
)
LONGEST_STAMP = 120  # characters of a machine's timestamp; longer ones are sentences
LONGEST_LABEL = 40  # characters of what says that a date is of publication, beside it or in the line above it
UNIX_DAY_ZERO = date(1970, 1, 1)
DIGITS = re.compile(r"\d\D{0,30}\d\d|\d\d\D{1,30}\d")  # what every date has, for most lines have none
# What stands beside a date besides its weekday and a label: the halves of the day, a zone.
STAMP_WORD = re.compile(r"\b(?:[ap]\.?m\.?|at|on|hrs?|[A-Z]{2,5})\b")
WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
UTC_ZONE = ZoneInfo("Etc/UTC")
RANGE = re.compile(r"\s?[-\u2010-\u2015~\uff5e]\s?")


@dataclass(frozen=True, slots=True)
class Published:
    """The day of first publication in the outlet's zone, and the moment in UTC when a time of day is stated."""

    day: date
    at: datetime | None


def read_moment(stamp: str, zone: ZoneInfo, language: str = "en") -> Published | None:
    """
    Read a machine's timestamp: ISO 8601 and what is nearly that, RFC 2822, Unix time, or a date as it is written.

    One without a zone is in the outlet's. One without a time of day is a day, and so is one at midnight to the second:
    content systems write a bare date so (11 of 857 stamps of news pages are at 00:00:00, where chance gives 0.01), and
    such a day is kept as it is written, not moved to the outlet's zone.
    """
    stamp = stamp.strip()
    if not stamp or len(stamp) > LONGEST_STAMP:
        return None
    if found := EPOCH.fullmatch(stamp):
        return _published(datetime.fromtimestamp(int(found[1]), UTC), zone)
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return _read_loosely(stamp, zone, language)
    if DAY_ONLY.fullmatch(stamp):
        return Published(moment.date(), None) if _is_likely(moment.date()) else None
    return _published(moment, zone)


def _read_loosely(stamp: str, zone: ZoneInfo, language: str) -> Published | None:
    if found := NEARLY_ISO.fullmatch(stamp):
        written = "{:0>4}-{:0>2}-{:0>2}".format(*found.group(1, 2, 3))
        if found[4]:
            offset = found[8] or ("+00" if found[7] else "")
            offset = f"{offset[0]}{offset[1:]:0>2}" if offset else ""
            written += f"T{found[4]:0>2}:{found[5]}:{found[6] or 0:0>2}{offset}"
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            return None
        if found[4]:
            return _published(moment, zone)
        return Published(moment.date(), None) if _is_likely(moment.date()) else None
    written_dates = find_dates(stamp, zone, language)
    if not written_dates:
        return None
    return Published(written_dates[0].day, written_dates[0].at)


def _published(moment: datetime, zone: ZoneInfo) -> Published | None:
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return Published(moment.date(), None) if _is_likely(moment.date()) else None
    try:
        local = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
        at = local.astimezone(UTC)
        # Where the outlet's zone is not known, the zone in which it writes its time of day is the best guess at it.
        day = local.date() if zone.key == "UTC" else local.astimezone(zone).date()
    except OverflowError:
        return None
    return Published(day, at) if _is_likely(day) else None


def _is_likely(day: date) -> bool:
    """Tell a day that a page can have from a placeholder such as 0001-01-01, 1970-01-01 or 9999-12-31."""
    return EARLIEST_STATED <= day < LATEST and day != UNIX_DAY_ZERO


def read_stamp(lines: Iterable[str], zone: ZoneInfo, language: str) -> Published | None:
    """
    Read the date of publication from the short lines around a headline, in any language of the press.

    A date that a line says is of publication counts first; then one that has a line to itself, or nearly; then one in
    a sentence, which may be the caption's or the story's. What a line says was updated does not count.
    """
    alone = among = None
    for one in _labelled(lines, zone, language):
        if one.kind == "published":
            return one.published
        if one.kind is None and one.is_alone:
            alone = alone or one.published
        elif one.kind is None:
            among = among or one.published
    return alone or among


def read_change(lines: Iterable[str], zone: ZoneInfo, language: str) -> Published | None:
    """Read the date of the last change from the short lines around a headline: the latest that one says it was."""
    changes = [one.published for one in _labelled(lines, zone, language) if one.kind == "changed"]
    return max(changes, key=lambda one: (one.day, one.at.timestamp() if one.at else 0.0), default=None)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A date in a line, what the line calls it, and whether it has the line nearly to itself."""

    published: Published
    kind: str | None
    is_alone: bool


def _labelled(lines: Iterable[str], zone: ZoneInfo, language: str) -> Iterator[_Labelled]:
    above = ""
    for line in lines:
        dates = find_dates(line, zone, language) if DIGITS.search(line) else []
        # "Published" can stand above its date, in a line of its own.
        start, kind = 0, name_kind(above) if dates and above else None
        others = len(line) - sum(one.end - one.start for one in dates)
        # Two days with no more than a dash between them are those of an event.
        is_range = any(RANGE.fullmatch(line, one.end, following.start) for one, following in pairwise(dates))
        for one in dates:
            kind = name_kind(line[start : one.start]) or kind
            yield _Labelled(Published(one.day, one.at), kind, others <= LONGEST_LABEL and not is_range)
            start = one.end
        above = line if not dates and len(line) <= LONGEST_LABEL else ""


def is_stamp(line: str) -> bool:
    """Tell a line that is a date and nothing else: with its weekday, its time of day, and what it is the date of."""
    if len(line) > LONGEST_STAMP or not DIGITS.search(line):
        return False
    rest, end = "", 0
    for one in find_dates(line, UTC_ZONE, "en"):
        rest, end = f"{rest} {line[end : one.start]}", one.end
    if not end:
        return False
    words = STAMP_WORD.sub(" ", WEEKDAY.sub(" ", rest + line[end:])).split()
    return all(name_kind(word) for word in words if any(map(str.isalpha, word)))


def name_kind(text: str) -> str | None:
    """Tell what words say of the date after them, one of LABELS, by the last that says so; None when none does."""
    folded = fold(text)
    held = labels_in(folded)
    kinds = [kind for kind in LABELS if kind in held]
    last = {kind: max((one.end() for one in label(kind).finditer(folded)), default=-1) for kind in kinds}
    found = max(kinds, key=lambda kind: last[kind], default=None)
    return found if found and last[found] >= 0 else None


def conclude_day(lead: str, captions: Sequence[str], zone: ZoneInfo, language: str) -> Published | None:
    """
    Conclude the day of a page that states none: the lead's weekday, where a dated caption falls on it.

    "Forces struck the port on Thursday" under a picture of "January 18, 2024", a Thursday, is of that day: a paper says
    "on Thursday" of the very day it comes out. A caption alone may be of an old picture, a weekday alone of any week.
    """
    # "... on Thursday, two days after the raid of Tuesday": the news comes first.
    named = re.search(rf"\b(?:{'|'.join(WEEKDAYS)})\b", lead)
    if named is None:
        return None
    days = {one.day for caption in captions for one in find_dates(caption, zone, language)}
    if not days or max(days) - min(days) > timedelta(days=7):
        return None
    day = max((day for day in days if day.weekday() == WEEKDAYS.index(named[0])), default=None)
    return Published(day, None) if day else None

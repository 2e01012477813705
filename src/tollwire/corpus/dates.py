"""When a page was first published: read from the lines around its headline, or from what its text lets one conclude."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"\b(?:\d{{4}}([-/])\d{{2}}\1\d{{2}}|{DAY}(?:[ -]| of ){MONTH},?[ -]\d{{4}}|{MONTH} {DAY},? \d{{4}})(?!\d)",
    re.IGNORECASE,
)
CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?\b)?"
ZONE = r"(?:UTC|GMT|[A-Z]{2,4}T|Z)?\s?(?:[+\u2212-]\d{1,2}:?\d{2}|[+-]\d{1,2}\b)?"
CLOCK_AFTER = re.compile(rf"[\s,|T]*(?:at |- |\u2013 )?({CLOCK}\s?{ZONE})", re.IGNORECASE)
CLOCK_BEFORE = re.compile(
    rf"({CLOCK}\s?{ZONE})[\s,|]*(?:on |- |\u2013 )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?$", re.IGNORECASE
)
CHANGED = re.compile(r"\b(?:updated?|modified|edited|corrected|last (?:change|revision))\b", re.IGNORECASE)
FIRST = re.compile(r"\b(?:published|posted|issued|created|first)\b", re.IGNORECASE)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Published:
    """The day of first publication in the outlet's zone, and the moment in UTC when a time of day is stated."""

    day: date
    at: datetime | None


def read_moment(stamp: str, zone: ZoneInfo) -> Published | None:
    """Read a machine's timestamp (ISO 8601). One without a zone is in the outlet's; one without a time is a day."""
    try:
        moment = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None
    if len(stamp.strip()) <= len("2021-03-14"):
        return Published(moment.date(), None)
    local = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
    try:
        return Published(local.astimezone(zone).date(), local.astimezone(UTC))
    except OverflowError:
        return None


def read_stamp(lines: Iterable[str], zone: ZoneInfo, language: str) -> Published | None:
    """
    Read the date of publication from the short lines around a headline.

    A line that says "published" counts before one that says nothing; what a line says was updated does not count.
    """
    plain = None
    for line in lines:
        for found in DATE.finditer(line):
            before = line[: found.start()]
            changes = [one.end() for one in CHANGED.finditer(before)]
            firsts = [one.end() for one in FIRST.finditer(before)]
            if changes and max(changes) > max(firsts, default=-1):
                continue
            published = _parse(line, found, zone, language)
            if published and firsts:
                return published
            plain = plain or published
    return plain


def _parse(line: str, found: re.Match[str], zone: ZoneInfo, language: str) -> Published | None:
    import dateparser

    clock = CLOCK_AFTER.match(line, found.end()) or CLOCK_BEFORE.search(line[: found.start()])
    written = f"{found[0]} {clock[1]}" if clock else found[0]
    moment = dateparser.parse(
        written,
        languages=sorted({language.split("-")[0], "en"}),
        settings={
            "TIMEZONE": zone.key,
            "RETURN_AS_TIMEZONE_AWARE": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
        },
    )
    if moment is None:
        return None
    return Published(moment.astimezone(zone).date(), moment.astimezone(UTC) if clock else None)


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
    days = {published.day for caption in captions if (published := read_stamp([caption], zone, language))}
    if not days or max(days) - min(days) > timedelta(days=7):
        return None
    day = max((day for day in days if day.weekday() == WEEKDAYS.index(named[0])), default=None)
    return Published(day, None) if day else None

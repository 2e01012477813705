"""In which time zone a page counts its days, where the source's record does not say."""

import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

COUNTRY_ZONES = Path(__file__).parent / "lexicon" / "country_zones.toml"
# Local clocks run at whole quarters of an hour from UTC, from twelve hours behind it to fourteen ahead.
FARTHEST_BEHIND, FARTHEST_AHEAD = timedelta(hours=-12), timedelta(hours=14)
ADDRESS_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)")


@cache
def _country_zones() -> dict[str, str]:
    return tomllib.loads(COUNTRY_ZONES.read_text(encoding="utf-8"))


def is_unknown(zone: ZoneInfo) -> bool:
    """Tell whether a zone is that of a source without a record; no outlet but an agency keeps its days in UTC."""
    return zone.key == "UTC"


def outlet_zone(zone: ZoneInfo, url: str | None) -> ZoneInfo:
    """Give the outlet's zone; where it is not known, that of the country whose domain its address ends with."""
    if not is_unknown(zone) or not url:
        return zone
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return zone
    stated = _country_zones().get(host.rsplit(".", 1)[-1])
    return ZoneInfo(stated) if stated else zone


def address_day(url: str | None) -> date | None:
    """Read the day in an address, such as /2021/03/14/ or 20210314; None when it has none, or several."""
    days = set()
    for found in ADDRESS_DAY.finditer(url or ""):
        # "/2021/314" is a number; a day without marks has eight digits.
        if not found["mark"] and len(found["month"] + found["day"]) != 4:
            continue
        try:
            days.add(date(int(found["year"]), int(found["month"]), int(found["day"])))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


def can_be_local(at: datetime, day: date) -> bool:
    """Tell whether a moment falls on a day in some time zone."""
    moment = at.astimezone(UTC)
    return (moment + FARTHEST_BEHIND).date() <= day <= (moment + FARTHEST_AHEAD).date()

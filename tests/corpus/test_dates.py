"""The day of first publication: from stamps, from the lines around a headline, from what the text lets one conclude."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tollwire.corpus.dates import Published, conclude_day, read_moment, read_stamp

NAIROBI = ZoneInfo("Africa/Nairobi")  # UTC+3 all year
NEW_YORK = ZoneInfo("America/New_York")


def said(published: Published | None) -> tuple[str, str | None] | None:
    if published is None:
        return None
    return published.day.isoformat(), published.at.strftime("%d %H:%M") if published.at else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("14 March 2021", ("2021-03-14", None)),
        ("March 14, 2021", ("2021-03-14", None)),
        ("14th of March 2021", ("2021-03-14", None)),
        ("Sept. 4, 2021", ("2021-09-04", None)),
        ("2021-03-14", ("2021-03-14", None)),
        ("TARRA | 14 March 2021", ("2021-03-14", None)),
        ("Sunday, March 14, 2021 10:15", ("2021-03-14", "14 07:15")),
        ("14 March 2021, 10:15 GMT", ("2021-03-14", "14 10:15")),
        ("14 March 2021 at 10.15 pm", ("2021-03-14", "14 19:15")),
        ("10:15 on Sunday, 14 March 2021", ("2021-03-14", "14 07:15")),
        ("2021-03-14T10:15:00Z", ("2021-03-14", "14 10:15")),
        ("2021-03-14 10:15 +01:00", ("2021-03-14", "14 09:15")),
        # The day is the outlet's: at half past eleven in London it is tomorrow in Nairobi.
        ("14 March 2021 23:30 UTC", ("2021-03-15", "14 23:30")),
        ("Posted on 31 February 2021", None),
        ("March 2021", None),
        ("the raid of 2013", None),
        ("Nine killed", None),
    ],
)
def test_a_line_is_read_as_a_day_and_a_moment(line: str, expected: tuple[str, str | None] | None) -> None:
    assert said(read_stamp([line], NAIROBI, "en")) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["Published: 14 March 2021 | Updated: 15 March 2021"],
        ["Updated 15 March 2021 (first published 14 March 2021)"],
        ["Last updated 15 March 2021, first published 14 March 2021"],
        ["Updated: 15 March 2021 09:00", "14 March 2021"],
        ["16 March 2021", "Published 14 March 2021"],
        ["14 March 2021", "16 March 2021"],
    ],
)
def test_the_day_of_a_change_is_not_the_day_of_publication(lines: list[str]) -> None:
    assert said(read_stamp(lines, NAIROBI, "en")) == ("2021-03-14", None)


@pytest.mark.parametrize(
    "line", ["Updated 15 March 2021", "Last modified: 15 March 2021 09:00", "Corrected on 2021-03-15"]
)
def test_only_the_day_of_a_change_is_no_day_of_publication(line: str) -> None:
    assert read_stamp([line], NAIROBI, "en") is None


def test_a_month_is_read_in_the_language_of_the_outlet_only_where_it_is_written_in_latin_month_names() -> None:
    assert said(read_stamp(["14 mars 2021", "14 March 2021"], NAIROBI, "fr")) == ("2021-03-14", None)


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2021-03-14", ("2021-03-14", None)),
        (" 2021-03-14 ", ("2021-03-14", None)),
        ("2021-03-14T23:30:00", ("2021-03-14", "15 03:30")),
        ("2021-03-15T02:00:00Z", ("2021-03-14", "15 02:00")),
        ("2021-03-14T10:15:00+0300", ("2021-03-14", "14 07:15")),
        ("yesterday", None),
        ("", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_a_machines_timestamp_without_a_zone_is_in_the_outlets(stamp: str, expected: tuple[str, str] | None) -> None:
    assert said(read_moment(stamp, NEW_YORK)) == expected


def test_a_moment_is_kept_in_utc() -> None:
    published = read_moment("2021-03-14T10:15:00+03:00", NAIROBI)
    assert published is not None
    assert published.at == datetime(2021, 3, 14, 7, 15, tzinfo=UTC)


THURSDAY = "Forces struck the port on Thursday, two days after the raid of Tuesday."


@pytest.mark.parametrize(
    ("lead", "captions", "expected"),
    [
        (THURSDAY, ["A man in Tarra, January 18, 2024."], "2024-01-18"),
        (THURSDAY, ["A man in Tarra, January 18, 2024.", "The port, January 17, 2024."], "2024-01-18"),
        (THURSDAY, ["A man in Tarra, January 18, 2024.", "The port, January 11, 2024."], "2024-01-18"),
        (THURSDAY, ["A man in Tarra, January 16, 2024."], None),
        (THURSDAY, ["A man in Tarra, January 18, 2024.", "The port in May: May 4, 2023."], None),
        (THURSDAY, ["A man in Tarra."], None),
        (THURSDAY, [], None),
        ("Forces struck the port.", ["A man in Tarra, January 18, 2024."], None),
    ],
    ids=[
        "one caption",
        "two days",
        "a week apart",
        "another weekday",
        "an old picture",
        "undated",
        "none",
        "no weekday",
    ],
)
def test_a_day_is_concluded_only_where_lead_and_captions_agree(
    lead: str, captions: list[str], expected: str | None
) -> None:
    concluded = conclude_day(lead, captions, NAIROBI, "en")
    assert said(concluded) == (expected and (expected, None))

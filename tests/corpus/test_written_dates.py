"""Dates as the press writes them: languages, order of day and month, clocks, zones, and what is no date."""

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.corpus.date_words import months
from tollwire.corpus.written_dates import LATEST, find_dates

PARIS = ZoneInfo("Europe/Paris")
UTC_ZONE = ZoneInfo("UTC")


def read(line: str, language: str, zone: ZoneInfo = PARIS) -> list[str]:
    found = find_dates(line, zone, language)
    return [f"{one.day} {one.at:%d %H:%M}" if one.at else f"{one.day}" for one in found]


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("Sonntag, 14. März 2021, 09:30 Uhr", "de", "2021-03-14 14 08:30"),
        ("14. Jänner 2021", "de", "2021-01-14"),
        ("le 1er février 2021 à 09h30", "fr", "2021-02-01 01 08:30"),
        ("14 de março de 2021 às 17h", "pt", "2021-03-14 14 16:00"),
        ("l'1 d'abril del 2021", "ca", "2021-04-01"),
        ("söndag 14 mars 2021 kl. 09.30", "sv", "2021-03-14 14 08:30"),
        ("2021. március 14. 10:15", "hu", "2021-03-14 14 09:15"),
        ("2021 m. kovo 14 d. 10:15", "lt", "2021-03-14 14 09:15"),
        ("14 marca 2021", "pl", "2021-03-14"),
        ("14 марта 2021 г., 10:15", "ru", "2021-03-14 14 09:15"),
        ("14 Φεβρουάριος 2021", "el", "2021-02-14"),
        ("14 ŞUBAT 2021", "tr", "2021-02-14"),
        ("14 במרץ 2021", "he", "2021-03-14"),
        ("١٤ مارس ٢٠٢١", "ar", "2021-03-14"),
        ("14 نيسان / أبريل 2021", "ar", "2021-04-14"),
        ("14 كانون الثاني 2021", "ar", "2021-01-14"),
        ("14 मार्च 2021, 10:15 PM IST", "hi", "2021-03-14 14 16:45"),
        ("14 มี.ค. 2564", "th", "2021-03-14"),
        ("Ngày 14 tháng 3 năm 2021 10:15", "vi", "2021-03-14 14 09:15"),
        ("2021年3月14日 午後3時30分", "ja", "2021-03-14 14 14:30"),
        ("2021년 3월 14일 오후 3:30", "ko", "2021-03-14 14 14:30"),
        ("2021.03.14. 오후 3:30", "ko", "2021-03-14 14 14:30"),
        ("09.30 WIB, 14 Maret 2021", "id", "2021-03-14 14 02:30"),
        # A paper's own words in another language than the one that it was told to be in.
        ("14 mars 2021", "en", "2021-03-14"),
        # Two languages, two months.
        ("14 listopada 2021", "pl", "2021-11-14"),
        ("14 listopada 2021", "hr", "2021-10-14"),
    ],
)
def test_a_date_is_read_in_its_language(line: str, language: str, expected: str) -> None:
    assert read(line, language) == [expected]


@pytest.mark.parametrize(
    ("line", "language", "zone", "expected"),
    [
        ("03/04/2021", "de", UTC_ZONE, ["2021-04-03"]),
        ("03/04/2021", "en-US", UTC_ZONE, ["2021-03-04"]),
        ("03/04/2021", "en-GB", UTC_ZONE, ["2021-04-03"]),
        ("03/04/2021", "en", ZoneInfo("America/Chicago"), ["2021-03-04"]),
        ("03/04/2021", "en", ZoneInfo("Africa/Nairobi"), ["2021-04-03"]),
        # English of nowhere: either could be meant, and none is right half of the time.
        ("03/04/2021", "en", UTC_ZONE, []),
        ("04/04/2021", "en", UTC_ZONE, ["2021-04-04"]),
        ("03/14/2021", "en", UTC_ZONE, ["2021-03-14"]),
        ("14/03/2021", "en", UTC_ZONE, ["2021-03-14"]),
        ("03.04.2021", "en", UTC_ZONE, ["2021-04-03"]),
        ("2021-03-04", "en", UTC_ZONE, ["2021-03-04"]),
    ],
)
def test_the_order_of_day_and_month_is_of_the_language_and_the_outlet(
    line: str, language: str, zone: ZoneInfo, expected: list[str]
) -> None:
    assert read(line, language, zone) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("14.03.21", ["2021-03-14"]),
        ("14 Mar 21", ["2021-03-14"]),
        ("14.03.98", ["1998-03-14"]),
        ("14 Mar 21:30", []),
        ("14.03.21:30", ["2021-03-14"]),
    ],
)
def test_a_year_may_have_two_digits_and_an_hour_is_none(line: str, expected: list[str]) -> None:
    assert [one.split()[0] for one in read(line, "en")] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("March 14, 2021 at 10:15 p.m. EST", "2021-03-15 15 03:15"),
        ("March 14, 2021 12:15 am", "2021-03-14 13 23:15"),
        ("10:15 PM, 14 Mar 2021", "2021-03-14 14 21:15"),
        ("14 March 2021 10:15 +05:30", "2021-03-14 14 04:45"),
        ("14 March 2021 10:15 XYZT", "2021-03-14 14 09:15"),
        ("14 March 2021 25:15", "2021-03-14"),
        ("14 March 2021 | Updated 15:30", "2021-03-14"),
        ("14 March 2021, 3 min read", "2021-03-14"),
    ],
)
def test_a_time_of_day_beside_a_date_is_in_the_zone_that_it_names(line: str, expected: str) -> None:
    assert read(line, "en") == [expected]


def test_an_abbreviation_that_the_outlets_own_zone_has_is_of_that_zone() -> None:
    assert read("14 March 2021 10:15 IST", "en", ZoneInfo("Asia/Jerusalem")) == ["2021-03-14 14 08:15"]


@pytest.mark.parametrize(
    "line",
    [
        "version 1.2.2021.4",
        "192.168.10.20",
        "31 February 2021",
        "March 2021",
        "the raid of 2013",
        "14 March 1850",
        "14 March 2099",
        "Call 2021-555-1234",
        "14 may 202",
        "mars 14",
        "99/99/2021",
    ],
)
def test_what_is_no_date_is_not_read(line: str) -> None:
    assert read(line, "en") == []


def test_every_date_of_a_line_is_given_in_order() -> None:
    found = read("Published 14 March 2021 09:00, updated 15 March 2021 10:00", "en")
    assert found == ["2021-03-14 14 08:00", "2021-03-15 15 09:00"]


def test_month_names_are_known_in_every_language_of_the_lexicon_and_fold_accents() -> None:
    names = months("fr")
    assert (names["fevrier"], names["aout"], names["avr"]) == (2, 8, 4)


@given(st.text(max_size=80), st.sampled_from(["en", "de", "ar", "ja", "th", "xx", "", "pt-BR"]))
def test_any_line_is_read_without_an_error(line: str, language: str) -> None:
    for one in find_dates(line, PARIS, language):
        assert one.day < LATEST
        assert 0 <= one.start < one.end <= len(line)


@pytest.mark.parametrize("part", ["14 ", "14 March ", "1.", "2021-03-14 ", "10:15 ", "March ", "- ", "年1"])
def test_a_long_line_takes_no_longer_than_a_short_one(part: str) -> None:
    find_dates("14 March 2021", PARIS, "en")
    start = time.process_time()
    find_dates(part * 100_000, PARIS, "en")
    assert time.process_time() - start < 0.5

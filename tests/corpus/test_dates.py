"""The day of first publication: from stamps, from the lines around a headline, from what the text lets one conclude."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tollwire.corpus.dates import Published, conclude_day, is_stamp, name_kind, read_change, read_moment, read_stamp

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


@pytest.mark.parametrize(
    "lines",
    [
        ["A street in Tarra after the raid, in a picture of 11 March 2021", "14 March 2021"],
        ["11 March 2021 - 12 March 2021", "14 March 2021"],
        ["Joined", "11 March 2021", "14 March 2021"],
        ["11 March 2021", "Published", "14 March 2021"],
    ],
    ids=["a sentence", "an event", "a reader's account", "a label above"],
)
def test_the_date_of_something_else_gives_way(lines: list[str]) -> None:
    assert said(read_stamp(lines, NAIROBI, "en")) == ("2021-03-14", None)


@pytest.mark.parametrize(
    ("lines", "language", "expected"),
    [
        (["Updated: 15 March 2021 09:00", "14 March 2021"], "en", ("2021-03-15", "15 06:00")),
        (["Last updated 15 March 2021, first published 14 March 2021"], "en", ("2021-03-15", None)),
        (["Ver\u00f6ffentlicht 14.03.2021", "Aktualisiert am 15.03.2021, 09:00 Uhr"], "de", ("2021-03-15", "15 06:00")),
        (["Mis \u00e0 jour", "le 15 mars 2021"], "fr", ("2021-03-15", None)),
        (["14 March 2021"], "en", None),
    ],
)
def test_a_change_is_read_where_a_line_says_so(
    lines: list[str], language: str, expected: tuple[str, str | None] | None
) -> None:
    assert said(read_change(lines, NAIROBI, language)) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Updated", "changed"),
        ("ver\u00f6ffentlicht am", "published"),
        ("VER\u00d6FFENTLICHT", "published"),
        ("\u66f4\u65b0", "changed"),
        ("first published, now updated", "changed"),
        ("Joined", "membership"),
        ("the outdated", None),
        ("", None),
    ],
)
def test_the_last_word_says_what_a_date_is(text: str, kind: str | None) -> None:
    assert name_kind(text) == kind


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
        ("2021-03-14 09:30:00 +0000", ("2021-03-14", "14 09:30")),
        ("2021-3-4 9:30", ("2021-03-04", "04 14:30")),
        ("2021-03-14T09:30:5Z", ("2021-03-14", "14 09:30")),
        ("20210314T093000Z", ("2021-03-14", "14 09:30")),
        ("20210314", ("2021-03-14", None)),
        ("2021/03/14", ("2021-03-14", None)),
        ("1615714200", ("2021-03-14", "14 09:30")),
        ("1615714200000", ("2021-03-14", "14 09:30")),
        ("Sun, 14 Mar 2021 09:30:00 GMT", ("2021-03-14", "14 09:30")),
        ("Sun Mar 14 09:30:00 CET 2021", ("2021-03-14", "14 08:30")),
        ("Sun Mar 14 2021 09:30:00 GMT+0000 (Coordinated Universal Time)", ("2021-03-14", "14 09:30")),
        ("14. M\u00e4rz 2021", ("2021-03-14", None)),
        # A bare date, written as midnight: not the evening before in New York.
        ("2021-03-14T00:00:00Z", ("2021-03-14", None)),
        ("2021-03-14T00:00:00.000+01:00", ("2021-03-14", None)),
        ("2021-13-14T00:00:00", None),
        ("1970-01-01", None),
        ("2099-12-31", None),
        ("2021", None),
        ("14 March 2021 " + "x" * 200, None),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_a_machines_timestamp_without_a_zone_is_in_the_outlets(stamp: str, expected: tuple[str, str] | None) -> None:
    assert said(read_moment(stamp, NEW_YORK)) == expected


def test_where_the_outlets_zone_is_unknown_the_day_is_that_of_the_stamps_own_zone() -> None:
    assert said(read_moment("2021-03-14T23:30:00-05:00", ZoneInfo("UTC"))) == ("2021-03-14", "15 04:30")


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


@pytest.mark.parametrize(
    "line",
    ["Thursday 11 March 2021, 13.15", "March 11, 2021", "Updated: 3 May 2021 at 10:30 GMT", "2021-05-03T10:00:00Z"],
)
def test_a_line_that_is_a_date_and_nothing_else_is_a_stamp(line: str) -> None:
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line", ["Nine killed on 3 May 2021", "The raid of 11 September 2001", "Thursday", "19 of the 43"]
)
def test_a_line_with_other_words_is_no_stamp(line: str) -> None:
    assert not is_stamp(line)

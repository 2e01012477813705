"""When a page was published and changed: what it states, what it shows, and what must not be taken for either."""

import json
import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tollwire.corpus.dates import Published
from tollwire.corpus.page_dates import read_dates
from tollwire.corpus.statements import read_statements

NAIROBI = ZoneInfo("Africa/Nairobi")
UNKNOWN = ZoneInfo("UTC")
TITLE = "<title>Nine killed in Tarra market</title>"
H1 = "<h1>Nine killed in Tarra market</h1>"


def said(found: Published | None) -> str | None:
    if found is None:
        return None
    return f"{found.day} {found.at:%d %H:%M}" if found.at else f"{found.day}"


def first(html: str, zone: ZoneInfo = NAIROBI, url: str | None = None, language: str = "en") -> str | None:
    tree = LexborHTMLParser(html)
    return said(read_dates(tree, read_statements(tree), zone, url, language)[0])


def last(html: str, zone: ZoneInfo = NAIROBI) -> str | None:
    tree = LexborHTMLParser(html)
    return said(read_dates(tree, read_statements(tree), zone, None, "en")[1])


def linked(**fields: object) -> str:
    stated = json.dumps({"@type": "NewsArticle", "headline": "Nine killed", **fields})
    return f'<script type="application/ld+json">{stated}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (linked(datePublished="2021-03-14T09:30:00Z"), "2021-03-14 14 09:30"),
        (linked(datePublished=["2021-03-14"]), "2021-03-14"),
        (linked(datePublished=1615714200), "2021-03-14 14 09:30"),
        (linked(datePublished="2021-03-14") + meta("article:published_time", "2021-03-15"), "2021-03-14"),
        (linked(datePublished="soon") + meta("article:published_time", "2021-03-14"), "2021-03-14"),
        (linked(datePublished=True), None),
        (linked(datePublished=None), None),
        (meta("DC.date.issued", "2021-03-14"), "2021-03-14"),
        (
            '<script type="application/ld+json">{"@type": "WebPage", "datePublished": "2021-03-14"}</script>',
            "2021-03-14",
        ),
        (meta("date", "2021-03-14"), "2021-03-14"),
        ('<script>var page = {"publishedAt":"2021-03-14T09:30:00Z"};</script>', "2021-03-14 14 09:30"),
        ('<span itemprop="datePublished" content="2021-03-14T09:30:00+03:00">today</span>', "2021-03-14 14 06:30"),
        ('<time datetime="2021-03-14T09:30">14 March</time>', "2021-03-14 14 06:30"),
        ("<time pubdate>14 March 2021</time>", "2021-03-14"),
        ('<span class="post-date">14 March 2021</span>', "2021-03-14"),
        ("<p>By Nadia Karim</p><p>14 March 2021, 9:30 am</p>", "2021-03-14 14 06:30"),
        ("<div><b>Published</b> <i>14 March 2021</i></div>", "2021-03-14"),
        # A date in a box, each of its parts in an element of its own.
        ("<div><b>14</b><i>March</i><u>2021</u></div>", "2021-03-14"),
        ("<p>Nine people were killed.</p>", None),
    ],
)
def test_the_day_of_publication_is_read_from_what_a_page_states_or_shows(html: str, expected: str | None) -> None:
    assert first(f"{TITLE}{H1}{html}") == expected


@pytest.mark.parametrize(
    "html",
    [
        linked(datePublished="2021-03-14", dateModified="2021-03-16"),
        meta("article:modified_time", "2021-03-16") + '<time datetime="2021-03-14">14 March</time>',
        '<p>Updated <time datetime="2021-03-16">16 March</time></p><p>Posted <time datetime="2021-03-14">14</time></p>',
        '<time class="updated" datetime="2021-03-16">a</time><time class="entry-date" datetime="2021-03-14">b</time>',
        "<p>Last updated: 16 March 2021</p><p>14 March 2021</p>",
        "<p>Updated 16 March 2021, first published 14 March 2021</p>",
    ],
)
def test_the_day_of_a_change_is_not_taken_for_that_of_publication(html: str) -> None:
    assert first(f"{TITLE}{H1}{html}") == "2021-03-14"


def test_a_page_with_no_day_but_that_of_a_change_is_of_that_day_and_has_no_change() -> None:
    html = f"{TITLE}{H1}<p>Last updated: 16 March 2021, 09:30</p>"
    assert (first(html), last(html)) == ("2021-03-16", None)


@pytest.mark.parametrize(
    "other",
    [
        '<ul><li><time datetime="2021-03-16">Another story</time></li></ul>',
        '<div class="related"><time datetime="2021-03-16">Another story</time></div>',
        '<footer><span class="date">16 March 2021</span></footer>',
        '<a href="/x">A story about something else altogether <time datetime="2021-03-16">16 March</time></a>',
        "<p>\u00a9 2021</p>",
        "<p>The festival: 16 March 2021 - 18 March 2021</p>",
        "<p>Registered 16 March 2021</p>",
        "<p>Valid until 31 December 2099</p>",
        "<p>Joined</p><p>16 March 2021</p>",
        "<script>var now = '2021-03-16';</script>",
        '<script type="application/ld+json">{"@type": "Comment", "datePublished": "2021-03-16"}</script>',
    ],
)
def test_the_dates_of_other_things_are_passed_over(other: str) -> None:
    assert first(f"{TITLE}{other}{H1}<p>14 March 2021</p><p>Nine people were killed.</p>{other}") == "2021-03-14"


def test_where_two_statements_contradict_each_other_the_one_that_the_reader_is_shown_counts() -> None:
    html = linked(datePublished="2021-01-02") + meta("article:published_time", "2021-03-14")
    assert first(f"{TITLE}{html}{H1}<p>14 March 2021</p>") == "2021-03-14"
    assert first(f"{TITLE}{html}{H1}<p>2 January 2021</p>") == "2021-01-02"
    assert first(f"{TITLE}{html}{H1}") == "2021-01-02"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2021/03/14/nine-killed", "2021-03-14"),
        ("https://example.org/2021-03-14-nine-killed", "2021-03-14"),
        ("https://example.org/20210314/nine-killed", "2021-03-14"),
        ("https://example.org/2021/3/nine-killed", None),
        ("https://example.org/2021/314", None),
        ("https://example.org/2021/13/45/nine", None),
        ("https://example.org/2021/03/14/20210315", None),
        ("https://[", None),
        (None, None),
    ],
)
def test_a_whole_day_in_the_address_is_evidence(url: str | None, expected: str | None) -> None:
    assert first(TITLE + H1, url=url) == expected


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        ("", "https://example.org/a", "2021-03-15"),
        # The address has the outlet's day; a country's domain its zone; a naive stamp of the same moment its clock.
        ("", "https://example.org/2021/03/14/a", "2021-03-14"),
        ("", "https://example.com.ar/a", "2021-03-14"),
        ('<time datetime="2021-03-14 21:30:00">a</time>', "https://example.org/a", "2021-03-14"),
        ('<time datetime="2021-03-11T08:00:00-05:00">a</time>', "https://example.org/a", "2021-03-14"),
        ('<time datetime="2021-03-13 21:31:10">a</time>', "https://example.org/a", "2021-03-15"),
        ("", "https://example.org/2021/03/11/a", "2021-03-15"),
    ],
)
def test_a_moment_in_utc_falls_on_the_outlets_day(html: str, url: str, expected: str) -> None:
    stated = linked(datePublished="2021-03-15T02:30:00Z")
    assert first(f"{TITLE}{stated}{H1}{html}", zone=UNKNOWN, url=url) == f"{expected} 15 02:30"


def test_the_order_of_day_and_month_is_that_of_the_pages_own_region() -> None:
    html = f"{TITLE}{H1}<p>03/04/2021</p>"
    assert first(f'<html lang="en-US">{html}', zone=UNKNOWN) == "2021-03-04"
    assert first(f'<html lang="en-GB">{html}', zone=UNKNOWN) == "2021-04-03"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (linked(datePublished="2021-03-14", dateModified="2021-03-16T09:30:00Z"), "2021-03-16 16 09:30"),
        (linked(datePublished="2021-03-14T09:30:00Z", dateModified="2021-03-14T11:30:00Z"), "2021-03-14 14 11:30"),
        (linked(datePublished="2021-03-14T09:30:00Z") + meta("og:updated_time", "2021-03-16"), "2021-03-16"),
        ("<p>Published 14 March 2021</p><p>Updated 16 March 2021</p>", "2021-03-16"),
        # Not after its publication, or the system's own saving.
        (linked(datePublished="2021-03-14T09:30:00Z", dateModified="2021-03-14T09:30:20Z"), None),
        (linked(datePublished="2021-03-14T09:30:00Z", dateModified="2021-03-14T08:30:00Z"), None),
        (linked(datePublished="2021-03-14", dateModified="2021-03-14"), None),
        (linked(datePublished="2021-03-14", dateModified="2021-03-14T09:30:00Z"), None),
        (linked(datePublished="2021-03-14"), None),
        (TITLE, None),
    ],
)
def test_a_change_is_kept_only_where_it_is_later_than_the_publication(html: str, expected: str | None) -> None:
    assert last(TITLE + H1 + html) == expected


TAGS = st.sampled_from(["time", "h1", "p", "a", "li", "meta", "script", "div", "template"])
NAMES = st.sampled_from(["datetime", "class", "itemprop", "content", "pubdate", "property"])
VALUES = st.sampled_from(
    ["2021-03-14", "datePublished", "date", "9" * 30, "14 March 2021", "", "article:published_time"]
)


@given(st.lists(st.tuples(TAGS, NAMES, VALUES, st.text(max_size=12)), max_size=8), st.text(max_size=30))
def test_no_page_makes_it_fail_and_the_same_page_gives_the_same(
    parts: list[tuple[str, str, str, str]], url: str
) -> None:
    html = "".join(f'<{tag} {name}="{value}">{text}' for tag, name, value, text in parts)
    for zone in (NAIROBI, UNKNOWN):
        tree = LexborHTMLParser(html)
        found = read_dates(tree, read_statements(tree), zone, f"https://{url}", "en")
        again = read_dates(tree, read_statements(tree), zone, f"https://{url}", "en")
        assert found == again


@pytest.mark.parametrize(
    "part",
    [
        "<div>",
        '<time datetime="x">',
        "<p>Updated</p>",
        '<li class="date">1',
        "<script>published_at: </script>",
        "<h1>a",
    ],
)
def test_the_time_does_not_grow_faster_than_the_page(part: str) -> None:
    def seconds(count: int) -> float:
        tree = LexborHTMLParser(TITLE + part * count)
        statements = read_statements(tree)
        start = time.process_time()
        read_dates(tree, statements, NAIROBI, None, "en")
        return time.process_time() - start

    seconds(10)
    assert seconds(20_000) < 2

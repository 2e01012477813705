"""When an HTML page was first published and last changed: as it states, else as its marked dates or its text show."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from tollwire.corpus.dates import Published, read_change, read_moment, read_stamp
from tollwire.corpus.outlet_zones import address_day, can_be_local, is_unknown, outlet_zone
from tollwire.corpus.seen_dates import LONGEST_TEXT, SeenDate, around, marked_dates, seen_lines
from tollwire.corpus.statements import Statements, is_kind
from tollwire.corpus.written_dates import LATEST

# Meta tags that state the day of first publication, the most exact first.
PUBLISHED_TAGS = (
    "article:published_time og:article:published_time article:published og:published_time datepublished "
    "dcterms.issued dc.date.issued rnews:datepublished parsely-pub-date sailthru.date bt:pubdate publication_date "
    "publicationdate publishdate publish_date publish-date pubdate pub_date date.available vr:published-time "
    "displaydate shareaholic:article_published_time cxenseparse:recs:publishtime cxenseparse:publishtime"
).split()
# Those that as often state the day of a change (right on 161 of 194 pages), or that of the draft.
LOOSE_TAGS = "date dc.date dcterms.date".split()
DRAFT_TAGS = "dcterms.created dc.date.created date.created datecreated".split()
CHANGED_TAGS = (
    "article:modified_time og:article:modified_time datemodified article:modified og:updated_time article:updated_time "
    "dcterms.modified dc.date.modified date.modified date.updated bt:moddate shareaholic:article_modified_time "
    "last-modified revision_date"
).split()
PAGE_TYPE = re.compile(r"Page$")
# The state of a page's own program, as sites built with a framework ship it beside the text.
SCRIPT_FIELD = re.compile(
    r"""\b(?:first_?)?(?:published?_?(?:date|at|on|time\w{0,9})|publication_?(?:date|time\w{0,9})|date_?published|"""
    r"""pub_?date)\\?["']?\s?:\s?\\?["']?([\w:.+-]{8,35})""",
    re.IGNORECASE,
)
LONGEST_SCRIPT = 2_000_000  # characters in which such a field is looked for
LONGEST_SEARCHED = 400_000  # characters of a page that htmldate searches, whose time nothing else bounds
FEW_DAYS = timedelta(days=1)  # by which two statements of one day can differ for want of a zone
SAVING = timedelta(minutes=1)  # a change within a minute of publication is the system's own saving of the page
QUARTER_HOUR = timedelta(minutes=15)


class _Page:
    """One page's sources of dates, each read when it is first asked for."""

    def __init__(
        self, tree: LexborHTMLParser, statements: Statements, zone: ZoneInfo, url: str | None, language: str
    ) -> None:
        self.tree, self.statements = tree, statements
        self.url = url or statements.tags.get("og:url")
        self.zone = outlet_zone(zone, self.url)
        self.language = self._own_language(language)

    def _own_language(self, language: str) -> str:
        """Give the page's language tag where it is of the outlet's language and tells the region too, as "en-US"."""
        stated = self.statements.language
        is_finer = re.match(r"[A-Za-z]{2,3}\b", stated) and (language == "en" or stated.startswith(f"{language}-"))
        return stated if is_finer else language

    def read(self, value: Any) -> Published | None:
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            return None
        return read_moment(str(value), self.zone, self.language)

    def read_tags(self, names: Iterable[str]) -> Published | None:
        stated = (self.read(self.statements.tags[name]) for name in names if name in self.statements.tags)
        return next((found for found in stated if found), None)

    def read_others(self, field: str, kind: re.Pattern[str]) -> Published | None:
        stated = (self.read(one.get(field)) for one in self.statements.others if is_kind(one, kind))
        return next((found for found in stated if found), None)

    @cached_property
    def stated(self) -> Published | None:
        """The first publication as the page states it to machines."""
        return _stated(self)

    @cached_property
    def marked(self) -> list[SeenDate]:
        return list(marked_dates(self.tree, self.zone, self.language))

    @cached_property
    def lines(self) -> tuple[list[str], list[str]]:
        """The texts around the headline, and all short texts of the page."""
        lines, headline = seen_lines(self.tree, self.statements.tags.get("og:title") or self.statements.title)
        return around(lines, headline), [line for line in lines if len(line) <= LONGEST_TEXT]

    def pick(self, kind: str | None, is_property: bool, is_aside: bool) -> Published | None:
        """Give the first marked date of a sort; those below the headline go first."""
        found = [
            one for one in self.marked if (one.kind, one.is_property, one.is_aside) == (kind, is_property, is_aside)
        ]
        return next((one.published for one in sorted(found, key=lambda one: not one.is_below)), None)


def read_dates(
    tree: LexborHTMLParser, statements: Statements, zone: ZoneInfo, url: str | None, language: str
) -> tuple[Published | None, Published | None]:
    """
    Read when a page was first published and when it was last changed; None where nothing on it says so.

    Of its publication what it states to machines counts first, then the day in its address, then the dates marked as
    such, then those that one reads around the headline. The day of a change is taken for it only where the page has no
    other. A change within a minute of publication is none: content systems save a page so when they publish it.
    """
    page = _Page(tree, statements, zone, url, language)
    first = _published(page)
    return first, _changed(page, first)


def _published(page: _Page) -> Published | None:
    found = page.stated or _on_address_day(page) or _first(_shown(page))
    return _in_local_days(page, found) if found else None


def _first(found: Iterator[Published | None]) -> Published | None:
    return next((one for one in found if one), None)


def _stated(page: _Page) -> Published | None:
    linked = page.read(page.statements.linked.get("datePublished"))
    tags = (page.read(page.statements.tags[name]) for name in PUBLISHED_TAGS if name in page.statements.tags)
    stated = [one for one in (linked, *tags) if one]
    if not stated:
        return page.read_others("datePublished", PAGE_TYPE)
    if any(abs(one.day - stated[0].day) > FEW_DAYS for one in stated):
        # One of them is of another version; the reader is shown the one that counts.
        stamp = read_stamp(page.lines[0], page.zone, page.language)
        seen = (one.published for one in page.marked if one.kind != "changed" and not one.is_aside)
        days = [one.day for one in (stamp, *seen) if one]
        return next((one for day in days for one in stated if one.day == day), stated[0])
    return stated[0]


def _on_address_day(page: _Page) -> Published | None:
    """Read the day in the address, with the time of day that a marked date of that day has."""
    day = address_day(page.url)
    if day is None:
        return None
    same = (one.published for one in page.marked if one.published.day == day and one.kind != "changed")
    return next(same, Published(day, None))


def _shown(page: _Page) -> Iterator[Published | None]:
    """
    Give what the page shows, the surest first.

    Of 1,300 pages 330 state nothing; the marked dates were right on 89 of 96 of them, the lines nearby on 183 of 194,
    the whole page's lines on 14 of 16, htmldate on 12 of 20.
    """
    yield page.pick("published", True, False)
    yield page.pick("published", False, False)
    yield page.pick("published", True, True)
    yield _in_scripts(page)
    nearby, everywhere = page.lines
    yield read_stamp(nearby, page.zone, page.language)
    yield page.pick(None, True, False)
    yield page.pick(None, False, False)
    yield page.pick("published", False, True)
    yield page.read_tags(LOOSE_TAGS)
    # A date whose parts stand in elements of their own: "14", "March", "2021".
    yield read_stamp([" ".join(nearby)], page.zone, page.language)
    yield page.read(page.statements.linked.get("dateCreated"))
    yield page.read_tags(DRAFT_TAGS)
    yield page.pick(None, False, True)
    yield _only_change(page)
    yield read_stamp(everywhere, page.zone, page.language)
    yield page.read_others("uploadDate", re.compile("Video|Image|Media"))
    yield _by_htmldate(page)


def _only_change(page: _Page) -> Published | None:
    """
    Take the day of a change where the page has no other: the text as it stands came out then, at an hour not stated.

    Right on 10 of the 13 pages where it was reached; what else such a page holds is of other articles or of the story.
    """
    changed = next((one.published for one in page.marked if one.kind == "changed" and not one.is_aside), None)
    found = changed or read_change(page.lines[1], page.zone, page.language)
    return Published(found.day, None) if found else None


def _by_htmldate(page: _Page) -> Published | None:
    """Ask htmldate, which also looks at addresses of pictures and at copyright lines; its latest day is fixed."""
    from htmldate import find_date

    html = page.tree.html or ""
    if len(html) > LONGEST_SEARCHED:
        return None
    day = find_date(html, original_date=True, max_date=LATEST.isoformat())
    return read_moment(day, page.zone) if day else None


def _in_scripts(page: _Page) -> Published | None:
    for script in page.tree.css("script:not([src]):not([type*='ld+json' i])"):
        text = script.text() or ""
        if len(text) <= LONGEST_SCRIPT and (field := SCRIPT_FIELD.search(text)) and (found := page.read(field[1])):
            return found
    return None


def _in_local_days(page: _Page, found: Published) -> Published:
    """
    Count the day of a moment that is stated in UTC as the outlet does, where its zone is not known.

    The address has the outlet's day; else a marked date shows the same moment on the outlet's clock, or in its zone.
    """
    if found.at is None or not is_unknown(page.zone) or found.at.date() != found.day:
        return found
    day = address_day(page.url)
    if day and can_be_local(found.at, day):
        return replace(found, day=day)
    for element in page.tree.css("time")[:20]:
        stated = element.attributes.get("datetime") or ""
        try:
            clock = datetime.fromisoformat(stated.strip())
        except ValueError:
            continue
        away = clock.utcoffset()
        if away:
            return replace(found, day=(found.at + away).date())
        if away is None and len(stated) > len("2021-03-14T09:30"):
            gap = clock.replace(tzinfo=UTC) - found.at
            if not gap % QUARTER_HOUR and can_be_local(found.at, clock.date()):
                return replace(found, day=clock.date())
    return found


def _changed(page: _Page, first: Published | None) -> Published | None:
    found = page.read(page.statements.linked.get("dateModified")) or page.read_tags(CHANGED_TAGS)
    found = found or page.read_others("dateModified", PAGE_TYPE)
    if found is None:
        marked = (one.published for one in page.marked if one.kind == "changed" and not one.is_aside)
        found = next(marked, None)
    # A page that states its publication to machines states its changes so too; its lines are read only for the others.
    if found is None and page.stated is None:
        found = read_change(page.lines[0], page.zone, page.language)
    if found is None or (first and not _is_later(found, first)):
        return None
    return _in_local_days(page, found)


def _is_later(change: Published, first: Published) -> bool:
    if change.at and first.at:
        return change.at - first.at >= SAVING
    return change.day > first.day

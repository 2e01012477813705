"""The headline of an HTML page: what its headings and its head state, weighed against one another."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from tollwire.corpus.page_parts import is_called, seen_text
from tollwire.corpus.site_names import SUFFIX, cut_site, letters, section_names, site_names
from tollwire.corpus.sources import Source
from tollwire.corpus.statements import Statements, stated_text

MOST_HEADINGS = 60
LONGEST = 400  # characters of a headline
FEWEST_LETTERS = 2
LONGEST_SITE = 40  # letters; a longer name that is all of the browser's title is a headline in the wrong field
EDGE = re.compile(r"^[\s:|\u2013\u2014-]+|[\s|]+$")
WORD = re.compile(r"\w+")
BEFORE = re.compile(r"(?:^|\s)[|\u00bb\u203a\u00b7]+\s$")
SAME = 0.6  # share of the shorter one's words from which two headlines are of one story
LEAST_LEFT = 0.4  # share of a title that the headline in it has; what stands behind it is the section and the site
# Parts of a page where a heading is not the headline; and where one looks no further out.
ASIDE = frozenset({"nav", "li", "a", "footer", "aside", "button"})
CENTRE = frozenset({"article", "main", "body"})
LEVELS = 6
FRONT_PAGE = re.compile(r"(?:https?://[^/]*)?(?:/web/\d+/https?://[^/]+)?/?(?:\.\./)*(?:index\.\w+)?")

# What it counts for a text to stand in a place. Rounded from a coordinate search for the most headlines right on 1,103
# pages of 1,006 sites; weights found on three quarters of the sites had 79.5 % (258 pages of news) and 83.0 % (845 of
# all sorts) right on the rest. The places come in the order in which their spelling is preferred.
WEIGHTS = {
    "heading": 1.8,  # an h1 that speaks of what the head states
    "bare": 1.6,  # the same without the kicker that stands inside it
    "instead": 1.6,  # an h2, where the h1 stands in the breadcrumbs or nowhere
    "h2": 0.1,
    "linked": 1.3,  # headline of the JSON-LD
    "og": 0.8,
    "title": 0.5,
    "twitter": 0.1,
    "glued": 0.6,  # an h1 with its kicker
    "stray": 1.2,  # an h1 that speaks of something else
    "off": 0.2,  # an h1 in a menu or breadcrumb, or hidden: often a second headline, made for search engines
    "named": 0.3,
    "alternative": 0.5,
}
ORDER = {place: number for number, place in enumerate(WEIGHTS)}
STATED = frozenset({"linked", "og", "title", "twitter"})
SHOWN = frozenset({"heading", "bare", "instead"})
ONLY_SUPPORT = frozenset({"instead", "h2"})  # no h2 is the headline unless something else states it too


class Candidate(NamedTuple):
    """One text that may be the headline, and where it stands: a key of ``WEIGHTS``."""

    place: str
    text: str


def headline(headings: Sequence[LexborNode], statements: Statements, source: Source) -> str:
    """
    Find the headline of a page, without the name of its site; empty when the page has none.

    ``headings`` are its elements h1 and h2, in their order.
    """
    candidates = _candidates(headings, statements, source)
    places: dict[str, set[str]] = {}
    for one in candidates:
        places.setdefault(letters(one.text), set()).add(one.place)
    scores = {
        key: round(sum(WEIGHTS[place] for place in found), 3)
        for key, found in places.items()
        if len(key) >= FEWEST_LETTERS and not found <= ONLY_SUPPORT
    }
    if not scores:
        return ""
    best = max(scores, key=lambda key: scores[key])
    return min((one for one in candidates if letters(one.text) == best), key=lambda one: ORDER[one.place]).text


def _candidates(every: Sequence[LexborNode], statements: Statements, source: Source) -> list[Candidate]:
    names, sections = site_names(statements, source), section_names(statements)
    first_level, second_level = ([one for one in every if one.tag == tag][:MOST_HEADINGS] for tag in ("h1", "h2"))
    headings = []
    whole = {letters(one.text) for one in _stated(statements) if one.place in STATED}
    names -= {one for one in whole if len(one) > LONGEST_SITE}
    for heading in first_level:
        # The logo says a part of the browser's title; what says all of it is a headline, wherever its link leads.
        is_logo = is_called(heading, "site_name") or _is_link_home(heading)
        if is_logo and letters(seen_text(heading)) not in whole:
            names |= {letters(seen_text(heading)[:LONGEST])} - {""}
        else:
            headings.append(heading)
    stated = [
        Candidate(place, title)
        for place, text in _stated(statements)
        if (title := cut_site(text[:LONGEST], names, sections)) and letters(title) not in names
    ]
    shown = list(_first_level(headings, names, [_words(one.text) for one in stated if one.place in STATED]))
    shown += _second_level(second_level, "h2" if any(one.place in SHOWN for one in shown) else "instead")
    known = sorted(
        {one.text for one in (*shown, *stated) if one.place in STATED | SHOWN}, key=lambda text: (-len(text), text)
    )
    return [
        one if one.place in ONLY_SUPPORT else Candidate(one.place, _confirmed(one.text, known))
        for one in (*shown, *stated)
    ]


def _stated(statements: Statements) -> Iterator[Candidate]:
    linked, tags = statements.linked, statements.tags
    yield Candidate("linked", stated_text(linked.get("headline")))
    yield Candidate("og", tags.get("og:title", ""))
    yield Candidate("title", statements.title)
    yield Candidate("twitter", tags.get("twitter:title", ""))
    for text in (stated_text(linked.get("name")), *(tags.get(tag, "") for tag in ("headline", "dc.title", "title"))):
        yield Candidate("named", text)
    yield Candidate("alternative", stated_text(linked.get("alternativeHeadline")))


def _first_level(headings: list[LexborNode], names: frozenset[str], said: list[set[str]]) -> Iterator[Candidate]:
    """Give the h1 that may be the headline, each with and without its kicker."""
    for heading in headings:
        text = seen_text(heading)[:LONGEST]
        if not text or letters(text) in names:
            continue
        if is_called(heading, "hidden") or _is_aside(heading):
            yield Candidate("off", text)
            continue
        words = _words(text)
        if said and not any(len(words & other) >= SAME * min(len(words), len(other)) for other in said):
            yield Candidate("stray", text)
            continue
        bare = EDGE.sub("", seen_text(heading, "kicker")[:LONGEST])
        if bare and bare != text:
            yield Candidate("bare", bare)
            yield Candidate("glued", text)
        else:
            yield Candidate("heading", text)


def _second_level(headings: list[LexborNode], place: str) -> Iterator[Candidate]:
    for heading in headings:
        if not _is_aside(heading):
            yield Candidate(place, seen_text(heading)[:LONGEST])
            if place == "instead":
                yield Candidate(place, EDGE.sub("", seen_text(heading, "kicker")[:LONGEST]))


def _confirmed(text: str, known: list[str]) -> str:
    """Cut off the section and the site, where the page has the same headline elsewhere without them."""
    for other in known:
        if LEAST_LEFT * len(text) < len(other) < len(text) and " " in other:
            if text.startswith(other) and SUFFIX.match(text, len(other)):
                return other
            if text.endswith(other) and BEFORE.search(text[: -len(other)]):
                return other
    return text


def _words(text: str) -> set[str]:
    """List the words of a headline; its pairs of letters where it has next to no spaces."""
    words = set(WORD.findall(text.casefold()))
    return words if len(words) > 2 or text.isascii() else {text[at : at + 2] for at in range(len(text) - 1)}


def _is_aside(heading: LexborNode) -> bool:
    """Tell a heading in a menu, a list, a link or the breadcrumbs."""
    one: LexborNode | None = heading
    for _ in range(LEVELS):
        if one is None or one.tag in CENTRE:
            return False
        if one.tag in ASIDE or is_called(one, "breadcrumb"):
            return True
        one = one.parent
    return False


def _is_link_home(heading: LexborNode) -> bool:
    """Tell the site's logo: a heading that is nothing but a link to the front page."""
    link = heading.css_first("a[href]")
    if link is None or not FRONT_PAGE.fullmatch((link.attributes.get("href") or "")[:LONGEST]):
        return False
    return letters(seen_text(link)) == letters(seen_text(heading))

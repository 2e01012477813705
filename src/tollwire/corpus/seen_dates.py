"""The dates that a reader of a page sees: in elements marked as dates, and in the lines around the headline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tollwire.corpus.dates import Published, name_kind, read_moment, read_stamp
from tollwire.corpus.written_dates import LATEST

MARKED = ",".join(
    (
        "h1, time, [itemprop*='date' i]:not(meta), meta[itemprop^='date' i], [property*='date' i]:not(meta), [pubdate]",
        *(
            f"[class*='{word}' i]"
            for word in ("date", "time", "publish", "posted", "datum", "fecha", "byline", "stamp")
        ),
    )
)
WHOLE_PARTS = frozenset(("html", "head", "body", "main", "article", "section", "header", "form", "script", "style"))
UNSEEN_PARTS = frozenset(("script", "style", "noscript", "template", "select", "textarea"))
ASIDE_PARTS = frozenset(("nav", "aside", "footer", "li", "td"))
SAYS_CHANGED = re.compile(r"modif|updat|chang|revis|aktualis", re.IGNORECASE)
SAYS_PUBLISHED = re.compile(r"publi|posted|created|original", re.IGNORECASE)
# Parts of a page with other articles and what readers wrote, by a word of their class or id.
ASIDE = re.compile(
    r"(?:^|[\s_-])(?:aside|carousel|comment(?:list|s)?|feed|footer|latest|list|menu|more|most|nav|news-?list|newsletter|"
    r"popular|promo|recent|recommend\w{0,6}|related|sidebar|slider|teasers?|ticker|trending|widget)(?=$|[\s_-])",
    re.IGNORECASE,
)
MOST_MARKED = 120  # elements looked at; a page of news has its own date among the first
MOST_ANCESTORS = 15
LONGEST_TEXT = 120  # characters of an element or line that is a date and little more
LONGEST_DATE = 45  # characters of a written date with its weekday, time of day and zone
LINES_ABOVE, RIGHT_BELOW, LINES_BELOW = 10, 12, 25  # lines around the headline in which its date is looked for
MOST_LINES = 4_000
SHORTEST_HEADLINE = 10  # characters of a line that is known again as the headline


@dataclass(frozen=True, slots=True)
class SeenDate:
    """
    One date that the page shows.

    ``kind`` is what the page calls it, "published" or "changed" or None; ``is_aside`` tells one that stands in a list,
    a link or another part beside the article; ``is_below`` one that stands below the first headline.
    """

    published: Published
    kind: str | None
    is_property: bool
    is_aside: bool
    is_below: bool


def marked_dates(tree: LexborHTMLParser, zone: ZoneInfo, language: str) -> Iterator[SeenDate]:
    """Give the dates of the elements that are marked as such by tag, class or property, in page order."""
    is_below = False
    for element in tree.css(MARKED)[:MOST_MARKED]:
        if element.tag == "h1":
            is_below = True
        if element.tag in WHOLE_PARTS or element.tag == "h1":
            continue
        attributes = element.attributes
        text = "" if element.tag == "meta" else _text(element)
        if len(text) > LONGEST_TEXT:
            continue
        stated = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or ""
        found = read_moment(stated, zone, language) if stated else None
        kind = _kind(element, text)
        if found is None and text:
            lines = [f"{kind or ''} {text}"] if kind == "published" else [text]
            found = read_stamp(lines, zone, language)
        if found and found.day < LATEST:
            is_property = (attributes.get("itemprop") or "").lower().startswith("date")
            yield SeenDate(found, kind, is_property, _is_aside(element), is_below)


def _text(element: LexborNode) -> str:
    return " ".join(element.text(separator=" ").split())


def _kind(element: LexborNode, text: str) -> str | None:
    """Tell what the page calls a date: by the words in it, by those before it, by the names in its markup."""
    if said := name_kind(text):
        return said
    before = element.prev
    if before is not None and (said := name_kind((before.text() or "")[-LONGEST_TEXT:])):
        return said
    attributes = element.attributes
    names = " ".join(attributes.get(name) or "" for name in ("class", "id", "itemprop", "property"))
    if not (SAYS_PUBLISHED.search(names) or SAYS_CHANGED.search(names)) and element.parent is not None:
        names = element.parent.attributes.get("class") or ""
    if SAYS_PUBLISHED.search(names) or "pubdate" in attributes:
        return "published"
    return "changed" if SAYS_CHANGED.search(names) else None


def _is_aside(element: LexborNode) -> bool:
    parent = element.parent
    for _ in range(MOST_ANCESTORS):
        if parent is None or parent.tag in ("body", "html"):
            return False
        # A link that is only the date leads to the day's archive; one with more words leads to another article.
        if parent.tag in ASIDE_PARTS or (parent.tag == "a" and len(_text(parent)) > LONGEST_DATE):
            return True
        attributes = parent.attributes
        if ASIDE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:400]):
            return True
        parent = parent.parent
    return False


def seen_lines(tree: LexborHTMLParser, title: str) -> tuple[list[str], int | None]:
    """
    List the texts that a reader sees, each between two tags, and give the place of the headline among them.

    The headline is the first h1 or line that the page's title begins with or holds; else the first h1.
    """
    lines: list[str] = []
    first_h1 = headline = None
    longest = SHORTEST_HEADLINE - 1
    if tree.body is None:
        return lines, None
    for node in tree.body.traverse(include_text=True):
        if node.tag == "h1" and first_h1 is None:
            first_h1 = len(lines)
        if node.tag != "-text":
            continue
        parent = node.parent
        if parent is not None and parent.tag in UNSEEN_PARTS:
            continue
        text = " ".join((node.text_content or "").split())
        if not text:
            continue
        # The site's name is part of the title too; the headline is the longest part.
        if len(text) > longest and text in title:
            headline, longest = len(lines), len(text)
        lines.append(text)
        if len(lines) >= MOST_LINES:
            break
    return lines, first_h1 if headline is None else headline


def around(lines: list[str], headline: int | None) -> list[str]:
    """
    Give the short lines around the headline: those right below it, those above it, those further down.

    The headline itself is left out, for it can name a day; none where no headline was found.
    """
    if headline is None:
        return []
    below = lines[headline + 1 : headline + 1 + LINES_BELOW]
    above = lines[max(headline - LINES_ABOVE, 0) : headline]
    return [line for line in (*below[:RIGHT_BELOW], *above, *below[RIGHT_BELOW:]) if len(line) <= LONGEST_TEXT]

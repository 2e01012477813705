"""Find the article in a plain-text dump of a news page, line by line."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from tollwire.corpus.clean import clean_line
from tollwire.corpus.credits import split_credit
from tollwire.corpus.dates import DATE, conclude_day, read_stamp
from tollwire.corpus.dump_kinds import (
    BODY,
    BULLET,
    LEAST_BODY,
    LEAST_HEADING,
    Line,
    OutletLines,
    drop_far_below,
    judge_dump,
)
from tollwire.corpus.dump_lines import dump_lines
from tollwire.corpus.dump_title import find_title, without_browser_suffix
from tollwire.corpus.explain import DROPPED, ExplainedLine
from tollwire.corpus.extract import MIN_BODY_WORDS, Extract, NoArticle, name_of_no_article
from tollwire.corpus.line_features import known
from tollwire.corpus.line_table import LineTable
from tollwire.corpus.lines import byline_people, furniture, people
from tollwire.corpus.page_metadata import without_site
from tollwire.corpus.sources import Source

STANDFIRST = 8  # words that a line between headline and body has to have to be a summary of it, not its place and time
SHARED = 0.4  # and the share of its words that the body has too
LEAST_STANDFIRST = 0.04  # probability from which such a line is body
LONGEST_STAMP = 160  # characters of a line that may state the date of publication
ABOVE = 8  # lines above the headline that may name date and author
LAST_OF_HEADER = 3  # paragraph above which the header may go on
BELOW = 12  # lines below the body that may
KEPT = (*BODY, "caption")


@dataclass(slots=True)
class _Page:
    """The lines of a page, what they were taken for, and the places of the headline and of the body's first line."""

    lines: list[Line]
    title: int
    start: int


def extract_dump(text: str, source: Source, outlet: OutletLines | None = None) -> Extract:
    """
    Find the article in a dump; ``outlet`` is what is known of the outlet's other pages.

    Raises:
        NoArticle: nothing of the page is an article; the rule says what it seems to be instead.
    """
    lines, table = _judged(text, source, outlet)
    page = _settled(lines, table)
    return _extract(page, source)


def explain_dump(text: str, source: Source, outlet: OutletLines | None = None) -> list[ExplainedLine]:
    """Say of every line of a dump, in order, what became of it and why; of a page without an article too."""
    lines, table = _judged(text, source, outlet)
    try:
        page = _settled(lines, table)
    except NoArticle as reason:
        return [ExplainedLine(line.text, DROPPED, f"{reason.rule}: {_reason(line)}") for line in lines]
    said = {page.lines[page.title].text}
    explained = []
    for number, line in enumerate(page.lines):
        kind = line.kind if number == page.title or (number > page.title and line.kind in KEPT) else DROPPED
        why = _reason(line)
        if kind in KEPT:
            text = _block_text(line)
            kind, why = (DROPPED, f"{line.kind}, said before") if text in said else (kind, why)
            said.add(text)
        explained.append(ExplainedLine(line.text, kind, why))
    return explained


def _reason(line: Line) -> str:
    """Say in a few words why a line is what it is."""
    if line.reason:
        return line.reason
    if line.kind == "caption":
        return "credit" if split_credit(line.text)[1] else f"classifier: caption {line.caption:.2f}"
    if line.kind in (*BODY, "unlikely", "short"):
        return f"classifier {line.body:.2f}"
    return line.kind.replace("_", " ")


def _judged(text: str, source: Source, outlet: OutletLines | None) -> tuple[list[Line], LineTable | None]:
    texts, gaps = dump_lines(text)
    if not texts:
        return [], None
    own = frozenset(clean_line(line).casefold() for line in (*source.boilerplate, source.publisher))
    return judge_dump(texts, gaps, own, outlet)


def _settled(lines: list[Line], table: LineTable | None) -> _Page:
    """Find the headline, and settle what the short lines around the prose are."""
    is_body = np.array([line.kind in ("paragraph", "list_item") or _is_likely(line) for line in lines], np.bool_)
    if is_body.any():
        drop_far_below(lines, is_body)
    words = int(table.words[is_body].sum()) if table is not None else 0
    if table is None or words < MIN_BODY_WORDS:
        raise NoArticle(*_name_of_no_article(lines, words))
    title = find_title(lines, table, is_body)
    start = int(np.flatnonzero(is_body)[0])
    if title is None:
        rule, detail = _name_of_no_article(lines, words)
        if rule == "consent-page":
            raise NoArticle(rule, detail)
        raise NoArticle("no-title", f"no headline above the text, which starts {lines[start].text[:60]!r}")
    lines[title].kind, lines[title].reason = "title", "above the body, whose words it shares"
    for line in lines[:title]:
        if line.kind in KEPT:
            line.reason = f"{line.kind} above the headline"
    below = np.flatnonzero(is_body[title + 1 :]) + title + 1
    if not len(below):
        raise NoArticle("no-article", f"no text below the headline {lines[title].text[:60]!r}")
    _name_short_lines(lines, table, title)
    start = next(place for place in range(title + 1, len(lines)) if lines[place].kind in BODY)
    return _Page(lines, title, start)


def _name_of_no_article(lines: list[Line], words: int) -> tuple[str, str]:
    kinds = [furniture(line.text) or "" if line.kind in (*BODY, "unlikely", "short") else line.kind for line in lines]
    return name_of_no_article(kinds, [line.text for line in lines], words)


def _is_likely(line: Line) -> bool:
    return line.kind == "short" and line.body >= LEAST_BODY


def _name_short_lines(lines: list[Line], table: LineTable, title: int) -> None:
    """Settle what the short lines are: standfirst above the prose, headings between prose and prose, else nothing."""
    prose = [place for place in range(title + 1, len(lines)) if lines[place].kind == "paragraph"]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    shared = known(table, np.array([line.kind == "paragraph" for line in lines], np.float64))
    following = _kinds_below(lines)
    for place in range(title + 1, len(lines)):
        line = lines[place]
        if line.kind not in ("short", "unlikely"):
            continue
        if place < first and (line.kind == "short" or line.body >= LEAST_STANDFIRST):
            told = line.body >= LEAST_BODY or (line.body >= LEAST_STANDFIRST and shared[place] >= SHARED)
            is_standfirst = line.words >= STANDFIRST and told
            line.kind = "paragraph" if is_standfirst and not DATE.search(line.text) else "header"
        elif first < place < last and table.repeats[place] == 1 and following[place] in ("paragraph", "list_item"):
            likely = line.kind == "short" and line.body >= LEAST_HEADING
            after = lines[place - 1].kind in (*KEPT, "title", "pointer", "navigation")
            kind = "paragraph" if line.text.endswith(":") else "heading"  # it leads to what follows
            line.kind = kind if likely and (after or line.body >= LEAST_BODY) else "unlikely"
        elif line.kind == "short":
            line.kind = "paragraph" if line.body >= LEAST_BODY else "unlikely"


def _kinds_below(lines: list[Line]) -> list[str]:
    """Give the kind of the next line below each line, captions passed over; empty for the last."""
    below, kinds = "", []
    for line in reversed(lines):
        kinds.append(below)
        below = below if line.kind == "caption" else line.kind
    return kinds[::-1]


def _block_text(line: Line) -> str:
    """Give what is kept of a line: a caption without its credit, a list item without its bullet."""
    if line.kind == "caption":
        return split_credit(line.text)[0]
    return BULLET.sub("", line.text, count=1) if line.kind == "list_item" else line.text


def _extract(page: _Page, source: Source) -> Extract:
    zone = ZoneInfo(source.time_zone)
    lines, start = page.lines, page.start
    blocks: list[tuple[str, str]] = []
    headline = without_site(lines[page.title].text, "", source)
    if page.title == 0:
        headline = without_browser_suffix(headline)
    seen = {lines[page.title].text, headline}
    for line in lines[page.title + 1 :]:
        # A pull quote repeats the words of a paragraph; a caption stands two or three times.
        if line.kind in KEPT and (text := _block_text(line)) and text not in seen:
            seen.add(text)
            blocks.append((line.kind, text))
    captions = [text for kind, text in blocks if kind == "caption"]
    lead = lines[start].text
    header = _header(page)
    end = max(place for place, line in enumerate(lines) if line.kind in KEPT) + 1
    stamps = [line.text for line in header if len(line.text) < LONGEST_STAMP]
    published = read_stamp(stamps, zone, source.language) or conclude_day(lead, captions, zone, source.language)
    credited = (split_credit(line.text)[1] for line in lines[page.title + 1 :] if line.kind in ("caption", "credit"))
    return Extract(
        headline,
        tuple(blocks),
        tuple(_bylines(header, lines[start : end + BELOW])),
        published,
        credits=tuple(dict.fromkeys(filter(None, credited))),
    )


def _header(page: _Page) -> list[Line]:
    """List the lines around the headline that may name date and author; they can stand below a first paragraph too."""
    places = [place for place in range(page.start, len(page.lines)) if page.lines[place].kind in BODY]
    end = places[min(LAST_OF_HEADER, len(places)) - 1]
    return [line for line in page.lines[max(page.title - ABOVE, 0) : end] if line.kind not in (*KEPT, "consent")]


def _bylines(header: list[Line], rest: list[Line]) -> list[str]:
    """Read who wrote it: a by-line above or below the body, else names alone beside the date."""
    for line in (*header, *(one for one in rest if one.kind not in BODY)):
        if names := byline_people(line.text):
            return names
    dated = [number for number, line in enumerate(header) if DATE.search(line.text)]
    for number in dated:
        for line in (header[number], *header[max(number - 1, 0) : number + 2]):
            may_be = line.kind in ("header", "unlikely", "stamp") and not furniture(line.text)
            if may_be and (names := people(DATE.split(line.text)[0])):
                return names
    return []

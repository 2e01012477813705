"""Find the article in a plain-text dump of a news page, line by line."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tollwire.corpus.clean import clean_line, split_lines
from tollwire.corpus.dates import DATE, conclude_day, read_stamp
from tollwire.corpus.extract import MIN_BODY_WORDS, Extract, NoArticle, name_of_no_article
from tollwire.corpus.lines import (
    UNSPACED,
    byline_people,
    count_words,
    furniture,
    is_prose,
    is_terminated,
    people,
    split_credit,
)
from tollwire.corpus.page_metadata import is_title_with_site, without_site
from tollwire.corpus.sources import Source

if TYPE_CHECKING:
    from tollwire.corpus.outlet import Outlet

RESUMING = 12  # words of a line of prose with which the article goes on after a list of links
TITLE_WORDS = range(3, 31)
REPEATED_CAPTION = 6  # words from which a repeated line is a caption: 95 % of the long lines that repeat are not body
NEARLY_BEST = 0.5  # a headline above others counts when it scores this share of the best
LEAST_BELOW = 0.6  # share of the prose below the headline; notices of the site can stand above it
STANDFIRST = 8  # words that a line between headline and body has to have to be a summary of it, not its place and time
SHARED = 0.4  # and the share of its words that the body has too
LONGEST_STAMP = 160  # characters of a line that may state the date of publication
RESUMED = 0.5  # a list of links in mid-article is followed by this share of the words before it; at the end, by fewer
PROSE = ("paragraph", "short", "list_item")  # kinds of line that are not furniture of the site
WORD = re.compile(r"[^\W\d_]{3,}")
SENTENCE_END = re.compile(r"[.,\u3002\u0964][\"'\u201d\u2019\u00bb)\]]*$")
BULLET = re.compile(r"[-*\u2022\u25aa\u00b7\u2013]\s+")


@dataclass(slots=True)
class Line:
    """One non-empty line of a dump, clean, and what it was taken for (a block kind, or why it is dropped)."""

    text: str
    words: int
    kind: str = ""


def extract_dump(text: str, source: Source, outlet: "Outlet | None" = None) -> Extract:
    """
    Find the article in a dump, with what is known of its outlet.

    Raises:
        NoArticle: nothing of the page is an article; the rule says what it seems to be instead.
    """
    lines = [Line(line, count_words(line)) for line in _joined(split_lines(text)) if line]
    repeats = Counter(line.text for line in lines)
    own = {clean_line(line).casefold() for line in (*source.boilerplate, source.publisher)}
    for line in lines:
        line.kind = _kind(line, repeats[line.text], own)
    if outlet is not None:
        for line, is_furniture in zip(lines, outlet.furniture([line.text for line in lines]), strict=True):
            line.kind = "boilerplate" if is_furniture else line.kind
    _drop_links(lines)
    body = [number for number, line in enumerate(lines) if line.kind == "paragraph"]
    words = sum(lines[number].words for number in body)
    if words < MIN_BODY_WORDS:
        kinds = ["" if line.kind in PROSE else line.kind for line in lines]
        raise NoArticle(*name_of_no_article(kinds, [line.text for line in lines], words))
    vocabulary = Counter(word for number in body for word in _words(lines[number].text))
    title = _find_title(lines, body, vocabulary)
    body = [number for number in body if number > title]
    _name_short_lines(lines, title, body, vocabulary)
    return _extract(lines, title, body, source)


def _joined(raw: list[str]) -> list[str]:
    """Clean the lines; where the page was wrapped at a fixed width, join each paragraph's lines again."""
    lines = [clean_line(line) for line in raw]
    filled = [line for line in lines if line]
    # A wrapped page is one whose lines are all of middling length and mostly break off in mid-sentence.
    wrapped = [line for line in filled if 45 <= len(line) <= 100 and not is_terminated(line)]
    if len(filled) < 8 or max(map(len, filled)) > 100 or len(wrapped) < 0.5 * len(filled):
        return lines
    paragraphs = [""]
    for line in lines:
        if line:
            paragraphs[-1] = f"{paragraphs[-1]} {line}".lstrip()
        elif paragraphs[-1]:
            paragraphs.append("")
    return paragraphs


def _kind(line: Line, repeats: int, own: set[str]) -> str:
    if line.text.casefold() in own:
        return "boilerplate"
    if found := furniture(line.text):
        return found
    caption, credit = split_credit(line.text)
    if line.words >= REPEATED_CAPTION and (credit or repeats > 2 or (repeats > 1 and is_terminated(line.text))):
        return "caption"
    if credit and not caption:
        return "credit"
    if byline_people(line.text) is not None:
        return "byline"
    if BULLET.match(line.text) and line.words > 3:
        return "list_item"
    if is_prose(line.text):
        return "paragraph"
    return "short"


def _drop_links(lines: list[Line]) -> None:
    """Drop the links under each heading such as "Related": up to the next prose, or to the page's end."""
    prose = [line.words if line.kind == "paragraph" else 0 for line in lines]
    total, before = sum(prose), 0
    links_until_prose = links_to_end = False
    for line, words in zip(lines, prose, strict=True):
        if links_to_end or (links_until_prose and words < RESUMING):
            line.kind = "link"
        elif line.kind == "tail" and before >= MIN_BODY_WORDS:
            links_until_prose = True
            links_to_end = total - before < RESUMED * before
        else:
            links_until_prose = False
        before += words


def _words(text: str) -> set[str]:
    """List the words of a text; where a script puts no spaces between them, its pairs of letters stand for them."""
    words: set[str] = set()
    for letters, _ in UNSPACED:
        if not letters.search(text):
            continue
        words |= {first + second for first, second in pairwise(text) if letters.match(first) and letters.match(second)}
        text = letters.sub(" ", text)
    return words | {word.casefold() for word in WORD.findall(text)}


def _find_title(lines: list[Line], body: list[int], vocabulary: Counter[str]) -> int:
    """Find the headline: the first line above (nearly) all the body that shares (nearly) the most words with it."""
    scores = {}
    words = below = sum(lines[number].words for number in body)
    for number, line in enumerate(lines[: body[-1]]):
        if below < LEAST_BELOW * words:
            break
        is_prose_line = line.kind == "paragraph"
        if line.words in TITLE_WORDS and _may_be_title(line):
            said = _words(line.text)
            shared = sum(vocabulary[word] > is_prose_line for word in said)
            scores[number] = (below / words) ** 2 * shared**2 / max(len(said), 1)
        if is_prose_line:
            below -= line.words
    best = max(scores.values(), default=0)
    if not best:
        raise NoArticle("no-title", f"no headline above the text, which starts {lines[body[0]].text[:60]!r}")
    # A standfirst under the headline can share more words with the body than the headline itself.
    found = next(number for number, score in scores.items() if score >= NEARLY_BEST * best)
    # Many a dump starts with the browser's title, "Headline - Site", and has the headline itself further down.
    stated = lines[found].text
    bare = (number for number in scores if number > found and is_title_with_site(stated, lines[number].text))
    return next(bare, found)


def _may_be_title(line: Line) -> bool:
    """Tell a line that may be a headline: no furniture, and no sentence but a question or an outcry."""
    return line.kind in ("short", "list_item") or (line.kind == "paragraph" and not SENTENCE_END.search(line.text))


def _name_short_lines(lines: list[Line], title: int, body: list[int], vocabulary: Counter[str]) -> None:
    """Settle what the short lines are: standfirst above the body, headings between prose and prose, else nothing."""
    repeats = Counter(line.text for line in lines)
    following = _kinds_below(lines)
    for number, line in enumerate(lines):
        if number < title:
            line.kind = f"above: {line.kind}"
        elif number == title:
            line.kind = "title"
        elif line.kind != "short":
            continue
        elif number < body[0]:
            said = _words(line.text)
            is_standfirst = line.words >= STANDFIRST and len(said & vocabulary.keys()) >= SHARED * len(said)
            line.kind = "paragraph" if is_standfirst and not DATE.search(line.text) else "header"
        else:
            inside = number < body[-1] and following[number] in ("paragraph", "list_item")
            in_list = lines[number - 1].kind in ("dropped", "link", "tail", "heading")
            line.kind = "heading" if inside and not in_list and repeats[line.text] == 1 else "dropped"


def _kinds_below(lines: list[Line]) -> list[str]:
    """Give the kind of the next line below each line, captions passed over; empty for the last."""
    below, kinds = "", []
    for line in reversed(lines):
        kinds.append(below)
        below = below if line.kind == "caption" else line.kind
    return kinds[::-1]


def _extract(lines: list[Line], title: int, body: list[int], source: Source) -> Extract:
    zone = ZoneInfo(source.time_zone)
    blocks: list[tuple[str, str]] = []
    headline = without_site(lines[title].text, "", source)
    seen = {lines[title].text, headline}
    for line in lines[title + 1 :]:
        if line.kind not in ("paragraph", "heading", "caption", "list_item"):
            continue
        text = split_credit(line.text)[0] if line.kind == "caption" else line.text
        text = BULLET.sub("", text, count=1) if line.kind == "list_item" else text
        # A pull quote repeats the words of a paragraph; a caption stands two or three times.
        if text and text not in seen:
            seen.add(text)
            blocks.append((line.kind, text))
    captions = [text for kind, text in blocks if kind == "caption"]
    lead = lines[body[0]].text
    header = [line for line in lines[: body[0]] if not line.kind.endswith(("caption", "consent"))]
    stamps = [line.text for line in header if len(line.text) < LONGEST_STAMP]
    bylines = _bylines(header, lines[body[0] :])
    published = read_stamp(stamps, zone, source.language) or conclude_day(lead, captions, zone, source.language)
    return Extract(headline, tuple(blocks), tuple(bylines), published)


def _bylines(header: list[Line], rest: list[Line]) -> list[str]:
    """Read who wrote it: a by-line above or below the body, else names alone beside the date."""
    for line in (*header, *rest):
        if line.kind.endswith(("byline", "agency_credit")) and (names := byline_people(line.text)):
            return names
    dated = [number for number, line in enumerate(header) if DATE.search(line.text)]
    for number in dated:
        for line in (header[number], *header[max(number - 1, 0) : number + 2]):
            if line.kind.endswith("header") and (names := people(DATE.split(line.text)[0])):
                return names
    return []

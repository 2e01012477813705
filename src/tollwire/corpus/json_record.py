"""Find the article in one JSON record, by the field paths of its source."""

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tollwire.corpus.charset import decode
from tollwire.corpus.clean import clean_line, split_lines
from tollwire.corpus.dates import Published, read_moment, read_stamp
from tollwire.corpus.extract import Extract, NoArticle
from tollwire.corpus.fields import find_page, find_stamp, find_text, find_texts
from tollwire.corpus.json_text import parse_json
from tollwire.corpus.lines import people
from tollwire.corpus.page_metadata import is_web_address
from tollwire.corpus.sources import FieldPaths, Source

if TYPE_CHECKING:
    from tollwire.corpus.outlet import Outlet

WHOLE_PAGE = re.compile(r"<(?:html|head|body|title)\b", re.IGNORECASE)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
BETWEEN_KEYWORDS = re.compile(r"[,;|\uff0c\u060c\u3001]")


def extract_json(text: str, source: Source, outlet: "Outlet | None" = None) -> Extract:
    """
    Find the article in a record.

    Of a record that holds a page's HTML the page is read, and what the record states goes before what the page does.
    Else every line of its text is a paragraph, since a record has no furniture; and without a title field, or with an
    empty one, the first line is the title.

    Raises:
        NoArticle: the source maps no fields, the record is no JSON object, or it has no text.
    """
    fields, record = _fields(source), _read(text)
    if html := _page(record, fields, source):
        from tollwire.corpus.html import extract_html

        return _with_stated(extract_html(html, source, outlet), record, fields, source)
    paragraphs = [
        line for value in find_texts(record, fields.text) for part in split_lines(value) if (line := clean_line(part))
    ]
    title = clean_line(find_text(record, fields.title))
    if paragraphs and (not title or paragraphs[0] == title):
        title = paragraphs.pop(0)
    if not paragraphs:
        named = " or ".join(f'"{path}"' for path in (fields.text, fields.html) if path)
        raise NoArticle("empty-text", f"the record has no text in its field {named}")
    blocks = tuple(("paragraph", text) for text in dict.fromkeys(paragraphs))
    return _with_stated(Extract(title, blocks), record, fields, source)


def page_in_record(text: str, source: Source) -> str:
    """
    Give the HTML page that a record holds; empty when it holds plain text.

    Raises:
        NoArticle: as ``extract_json`` does, but for a record without text.
    """
    return _page(_read(text), _fields(source), source)


def _fields(source: Source) -> FieldPaths:
    if source.fields is None:
        detail = f"the source {source.source_id} has no [fields] that say where its records keep their text"
        raise NoArticle("no-field-paths", detail)
    return source.fields


def _read(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError as error:
        raise NoArticle("broken-json", f"not JSON: {error}") from error


def _page(record: Any, fields: FieldPaths, source: Source) -> str:
    page = find_page(record, fields.html)
    html = decode(page, "html", source.encoding, source.language) if isinstance(page, bytes) else page
    title = clean_line(find_text(record, fields.title))
    if html.strip() and title and not WHOLE_PAGE.search(html):
        # Content management systems hand out the body alone; its headline is a field of its own.
        return f"<html><head><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>{html}</body></html>"
    return html if html.strip() else ""


def _with_stated(found: Extract, record: Any, fields: FieldPaths, source: Source) -> Extract:
    """Put what the record states in the place of what was found, or not found, in its text."""
    url = find_text(record, fields.url).strip()
    bylines = dict.fromkeys(name for value in find_texts(record, fields.byline) for name in people(clean_line(value)))
    language = LANGUAGE.fullmatch(find_text(record, fields.language).strip())
    keywords = (part for value in find_texts(record, fields.keywords) for part in BETWEEN_KEYWORDS.split(value))
    return replace(
        found,
        title=clean_line(find_text(record, fields.title)) or found.title,
        url=url if is_web_address(url) else found.url,
        bylines=tuple(bylines) or found.bylines,
        published=_published(record, fields.published, source) or found.published,
        modified=_published(record, fields.modified, source) or found.modified,
        dateline=clean_line(find_text(record, fields.dateline)) or found.dateline,
        section=clean_line(find_text(record, fields.section)) or found.section,
        keywords=tuple(dict.fromkeys(word for part in keywords if (word := clean_line(part)))) or found.keywords,
        language=_tag(language[0]) if language else found.language,
    )


def _published(record: Any, path: str | None, source: Source) -> Published | None:
    zone, stamp = ZoneInfo(source.time_zone), find_stamp(record, path)
    return (read_moment(stamp, zone) or read_stamp([stamp], zone, source.language)) if stamp else None


def _tag(language: str) -> str:
    """Write a language as BCP 47 does: "pt_BR" is "pt-BR"."""
    primary, *rest = language.replace("_", "-").split("-")
    return "-".join([primary.lower(), *rest])

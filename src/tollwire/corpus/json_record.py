"""Find the article in one JSON record, by the field paths of its source."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from tollwire.corpus.clean import clean_line, split_lines
from tollwire.corpus.dates import read_moment, read_stamp
from tollwire.corpus.extract import Extract, NoArticle
from tollwire.corpus.lines import people
from tollwire.corpus.page_metadata import is_web_address
from tollwire.corpus.sources import Source


def extract_json(text: str, source: Source) -> Extract:
    """
    Find the article in a record: every line of its text is a paragraph, since the record has no furniture.

    Without a title field, or with an empty one, the first line of the text is the title.

    Raises:
        NoArticle: the source maps no fields, the record is no JSON object, or it has no text.
    """
    if source.fields is None:
        detail = f"the source {source.source_id} has no [fields] that say where its records keep their text"
        raise NoArticle("no-field-paths", detail)
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoArticle("broken-json", f"not JSON: {error}") from error
    paragraphs = [line for part in split_lines(_field(record, source.fields.text)) if (line := clean_line(part))]
    title = clean_line(_field(record, source.fields.title))
    if paragraphs and (not title or paragraphs[0] == title):
        title = paragraphs.pop(0)
    if not paragraphs:
        raise NoArticle("empty-text", f'the record has no text in its field "{source.fields.text}"')
    zone = ZoneInfo(source.time_zone)
    stamp = _field(record, source.fields.published)
    url = _field(record, source.fields.url).strip()
    return Extract(
        title,
        tuple(("paragraph", text) for text in dict.fromkeys(paragraphs)),
        tuple(people(clean_line(_field(record, source.fields.byline)))),
        read_moment(stamp, zone) or read_stamp([stamp], zone, source.language),
        url if is_web_address(url) else None,
    )


def _field(record: Any, path: str | None) -> str:
    """Follow a dotted path into a record; empty where it leads nowhere or to something that is not text."""
    if path is None:
        return ""
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record if isinstance(record, str) else ""

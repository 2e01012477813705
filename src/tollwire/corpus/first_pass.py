"""The first pass over an outlet's pages: what there is on a page to learn from."""

from tollwire.corpus.charset import decode
from tollwire.corpus.clean import clean_line, split_lines
from tollwire.corpus.extract import NoArticle
from tollwire.corpus.json_record import page_in_record
from tollwire.corpus.lines import furniture, is_prose
from tollwire.corpus.page import RawPage
from tollwire.corpus.page_keys import PageLines
from tollwire.corpus.sources import Source


def page_lines(page: RawPage, source: Source) -> PageLines | None:
    """Read a page's lines; None when it is a record without furniture, or cannot be read."""
    try:
        text = decode(page.raw, page.raw_format, page.encoding or source.encoding, source.language)
        if page.raw_format == "text":
            return _dump_lines(text)
        if page.raw_format in ("jsonl", "parquet"):
            text = page_in_record(text, source)
    except NoArticle:
        return None
    if not text:
        return None
    from tollwire.corpus.html import html_lines

    return html_lines(text, source)


def _dump_lines(text: str) -> PageLines:
    lines = [line for part in split_lines(text) if (line := clean_line(part))]
    return PageLines(lines, None, [_is_body(line) for line in lines])


def _is_body(line: str) -> bool:
    return is_prose(line) and furniture(line) is None

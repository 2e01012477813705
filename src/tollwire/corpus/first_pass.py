"""The first pass over an outlet's pages: what there is on a page to learn from."""

from tollwire.corpus.charset import decode
from tollwire.corpus.extract import NoArticle
from tollwire.corpus.json_record import page_in_record
from tollwire.corpus.page import RawPage
from tollwire.corpus.page_keys import PageLines
from tollwire.corpus.sources import Source

BODY = ("paragraph", "heading", "list_item", "quote")


def page_lines(page: RawPage, source: Source) -> PageLines | None:
    """Read a page's lines; None when it is a record without furniture, or cannot be read."""
    try:
        text = decode(page.raw, page.raw_format, page.encoding or source.encoding, source.language)
        if page.raw_format == "text":
            from tollwire.corpus.dump import explain_dump

            lines = explain_dump(text, source)
            return PageLines([line.text for line in lines], None, [line.kind in BODY for line in lines])
        if page.raw_format in ("jsonl", "parquet"):
            text = page_in_record(text, source)
        if not text:
            return None
        from tollwire.corpus.html import html_lines

        return html_lines(text, source)
    except NoArticle:
        return None

"""Normalise one page: raw bytes in, one article or one rejection out."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollwire.contracts.records import Article, Block, Rejection
from tollwire.contracts.text import sha256_text
from tollwire.corpus.agencies import credited_agencies
from tollwire.corpus.charset import decode, utf8
from tollwire.corpus.clean import clean_line
from tollwire.corpus.dateline import dateline
from tollwire.corpus.explain import ExplainedLine
from tollwire.corpus.extract import Extract, NoArticle
from tollwire.corpus.language import tell_language
from tollwire.corpus.names import written_name
from tollwire.corpus.sources import UNKNOWN_SOURCE, Source, find_source
from tollwire.problems import Problem, UsageError, shown
from tollwire.project import find_project

if TYPE_CHECKING:
    from tollwire.corpus.outlet import Outlet

NORMALISER = "0.7.0"  # goes up whenever the same page would give another text
FORMATS = ("text", "html", "warc", "jsonl", "parquet")


@dataclass(frozen=True, slots=True)
class RawPage:
    """One raw record as it was found: its bytes, where they came from, and in which encoding the server said."""

    raw: bytes
    raw_format: str
    raw_uri: str
    record: int = 0
    url: str | None = None
    encoding: str | None = None


def normalise_page(
    raw: bytes | str, raw_format: str = "html", source: Source | str | None = None, url: str | None = None
) -> Article | Rejection:
    """
    Normalise one page, to the same record that ``tollwire normalise`` writes.

    ``raw`` is one record: a page, what a server answered in a web archive (its body, decoded), a JSON object, or a row
    of a Parquet file as one. ``source`` is a source record, or the source_id of one in the project around the current
    folder, whose knowledge of the outlet is used where some was saved; without one the text counts as withheld, under
    an unknown licence. ``url`` is where the page was fetched; an address that the page itself states as canonical goes
    before it.

    Returns:
        The article; or, when the page holds none, the rejection with its rule and detail.

    Raises:
        UsageError: ``raw_format`` is none of text, html, warc, jsonl, parquet; ``url`` is no web address; or there is
            no source of that name, or no project.
        TollwireError: the source record, or what was saved of its outlet, has mistakes.
    """
    from tollwire.corpus.page_metadata import is_web_address

    if raw_format not in FORMATS:
        what = f'"{raw_format}" is not a format that can be read'
        raise UsageError(Problem("raw_format", "unknown-format", what, f"use one of {', '.join(FORMATS)}"))
    if url is not None and not is_web_address(url):
        what = f"{shown(url)} is not the address of a web page"
        raise UsageError(Problem("url", "bad-url", what, "give a whole one, such as https://..., or none"))
    if isinstance(source, str):
        source = find_source(find_project().sources, source)
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    page = RawPage(data, raw_format, url or "-", 0, url)
    return normalise_record(page, source or UNKNOWN_SOURCE, _saved_outlet(source) if source else None)


def _saved_outlet(source: Source) -> "Outlet | None":
    """Look up what was saved of an outlet in the project around the current folder; outside of one there is nothing."""
    from tollwire.corpus.outlet_record import known_outlet, outlet_path

    try:
        sources = find_project().sources
    except UsageError:
        return None
    return known_outlet(outlet_path(sources, source.source_id))


def normalise_record(page: RawPage, source: Source, outlet: "Outlet | None" = None) -> Article | Rejection:
    """
    Normalise one raw record of a source, with what is known of its outlet.

    Pure: the same record and the same knowledge give the same result, and nothing is fetched.
    """
    raw_sha256 = hashlib.sha256(page.raw).hexdigest()
    try:
        extract = _extract(page, source, outlet)
    except NoArticle as reason:
        return Rejection(page.raw_uri, page.record, reason.rule, reason.detail, raw_sha256)
    title = clean_line(extract.title)
    blocks = [("title", title), *((kind, line) for kind, text in extract.blocks if (line := clean_line(text)))]
    text = "\n\n".join(line for _, line in blocks)
    url = extract.url or page.url
    article_id = hashlib.sha256(url.encode()).hexdigest()[:16] if url else raw_sha256[:16]
    published, modified = extract.published, extract.modified
    paragraphs = [line for kind, line in blocks if kind == "paragraph"]
    return Article(
        article_id=article_id,
        source_id=source.source_id,
        url=url,
        title=title,
        bylines=tuple(map(written_name, extract.bylines)),
        published_date=published.day if published else None,
        published_at=published.at if published else None,
        modified_date=modified.day if modified else None,
        modified_at=modified.at if modified else None,
        dateline=extract.dateline or (dateline(paragraphs[0]) if paragraphs else None),
        agencies=extract.agencies or credited_agencies(paragraphs),
        section=extract.section,
        keywords=extract.keywords,
        language=tell_language(text, extract.language or source.language),
        text=text,
        blocks=_place(blocks),
        credits=extract.credits,
        text_sha256=sha256_text(text),
        raw_uri=page.raw_uri if page.record == 0 else f"{page.raw_uri}#{page.record}",
        raw_format=page.raw_format,
        raw_sha256=raw_sha256,
        cluster_id=article_id,
        cluster_reason=None,
        licence=source.licence,
        is_withheld=not source.may_redistribute,
        normaliser=NORMALISER,
    )


def _extract(page: RawPage, source: Source, outlet: "Outlet | None") -> Extract:
    if not page.raw.strip():
        raise NoArticle("empty-file", f"{len(page.raw)} bytes, none of them text")
    encoding = page.encoding or source.encoding
    if page.raw_format in ("html", "warc"):
        from tollwire.corpus.html import extract_html

        return extract_html(utf8(page.raw, page.raw_format, encoding, source.language), source, outlet, page.url)
    text = decode(page.raw, page.raw_format, encoding, source.language)
    if page.raw_format in ("jsonl", "parquet"):
        from tollwire.corpus.json_record import extract_json

        return extract_json(text, source, outlet)
    from tollwire.corpus.dump import extract_dump

    return extract_dump(text, source, outlet)


def explain_record(page: RawPage, source: Source, outlet: "Outlet | None" = None) -> list[ExplainedLine]:
    """
    Say of every line of one raw record, in its order, which kind of block it became or why it was dropped.

    Raises:
        NoArticle: the record cannot be read at all.
    """
    text = decode(page.raw, page.raw_format, page.encoding or source.encoding, source.language)
    if page.raw_format == "text":
        from tollwire.corpus.dump import explain_dump

        return explain_dump(text, source, outlet)
    if page.raw_format in ("jsonl", "parquet"):
        from tollwire.corpus.json_record import extract_json, page_in_record

        if not (html := page_in_record(text, source)):
            blocks = extract_json(text, source).blocks
            return [ExplainedLine(line, kind, "a line of the record's text field") for kind, line in blocks]
        text = html
    from tollwire.corpus.html import explain_html

    return explain_html(text, source, outlet)


def _place(blocks: list[tuple[str, str]]) -> tuple[Block, ...]:
    placed, position = [], 0
    for kind, line in blocks:
        placed.append(Block(kind, position, position + len(line)))
        position += len(line) + len("\n\n")
    return tuple(placed)

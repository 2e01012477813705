"""The tools that are measured, ours among them, each behind one function from a stored page to what it found."""

import contextlib
import itertools
import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

# Where a sentence of any of the scripts in the sets may end; the published rule knows the first four.
ENDS = tuple(".?!\"”“»«'’。！？」।؟…")
POLICIES = (
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)
LEAST_C4_WORDS = 5
WORD_OR_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|\w+")
SUFFIXES = {"html": ".html", "text": ".txt"}
BY = re.compile(r"\s*;\s*")  # between the authors that trafilatura gives


@dataclass(frozen=True, slots=True)
class Stored:
    """A page as a child process gets it: without its gold."""

    raw: bytes = field(repr=False)
    outlet: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool found on a page; None for what it found none of, or does not look for."""

    body: str = ""
    title: str | None = None
    authors: Sequence[str] = ()
    day: str | None = None
    captions: Sequence[str] = ()


Work = Callable[[Stored], Found]
WorkOnAll = Callable[[Sequence[Stored]], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Peer:
    """
    A tool in one way of use: what of a record it gives, what it reads, and how it is made ready.

    One that has ``prepare_all`` is given all pages of a set at once and can learn from one what it uses on another.
    """

    name: str
    package: str
    gives: frozenset[str]
    raw_format: str
    prepare: Callable[[], Work] | None = None
    prepare_all: Callable[[], WorkOnAll] | None = None
    is_out_of_fold: bool = False  # uses weights that were trained without the outlets of the pages


def tollwire(raw_format: str) -> Work:
    """Ours, the whole record of a page by itself; a page that is rejected has no body."""
    from tollwire.contracts.records import Article
    from tollwire.corpus.page import normalise_page

    def work(page: Stored) -> Found:
        outcome = normalise_page(page.raw, raw_format)
        return found_in_row(asdict(outcome)) if isinstance(outcome, Article) else Found()

    return work


def tollwire_command(raw_format: str) -> WorkOnAll:
    """Ours as ``tollwire normalise`` runs it on a folder: each outlet is a source, its pages are read together."""
    from pyarrow.parquet import read_table

    from tollwire.corpus.normalise import normalise
    from tollwire.corpus.sources import UNKNOWN_SOURCE
    from tollwire.project import make_project

    def work(pages: Sequence[Stored]) -> list[Found]:
        with tempfile.TemporaryDirectory() as folder:
            project = make_project(Path(folder))
            ids = {outlet: f"outlet_{number}" for number, outlet in enumerate(sorted({one.outlet for one in pages}))}
            for source_id in ids.values():
                record = UNKNOWN_SOURCE.model_dump(exclude_none=True) | {"source_id": source_id}
                lines = [f"{key} = {json.dumps(value)}" for key, value in record.items() if value != []]
                (project.sources / f"{source_id}.toml").write_text("\n".join(lines), encoding="utf-8")
                (project.raw / source_id).mkdir()
            for number, page in enumerate(pages):
                name = f"{number}{SUFFIXES[raw_format]}"
                (project.raw / ids[page.outlet] / name).write_bytes(page.raw)
            normalise(project, [project.raw], project.normalised)
            rows = read_table(project.normalised / "articles.parquet").to_pylist()
        found = {int(Path(row["raw_uri"]).stem): found_in_row(row) for row in rows}
        return [found.get(number, Found()) for number in range(len(pages))]

    return work


def found_in_row(row: Mapping[str, Any]) -> Found:
    """Give what a row of articles states; the body is every block but title and captions."""
    text = row["text"]
    blocks = [(block["kind"], text[block["start"] : block["end"]]) for block in row["blocks"]]
    return Found(
        "\n".join(part for kind, part in blocks if kind not in ("title", "caption")),
        row["title"],
        row["bylines"],
        row["published_date"].isoformat() if row["published_date"] else None,
        [part for kind, part in blocks if kind == "caption"],
    )


def trafilatura_body(**options: bool) -> Work:
    """Trafilatura as its own evaluation runs it: the body and nothing else."""
    from trafilatura import extract

    return lambda page: Found(extract(page.raw, include_comments=False, **options) or "")


def trafilatura_record(**options: bool) -> Work:
    """Trafilatura with metadata."""
    from trafilatura import bare_extraction

    def work(page: Stored) -> Found:
        document = bare_extraction(page.raw, include_comments=False, with_metadata=True, **options)
        if document is None:
            return Found()
        authors = BY.split(document.author) if document.author else ()
        return Found(document.text or "", document.title, authors, document.date)

    return work


def resiliparse() -> Work:
    """Resiliparse's main content, without the alternative texts of images; the title is the page's own element."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def work(page: Stored) -> Found:
        tree = HTMLTree.parse_from_bytes(page.raw, detect_encoding(page.raw))
        return Found(extract_plain_text(tree, main_content=True, alt_texts=False), tree.title)

    return work


def newspaper4k() -> Work:
    """Newspaper4k; what it knew of a page before it failed on the body counts."""
    from newspaper import Article

    def work(page: Stored) -> Found:
        article = Article("https://example.org/", fetch_images=False)
        article.download(input_html=decoded(page.raw))
        with contextlib.suppress(ImportError):  # some Asian languages need more packages than it installs
            article.parse()
        day = article.publish_date
        return Found(article.text, article.title, article.authors, str(day)[:10] if day else None)

    return work


def readability() -> Work:
    """Readability's port to lxml; its summary is HTML, here made text by resiliparse."""
    from readability import Document
    from resiliparse.extract.html2text import extract_plain_text

    def work(page: Stored) -> Found:
        document = Document(decoded(page.raw))
        return Found(extract_plain_text(document.summary(), alt_texts=False), document.short_title())

    return work


def goose3() -> Work:
    """Goose3."""
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def work(page: Stored) -> Found:
        article = goose.extract(raw_html=decoded(page.raw))
        # Where JSON-LD has a list in the place of a name, goose3 gives the list.
        authors = [one for one in article.authors if one and isinstance(one, str)]
        return Found(article.cleaned_text, article.title, authors, article.publish_date)

    return work


def justext(wrapped: bool = False) -> Work:
    """Give jusText with the stop words of all its languages."""
    import justext as package

    stop_words = frozenset(itertools.chain.from_iterable(map(package.get_stoplist, package.get_stoplists())))

    def work(page: Stored) -> Found:
        paragraphs = package.justext(as_html(page.raw) if wrapped else page.raw, stop_words)
        return Found("\n".join(one.text for one in paragraphs if not one.is_boilerplate))

    return work


def boilerpy3(wrapped: bool = False) -> Work:
    """Boilerpipe's article extractor in Python."""
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda page: Found(extractor.get_content(as_html(page.raw) if wrapped else decoded(page.raw)))


def trafilatura_wrapped() -> Work:
    """Trafilatura on a dump whose lines were made paragraphs."""
    from trafilatura import extract

    return lambda page: Found(extract(as_html(page.raw), include_comments=False) or "")


def htmldate() -> Work:
    """Htmldate, asked for the day of publication."""
    from htmldate import find_date

    return lambda page: Found(day=find_date(page.raw, original_date=True))


def all_lines() -> Work:
    """Keep the whole dump."""
    return lambda page: Found(page.raw.decode())


def c4_rules() -> Work:
    """
    Keep the lines that the rules of the C4 corpus keep, with the ends of sentences of every script.

    Source: Raffel et al., "Exploring the Limits of Transfer Learning" (2020), section 2.2; the words about policies
    are those of TensorFlow Datasets' c4_utils.
    """

    def is_kept(line: str) -> bool:
        if not line.endswith(ENDS) or line.endswith("...") or "{" in line:
            return False
        lower = line.lower()
        if "javascript" in lower or "lorem ipsum" in lower or any(words in lower for words in POLICIES):
            return False
        return len(WORD_OR_CHARACTER.findall(line)) >= LEAST_C4_WORDS

    return lambda page: Found("\n".join(filter(is_kept, map(str.strip, page.raw.decode().split("\n")))))


def decoded(raw: bytes) -> str:
    """Give the text of a page for tools that take no bytes."""
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return bytes_to_str(raw, detect_encoding(raw))


def as_html(raw: bytes) -> str:
    """Make the lines of a dump paragraphs of a page, the one form in which tools for HTML can read it."""
    from html import escape

    lines = "".join(f"<p>{escape(line)}</p>\n" for line in raw.decode().split("\n") if line.strip())
    return f"<html><body><article>{lines}</article></body></html>"


BODY = frozenset({"body"})
TITLED = frozenset({"body", "title"})
RECORD = frozenset({"body", "title", "authors", "day"})
WHOLE = RECORD | {"captions"}

PEERS = (
    Peer("tollwire", "tollwire", WHOLE, "html", lambda: tollwire("html")),
    Peer("tollwire, out of fold", "tollwire", WHOLE, "html", lambda: tollwire("html"), is_out_of_fold=True),
    Peer("tollwire, outlet by outlet", "tollwire", WHOLE, "html", prepare_all=lambda: tollwire_command("html")),
    Peer("trafilatura", "trafilatura", BODY, "html", trafilatura_body),
    Peer("trafilatura with metadata", "trafilatura", RECORD, "html", trafilatura_record),
    Peer("trafilatura fast", "trafilatura", BODY, "html", lambda: trafilatura_body(fast=True)),
    Peer("trafilatura fast with metadata", "trafilatura", RECORD, "html", lambda: trafilatura_record(fast=True)),
    Peer("trafilatura, no tables", "trafilatura", BODY, "html", lambda: trafilatura_body(include_tables=False)),
    Peer("resiliparse", "resiliparse", TITLED, "html", resiliparse),
    Peer("newspaper4k", "newspaper4k", RECORD, "html", newspaper4k),
    Peer("readability-lxml", "readability-lxml", TITLED, "html", readability),
    Peer("goose3", "goose3", RECORD, "html", goose3),
    Peer("jusText, all stop lists", "justext", BODY, "html", justext),
    Peer("boilerpy3", "boilerpy3", BODY, "html", boilerpy3),
    Peer("htmldate", "htmldate", frozenset({"day"}), "html", htmldate),
    Peer("tollwire on dumps", "tollwire", BODY, "text", lambda: tollwire("text")),
    Peer("tollwire on dumps, out of fold", "tollwire", BODY, "text", lambda: tollwire("text"), is_out_of_fold=True),
    Peer("tollwire on dumps, outlet by outlet", "tollwire", BODY, "text", prepare_all=lambda: tollwire_command("text")),
    Peer("all lines", "tollwire", BODY, "text", all_lines),
    Peer("C4 line rules", "tollwire", BODY, "text", c4_rules),
    Peer("trafilatura, wrapped", "trafilatura", BODY, "text", trafilatura_wrapped),
    Peer("jusText, wrapped", "justext", BODY, "text", lambda: justext(wrapped=True)),
    Peer("boilerpy3, wrapped", "boilerpy3", BODY, "text", lambda: boilerpy3(wrapped=True)),
)

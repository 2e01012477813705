"""
Measure the whole path, from raw pages to a loaded release, each step beside a peer or a bare loop in the same run.

What it finds goes into docs/benchmarks.md; the other scripts of `make bench` say how well each step is done.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import bench_labelling
import bench_release
import pyarrow as pa
import pyarrow.parquet as parquet
from measured_page import put

from tollwire.annotations.install import VENV_VARIABLE
from tollwire.contracts.records import Article, Rejection
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.raw_files import find_files
from tollwire.corpus.readers import read_file
from tollwire.corpus.sources import FieldPaths, Source, find_source
from tollwire.figures.suggest import suggest
from tollwire.project import Project, find_project

CHECKOUT = Path(__file__).parents[1]
DOCUMENT = CHECKOUT / "docs" / "benchmarks.md"
PAGES = 600  # of each format
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Print the table of the whole path and write it into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=2_000, metavar="N", help="tasks that are pushed and pulled")
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="articles of the release")
    options = parser.parse_args()
    os.environ.setdefault(VENV_VARIABLE, str(CHECKOUT / ".studio" / "venv"))
    rows: list[Row] = []
    for row in (*reading(), *suggesting(), *labelling(options.tasks), *releasing(options.articles)):
        print(" | ".join(row), flush=True)
        rows.append(row)
    head = ("step", "ours", "beside", "theirs", "ratio")
    lines = [f"| {' | '.join(head)} |", "|---|---:|---|---:|---:|", *(f"| {' | '.join(row)} |" for row in rows)]
    put(DOCUMENT, Path(__file__).name, "\n".join(lines))


def reading() -> Iterator[Row]:
    """Read the pages of corpus/raw, over and over, in each format; the peer is given the bytes of the pages alone."""
    from trafilatura import bare_extraction

    project = find_project(CHECKOUT)
    source = find_source(project.sources, "meridian_wire")
    html = [path.read_bytes() for path in sorted(project.raw.rglob("*.html"))]
    dumps = [path.read_bytes() for path in sorted(project.raw.rglob("*.txt"))]
    theirs = rate(html, lambda page: bare_extraction(page, with_metadata=True, include_comments=False))
    with tempfile.TemporaryDirectory() as name:
        for kind, file in write_formats(Path(name), html, dumps).items():
            records = list(read_records(file, source))
            bare = rate(records, lambda record: normalise_record(record, source))
            ours = rate_of_file(file, source)
            if kind == "text":
                yield f"{kind}: pages a second", f"{ours:,.0f}", "a bare loop", f"{bare:,.0f}", f"{ours / bare:.2f}"
            else:
                peer = "trafilatura with metadata"
                yield f"{kind}: pages a second", f"{ours:,.0f}", peer, f"{theirs:,.0f}", f"{ours / theirs:.2f}"


def write_formats(folder: Path, html: list[bytes], dumps: list[bytes]) -> dict[str, Path]:
    """Write the pages as a folder of files, an archive, lines of JSON and a Parquet file."""
    many = [html[number % len(html)] for number in range(PAGES)]
    for number in range(PAGES):
        for kind, page in (("html", many[number]), ("txt", dumps[number % len(dumps)])):
            (folder / kind).mkdir(exist_ok=True)
            (folder / kind / f"{number}.{kind}").write_bytes(page)
    archive = b"".join(response(f"https://post.example/{number}", page) for number, page in enumerate(many))
    (folder / "pages.warc").write_bytes(archive)
    records = [
        {"html": page.decode("utf-8", "replace"), "url": f"https://post.example/{n}"} for n, page in enumerate(many)
    ]
    (folder / "pages.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    parquet.write_table(pa.Table.from_pylist(records), folder / "pages.parquet")
    names = {"html": "html", "warc": "pages.warc", "jsonl": "pages.jsonl", "parquet": "pages.parquet", "text": "txt"}
    return {kind: folder / name for kind, name in names.items()}


def response(url: str, page: bytes) -> bytes:
    """Write a record of a web archive: what a server answered. Source: WARC 1.1, 6.3."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    lines = (
        "WARC/1.1", "WARC-Type: response", f"WARC-Target-URI: {url}", "WARC-Date: 2026-01-01T00:00:00Z",
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, url)}>", "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def read_records(path: Path, source: Source) -> Iterator[RawPage]:
    """Read the raw records below a path."""
    for file in find_files(path, path.name):
        assert not isinstance(file, Rejection)
        for record in read_file(file, FieldPaths(html="html", url="url")):
            assert isinstance(record, RawPage)
            yield record


def rate_of_file(path: Path, source: Source) -> float:
    """Give the records a second of a processor of reading a path and normalising what is in it."""
    with_fields = source.model_copy(update={"fields": FieldPaths(html="html", url="url")})
    started = time.process_time()
    articles = [normalise_record(record, with_fields) for record in read_records(path, source)]
    assert sum(isinstance(one, Article) for one in articles) > PAGES / 2
    return len(articles) / (time.process_time() - started)


def rate(items: list[Any], work: Callable[[Any], object], least: float = 2.0) -> float:
    """Items a second of processor time, after one pass to warm up, over at least ``least`` seconds."""
    for item in items[:50]:
        work(item)
    started, done = time.process_time(), 0
    while time.process_time() - started < least:
        for item in items:
            work(item)
        done += len(items)
    return done / (time.process_time() - started)


def suggesting() -> Iterator[Row]:
    """Suggest figures and actors on the articles of corpus/raw, beside spaCy's ruler and a pattern."""
    from figure_peers import spacy_ruler
    from figure_sets import Document

    project = find_project(CHECKOUT)
    texts = []
    for path in sorted(project.raw.rglob("*.txt")):
        article = normalise_record(
            RawPage(path.read_bytes(), "text", "-"), find_source(project.sources, path.parent.name)
        )
        if isinstance(article, Article):
            texts.append(article.text or "")
    documents = [Document(text) for text in texts]
    ours, theirs = rate(texts, suggest), rate(documents, spacy_ruler)
    yield "suggestions: articles a second", f"{ours:,.0f}", "spaCy's ruler", f"{theirs:,.0f}", f"{ours / theirs:.2f}"


def labelling(tasks: int) -> Iterator[Row]:
    """Push and pull on the real server, beside bare requests."""
    with tempfile.TemporaryDirectory() as folder, bench_labelling.served(Project(Path(folder))) as project:
        bench_labelling.run(project, "normalise", str(project.raw))
        for what, ours, theirs, ratio in bench_labelling.measure(project, tasks):
            yield f"{what} ({tasks:,} tasks)", ours, "the server alone" if ratio else "", theirs, ratio


def releasing(articles: int) -> Iterator[Row]:
    """Release and load, beside a bare read of the files."""
    for what, measured, _ in bench_release.measure(articles):
        yield f"{what} ({articles:,} articles)", measured, "", "", ""


if __name__ == "__main__":
    main()

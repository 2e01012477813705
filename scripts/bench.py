"""Measure how fast the program is on the pages of corpus/raw, beside its peer in the same run."""

import time
from collections.abc import Callable
from pathlib import Path

from tollwire.contracts.records import Article
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.sources import find_source
from tollwire.figures.suggest import suggest
from tollwire.project import find_project

CHECKOUT = Path(__file__).parents[1]


def main() -> None:
    """Print pages a second of our record and of trafilatura's with metadata, and articles a second of suggestions."""
    from trafilatura import bare_extraction

    project = find_project(CHECKOUT)
    pages = []
    for path in sorted(path for path in project.raw.rglob("*") if path.suffix in (".html", ".txt")):
        raw_format = "html" if path.suffix == ".html" else "text"
        pages.append(
            (RawPage(path.read_bytes(), raw_format, path.name), find_source(project.sources, path.parent.name))
        )
    html = [one for one in pages if one[0].raw_format == "html"]
    text = [one for one in pages if one[0].raw_format == "text"]
    articles = [one for one in (normalise_record(*page) for page in pages) if isinstance(one, Article)]
    words = sum(len((article.text or "").split()) for article in articles)
    ours = rate(html, lambda page: normalise_record(*page))
    peer = rate(html, lambda page: bare_extraction(page[0].raw, with_metadata=True, include_comments=False))
    print(f"HTML, whole record: {ours:.0f} pages/s; trafilatura with metadata: {peer:.0f}; ratio {ours / peer:.2f}")
    print(f"dumps, whole record: {rate(text, lambda page: normalise_record(*page)):.0f} pages/s")
    suggested = rate(articles, lambda article: suggest(article.text, article.blocks))
    print(f"suggest: {suggested * words / len(articles) / 400:.0f} articles of 400 words/s")


def rate(items: list, work: Callable[[object], object], least: float = 2.0) -> float:
    """Items a second of process time, after one pass to warm up, over at least ``least`` seconds."""
    for item in items:
        work(item)
    started, done = time.process_time(), 0
    while time.process_time() - started < least:
        for item in items:
            work(item)
        done += len(items)
    return done / (time.process_time() - started)


if __name__ == "__main__":
    main()

"""Measure what the program is judged by, each figure beside its peer's of the same run."""

import gzip
import json
import lzma
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.sources import UNKNOWN_SOURCE, find_source
from tollwire.figures.suggest import suggest
from tollwire.project import find_project

CHECKOUT = Path(__file__).parents[1]
OUTSIDE = Path(os.environ.get("TOLLWIRE_SHARED", CHECKOUT.parent / "shared"))


def main() -> None:
    """Print every figure that can be measured here, and say what is missing for the others."""
    own_pages()
    sets = {
        OUTSIDE / "data" / "fundus_dumps" / "dumps.jsonl.xz": outside_dumps,
        OUTSIDE / "data" / "fundus_parser_testdata" / "test_data": outside_html,
    }
    for path, measure in sets.items():
        if path.exists():
            measure(path)
        else:
            print(
                f"not measured: {path.relative_to(OUTSIDE)} is not here; set TOLLWIRE_SHARED to the folder that has it"
            )


def own_pages() -> None:
    """Speed on the pages of corpus/raw: our record, and trafilatura's with metadata on those that are HTML."""
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


def outside_dumps(path: Path) -> None:
    """Bodies of page dumps with gold: ours, all lines, and trafilatura on the dump wrapped as HTML."""
    from trafilatura import extract

    bodies = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            paragraphs = "".join(f"<p>{one}</p>" for one in page["dump"].split("\n") if one.strip())
            wrapped = extract(f"<html><body><article>{paragraphs}</article></body></html>", include_comments=False)
            found = {"tollwire": body(page["dump"].encode(), "text"), "all lines": page["dump"]}
            bodies.append((page["gold"], {**found, "trafilatura, wrapped": wrapped or ""}))
    print_scores("dump bodies", bodies)


def outside_html(folder: Path) -> None:
    """Bodies of HTML pages with gold: ours, and plain trafilatura. The n-th page of an outlet has its n-th gold."""
    from trafilatura import extract

    bodies = []
    for gold_file in sorted(folder.glob("*/*.json")):
        versions = json.loads(gold_file.read_text("utf-8"))
        pages = sorted(gold_file.parent.glob(f"{gold_file.stem}_[0-9]*.html.gz"))
        for page, version in zip(pages, sorted(versions), strict=True):
            stated = versions[version]["body"]
            gold = [*stated["summary"], *(one for part in stated["sections"] for one in part["paragraphs"])]
            raw = gzip.decompress(page.read_bytes())
            found = {"tollwire": body(raw, "html"), "trafilatura": extract(raw, include_comments=False) or ""}
            bodies.append(("\n".join(gold), found))
    print_scores("HTML bodies", bodies)


def body(raw: bytes, raw_format: str) -> str:
    """Give what we take for the body of a page; empty for a page that we reject."""
    outcome = normalise_record(RawPage(raw, raw_format, "page"), UNKNOWN_SOURCE)
    if isinstance(outcome, Rejection):
        return ""
    kept = [block for block in outcome.blocks if block.kind not in ("title", "caption")]
    return "\n".join((outcome.text or "")[block.start : block.end] for block in kept)


def print_scores(what: str, bodies: list[tuple[str, dict[str, str]]]) -> None:
    """Print the mean F1 of words of each way of finding the body, over all pages."""
    for name in bodies[0][1]:
        scores = [f1(found[name], gold) for gold, found in bodies]
        empty = sum(not found[name] for _, found in bodies)
        print(f"{what}, F1 of words over {len(scores)} pages, {name}: {sum(scores) / len(scores):.3f} ({empty} empty)")


def f1(found: str, gold: str) -> float:
    """F1 of the words of two texts, as multisets."""
    ours, theirs = tokens(found), tokens(gold)
    common = sum((ours & theirs).values())
    return 2 * common / (sum(ours.values()) + sum(theirs.values()) or 1)


def tokens(text: str) -> Counter[str]:
    """Count words; where a script has no spaces, characters."""
    words: Iterable[str] = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|\w+", text.casefold())
    return Counter(words)


if __name__ == "__main__":
    main()

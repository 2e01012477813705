"""Measure how varied the pages of corpus/raw are, and write the measures into DATASHEET.md."""

import argparse
import csv
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
from measured_page import put

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.tables import read_table
from tollwire.corpus.normalise import normalise
from tollwire.project import find_project
from tollwire.release.gather import gather

CHECKOUT = Path(__file__).parents[1]
PAGES = CHECKOUT / "corpus" / "pages.csv"
RUN = 5  # words
PART = 1000  # words over which the variety of words is told: it falls with the length of a text
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?|\d[\d,.]*\d|\d")
Row = dict[str, Any]


def main() -> None:
    """Print the tables and write them into the datasheet."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    project = find_project(CHECKOUT)
    with tempfile.TemporaryDirectory() as folder:
        normalise(project, [project.raw], Path(folder))
        contracts = read_contracts(project.schemas)
        articles = read_table(Path(folder) / "articles.parquet", contracts["articles"])
    figures = gather(project, articles, contracts).gold["casualties"]
    own = figures.filter(figures["article_id"].is_in(articles["article_id"].implode()))
    lines = [*pages_table(), "", *variety_table(articles.to_dicts()), "", *wording_table(own)]
    print("\n".join(lines))
    put(CHECKOUT / "DATASHEET.md", Path(__file__).name, "\n".join(lines))


def pages_table() -> list[str]:
    """Count the pages by outlet and kind, as corpus/pages.csv has them."""
    with PAGES.open(newline="", encoding="utf-8") as stream:
        pages = [(row["page"].partition("/")[0], row["kind"]) for row in csv.DictReader(stream)]
    kinds = [kind for kind, _ in Counter(kind for _, kind in pages).most_common()]
    counts = Counter(pages)
    rows = [
        [outlet, *(str(counts[outlet, kind] or "") for kind in kinds), str(sum(one == outlet for one, _ in pages))]
        for outlet in sorted({outlet for outlet, _ in pages})
    ]
    rows.append(["all", *(str(sum(one == kind for _, one in pages)) for kind in kinds), str(len(pages))])
    return table(["outlet", *kinds, "pages"], rows)


def variety_table(articles: list[Row]) -> list[str]:
    """Measure words by outlet: how many, how many different in a thousand, how many runs other stories have too."""
    owners: dict[tuple[str, ...], set[str]] = {}
    texts = {article["article_id"]: [word.lower() for word in WORD.findall(article["text"])] for article in articles}
    clusters = {article["article_id"]: article["cluster_id"] for article in articles}
    for article_id, words in texts.items():
        for run in zip(*(words[place:] for place in range(RUN)), strict=False):
            owners.setdefault(run, set()).add(clusters[article_id])
    rows = []
    outlets: dict[str, list[str]] = {}
    for article in articles:
        outlets.setdefault(article["source_id"], []).append(article["article_id"])
    for outlet, ids in [*sorted(outlets.items()), ("all", list(texts))]:
        words = [word for one in ids for word in texts[one]]
        runs = [run for one in ids for run in zip(*(texts[one][place:] for place in range(RUN)), strict=False)]
        shared = sum(len(owners[run]) > 1 for run in runs) / max(len(runs), 1)
        rows.append([outlet, str(len(ids)), f"{len(words):,}", f"{different(words):.2f}", f"{100 * shared:.1f}"])
    head = [
        "outlet",
        "articles",
        "words",
        f"different words in {PART:,}",
        f"runs of {RUN} words of other stories too, %",
    ]
    return table(head, rows)


def different(words: list[str]) -> float:
    """Give the mean share of different words in each thousand; of a shorter text in all of it."""
    parts = [words[start : start + PART] for start in range(0, max(len(words) - PART, 0) + 1, PART)]
    return sum(len(set(part)) / max(len(part), 1) for part in parts) / len(parts)


def wording_table(figures: pl.DataFrame) -> list[str]:
    """Count how the figures of the gold are worded."""
    wordings: Counter[str] = Counter()
    bounds: Counter[str] = Counter()
    for surface, bound in figures.select("surface", "bound").iter_rows():
        bounds[bound] += 1
        wordings["digits" if any(one.isdigit() for one in surface) else
                 "vague words" if bound == "vague" else
                 "none" if bound == "none" else "number words, or one person"] += 1  # fmt: skip
    rows = [
        [name, f"{count:,}", f"{100 * count / figures.height:.0f}"]
        for part in (wordings, bounds)
        for name, count in part.most_common()
    ]
    return table(["figures by wording, and by bound", "count", "%"], rows)


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """Write a Markdown table whose first column is text and whose others are numbers."""
    lines = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


if __name__ == "__main__":
    main()

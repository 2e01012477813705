"""Print one article on a terminal, its spans in colour: suggested ones, or those of a release."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.agreement_page import told_of
from tollwire.annotations.matching import LABELS
from tollwire.contracts.contract import Contracts
from tollwire.contracts.records import Block
from tollwire.problems import Problem, UsageError

if TYPE_CHECKING:
    import polars

Row = dict[str, Any]
WITHHELD = "The text may not be passed on; `tollwire hydrate` puts it back from your own copies of the pages."


def print_suggested(articles: "polars.DataFrame", contracts: Contracts, wanted: str) -> None:
    """Print an article with what the machine suggests. Raises UsageError when not one article is meant."""
    from tollwire.figures.suggest import suggest

    row = _find(articles, wanted)
    found = suggest(row["text"], [Block(**block) for block in row["blocks"]], row["language"])
    actors = [(one.start, one.end, contracts.labels.role[one.role].colour or "") for one in found.actors]
    figures = [(one.start, one.end, f"bold {contracts.labels.harm[one.harm].colour or ''}") for one in found.casualties]
    _print(row, row["text"], [*actors, *figures])


def print_gold(folder: Path, wanted: str) -> None:
    """Print an article of a release with its gold, and below it what is said of each span."""
    from tollwire.release.reading import read_release

    release = read_release(folder)
    row = _find(release.tables["articles"], wanted)
    labels: Mapping[str, Mapping[str, Mapping[str, str]]] = release.schemas["labels.toml"]
    styles = []
    lines = []
    for table, column in LABELS.items():
        for span in row[table]:
            colour = labels[column].get(span[column], {}).get("colour", "")
            styles.append((span["start"], span["end"], f"bold {colour}" if table == "casualties" else colour))
            words = "" if span["surface"] is None else f"\t{span['surface']}"
            said = told_of(span)
            lines.append((span["start"], f"{span['start']}-{span['end']}{words}\t{span[column]}\t{said}".rstrip()))
    _print(row, WITHHELD if row["text"] is None else row["text"], [] if row["text"] is None else styles)
    print()
    for _, line in sorted(lines):
        print(line)


def _find(articles: "polars.DataFrame", wanted: str) -> Row:
    import polars as pl

    titled = pl.col("title").str.to_lowercase().str.contains(wanted.lower(), literal=True).fill_null(False)
    found = articles.filter(pl.col("article_id").str.starts_with(wanted) | titled)
    if found.height != 1:
        titles = "; ".join(
            f"{row[0]} {row[1] or ''}".strip() for row in found.select("article_id", "title").head(5).iter_rows()
        )
        what = f"{found.height} articles fit" + (f": {titles}" if titles else "")
        raise UsageError(Problem(wanted, "which-article", what, "give more of the article_id or title"))
    return found.row(0, named=True)


def _print(row: Row, words: str, styles: Iterable[tuple[int, int, str]]) -> None:
    from rich.console import Console
    from rich.text import Text

    text = Text(words)
    for start, end, style in styles:
        text.stylize(style, start, end)
    console = Console()
    console.print(f"[dim]{row['article_id']} · {row['source_id']} · {row['published_date']} · {row['raw_uri']}[/dim]\n")
    console.print(text)

"""Print raw pages line by line: what was kept of them and what was dropped, and why."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus.explain import DROPPED, ExplainedLine
from tollwire.corpus.extract import NoArticle
from tollwire.corpus.outlet_record import known_outlet, outlet_path
from tollwire.corpus.page import RawPage, explain_record, normalise_record
from tollwire.corpus.raw_records import Part, find_parts
from tollwire.corpus.sources import UNKNOWN_SOURCE
from tollwire.problems import one_line
from tollwire.project import Project

COLOURS = {"title": "bold green", "heading": "bold", "caption": "cyan", "quote": "italic", DROPPED: "dim red"}
WIDTH = 11  # of the column of kinds


def print_explained(project: Project, paths: Sequence[str], source_id: str | None) -> None:
    """
    Print every page of the paths: a line each for what became of it, its kind, its words and the reason.

    A page outside of corpus/raw needs no source here; without one it is read as of an unknown outlet.

    Raises:
        UsageError: a path does not exist, or there is no such source.
    """
    console = Console(highlight=False, soft_wrap=True)
    raw = project.raw.resolve()
    for path in paths:
        page = Path(path)
        if source_id is None and page.exists() and not page.resolve().is_relative_to(raw):
            parts = [Part(str(page.resolve()), page.name, UNKNOWN_SOURCE)]
        else:
            parts = find_parts(project, [path], source_id)
        for part in parts:
            for record in part.read():
                _print_record(console, project, record, part)


def _print_record(console: Console, project: Project, record: RawPage | Rejection, part: Part) -> None:
    name = f"{record.raw_uri}#{record.record}" if record.record else record.raw_uri
    if isinstance(record, RawPage):
        outlet = known_outlet(outlet_path(project.sources, part.source.source_id))
        outcome = normalise_record(record, part.source, outlet)
        try:
            for line in explain_record(record, part.source, outlet):
                console.print(_coloured(line))
        except NoArticle as reason:
            # The record cannot be read, so it has no lines; the last line says so.
            outcome = Rejection(record.raw_uri, record.record, reason.rule, reason.detail, None)
    else:
        outcome = record
    if isinstance(outcome, Article):
        kept = Text(f"{name}: article {outcome.article_id}, {len(outcome.blocks)} blocks: ", style="bold")
        console.print(kept.append(one_line(outcome.title), style="bold green"))
    else:
        console.print(Text(f"{name}: [{outcome.rule}] {one_line(outcome.detail)}", style="bold red"))


def _coloured(line: ExplainedLine) -> Text:
    colour = COLOURS.get(line.kind, "green")
    text = Text(f"{line.kind:<{WIDTH}} ", style=colour)
    return text.append(one_line(line.text), style=colour).append(f"  [{line.reason}]", style="dim")

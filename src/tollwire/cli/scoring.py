"""Commands that measure: score."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tollwire.cli.app import app, counting

if TYPE_CHECKING:
    from tollwire.figures.score import Measure


@app.command(epilog="Example: tollwire score release/0.1.0 predictions.jsonl")
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A release, or a Parquet or JSONL file of articles.")],
    predicted: Annotated[
        Path | None, typer.Argument(metavar="PREDICTED", help="The same from a model; left out: our suggestions.")
    ] = None,
) -> None:
    """Score predicted figures, actors and relations against gold ones."""
    from rich.console import Console
    from rich.table import Table

    from tollwire.figures.score import score as run
    from tollwire.release.rows import read_rows

    rows = read_rows(gold)
    if predicted is None:
        rows = [row for row in rows if row.get("text")]  # what is withheld cannot be read
    scores = run(rows, read_rows(predicted) if predicted else _suggested(rows))
    table = Table(
        title=f"{scores.articles} articles, {predicted or 'suggestions'} against {gold}", title_justify="left"
    )
    table.add_column("what")
    for name in ("precision", "recall", "F1", "right", "predicted", "gold"):
        table.add_column(name, justify="right")
    for name, measure in (
        ("figures, exact", scores.figures),
        *((f"    {harm}", one) for harm, one in scores.figures_by_harm.items()),
        ("figures, overlapping", scores.figures_overlapping),
        ("actors, exact", scores.actors),
        ("actors, overlapping", scores.actors_overlapping),
        ("relations", scores.relations),
    ):
        shares = (_percent(one) for one in (measure.precision, measure.recall, measure.f1))
        table.add_row(name, *shares, *(f"{one:,}" for one in (measure.right, measure.predicted, measure.gold)))
    console = Console()
    console.print(table)
    console.print(f"low and high right, of the figures found: {_of(scores.accuracy)}")
    console.print(f"role right, of the actors found at their place: {_of(scores.roles)}")


def _suggested(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let the machine read the gold articles."""
    from dataclasses import asdict

    from tollwire.contracts.records import Block
    from tollwire.figures.suggest import suggest

    found = []
    with counting("articles", len(rows)) as progress:
        for number, row in enumerate(rows, start=1):
            blocks = [Block(**block) for block in row["blocks"]] if row.get("blocks") else None
            spans = asdict(suggest(row["text"], blocks, row.get("language") or "en"))
            found.append({"article_id": row["article_id"], **spans})
            progress(number)
    return found


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def _of(measure: "Measure") -> str:
    return f"{_percent(measure.recall)} % of {measure.gold:,}"

"""What the measures of normalising say: the tables of docs/normalising.md and the chart."""

import json
from collections.abc import Iterable
from pathlib import Path

from bars import judge_bars, percent, share, whole
from measured_page import put
from peers import PEERS
from scorecards import Results

from tollwire.release.bar_chart import draw_bars

CHECKOUT = Path(__file__).parents[1]
FROM = 0.5  # where the bars start: no tool is below, and the differences that matter are above .8
DOCUMENT = CHECKOUT / "docs" / "normalising.md"
WEIGHTS = CHECKOUT / "src" / "tollwire" / "corpus" / "weights"
CHART = DOCUMENT.with_suffix(".svg")
IMAGE = f"![F1 of the body by tool and set]({CHART.name})\n\nThe bars start at {FROM}, not at 0."
LEFT = ("tool", "what", "weights", "note", "version", "reads")  # columns of words, not of figures


def report(results: Results) -> str:
    """Write the tables and the bars as Markdown; a table of which nothing was measured is left out."""
    html = [one.name for one in PEERS if one.raw_format == "html" and one.gives != {"day"}]
    dumps = [one.name for one in PEERS if one.raw_format == "text"]
    read = results.get
    parts = [
        table(
            "Bodies of HTML pages",
            (
                "tool",
                "TRAF F1",
                "P",
                "R",
                "FP F1",
                "±",
                "P",
                "R",
                "FP ROUGE-L",
                "ROUGE-LSum",
                "words",
                "no body",
                "failed",
            ),
            (
                (
                    name,
                    share(read(name, "TRAF", "body")),
                    share(read(name, "TRAF", "body_precision")),
                    share(read(name, "TRAF", "body_recall")),
                    share(read(name, "FP", "body")),
                    share(read(name, "FP", "body_interval")),
                    share(read(name, "FP", "body_precision")),
                    share(read(name, "FP", "body_recall")),
                    share(read(name, "FP", "rouge_l")),
                    share(read(name, "FP", "rouge_lsum")),
                    share(read(name, "FP", "words")),
                    *failures(results, name, ("TRAF", "FP")),
                )
                for name in html
            ),
        ),
        table(
            "Titles, dates, bylines, %",
            (
                "tool",
                "title FP",
                "same words",
                "title TRAF",
                "same words",
                "date FP",
                "date HD",
                "HD F1",
                "date TRAF",
                "byline FP",
                "byline TRAF",
            ),
            (
                (
                    name,
                    percent(read(name, "FP", "title")),
                    percent(read(name, "FP", "title_exact")),
                    percent(read(name, "TRAF", "title")),
                    percent(read(name, "TRAF", "title_exact")),
                    percent(read(name, "FP", "day")),
                    percent(read(name, "HD", "day")),
                    share(read(name, "HD", "day_f1")),
                    percent(read(name, "TRAF", "day")),
                    percent(read(name, "FP", "byline")),
                    percent(read(name, "TRAF", "byline")),
                )
                for name in (one.name for one in PEERS if one.gives & {"title", "day"} and one.raw_format == "html")
            ),
        ),
        table(
            "Captions, FP",
            ("tool", "recall", "precision", "recall, holding counts", "precision, holding counts", "in the body %"),
            (
                (
                    name,
                    share(read(name, "FP", "caption_recall")),
                    share(read(name, "FP", "caption_precision")),
                    share(read(name, "FP", "held_caption_recall")),
                    share(read(name, "FP", "held_caption_precision")),
                    percent(read(name, "FP", "leak")),
                )
                for name in html
            ),
        ),
        table(
            "Bodies of dumps, FPD",
            ("tool", "F1", "±", "P", "R", "ROUGE-L", "ROUGE-LSum", "words", "no body", "failed"),
            (
                (
                    name,
                    share(read(name, "FPD", "body")),
                    share(read(name, "FPD", "body_interval")),
                    share(read(name, "FPD", "body_precision")),
                    share(read(name, "FPD", "body_recall")),
                    share(read(name, "FPD", "rouge_l")),
                    share(read(name, "FPD", "rouge_lsum")),
                    share(read(name, "FPD", "words")),
                    *failures(results, name, ("FPD",)),
                )
                for name in dumps
            ),
        ),
        table(
            "Speed and memory, one core",
            ("tool", "version", "reads", "pages a second", "peak MB"),
            (
                (one.name, results.versions[one.name], one.raw_format, whole(speed[0]), whole(speed[1]))
                for one in PEERS
                if (speed := results.speed.get(one.name))
            ),
        ),
        table("Bars", ("what", "bar", "ours", ""), judge_bars(results)),
        trained_on(),
    ]
    return "\n\n".join(part for part in parts if part)


def failures(results: Results, name: str, sets: Iterable[str]) -> tuple[str, str]:
    """Count the pages on which a tool found no body, and on how many of them it failed."""
    measured = [one for one in sets if (name, one) in results.figures]
    empty = sum(results.figures[name, one].get("empty", 0) for one in measured)
    failed = sum(len(results.errors[name, one]) for one in measured)
    return (whole(empty), whole(failed)) if measured else ("-", "-")


def table(title: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table of the rows that have a figure; nothing where none has."""
    filled = [row for row in rows if any(cell != "-" for cell in row[1:])]
    if not filled:
        return ""
    lines = [header, tuple("---" if name in LEFT else "---:" for name in header), *filled]
    return f"### {title}\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def trained_on() -> str:
    """List the weights that ship with the package, each with its own note of what it was trained on."""
    notes = [(f"`{path.name}`", json.loads(path.read_text("utf-8"))["note"]) for path in sorted(WEIGHTS.glob("*.json"))]
    return table("What was trained on what", ("weights", "note"), notes)


def write_report(results: Results) -> None:
    """Put the tables between the marks of docs/normalising.md and draw its chart."""
    put(DOCUMENT, "bench_normalise.py", f"{IMAGE}\n\n{report(results)}")
    title = f"F1 of the body of the article, bars from {FROM}"
    chart = draw_bars(chart_groups(results), title, "tollwire", FROM)
    CHART.write_text(chart, encoding="utf-8")
    print(f"written: {DOCUMENT.name} and {CHART.name}")


def chart_groups(results: Results) -> dict[str, list[tuple[str, float]]]:
    """Give what the chart shows: the body F1 of every tool, set by set, the best first."""
    names = {"TRAF": "HTML, TRAF", "FP": "HTML, FP", "FPD": "plain-text dumps, FPD"}
    groups = {}
    for name, title in names.items():
        found = [(one.name, value) for one in PEERS if (value := results.get(one.name, name, "body")) is not None]
        groups[title] = sorted(found, key=lambda pair: (-pair[1], pair[0]))
    return groups

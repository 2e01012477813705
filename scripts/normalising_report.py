"""What the measures of normalising say: the tables of docs/normalising.md, the bars, and the chart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bar_chart import draw_bars
from peers import PEERS
from scorecards import Figures

DOCUMENT = Path(__file__).parents[1] / "docs" / "normalising.md"
CHART = DOCUMENT.with_suffix(".svg")
BEGIN, END = "<!-- begin: scripts/bench_normalise.py writes what follows -->", "<!-- end -->"
OURS, OURS_ON_DUMPS, LEADER = "tollwire", "tollwire on dumps", "trafilatura with metadata"


@dataclass(slots=True)
class Results:
    """Everything that one run measured: figures by tool and set, errors, pages a second and peak memory."""

    versions: dict[str, str]
    figures: dict[tuple[str, str], Figures] = field(default_factory=dict)
    errors: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    speed: dict[str, tuple[float, float]] = field(default_factory=dict)

    def get(self, peer: str, name: str, figure: str) -> float | None:
        """Give one figure, None where it was not measured."""
        return self.figures.get((peer, name), {}).get(figure)

    def pages_per_second(self, peer: str) -> float | None:
        """Give the speed of a tool, None where it was not measured."""
        return self.speed[peer][0] if peer in self.speed else None


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that we mean to reach; where ``is_most`` it must not be exceeded."""

    what: str
    least: float
    read: Callable[[Results], float | None]
    shown: Callable[[float | None], str]
    is_most: bool = False


def share(value: float | None) -> str:
    """Write a share as .946."""
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


def percent(value: float | None) -> str:
    """Write a share as 94.6."""
    return "-" if value is None else f"{100 * value:.1f}"


def whole(value: float | None) -> str:
    """Write a number without decimals."""
    return "-" if value is None else f"{value:,.0f}"


def times(value: float | None) -> str:
    """Write a ratio as 3.1 x."""
    return "-" if value is None else f"{value:.1f} x"


def figure(name: str, what: str, peer: str = OURS) -> Callable[[Results], float | None]:
    """Read one figure of ours from the results."""
    return lambda results: results.get(peer, name, what)


def speed_ratio(results: Results) -> float | None:
    """Give our pages a second for the whole record over those of the leader with metadata."""
    ours, theirs = results.pages_per_second(OURS), results.pages_per_second(LEADER)
    return ours / theirs if ours and theirs else None


BARS = (
    Bar("body F1, TRAF", 0.930, figure("TRAF", "body"), share),
    Bar("body F1, FP", 0.965, figure("FP", "body"), share),
    Bar("title %, FP", 0.93, figure("FP", "title"), percent),
    Bar("title %, TRAF", 0.80, figure("TRAF", "title"), percent),
    Bar("date %, FP", 0.985, figure("FP", "day"), percent),
    Bar("date %, HD", 0.93, figure("HD", "day"), percent),
    Bar("byline %, one name right, FP", 0.90, figure("FP", "byline"), percent),
    Bar("caption recall, FP", 0.85, figure("FP", "caption_recall"), share),
    Bar("caption precision, FP", 0.85, figure("FP", "caption_precision"), share),
    Bar("captions in the body %, FP, at most", 0.01, figure("FP", "leak"), percent, is_most=True),
    Bar("body F1, FPD, one page of an outlet", 0.940, figure("FPD", "body", OURS_ON_DUMPS), share),
    Bar("whole HTML record, speed over that of trafilatura with metadata", 3.0, speed_ratio, times),
    Bar("dumps, pages a second", 1_500, lambda results: results.pages_per_second(OURS_ON_DUMPS), whole),
)
# No set may fall below what trafilatura reaches on it in the same run: (set, figure, tool of ours).
FLOORS = (("TRAF", "body", OURS), ("FP", "body", OURS), ("FPD", "body", OURS_ON_DUMPS), ("HD", "day", OURS))


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
        bars(results),
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
    lines = [header, tuple("---" if number == 0 else "---:" for number in range(len(header))), *filled]
    return f"### {title}\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def bars(results: Results) -> str:
    """Write which bars are met, and whether any set fell below trafilatura."""
    rows = []
    for bar in BARS:
        reached = bar.read(results)
        if reached is not None:
            is_met = reached <= bar.least if bar.is_most else reached >= bar.least
            rows.append((bar.what, bar.shown(bar.least), bar.shown(reached), verdict(is_met)))
    for name, what, ours in FLOORS:
        reached = results.get(ours, name, what)
        theirs = [
            value
            for one in PEERS
            if one.package == "trafilatura" and (value := results.get(one.name, name, what)) is not None
        ]
        if reached is not None and theirs:
            floor = max(theirs)
            rows.append(
                (f"{what}, {name}, not below trafilatura", share(floor), share(reached), verdict(reached >= floor))
            )
    return table("Bars", ("what", "bar", "ours", ""), rows)


def verdict(is_met: bool) -> str:
    """Say whether a bar is met."""
    return "met" if is_met else "NOT met"


def write_report(results: Results) -> None:
    """Put the tables between the marks of docs/normalising.md and draw its chart."""
    text = DOCUMENT.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[-1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{report(results)}\n\n{END}{after}", encoding="utf-8")
    CHART.write_text(draw_bars(chart_groups(results)), encoding="utf-8")
    print(f"written: {DOCUMENT.name} and {CHART.name}")


def chart_groups(results: Results) -> dict[str, list[tuple[str, float]]]:
    """Give what the chart shows: the body F1 of every tool, set by set, the best first."""
    names = {"TRAF": "HTML, TRAF", "FP": "HTML, FP", "FPD": "plain-text dumps, FPD"}
    groups = {}
    for name, title in names.items():
        found = [(one.name, value) for one in PEERS if (value := results.get(one.name, name, "body")) is not None]
        groups[title] = sorted(found, key=lambda pair: (-pair[1], pair[0]))
    return groups

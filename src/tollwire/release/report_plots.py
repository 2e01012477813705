"""Draw the plots of the report as SVG: tolls, bounds, agreement, outlets over time; same figures, same bytes."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape

from tollwire.annotations.counting import ALL
from tollwire.release.bar_chart import draw_bars
from tollwire.release.report import Report

WIDTH, LEFT, RIGHT, STEP = 760, 190, 20, 22  # pixels; STEP is the height of a row
TOLLS_HEIGHT = 300
MOST_COLUMNS = 60  # days or months that are told apart side by side; beyond that it is years
LONGEST_NAME = 26  # characters of an outlet's name
# Days, months and years: the number of the one that a day is in, and how it is written.
UNITS: tuple[tuple[Callable[[date], int], Callable[[date], str]], ...] = (
    (date.toordinal, date.isoformat),
    (lambda day: 12 * day.year + day.month, "{:%Y-%m}".format),
    (lambda day: day.year, "{:%Y}".format),
)


def plots(report: Report) -> Iterator[tuple[str, str, str]]:
    """Give each plot with its heading and what it shows."""
    yield (
        "Tolls over time",
        "Each incident's toll, from low to high; the dot is the best or lowest figure.",
        _tolls(report),
    )
    yield "Bounds", "How many gold figures of each harm have which bound.", _bounds(report)
    yield "Agreement", "Of each two labellers on all labels, with the 95 % interval.", _agreement(report)
    yield "Outlets over time", "Articles by their date; the fuller the colour, the more.", _outlets(report)


def _svg(height: float, parts: Sequence[str], title: str) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _words(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _tolls(report: Report) -> str:
    found = [(one, toll) for one in report.articles if one["date"] for toll in one["tolls"] if any(toll[2:5])]
    if not found:
        return "<p>No dated article has a toll.</p>"
    days = [date.fromisoformat(one["date"]).toordinal() for one, _ in found]
    first, length = min(days), max(max(days) - min(days), 1)
    most = max(value for _, toll in found for value in toll[2:5] if value is not None)
    top, bottom, left = 14, TOLLS_HEIGHT - 30, 60

    def height(value: int) -> float:
        # Logarithmic, since one massacre would press all else to the ground.
        return bottom - (bottom - top) * math.log1p(value) / math.log1p(most)

    marks = [0, *(10**power for power in range(9) if 10**power <= most)]
    parts = [
        f'<path class="grid" d="M{left} {height(one):.1f}H{WIDTH - RIGHT}"/>'
        + _words(left - 8, height(one) + 4, f"{one:,}", "end")
        for one in marks
    ]
    parts += [
        _words(left, TOLLS_HEIGHT - 8, date.fromordinal(first).isoformat()),
        _words(WIDTH - RIGHT, TOLLS_HEIGHT - 8, date.fromordinal(max(days)).isoformat(), "end"),
    ]
    for day, (article, (_, harm, low, best, high, is_contested)) in zip(days, found, strict=True):
        x = left + 10 + (WIDTH - RIGHT - left - 20) * (day - first) / length
        known = [value for value in (best, low, high) if value is not None]
        ends = f"{low if low is not None else '?'} to {high if high is not None else '?'}"
        told = f"{article['title'] or article['id']}, {article['date']}: {harm} {ends}{', contested' * is_contested}"
        parts.append(
            f'<a href="#article={article["id"]}" data-article="{article["id"]}" class="label-{escape(harm)}">'
            f"<title>{escape(told)}</title>"
            f'<path class="range" d="M{x:.1f} {height(min(known)):.1f}V{height(max(known)):.1f}"/>'
            f'<circle cx="{x:.1f}" cy="{height(known[0]):.1f}" r="4"/></a>'
        )
    return _svg(TOLLS_HEIGHT, parts, "Tolls over time")


def _bounds(report: Report) -> str:
    harms = report.vocabularies["harm"]
    counted = Counter((span[3], span[4]) for one in report.articles for span in one["spans"] if span[2] == "casualties")
    groups = {
        harm: [(bound, float(counted[harm, bound])) for bound in report.vocabularies["bound"] if counted[harm, bound]]
        for harm in harms
    }
    groups = {harm: bars for harm, bars in groups.items() if bars}
    most = max(counted.values(), default=0)
    return draw_bars(groups, "Figures by harm and bound", most=most or 1, written="{:,.0f}".format)


def _agreement(report: Report) -> str:
    measured = [one for one in report.agreement if one.label == ALL and one.value is not None]
    if not measured:
        return "<p>No article was labelled by two.</p>"
    least = min(0.0, *(min(one.value or 0, one.low or 0) for one in measured))

    def place(value: float) -> float:
        return LEFT + 60 + (WIDTH - RIGHT - LEFT - 60) * (value - least) / (1 - least)

    parts, y = [], 10.0
    for pair in dict.fromkeys((one.first, one.second) for one in measured):
        parts.append(f'<text x="10" y="{y + 14:.1f}" class="heading">{escape(" and ".join(pair))}</text>')
        y += STEP
        for one in (one for one in measured if (one.first, one.second) == pair):
            value = one.value or 0.0
            low, high = (value if end is None else end for end in (one.low, one.high))
            told = f"{one.measure} {value:.3f}, {low:.3f} to {high:.3f}, {one.units:,} units"
            parts.append(
                f"<g><title>{escape(told)}</title>{_words(LEFT, y + 15, one.measure, 'end')}"
                f"{_words(LEFT + 46, y + 15, f'{value:.2f}', 'end')}"
                f'<path class="grid" d="M{place(least):.1f} {y + 11:.1f}H{place(1):.1f}"/>'
                f'<path class="range" d="M{place(low):.1f} {y + 11:.1f}H{place(high):.1f}"/>'
                f'<circle cx="{place(value):.1f}" cy="{y + 11:.1f}" r="4"/></g>'
            )
            y += STEP
    parts += [_words(place(end), y + 16, f"{end:g}", "middle") for end in sorted({least, 0.0, 1.0})]
    return _svg(y + 26, parts, "Agreement of the labellers")


def _outlets(report: Report) -> str:
    dated = sorted((date.fromisoformat(one["date"]), one["outlet"]) for one in report.articles if one["date"])
    if not dated:
        return "<p>No article has a date.</p>"
    first, last = dated[0][0], dated[-1][0]
    number_of, written = next((unit for unit in UNITS if unit[0](last) - unit[0](first) < MOST_COLUMNS), UNITS[-1])
    names = {number_of(day): written(day) for day, _ in dated}
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for day, outlet in dated:
        counted[outlet][number_of(day)] += 1
    most = max(count for one in counted.values() for count in one.values())
    width = (WIDTH - RIGHT - LEFT) / (number_of(last) - number_of(first) + 1)
    parts = []
    for row, outlet in enumerate(sorted(counted)):
        y = row * STEP + 6
        name = outlet if len(outlet) <= LONGEST_NAME else f"{outlet[: LONGEST_NAME - 1]}…"
        parts.append(_words(LEFT - 8, y + 14, name, "end"))
        for number, count in sorted(counted[outlet].items()):
            x = LEFT + (number - number_of(first)) * width
            parts.append(
                f'<rect class="cell" x="{x:.1f}" y="{y}" width="{max(width - 2, 1):.1f}" height="{STEP - 3}" '
                f'fill-opacity="{0.25 + 0.75 * count / most:.2f}">'
                f"<title>{escape(f'{outlet}, {names[number]}: {count:,} articles')}</title></rect>"
            )
    height = len(counted) * STEP + 30
    parts += [_words(LEFT, height - 8, written(first)), _words(WIDTH - RIGHT, height - 8, written(last), "end")]
    return _svg(height, parts, "Outlets over time")

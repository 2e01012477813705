"""Draw how something grows with a number of records: panels side by side, the number in steps of ten."""

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, GAP = 260, 180, 60, 46, 70  # of a panel and around it, in pixels
COLOUR = "#b3261e"


def draw_growth(panels: Mapping[str, Sequence[tuple[int, float]]], title: str) -> str:
    """Draw a panel for each heading, of (records, value); values start at 0. The same figures give the same bytes."""
    parts: list[str] = []
    for number, (heading, points) in enumerate(panels.items()):
        parts += _panel(LEFT + number * (WIDTH + GAP), heading, points)
    width, height = LEFT + len(panels) * (WIDTH + GAP), TOP + HEIGHT + 50
    style = "text{font:12px sans-serif;fill:#222}.heading{font-weight:bold;font-size:14px}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n"
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _panel(left: float, heading: str, points: Sequence[tuple[int, float]]) -> list[str]:
    first, last = math.log10(points[0][0]), math.log10(points[-1][0])
    most = max(value for _, value in points) * 1.15
    places = [
        (left + WIDTH * (math.log10(count) - first) / max(last - first, 1e-9), TOP + HEIGHT * (1 - value / most))
        for count, value in points
    ]
    bottom = TOP + HEIGHT
    parts = [
        f'<text x="{left}" y="{TOP - 22}" class="heading">{escape(heading)}</text>',
        f'<path d="M{left} {TOP}V{bottom}H{left + WIDTH}" fill="none" stroke="#8a8f98"/>',
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" fill="none" stroke="{COLOUR}"/>',
    ]
    for (count, value), (x, y) in zip(points, places, strict=True):
        written = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{COLOUR}"/>',
            f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{written}</text>',
            f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{count:,}</text>',
        ]
    return parts

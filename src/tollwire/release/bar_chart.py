"""Draw groups of horizontal bars as SVG: the same figures give the same bytes."""

from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

LABELS, BARS, VALUES = 210, 380, 50  # widths of the three columns, in pixels
STEP, BAR, HEADING, MARGIN = 20, 13, 34, 10  # heights
OURS, THEIRS = "#b3261e", "#8a8f98"  # told apart also in grey


def draw_bars(
    groups: Mapping[str, Sequence[tuple[str, float]]],
    title: str,
    highlighted: str = "",
    least: float = 0.0,
    most: float = 1.0,
    written: Callable[[float], str] = "{:.3f}".format,
) -> str:
    """
    Draw one bar for each (label, value); those whose label starts with ``highlighted`` stand out.

    A bar of ``least`` has no width, one of ``most`` all of it. ``written`` says how a value is written beside its bar.
    """
    parts: list[str] = []
    top = MARGIN
    for heading, bars in groups.items():
        parts.append(f'<text x="{MARGIN}" y="{top + 20}" class="heading">{escape(heading)}</text>')
        top += HEADING
        for label, value in bars:
            width = BARS * max(value - least, 0) / (most - least)
            middle = top + BAR - 2
            colour = OURS if label.startswith(highlighted) else THEIRS
            parts += [
                f'<text x="{LABELS}" y="{middle}" text-anchor="end">{escape(label)}</text>',
                f'<rect x="{LABELS + 8}" y="{top}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>',
                f'<text x="{LABELS + 14 + width:.1f}" y="{middle}">{escape(written(value))}</text>',
            ]
            top += STEP
    width, height = LABELS + BARS + VALUES + 2 * MARGIN, top + MARGIN
    style = "text{font:12px sans-serif;fill:#222}.heading{font-weight:bold;font-size:14px}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n"
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )

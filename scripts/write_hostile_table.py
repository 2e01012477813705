"""Write docs/hostile-input.md: every kind of hostile input that the tests plant, and how it ends."""

import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT / "tests" / "hostile"))

from all_kinds import KINDS, THEMES  # noqa: E402
from kinds import Kind  # noqa: E402

ABOVE = """\
# Hostile input

Each of these {count} kinds is planted by `tests/hostile` and read as any other folder of pages.
It has to end in an article, in a rejection by the rule that is named here, or in a line that stops the run.
Only a source record that is wrong stops a run, with a line for each of its mistakes.
No kind may take twenty seconds, write anything but the tables, ask the network, or break the text rules.
Those that are made to take memory may not take a gigabyte.

This page is written by `python scripts/write_hostile_table.py`; nothing in it is edited by hand.
"""


def table() -> str:
    """Give the text of the page."""
    parts = [ABOVE.format(count=len(KINDS))]
    for theme, kinds in THEMES.items():
        rows = [f"| `{kind.name}` | {kind.about} | {_ends(kind)} |" for kind in kinds]
        parts.append(
            "\n".join((f"## {theme}\n", "| name | what is hostile about it | how it ends |", "|---|---|---|", *rows))
            + "\n"
        )
    return "\n".join(parts)


def _ends(kind: Kind) -> str:
    if kind.stops:
        return ", ".join(f"stops with `{rule}`" for rule in dict.fromkeys(kind.stops))
    ends = [
        ("article" if end == "article" else f"`{end}`") + (f" × {count}" if count > 1 else "")
        for end, count in kind.expected.items()
    ]
    return ", ".join(ends) or "no row: nothing is there"


if __name__ == "__main__":
    (CHECKOUT / "docs" / "hostile-input.md").write_text(table(), "utf-8")

"""Tell people what changed between two versions: counted, as one paragraph for the changelog, and row by row."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tollwire.problems import shown

if TYPE_CHECKING:
    import polars

    from tollwire.release.versions import Version

MOST_SHOWN = 20  # of the rows that force a version
SAID = {
    "article_added": "{} came",
    "article_removed": "{} were removed",
    "article_withdrawn": "{} were withdrawn",
    "text_changed": "{} have another text",
    "text_withheld": "the text of {} is withheld now",
    "text_released": "the text of {} is there now",
    "split_changed": "{} are in another split",
    "row_added": "{} added",
    "row_removed": "{} removed",
    "span_moved": "{} ends moved",
    "span_renamed": "{} got another id",
    "relabelled": "{} relabelled",
    "value_changed": "{} values corrected",
    "column_added": "{} columns added",
    "column_removed": "{} columns removed",
    "column_changed": "{} columns changed",
    "label_added": "{} labels added",
    "label_removed": "{} labels removed or moved",
    "wording_changed": "{} reworded",
}


def counted(changes: "polars.DataFrame") -> list[tuple[str, str, str, int]]:
    """Count changes by (table, change, level), those that force most first."""
    from tollwire.release.versions import LEVELS

    rows = changes.group_by("table", "change", "level").len().iter_rows()
    order = {name: place for place, name in enumerate(SAID)}
    return sorted(rows, key=lambda row: (-LEVELS.index(row[2]), row[0], order[row[1]]))


def paragraph(changes: "polars.DataFrame", against: str) -> str:
    """Say in one paragraph what changed since ``against``, for the changelog."""
    if changes.is_empty():
        return f"Nothing differs from {against}."
    tables: dict[str, list[str]] = {}
    for table, change, _, count in counted(changes):
        tables.setdefault(table, []).append(SAID[change].format(count))
    order = sorted(tables, key=lambda table: (table != "articles", table))
    return f"Against {against}: " + "; ".join(f"{table}: {', '.join(tables[table])}" for table in order) + "."


def lines(changes: "polars.DataFrame", most: int = MOST_SHOWN) -> Iterator[str]:
    """Write changes one a line, and how many more there are."""
    for row in changes.head(most).iter_rows(named=True):
        place = " ".join(part for part in (row["table"], row["article_id"], row["row_id"], row["column"]) if part)
        values = [shown(row[side]) if row[side] is not None else "nothing" for side in ("old", "new")]
        told = f": {values[0]} -> {values[1]}" if values != ["nothing", "nothing"] else ""
        yield f"{place} {row['change']}{told} [{row['level']}]"
    if changes.height > most:
        yield f"... and {changes.height - most:,} more"


def forcing(changes: "polars.DataFrame", base: "Version", version: "Version") -> "polars.DataFrame":
    """Give the changes for which ``version`` is too small after ``base``."""
    from tollwire.release.versions import LEVELS

    too_small = [level for level in LEVELS if base.after(level) > version]
    return changes.filter(changes["level"].is_in(too_small))

"""The page on which a batch's agreement is looked at: one HTML file that needs no network and runs no script."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from tollwire.annotations.agreement import HEAD, MEASURES, Agreement, rows_of
from tollwire.annotations.differences import Difference
from tollwire.annotations.matching import LABELS, Row, Side, match, pairs
from tollwire.contracts.contract import Labels

if TYPE_CHECKING:
    import polars

UNMARKED = "not marked"
STYLE = """
:root { color-scheme: light dark; --line: #8884; --both: #2a7d4f; --differs: #c2410c; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; padding: .3rem 0; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { color: inherit; background: #2a7d4f33; border-bottom: 2px solid var(--both); }
mark.differs { background: #c2410c33; border-bottom: 2px solid var(--differs); }
mark sub { font-size: .7em; margin-left: .25em; opacity: .8; }
@media (max-width: 60rem) { .sides { grid-template-columns: 1fr; } }
"""


def agreement_page(
    batch: str,
    articles: "polars.DataFrame",
    sorted_rows: dict[str, dict[str, Side]],
    measured: Sequence[Agreement],
    differing: Mapping[str, Sequence[Difference]],
    labels: Labels,
    links: Mapping[str, str],
) -> str:
    """
    Write the page: what was measured, which label was taken for which, and each article's two versions side by side.

    ``differing`` has the differences of each article on which two labellers differ, ``links`` the address of an
    article's task in the editor. Everything that comes from a page or a labeller is escaped.
    """
    texts = {row["article_id"]: row for row in articles.select("article_id", "title", "text").iter_rows(named=True)}
    parts = [
        f"<h1>Agreement, batch {escape(batch)}</h1>",
        "<h2>Measures</h2>",
        f"<ul>{''.join(f'<li><code>{name}</code>: {escape(what)}</li>' for name, (_, what) in MEASURES.items())}</ul>",
        table_of(HEAD, rows_of(measured)),
        "<p>Intervals hold 95 % of 1,000 resamplings of the articles.</p>",
    ]
    for first, second, shared in pairs(sorted_rows):
        both = [(sorted_rows[article_id][first], sorted_rows[article_id][second]) for article_id in shared]
        for table, column in LABELS.items():
            names = [*(labels.harm if column == "harm" else labels.role), UNMARKED]
            parts.append(f"<h2>{escape(first)} (rows) against {escape(second)} (columns): {column}</h2>")
            parts.append(_matrix(_confusions(both, table, column), names))
    counted = Counter(one.sort for found in differing.values() for one in found)
    parts.append(f"<h2>Differences: {counted.total()} in {len(differing)} articles</h2>")
    parts.append(table_of(("class", "differences"), ((sort, str(number)) for sort, number in counted.most_common())))
    for article_id, found in sorted(differing.items(), key=lambda item: (-len(item[1]), item[0])):
        labellers = sorted_rows[article_id]
        names = [name for name in sorted(labellers) if labellers[name]["annotations"][0]["status"] != "skipped"][:2]
        article = texts[article_id]
        title = escape(article["title"] or article_id)
        columns = "".join(
            f"<div><h3>{escape(name)}</h3>{_text(article['text'] or '', labellers[name], found)}</div>"
            for name in names
        )
        items = "".join(f"<li>{escape(one.sort)}: {escape(one.what)}</li>" for one in found)
        link = f' <a href="{escape(links[article_id])}">open in the editor</a>' if article_id in links else ""
        parts.append(
            f'<details id="{article_id}"><summary><b>{title}</b> {article_id}: {len(found)} differences{link}</summary>'
            f"<ul>{items}</ul><div class='sides'>{columns}</div></details>"
        )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Agreement, batch {escape(batch)}</title><style>{STYLE}</style></head>\n"
        "<body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def table_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>{body}</table>"


def _confusions(both: Sequence[tuple[Side, Side]], table: str, column: str) -> Counter[tuple[str, str]]:
    """Count which label the two gave to spans that overlap, and what only one of them marked."""
    found: Counter[tuple[str, str]] = Counter()
    for ours, theirs in both:
        matched = match(ours[table], theirs[table])
        found.update((one[column], other[column]) for one, other in matched)
        mine, yours = ({row["span_id"] for row in side} for side in zip(*matched, strict=True)) if matched else ((), ())
        found.update((row[column], UNMARKED) for row in ours[table] if row["span_id"] not in mine)
        found.update((UNMARKED, row[column]) for row in theirs[table] if row["span_id"] not in yours)
    return found


def _matrix(counted: Counter[tuple[str, str]], names: Sequence[str]) -> str:
    most = max(counted.values(), default=1)
    lines = [f"<tr><th></th>{''.join(f'<th>{escape(name)}</th>' for name in names)}</tr>"]
    for one in names:
        cells = []
        for other in names:
            number = counted[one, other]
            colour = "42,125,79" if one == other else "194,65,12"
            shade = f' style="background: rgba({colour},{0.15 + 0.6 * number / most:.2f})"' if number else ""
            cells.append(f'<td class="number"{shade}>{number or ""}</td>')
        lines.append(f"<tr><th>{escape(one)}</th>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _text(text: str, side: Side, found: Sequence[Difference]) -> str:
    """Write a text with one labeller's spans; those at a place on which the two differ stand out."""
    differing = {(one.start, one.end) for one in found}
    spans: list[Row] = [{**row, "label": row[column]} for table, column in LABELS.items() for row in side[table]]
    borders = sorted({0, len(text), *(row["start"] for row in spans), *(row["end"] for row in spans)})
    parts = []
    for start, end in pairwise(borders):
        covering = [row for row in spans if row["start"] <= start and end <= row["end"]]
        piece = escape(text[start:end])
        if covering:
            kind = ' class="differs"' if any((row["start"], row["end"]) in differing for row in covering) else ""
            ending = "".join(f"<sub>{escape(row['label'])}</sub>" for row in covering if row["end"] == end)
            piece = f'<mark{kind} title="{escape(", ".join(map(told_of, covering)))}">{piece}{ending}</mark>'
        parts.append(piece)
    return f'<div class="text" dir="auto">{"".join(parts)}</div>'


def told_of(row: Row) -> str:
    """Say in words what a labeller said of a span."""
    left_out = {"article_id", "annotator", "span_id", "start", "end", "surface", "role", "harm"}
    told = [f"{name} {value}" for name, value in row.items() if name not in left_out and value not in (None, [])]
    return "; ".join(told)

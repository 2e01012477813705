"""Rules between tables: spans lie in their article's text, relations join spans of the right sort."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tollwire.problems import Problem, shown

if TYPE_CHECKING:
    import polars

Key = tuple[str, str]

# Which table a relation's head and tail are spans of.
RELATION_ENDS = {
    "inflicted_by": ("casualties", "actors"),
    "suffered_by": ("casualties", "actors"),
    "claimed_by": ("casualties", "actors"),
    "part_of": ("casualties", "casualties"),
    "same_as": ("casualties", "casualties"),
    "updates": ("casualties", "casualties"),
    "disputes": ("casualties", "casualties"),
    "attacks": ("actors", "actors"),
}
VERDICTS_WITH_FIGURES = {"annotated", "skipped", "bad_text"}


def reference_problems(tables: "dict[str, polars.DataFrame]") -> list[Problem]:
    """
    Check the tables of a corpus against each other; tables that are not given count as empty.

    Each table must already keep its own contract.
    """
    texts = dict(tables["articles"].select("article_id", "text").iter_rows())
    return [
        *_article_problems(tables, texts),
        *_span_problems(tables, texts),
        *_relation_problems(tables),
        *_verdict_problems(tables),
    ]


def _rows(tables: "dict[str, polars.DataFrame]", table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if table in tables:
        for number, row in enumerate(tables[table].iter_rows(named=True)):
            yield f"{table}, row {number} ({row['article_id']} {row.get('annotator', '')})", row


def _article_problems(tables: "dict[str, polars.DataFrame]", texts: dict[str, str | None]) -> Iterator[Problem]:
    # A relation without its article lacks its spans too, and is listed for that.
    for table in ("actors", "casualties", "annotations", "tolls"):
        for where, row in _rows(tables, table):
            if row["article_id"] not in texts:
                yield Problem(where, "article-exists", "the table articles has no such article", "normalise its page")


def _span_problems(tables: "dict[str, polars.DataFrame]", texts: dict[str, str | None]) -> Iterator[Problem]:
    seen: dict[tuple[Key, str], str] = {}
    for table in ("actors", "casualties"):
        for where, row in _rows(tables, table):
            span = ((row["article_id"], row["annotator"]), row["span_id"])
            if seen.setdefault(span, table) != table:
                what = f"span_id {row['span_id']} names both an actor and a casualty figure"
                yield Problem(where, "span-id-shared", what, "rename one of the two")
            text = texts.get(row["article_id"])
            if text is None:
                continue
            if row["end"] > len(text):
                what = f"span {row['start']}-{row['end']} runs past the text's {len(text)} characters"
                yield Problem(where, "span-in-text", what, "label it again")
            elif row["surface"] != text[row["start"] : row["end"]]:
                what = f"span {row['start']}-{row['end']} reads {shown(row['surface'])}"
                fix = f"the article has {shown(text[row['start'] : row['end']])}; re-anchor or label again"
                yield Problem(where, "text-matches-article", what, fix)


def _relation_problems(tables: "dict[str, polars.DataFrame]") -> Iterator[Problem]:
    spans: dict[tuple[Key, str], str] = {}
    for table in ("actors", "casualties"):
        for _, row in _rows(tables, table):
            spans[(row["article_id"], row["annotator"]), row["span_id"]] = table
    wholes: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for where, row in _rows(tables, "relations"):
        key = (row["article_id"], row["annotator"])
        ends = tuple(spans.get((key, row[end])) for end in ("head_span_id", "tail_span_id"))
        if None in ends:
            missing = row["head_span_id"] if ends[0] is None else row["tail_span_id"]
            yield Problem(where, "relation-ends-exist", f"there is no span {missing}", "draw the relation again")
        elif ends != RELATION_ENDS[row["kind"]]:
            what = f"{row['kind']} runs from {ends[0]} to {ends[1]}"
            yield Problem(where, "relation-types", what, "it runs from {} to {}".format(*RELATION_ENDS[row["kind"]]))
        elif row["kind"] == "part_of":
            wholes[key][row["head_span_id"]].append(row["tail_span_id"])
    for (article_id, annotator), links in wholes.items():
        if cycle := _cycle(links):
            what = f"part_of runs in a circle through {', '.join(cycle)}"
            yield Problem(f"relations ({article_id} {annotator})", "part-of-acyclic", what, "remove one of them")


def _cycle(links: dict[str, list[str]]) -> list[str]:
    """Find the spans of one circle in a graph; empty when there is none."""
    from graphlib import CycleError, TopologicalSorter

    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        return list(error.args[1][1:])
    return []


def _verdict_problems(tables: "dict[str, polars.DataFrame]") -> Iterator[Problem]:
    figures = {(row["article_id"], row["annotator"]) for _, row in _rows(tables, "casualties")}
    for where, row in _rows(tables, "annotations"):
        has_figures = (row["article_id"], row["annotator"]) in figures
        if has_figures and row["status"] not in VERDICTS_WITH_FIGURES:
            fix = "remove the figures, or the verdict"
            yield Problem(where, "verdict-fits-figures", f"{row['status']}, but figures are marked", fix)
        if not has_figures and row["status"] == "annotated":
            fix = "mark the figures, or choose no_casualty_figures"
            yield Problem(where, "verdict-fits-figures", "annotated, but no figure is marked", fix)

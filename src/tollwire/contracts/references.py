"""Rules between tables: spans lie in their article's text, relations join spans of the right sort."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tollwire.problems import Problem, shown

if TYPE_CHECKING:
    import polars

    Tables = dict[str, polars.DataFrame]

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
SPANS = ("actors", "casualties")
BY = ("article_id", "annotator")
ENDS = ("head_span_id", "tail_span_id")


def reference_problems(tables: "Tables") -> list[Problem]:
    """
    Check the tables of a corpus against each other; tables that are not given count as empty.

    Each table must already keep its own contract.
    """
    numbered = {table: frame.with_row_index("row") for table, frame in tables.items()}
    return [
        *_article_problems(numbered),
        *_span_problems(numbered),
        *_relation_problems(numbered),
        *_verdict_problems(numbered),
    ]


def _where(table: str, row: dict[str, Any]) -> str:
    return f"{table}, row {row['row']} ({row['article_id']} {row.get('annotator', '')})"


def _article_problems(tables: "Tables") -> Iterator[Problem]:
    # A relation without its article lacks its spans too, and is listed for that.
    for table in ("actors", "casualties", "annotations", "tolls"):
        if table in tables:
            stray = tables[table].join(tables["articles"], on="article_id", how="anti", maintain_order="left")
            for row in stray.iter_rows(named=True):
                what = "the table articles has no such article"
                yield Problem(_where(table, row), "article-exists", what, "normalise its page")


def _span_problems(tables: "Tables") -> Iterator[Problem]:
    import polars as pl

    if {*SPANS} <= tables.keys():
        both = tables["casualties"].join(tables["actors"], on=(*BY, "span_id"), how="semi", maintain_order="left")
        for row in both.iter_rows(named=True):
            what = f"span_id {row['span_id']} names both an actor and a casualty figure"
            yield Problem(_where("casualties", row), "span-id-shared", what, "rename one of the two")
    texts = tables["articles"].select("article_id", "text").filter(pl.col("text").is_not_null())
    for table in (one for one in SPANS if one in tables):
        words = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
        spans = tables[table].join(texts, on="article_id", maintain_order="left")
        spans = spans.with_columns(words=words).filter(pl.col("surface").ne_missing(pl.col("words")))
        for row in spans.iter_rows(named=True):
            yield _span_problem(_where(table, row), row)


def _span_problem(where: str, row: dict[str, Any]) -> Problem:
    span = f"span {row['start']}-{row['end']}"
    if row["end"] > len(row["text"]):
        return Problem(
            where, "span-in-text", f"{span} runs past the text's {len(row['text'])} characters", "label it again"
        )
    fix = f"the article has {shown(row['words'])}; re-anchor or label again"
    return Problem(where, "text-matches-article", f"{span} reads {shown(row['surface'])}", fix)


def _relation_problems(tables: "Tables") -> Iterator[Problem]:
    import polars as pl

    if "relations" not in tables:
        return
    owners = [tables[table].select(*BY, "span_id", owner=pl.lit(table)) for table in SPANS if table in tables]
    # Of a span_id that names two spans the figure is taken, as the last that was read.
    owner = pl.concat(owners).unique([*BY, "span_id"], keep="last") if owners else None
    relations = tables["relations"]
    for end in ENDS:
        name = pl.lit(None, dtype=pl.String).alias(f"{end}_table")
        if owner is None:
            relations = relations.with_columns(name)
        else:
            named = owner.rename({"span_id": end, "owner": f"{end}_table"})
            relations = relations.join(named, on=(*BY, end), how="left", maintain_order="left")
    ends = [f"{end}_table" for end in ENDS]
    joined = pl.col("kind") + " " + pl.col(ends[0]) + " " + pl.col(ends[1])
    right = [f"{kind} {head} {tail}" for kind, (head, tail) in RELATION_ENDS.items()]
    is_right = joined.is_in(right).fill_null(False)
    for row in relations.filter(~is_right).iter_rows(named=True):
        yield _relation_problem(_where("relations", row), row)
    yield from _circles(relations.filter(is_right & (pl.col("kind") == "part_of")))


def _relation_problem(where: str, row: dict[str, Any]) -> Problem:
    head, tail = (row[f"{end}_table"] for end in ENDS)
    if head is None or tail is None:
        missing = row["head_span_id"] if head is None else row["tail_span_id"]
        return Problem(where, "relation-ends-exist", f"there is no span {missing}", "draw the relation again")
    what = f"{row['kind']} runs from {head} to {tail}"
    return Problem(where, "relation-types", what, "it runs from {} to {}".format(*RELATION_ENDS[row["kind"]]))


def _circles(parts: "polars.DataFrame") -> Iterator[Problem]:
    """Look for circles among the relations part_of of each annotator."""
    for (article_id, annotator), links in parts.group_by(*BY, maintain_order=True):
        wholes: dict[str, list[str]] = {}
        for head, tail in links.select(ENDS).iter_rows():
            wholes.setdefault(head, []).append(tail)
        if cycle := _cycle(wholes):
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


def _verdict_problems(tables: "Tables") -> Iterator[Problem]:
    import polars as pl

    if "annotations" not in tables:
        return
    verdicts = tables["annotations"].with_columns(has_figures=pl.lit(False))
    if "casualties" in tables:
        marked = tables["casualties"].select(BY).unique().with_columns(has_figures=pl.lit(True))
        verdicts = verdicts.drop("has_figures").join(marked, on=BY, how="left", maintain_order="left")
    has_figures = pl.col("has_figures").fill_null(False)
    odd = has_figures & ~pl.col("status").is_in(VERDICTS_WITH_FIGURES) | ~has_figures & (
        pl.col("status") == "annotated"
    )
    for row in verdicts.filter(odd).iter_rows(named=True):
        if row["has_figures"]:
            what, fix = f"{row['status']}, but figures are marked", "remove the figures, or the verdict"
        else:
            what, fix = "annotated, but no figure is marked", "mark the figures, or choose no_casualty_figures"
        yield Problem(_where("annotations", row), "verdict-fits-figures", what, fix)

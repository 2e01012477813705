"""What differs between the gold spans and relations of two versions, in articles that both have."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tollwire.release.row_diff import AFTER, Schemas, came_and_went, change_of, value_changes

if TYPE_CHECKING:
    import polars

PLACE = ("article_id", "start", "end")


def span_changes(
    table: str, old: "polars.DataFrame", new: "polars.DataFrame", schemas: Schemas
) -> Iterator["polars.DataFrame"]:
    """
    List the spans that came, went, moved, got another id, and whose values changed.

    A span is the same when it stands at the same place; what is left is matched by span_id, and then by overlap.
    """
    import polars as pl

    old, new = _numbered(old), _numbered(new)
    same = old.join(new, on=(*PLACE, "number"), suffix=AFTER)
    same = same.with_columns(pl.col("start").alias(f"start{AFTER}"), pl.col("end").alias(f"end{AFTER}"))
    rest_old, rest_new = (_rest(frame, same, name) for frame, name in ((old, ""), (new, AFTER)))
    by_id = rest_old.join(rest_new, on=("article_id", "span_id"), suffix=AFTER)
    by_id = by_id.with_columns(pl.col("span_id").alias(f"span_id{AFTER}"))
    rest_old, rest_new = (_rest(frame, by_id, name) for frame, name in ((rest_old, ""), (rest_new, AFTER)))
    overlapping = _overlapping(rest_old, rest_new)
    rest_old, rest_new = (_rest(frame, overlapping, name) for frame, name in ((rest_old, ""), (rest_new, AFTER)))
    row_id = pl.col(f"span_id{AFTER}")
    both = pl.concat([same, by_id, overlapping], how="diagonal")
    columns = [name for name in old.columns if name in new.columns]
    changes = {name: change_of(schemas, table, name) for name in columns}
    changes |= {"start": "span_moved", "end": "span_moved", "span_id": "span_renamed"}
    for passed_over in ("article_id", "annotator", "surface", "number"):
        changes.pop(passed_over, None)
    for part in value_changes(both, changes, row_id):
        yield part.with_columns(table=pl.lit(table))
    yield from came_and_went(table, rest_old, rest_new, ("article_id", "span_id"), pl.col("span_id"))


def _numbered(spans: "polars.DataFrame") -> "polars.DataFrame":
    """Number the spans of one place, which may be several."""
    import polars as pl

    return spans.sort(*PLACE, "span_id").with_columns(number=pl.int_range(pl.len()).over(PLACE))


def _rest(spans: "polars.DataFrame", matched: "polars.DataFrame", suffix: str) -> "polars.DataFrame":
    """Give the spans that are not among the matched ones."""
    ids = matched.select("article_id", f"span_id{suffix}")
    return spans.join(ids, left_on=("article_id", "span_id"), right_on=("article_id", f"span_id{suffix}"), how="anti")


def _overlapping(old: "polars.DataFrame", new: "polars.DataFrame") -> "polars.DataFrame":
    """Pair each span with the one that it shares most characters with; of equals with the first."""
    import polars as pl

    pairs = old.join(new, on="article_id", suffix=AFTER).with_columns(span_after=pl.col(f"span_id{AFTER}"))
    ends, starts = pl.min_horizontal("end", f"end{AFTER}"), pl.max_horizontal("start", f"start{AFTER}")
    pairs = pairs.with_columns(shared=ends - starts).filter(pl.col("shared") > 0)
    pairs = pairs.sort("article_id", -pl.col("shared"), "start", "span_id", "span_after")
    pairs = pairs.unique(["article_id", "span_id"], keep="first", maintain_order=True)
    return pairs.unique(["article_id", "span_after"], keep="first", maintain_order=True).drop("shared", "span_after")


def relation_changes(old: "polars.DataFrame", new: "polars.DataFrame") -> Iterator["polars.DataFrame"]:
    """List the relations that came, went, and are between other spans or of another kind under the same id."""
    import polars as pl

    link = ("article_id", "kind", "head_span_id", "tail_span_id")
    rest_old, rest_new = old.join(new, on=link, how="anti"), new.join(old, on=link, how="anti")
    by_id = rest_old.join(rest_new, on=("article_id", "relation_id"), suffix=AFTER)
    changes = {"kind": "relabelled", "head_span_id": "value_changed", "tail_span_id": "value_changed"}
    row_id = pl.col("relation_id")
    for part in value_changes(by_id, changes, row_id):
        yield part.with_columns(table=pl.lit("relations"))
    yield from came_and_went("relations", rest_old, rest_new, ("article_id", "relation_id"), row_id)

"""What differs between the rows of two versions of a table that are told apart by their key."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tollwire.release.shape import NESTED

if TYPE_CHECKING:
    import polars

Schemas = Mapping[str, Mapping[str, Any]]

AFTER = "_after"
NEVER_SHOWN = ("text", "title", "blocks", "surface", "text_sha256", "split", "is_withheld", *NESTED)
KEYS = {"annotations": "annotator", "tolls": "incident,harm"}


def article_changes(
    before: "polars.DataFrame", after: "polars.DataFrame", withdrawn: Collection[str]
) -> "polars.DataFrame":
    """List the articles that came and went, and what changed in the others; of their texts only that they did."""
    import polars as pl

    ids = pl.col("article_id")
    gone = before.join(after, on="article_id", how="anti").select(
        "article_id",
        change=pl.when(ids.is_in(sorted(withdrawn)))
        .then(pl.lit("article_withdrawn"))
        .otherwise(pl.lit("article_removed")),
        old="split",
    )
    came = after.join(before, on="article_id", how="anti")
    came = came.select("article_id", change=pl.lit("article_added"), new="split")
    both = before.join(after, on="article_id", suffix=AFTER)
    same_text = pl.col("text_sha256") == pl.col(f"text_sha256{AFTER}")
    was, is_now = pl.col("is_withheld"), pl.col(f"is_withheld{AFTER}")
    special = [
        _named(both.filter(~same_text), "text_changed", "text_sha256"),
        _named(both.filter(pl.col("split") != pl.col(f"split{AFTER}")), "split_changed", "split"),
        _named(both.filter(~was & is_now), "text_withheld", "is_withheld"),
        _named(both.filter(was & ~is_now), "text_released", "is_withheld"),
        _blocks(both.filter(same_text)),
    ]
    columns = [name for name in before.columns if name in after.columns and name not in ("article_id", *NEVER_SHOWN)]
    values = value_changes(both, dict.fromkeys(columns, "value_changed"), pl.lit(""))
    parts = [part for part in (gone, came, *special, *values) if part.height]
    frame = pl.concat(parts, how="diagonal") if parts else pl.DataFrame()
    return frame.with_columns(table=pl.lit("articles"))


def _named(rows: "polars.DataFrame", change: str, column: str) -> "polars.DataFrame":
    import polars as pl

    old, new = (pl.col(name).cast(pl.String) for name in (column, f"{column}{AFTER}"))
    return rows.select("article_id", change=pl.lit(change), column=pl.lit(column), old=old, new=new)


def _blocks(both: "polars.DataFrame") -> "polars.DataFrame":
    import polars as pl

    rows = both.filter(pl.col("blocks") != pl.col(f"blocks{AFTER}"))
    return rows.select("article_id", change=pl.lit("value_changed"), column=pl.lit("blocks"))


def row_changes(
    table: str, old: "Mapping[str, polars.DataFrame]", new: "Mapping[str, polars.DataFrame]", schemas: Schemas
) -> Iterator["polars.DataFrame"]:
    """List the rows of a table that came, went and changed, told apart by the rest of their key beside the article."""
    import polars as pl

    both = (old.get(table), new.get(table))
    some = both[0] if both[0] is not None else both[1]
    if some is None:
        return
    # A table without rows has no file, and so no columns of its own.
    earlier, later = (some.clear() if one is None else one for one in both)
    names = KEYS[table].split(",")
    key, row_id = ["article_id", *names], pl.concat_str(names, separator=" ")
    columns = [name for name in earlier.columns if name in later.columns and name not in (*key, *NESTED)]
    # Of what each labeller marked it is said that it changed; what is gold is told span by span.
    before, after = (
        frame.select(*key, *columns, *(_digest(name) for name in NESTED if name in frame.columns))
        for frame in (earlier, later)
    )
    nested = [name for name in NESTED if name in before.columns and name in after.columns]
    yield from came_and_went(table, before, after, key, row_id)
    joined = before.join(after, on=key, suffix=AFTER)
    changes = {name: change_of(schemas, table, name) for name in columns} | dict.fromkeys(nested, "value_changed")
    for part in value_changes(joined, changes, row_id, hidden=nested):
        yield part.with_columns(table=pl.lit(table))


def _digest(name: str) -> "polars.Expr":
    import polars as pl

    return pl.col(name).list.eval(pl.element().struct.json_encode()).list.join("\n").alias(name)


def came_and_went(
    table: str, old: "polars.DataFrame", new: "polars.DataFrame", key: Sequence[str], row_id: "polars.Expr"
) -> Iterator["polars.DataFrame"]:
    """List the rows of the one that the other has not, both ways."""
    import polars as pl

    for rows, others, change in ((new, old, "row_added"), (old, new, "row_removed")):
        only = rows.join(others, on=key, how="anti", nulls_equal=True)
        yield only.select("article_id", row_id=row_id, change=pl.lit(change), table=pl.lit(table))


def value_changes(
    both: "polars.DataFrame", changes: Mapping[str, str], row_id: "polars.Expr", hidden: Iterable[str] = ()
) -> Iterator["polars.DataFrame"]:
    """Yield, column by column, the values that differ: ``changes`` names what a difference in a column is called."""
    import polars as pl

    for name, change in changes.items():
        rows = both.filter(pl.col(name).ne_missing(pl.col(f"{name}{AFTER}")))
        if rows.height:
            shown = {"old": _written(rows, name), "new": _written(rows, f"{name}{AFTER}")} if name not in hidden else {}
            yield rows.select("article_id", row_id=row_id, change=pl.lit(change), column=pl.lit(name), **shown)


def _written(rows: "polars.DataFrame", name: str) -> "polars.Expr":
    import polars as pl

    if isinstance(rows.schema[name], pl.List):
        return pl.col(name).cast(pl.List(pl.String)).list.join(", ")
    return pl.col(name).cast(pl.String)


def change_of(schemas: Schemas, table: str, column: str) -> str:
    """Say what it is called when a value of a column changed."""
    declared = schemas[f"{table}.toml"]["columns"].get(column, {})
    return "relabelled" if declared.get("type") == "label" or "labels" in declared.get("items", {}) else "value_changed"

"""Tolls of many articles at once, in columns, for figures that no relation links to another."""

from typing import TYPE_CHECKING

from tollwire.figures.claims import NO_INCIDENT

if TYPE_CHECKING:
    import polars


def unlinked_tolls(casualties: "polars.DataFrame") -> "polars.DataFrame":
    """
    Give what ``incident_tolls`` gives without relations, of every article: one row for each incident and harm.

    ``casualties`` are rows of that table by one annotator. The columns are those of the table ``tolls``, the rows in
    the order of its key.

    Source: as of ``incident_tolls``; the tests hold the two against each other.
    """
    import polars as pl

    place = ["article_id", "incident", "harm"]
    figures = casualties.with_columns(pl.col("incident").fill_null(NO_INCIDENT))
    here = figures.filter(pl.col("scope") == "incident")
    denied = here.filter(pl.col("status") == "denied").select(place).unique().with_columns(is_contested=pl.lit(True))
    least = pl.coalesce("low", "best").fill_null(0)
    counted = here.filter(pl.col("status") == "reported").sort("article_id", "start", "end", "span_id")
    counted = counted.with_columns(
        low=least, high=pl.when(pl.col("high") >= least).then(pl.col("high")), best=pl.col("best")
    )
    # Of something of which a part is not said nothing is said.
    sums = [
        pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name) for name in ("low", "best", "high")
    ]
    tolls = counted.group_by(place, maintain_order=True).agg(*sums, pl.col("span_id").alias("span_ids"))
    tolls = tolls.join(denied, on=place, how="left").with_columns(pl.col("is_contested").fill_null(False))
    return tolls.select(*place, "low", "best", "high", "is_contested", "span_ids").sort(place)

"""Rules between the columns of one row, by name. A contract lists the names of those that its table keeps."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollwire.contracts.text import LONG_GAP, SPACE_RUN, STRAY, sha256_text

if TYPE_CHECKING:
    import polars


# Text in a table is UTF-8, so it has no halves of characters, nor can the engine that looks there be asked for them.
FAULTY = tuple(one.pattern.replace(r"\ud800-\udfff", "") for one in (STRAY, SPACE_RUN, LONG_GAP))


@dataclass(frozen=True, slots=True)
class RowRule:
    """What must hold in every row: said in words, and as a Polars expression that is true where it holds."""

    about: str
    holds: Callable[[], "polars.Expr"]


def _text_when_not_withheld() -> "polars.Expr":
    import polars as pl

    return pl.col("text").is_not_null() | pl.col("is_withheld")


def _text_is_clean() -> "polars.Expr":
    import polars as pl

    text = pl.col("text")
    is_normal = text.map_elements(lambda one: unicodedata.is_normalized("NFC", one), return_dtype=pl.Boolean)
    return is_normal & ~pl.any_horizontal(text.str.contains(pattern) for pattern in FAULTY)


def _text_sha256() -> "polars.Expr":
    import polars as pl

    return pl.col("text").map_elements(sha256_text, return_dtype=pl.String) == pl.col("text_sha256")


def _blocks_make_text() -> "polars.Expr":
    import polars as pl

    lengths = pl.col("text").str.split("\n\n").list.eval(pl.element().str.len_chars().cast(pl.Int32))
    starts, ends = (pl.col("blocks").list.eval(pl.element().struct.field(name)) for name in ("start", "end"))
    follows = starts.list.slice(1) == ends.list.head(ends.list.len() - 1).list.eval(pl.element() + 2)
    is_whole = pl.col("blocks").list.eval(pl.element().struct.field("end") - pl.element().struct.field("start"))
    return (starts.list.first() == 0) & follows & (is_whole == lengths) & (is_whole.list.min() > 0)


def _title_is_first_block() -> "polars.Expr":
    import polars as pl

    first = pl.col("blocks").list.first()
    length = first.struct.field("end") - first.struct.field("start")
    is_title = (first.struct.field("kind") == "title") & (length == pl.col("title").str.len_chars())
    return is_title & pl.col("text").str.starts_with(pl.col("title")).fill_null(True)


def _dates_agree() -> "polars.Expr":
    return _day_agrees("published") & _day_agrees("modified")


def _day_agrees(which: str) -> "polars.Expr":
    import polars as pl

    # A day is written in the outlet's zone, at most 14 hours from UTC, so it is the UTC day or a neighbour of it.
    days = (pl.col(f"{which}_at").dt.date() - pl.col(f"{which}_date")).dt.total_days().abs()
    return (days <= 1) & pl.col(f"{which}_date").is_not_null() | pl.col(f"{which}_at").is_null()


def _end_after_start() -> "polars.Expr":
    import polars as pl

    return pl.col("end") > pl.col("start")


def _surface_fits_span() -> "polars.Expr":
    import polars as pl

    return pl.col("surface").str.len_chars() == pl.col("end") - pl.col("start")


def _figure_fits_bound() -> "polars.Expr":
    import polars as pl

    low, best, high = pl.col("low"), pl.col("best"), pl.col("high")
    no_low, no_best, no_high = low.is_null(), best.is_null(), high.is_null()
    by_bound = {
        "exact": (low == best) & (best == high) & (low > 0),
        "at_least": low.is_not_null() & no_best & no_high,
        "more_than": (low > 0) & no_best & no_high,
        "at_most": no_low & no_best & (high > 0),
        "less_than": no_low & no_best & high.is_not_null(),
        "about": no_low & best.is_not_null() & no_high,
        "range": no_best & (low < high),
        "vague": no_best & no_high,
        "none": (low == 0) & (best == 0) & (high == 0),
    }
    return pl.any_horizontal((pl.col("bound") == bound) & fits.fill_null(False) for bound, fits in by_bound.items())


def _two_different_spans() -> "polars.Expr":
    import polars as pl

    return pl.col("head_span_id") != pl.col("tail_span_id")


def _low_best_high() -> "polars.Expr":
    import polars as pl

    low, best, high = pl.col("low"), pl.col("best"), pl.col("high")
    pairs = [(low <= best), (best <= high), (low <= high)]
    return pl.all_horizontal(pair.fill_null(True) for pair in pairs)


ROW_RULES = {
    "text-when-not-withheld": RowRule("only a withheld article may lack its text", _text_when_not_withheld),
    "text-is-clean": RowRule("the text keeps the text rules: NFC, line feeds, no stray characters", _text_is_clean),
    "text-sha256": RowRule("text_sha256 is the digest of the text", _text_sha256),
    "blocks-make-text": RowRule("the blocks, in order and joined by blank lines, are the text", _blocks_make_text),
    "title-is-first-block": RowRule("the first block is the title, and the text starts with it", _title_is_first_block),
    "dates-agree": RowRule(
        "published_at falls on published_date and modified_at on modified_date, give or take a time zone", _dates_agree
    ),
    "end-after-start": RowRule("end is after start", _end_after_start),
    "surface-fits-span": RowRule("the surface is as long as the span", _surface_fits_span),
    "figure-fits-bound": RowRule("low, best and high are set as the bound demands", _figure_fits_bound),
    "two-different-spans": RowRule("a relation links two different spans", _two_different_spans),
    "low-best-high": RowRule("low <= best <= high, where they are set", _low_best_high),
}

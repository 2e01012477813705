"""What differs between two versions of the dataset, thing by thing, and how large a version each of them takes."""

from typing import TYPE_CHECKING

from tollwire.contracts.contract import Contract
from tollwire.contracts.forms import polars_schema
from tollwire.contracts.references import SPANS
from tollwire.release.contract_diff import contract_changes
from tollwire.release.reading import Release
from tollwire.release.row_diff import article_changes, row_changes
from tollwire.release.shape import TOMBSTONES
from tollwire.release.span_diff import relation_changes, span_changes

if TYPE_CHECKING:
    import polars

# Of a removal that the list of withdrawn articles explains the level is the same: an id went away.
LEVEL_OF = {
    "article_added": "minor",
    "article_removed": "major",
    "article_withdrawn": "major",
    "text_changed": "major",
    "text_withheld": "major",
    "text_released": "minor",
    "split_changed": "major",
    "row_added": "minor",
    "row_removed": "major",
    "span_moved": "major",
    "span_renamed": "major",
    "relabelled": "patch",
    "value_changed": "patch",
    "column_added": "minor",
    "column_removed": "major",
    "column_changed": "major",
    "label_added": "minor",
    "label_removed": "major",
    "wording_changed": "patch",
}
DERIVED = "tolls"  # follow from the figures; whatever happens to them is a correction


def compare(old: Release, new: Release, contract: Contract) -> "polars.DataFrame":
    """
    List what differs, as the table ``changes`` whose contract is given, sorted by its key.

    Articles are told apart by article_id, spans by their place and then by span_id, relations by what they link.
    Of an article that came or went only that is said, and not what is marked in it.

    Source: for what takes which level, "Semantic Versioning 2.0.0", with rows and offsets as the interface.
    """
    import polars as pl

    withdrawn = set(new.tables[TOMBSTONES].to_dict(as_series=False).get("article_id", ()))
    before, after = old.tables["articles"], new.tables["articles"]
    both = set(before["article_id"]) & set(after["article_id"])
    kept = {
        side: {
            table: frame.filter(pl.col("article_id").is_in(both))
            for table, frame in release.tables.items()
            if frame.width
        }
        for side, release in (("old", old), ("new", new))
    }
    parts = [contract_changes(old, new), article_changes(before, after, withdrawn)]
    for table in SPANS:
        parts += span_changes(table, kept["old"][table], kept["new"][table], new.schemas)
    parts += relation_changes(kept["old"]["relations"], kept["new"]["relations"])
    for table in ("annotations", "tolls"):
        parts += row_changes(table, kept["old"], kept["new"], new.schemas)
    schema = polars_schema(contract)
    frame = pl.concat([pl.DataFrame(schema=schema).drop("level"), *parts], how="diagonal")
    level = pl.col("change").replace_strict(LEVEL_OF, return_dtype=pl.String)
    level = pl.when(pl.col("table") == DERIVED).then(pl.lit("patch")).otherwise(level)
    frame = frame.with_columns(level.alias("level"), pl.col("article_id", "row_id", "column").fill_null(""))
    return _without_words(frame, before, after).select(schema.names()).sort(contract.key)


# What an outlet wrote, or what was taken from it: shown of no article whose text is withheld in either version.
WORDS = ("bylines", "credits", "dateline", "keywords", "name", "section")


def _without_words(frame: "polars.DataFrame", *articles: "polars.DataFrame") -> "polars.DataFrame":
    import polars as pl

    withheld = pl.concat([one.filter(pl.col("is_withheld"))["article_id"] for one in articles])
    hidden = pl.col("article_id").is_in(withheld.implode()) & pl.col("column").is_in(WORDS)
    return frame.with_columns(pl.when(~hidden).then(pl.col(name)).alias(name) for name in ("old", "new"))

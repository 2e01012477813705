"""Take the words of a withheld article out of everything that is released, and put proofs of them in their place."""

from collections import defaultdict
from typing import TYPE_CHECKING

from tollwire.contracts.contract import Contract
from tollwire.contracts.references import SPANS
from tollwire.contracts.tables import make_frame
from tollwire.corpus.words import plain_words
from tollwire.release.proofs import Place, prove
from tollwire.release.shape import Frames

if TYPE_CHECKING:
    import polars

LONGEST_NAME = 4  # words of an actor's name that no public list has; five in a row would be words of the article


def withhold_articles(articles: "polars.DataFrame") -> "polars.DataFrame":
    """
    Give the articles as they are released: of a withheld one neither text, title, credits nor keywords.

    Its file is called after the digest of the page, for the name that it was saved under may be its headline.
    """
    import polars as pl

    is_withheld = pl.col("is_withheld")
    file = pl.concat_str("source_id", pl.lit("/"), pl.col("raw_sha256").str.head(16))
    return articles.with_columns(
        *(pl.when(~is_withheld).then(pl.col(name)).alias(name) for name in ("text", "title")),
        *(pl.when(~is_withheld).then(pl.col(name)).otherwise([]).alias(name) for name in ("credits", "keywords")),
        pl.when(is_withheld).then(file).otherwise("raw_uri").alias("raw_uri"),
    )


def withhold_spans(tables: Frames, articles: "polars.DataFrame") -> Frames:
    """Give the span tables as they are released: of a withheld article no surface, and no long name of our own."""
    import polars as pl

    withheld = pl.col("article_id").is_in(articles.filter(articles["is_withheld"])["article_id"].implode())
    kept = dict(tables)
    for table in SPANS:
        kept[table] = tables[table].with_columns(pl.when(~withheld).then(pl.col("surface")).alias("surface"))
    is_ours = withheld & pl.col("code").is_null()
    names = kept["actors"].filter(is_ours)["name"].drop_nulls().unique()
    is_long = is_ours & pl.col("name").is_in([name for name in names if len(plain_words(name)) > LONGEST_NAME])
    kept["actors"] = kept["actors"].with_columns(pl.when(~is_long.fill_null(False)).then(pl.col("name")).alias("name"))
    return kept


def proofs_of(articles: "polars.DataFrame", sides: "list[Frames]", contract: Contract) -> "polars.DataFrame":
    """
    Make the table ``proofs`` for the withheld among these articles, whose texts are still at hand.

    ``sides`` are the span tables of gold and of everybody.
    """
    import polars as pl

    withheld = articles.filter(articles["is_withheld"] & articles["text"].is_not_null())
    marked: dict[str, set[Place]] = defaultdict(set)
    ids = withheld["article_id"].implode()
    for tables in sides:
        for table in SPANS:
            spans = tables[table].filter(pl.col("article_id").is_in(ids)).select("article_id", "start", "end")
            for article_id, start, end in spans.iter_rows():
                marked[article_id].add((start, end))
    rows = [
        prove(article_id, text, [(one["start"], one["end"]) for one in blocks], sorted(marked[article_id]))
        for article_id, text, blocks in withheld.select("article_id", "text", "blocks").iter_rows()
    ]
    return make_frame(rows, contract)

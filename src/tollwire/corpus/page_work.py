"""The heart of normalising: a table of raw records in, a table of outcomes out, one row for each."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus.outlet import Outlet
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.raw_tables import KEY_BYTES, pages_of
from tollwire.corpus.shingles import paragraph_keys, story_of
from tollwire.corpus.sources import Source
from tollwire.problems import shown

if TYPE_CHECKING:
    import pyarrow as pa

# What an article has of the place where its record was found, and of its likeness to others: not of the record itself.
LATER = ("raw_uri", "cluster_id", "cluster_reason")
# What became of a page here may be otherwise in another run: these are tried again.
MISHAPS = ("too-slow", "worker-died")


@cache
def outcome_schema(articles: "pa.Schema") -> "pa.Schema":
    """
    One row is what became of one raw record: a rejection with rule and detail, or an article, of this Arrow schema.

    ``paragraphs`` are the keys of the paragraphs of an article's body.
    """
    import pyarrow as pa

    article = pa.struct([one for one in articles if one.name not in LATER])
    texts = {name: pa.string() for name in ("rule", "detail", "raw_sha256")}
    return pa.schema({"key": pa.binary(KEY_BYTES), **texts, "article": article, "paragraphs": pa.list_(pa.uint64())})


class NormalisePages:
    """
    The work of normalising the pages of one source, with what is known of its outlet.

    Pure: the same table gives the same table, on whatever machine.
    """

    def __init__(self, source: Source, outlet: Outlet | None, articles: "pa.Schema") -> None:
        self._source = source
        self._outlet = outlet
        self._articles = articles

    def __call__(self, table: "pa.Table") -> "pa.Table":
        """Normalise raw records (``raw_tables.raw_schema``) to outcomes (``outcome_schema``)."""
        keys, pages = zip(*pages_of(table), strict=True) if table.num_rows else ((), ())
        return self._table(keys, [self._outcome(page) for page in pages])

    def lost(self, row: "pa.Table", rule: str, detail: str) -> "pa.Table":
        """Reject a record that a process hung or died on."""
        ((key, page),) = pages_of(row)
        return self._table([key], [Rejection("", 0, rule, detail, sha256(page.raw).hexdigest())])

    def _outcome(self, page: RawPage) -> Article | Rejection:
        try:
            return normalise_record(page, self._source, self._outlet)
        except MemoryError:
            raise
        except Exception as error:  # whatever it is, it costs this page only, and is told with it
            detail = f"the program failed: {type(error).__name__}: {shown(str(error), 200)}; report it with the page"
            return Rejection("", 0, "internal-error", detail, sha256(page.raw).hexdigest())

    def _table(self, keys: Sequence[bytes], outcomes: Sequence[Article | Rejection]) -> "pa.Table":
        import pyarrow as pa

        schema = outcome_schema(self._articles)
        rejected = [one if isinstance(one, Rejection) else None for one in outcomes]
        articles = [one if isinstance(one, Article) else None for one in outcomes]
        # Column by column: to make a dict of each article first takes twice as long.
        fields = list(schema.field("article").type)
        columns = [_column(articles, field) for field in fields]
        return pa.table(
            [
                keys,
                [one and one.rule for one in rejected],
                [one and one.detail for one in rejected],
                [one.raw_sha256 for one in outcomes],
                pa.StructArray.from_arrays(columns, fields=fields, mask=pa.array([one is None for one in articles])),
                [one and _paragraphs(one) for one in articles],
            ],
            schema=schema,
        )


def _column(articles: Sequence[Article | None], field: "pa.Field") -> "pa.Array":
    import pyarrow as pa

    if field.name != "blocks":
        return pa.array([None if one is None else getattr(one, field.name) for one in articles], field.type)
    # Part by part as well: a dict of each block takes as long as all other columns.
    parts = list(field.type.value_type)
    blocks = [block for one in articles if one is not None for block in one.blocks]
    values = [pa.array([getattr(block, part.name) for block in blocks], part.type) for part in parts]
    ends = list(accumulate((0 if one is None else len(one.blocks) for one in articles), initial=0))
    is_null = pa.array([one is None for one in articles])
    return pa.ListArray.from_arrays(ends, pa.StructArray.from_arrays(values, fields=parts), field.type, mask=is_null)


def _paragraphs(article: Article) -> list[int]:
    return paragraph_keys(story_of(article.title, article.language, article.text, article.blocks))

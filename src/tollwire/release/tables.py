"""Make the tables of a release, checked: articles, gold spans, everybody's annotations, tolls, proofs."""

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tollwire.contracts.contract import Contract, Contracts
from tollwire.contracts.forms import polars_schema
from tollwire.contracts.records import Casualty, Relation
from tollwire.contracts.references import reference_problems
from tollwire.contracts.tables import check_frame
from tollwire.figures.claims import BETWEEN_FIGURES
from tollwire.figures.toll_columns import unlinked_tolls
from tollwire.figures.tolls import incident_tolls
from tollwire.problems import TollwireError
from tollwire.release.shape import NESTED, PROOFS, Frames, release_contract
from tollwire.release.withheld import proofs_of, withhold_articles, withhold_spans

if TYPE_CHECKING:
    import polars


def release_tables(
    articles: "polars.DataFrame",
    gold: Frames,
    everybody: Frames,
    splits: Mapping[str, str],
    contracts: Contracts,
    known_proofs: "polars.DataFrame | None" = None,
) -> tuple[Frames, Frames]:
    """
    Give the six tables of a release with the proofs of withheld texts, and everybody's spans, none of them nested yet.

    Each is checked by itself and against the others. ``splits`` says which articles are released, in which split, and
    in which order their rows are; the other tables are in the order of their keys. ``known_proofs`` are of withheld
    texts that are not at hand.

    Raises:
        TollwireError: a table breaks its contract, or the tables do not fit each other.
    """
    import polars as pl

    order = pl.DataFrame({"article_id": list(splits), "split": list(splits.values())}, schema=["article_id", "split"])
    order = order.with_columns(pl.col("article_id", "split").cast(pl.String))
    released = order.join(articles, on="article_id", maintain_order="left").select(*articles.columns, "split")
    ours, theirs = ({table: _only(frame, order) for table, frame in side.items()} for side in (gold, everybody))
    if problems := [one for side in (ours, theirs) for one in reference_problems({"articles": released, **side})]:
        raise TollwireError(problems)
    for table in NESTED:
        for side in (ours, theirs):
            check_frame(side[table], contracts[table], contracts.labels)
    check_frame(released, release_contract("articles", contracts, nested=()), contracts.labels, is_sorted=False)
    check_frame(theirs["annotations"], contracts["annotations"], contracts.labels)
    proofs = proofs_of(released, [ours, theirs], contracts[PROOFS])
    if known_proofs is not None:
        proofs = pl.concat([proofs, _only(known_proofs, order)]).sort(contracts[PROOFS].key)
    if proofs.height:
        ours, theirs = withhold_spans(ours, released), withhold_spans(theirs, released)
        released = withhold_articles(released)
    tolls = toll_frame(ours, contracts["tolls"]).sort(contracts["tolls"].key)
    check_frame(tolls, contracts["tolls"], contracts.labels)
    spans = {table: ours[table] for table in NESTED}
    tables = {"articles": released, **spans, "annotations": theirs["annotations"], "tolls": tolls}
    return (tables | {PROOFS: proofs} if proofs.height else tables), theirs


def _only(frame: "polars.DataFrame", order: "polars.DataFrame") -> "polars.DataFrame":
    """Give the rows of the released articles."""
    is_released = frame["article_id"].is_in(order["article_id"].implode())
    return frame if is_released.all() else frame.filter(is_released)


def toll_frame(gold: Frames, contract: Contract) -> "polars.DataFrame":
    """Make the table of tolls: article by article where figures are linked, at once where they are not."""
    import polars as pl

    links = gold["relations"].filter(pl.col("kind").is_in(BETWEEN_FIGURES))
    is_linked = pl.col("article_id").is_in(links["article_id"].implode())
    linked, unlinked = gold["casualties"].filter(is_linked), gold["casualties"].filter(~is_linked)
    links_of = _by_article(links, Relation)
    rows = [
        (article_id, incident, harm, toll.low, toll.best, toll.high, toll.is_contested, list(toll.span_ids))
        for article_id, figures in _by_article(linked, Casualty).items()
        for (incident, harm), toll in incident_tolls(figures, links_of[article_id]).items()
    ]
    schema = polars_schema(contract)
    return pl.concat([pl.DataFrame(rows, schema=schema, orient="row"), unlinked_tolls(unlinked).cast(schema)])


def _by_article(frame: "polars.DataFrame", kind: Any) -> dict[str, list[Any]]:
    """Make records of the rows, which are in the order of their articles."""
    names = [name for name in frame.columns if name not in ("article_id", "annotator")]
    records = (kind(*values) for values in frame.select(names).iter_rows())
    paired = zip(frame["article_id"], records, strict=True)
    return {key: [one for _, one in group] for key, group in groupby(paired, key=lambda pair: pair[0])}

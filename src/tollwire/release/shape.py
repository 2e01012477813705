"""The tables as a release holds them: spans nested in their article for training code, and flat ones beside."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tollwire.contracts.contract import Column, Contract, Contracts
from tollwire.contracts.forms import polars_schema
from tollwire.contracts.references import SPANS

if TYPE_CHECKING:
    import polars

Frames = dict[str, "polars.DataFrame"]

NESTED = (*SPANS, "relations")
CONFIGS = ("articles", *NESTED, "annotations", "tolls")
PROOFS = "proofs"  # of withheld texts; no config, for only `tollwire hydrate` reads it
TOMBSTONES = "withdrawn"  # a config of its own, in releases that have any


def release_contract(table: str, contracts: Contracts, nested: Sequence[str] = NESTED) -> Contract:
    """
    Give a table's contract as it is in a release.

    ``articles`` has the split, and gold spans nested as lists of structs; where a text is withheld its title is null
    with it. ``annotations`` has each labeller's own spans. ``nested`` are the tables that are nested in it.
    """
    contract = contracts[table]
    if table not in ("articles", "annotations"):
        return contract
    columns = dict(contract.columns)
    if table == "articles":
        columns["title"] = columns["title"].model_copy(update={"nullable": True})
        columns["split"] = Column(type="label", labels="split", about="The part it is in.")
    columns |= {inner: _nested(contracts[inner]) for inner in nested}
    return contract.model_copy(update={"columns": columns})


def _nested(contract: Contract) -> Column:
    fields = {name: column for name, column in contract.columns.items() if name not in ("article_id", "annotator")}
    item = Column(type="struct", about="One of them.", fields=fields)
    return Column(type="list", about=contract.about, items=item)


def nest(parents: "polars.DataFrame", spans: Frames, key: tuple[str, ...], contract: Contract) -> "polars.DataFrame":
    """
    Nest spans into their parents: ``key`` is what both have in common, e.g. article_id and annotator.

    The order of the parents is kept, and that of the spans of each.
    """
    import polars as pl

    schema = polars_schema(contract)
    frame = parents
    for table in NESTED:
        fields = [name for name in spans[table].columns if name not in ("article_id", "annotator")]
        inner = spans[table].group_by(key, maintain_order=True).agg(pl.struct(fields).alias(table))
        frame = frame.join(inner, on=key, how="left", maintain_order="left")
        frame = frame.with_columns(pl.col(table).fill_null(pl.lit([], dtype=schema[table])))
    return frame.select(schema.names())

"""The tables as a release holds them: spans nested in their article for training code, and flat ones beside."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tollwire.contracts.contract import Column, Contract, Contracts
from tollwire.contracts.tables import make_frame

if TYPE_CHECKING:
    import polars

CONFIGS = ("articles", "actors", "casualties", "relations", "annotations", "tolls")
NESTED = ("actors", "casualties", "relations")


def release_contract(table: str, contracts: Contracts) -> Contract:
    """
    Give a table's contract as it is in a release.

    ``articles`` has the split, and gold spans nested as lists of structs; ``annotations`` has each labeller's own.
    """
    contract = contracts[table]
    if table not in ("articles", "annotations"):
        return contract
    added = (
        {} if table == "annotations" else {"split": Column(type="label", labels="split", about="The part it is in.")}
    )
    added |= {inner: _nested(contracts[inner]) for inner in NESTED}
    return contract.model_copy(update={"columns": {**contract.columns, **added}})


def _nested(contract: Contract) -> Column:
    fields = {name: column for name, column in contract.columns.items() if name not in ("article_id", "annotator")}
    item = Column(type="struct", about="One of them.", fields=fields)
    return Column(type="list", about=contract.about, items=item)


def nest(
    parents: "polars.DataFrame", spans: "dict[str, polars.DataFrame]", key: tuple[str, ...], contract: Contract
) -> "polars.DataFrame":
    """Nest spans into their parents: ``key`` is what both have in common, e.g. article_id and annotator."""
    inner: dict[str, dict[tuple[Any, ...], list[dict[str, Any]]]] = {}
    for table in NESTED:
        rows: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
        for row in spans[table].iter_rows(named=True):
            place = tuple(row[name] for name in key)
            rows[place].append({name: row[name] for name in row if name not in ("article_id", "annotator")})
        inner[table] = rows
    nested = []
    for row in parents.iter_rows(named=True):
        place = tuple(row[name] for name in key)
        nested.append({**row, **{table: inner[table].get(place, []) for table in NESTED}})
    return make_frame(nested, contract)

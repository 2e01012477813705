"""Tolls in columns are those that are added up article by article."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.forms import polars_schema
from tollwire.contracts.records import Casualty
from tollwire.figures.toll_columns import unlinked_tolls
from tollwire.figures.tolls import incident_tolls

SCHEMA = polars_schema(read_contracts()["casualties"])
BOUNDS = {
    "exact": st.integers(1, 50).map(lambda one: (one, one, one)),
    "at_least": st.integers(0, 50).map(lambda one: (one, None, None)),
    "at_most": st.integers(1, 50).map(lambda one: (None, None, one)),
    "about": st.integers(0, 50).map(lambda one: (None, one, None)),
    "range": st.integers(0, 50).map(lambda one: (one, None, one + 3)),
    "vague": st.one_of(st.none(), st.integers(0, 50)).map(lambda one: (one, None, None)),
    "none": st.just((0, 0, 0)),
}


@st.composite
def figures(draw) -> list[tuple[str, Casualty]]:
    """Figures of three articles, in any order."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        bound = draw(st.sampled_from(sorted(BOUNDS)))
        start = draw(st.integers(0, 30))
        harm, incident = draw(st.sampled_from(["killed", "injured"])), draw(st.sampled_from([None, 1, 2]))
        status = draw(st.sampled_from(["reported", "reported", "denied", "hypothetical"]))
        scope = draw(st.sampled_from(["incident", "incident", "background"]))
        numbers = draw(BOUNDS[bound])
        one = Casualty(
            f"c{number}", start, start + 5, None, harm, bound, *numbers, status=status, scope=scope, incident=incident
        )
        found.append((draw(st.sampled_from(["a" * 16, "b" * 16, "c" * 16])), one))
    return found


@given(figures())
def test_the_columns_say_what_is_added_up_article_by_article(found):
    names = [name for name in SCHEMA if name not in ("article_id", "annotator")]
    rows = [
        {"article_id": key, "annotator": "gold", **{name: getattr(one, name) for name in names}} for key, one in found
    ]

    columns = unlinked_tolls(pl.DataFrame(rows, schema=SCHEMA)).to_dicts()

    expected = [
        {"article_id": key, "incident": incident, "harm": harm, "low": toll.low, "best": toll.best, "high": toll.high,
         "is_contested": toll.is_contested, "span_ids": list(toll.span_ids)}
        for key in sorted({key for key, _ in found})
        for (incident, harm), toll in incident_tolls([one for other, one in found if other == key]).items()
    ]  # fmt: skip
    assert columns == expected

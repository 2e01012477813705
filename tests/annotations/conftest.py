"""Articles and contracts to test annotations with."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tollwire.contracts.contract import Contracts, read_contracts
from tollwire.contracts.text import sha256_text

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def contracts() -> Contracts:
    return read_contracts(CHECKOUT / "schemas")


@pytest.fixture(scope="session")
def make_articles() -> Callable[..., pl.DataFrame]:
    """Make articles of texts; their ids count from 0. Only the columns that labelling reads."""

    def make(*texts: str, source_id: str = "harbour_post", language: str = "en") -> pl.DataFrame:
        return pl.DataFrame(
            {
                "article_id": [f"{number:016x}" for number in range(len(texts))],
                "source_id": [source_id] * len(texts),
                "published_date": [date(2024, 5, 1)] * len(texts),
                "language": [language] * len(texts),
                "text": list(texts),
                "text_sha256": [sha256_text(text) for text in texts],
                "blocks": [[{"kind": "paragraph", "start": 0, "end": len(text)}] for text in texts],
            }
        )

    return make

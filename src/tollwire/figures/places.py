"""Countries: their names, codes, adjectives, peoples and seats of government."""

from functools import cache
from typing import NamedTuple

from tollwire.figures.lexicons import lexicon


class Country(NamedTuple):
    """A country: its short English name and its ISO 3166-1 alpha-2 code."""

    name: str
    code: str


@cache
def adjectives() -> dict[str, Country]:
    """Give the country of each adjective, as written ("Pakistani", "U.S.")."""
    return _keyed("adjectives")


@cache
def seats() -> dict[str, Country]:
    """Give the country whose government each seat stands for ("Tehran said")."""
    return _keyed("seats")


@cache
def country_names() -> dict[str, Country]:
    """Give the country of each name, as written."""
    return {**_keyed("also"), **{country.name: country for country in _rows()}}


@cache
def demonyms() -> frozenset[str]:
    """Give what peoples are called, in the plural and in lower case ("afghans")."""
    return frozenset(word.lower() for row in lexicon("countries").values() for word in row.get("people", ()))


def _rows() -> list[Country]:
    return [Country(row["name"], code) for code, row in lexicon("countries").items()]


def _keyed(column: str) -> dict[str, Country]:
    return {
        word: country
        for country, row in zip(_rows(), lexicon("countries").values(), strict=True)
        for word in row.get(column, ())
    }

"""Tollwire: an annotated news corpus about armed violence, from raw pages to a versioned dataset."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tollwire.corpus.page import normalise_page as normalise_page
    from tollwire.figures.parse import parse_figure as parse_figure
    from tollwire.figures.parties import complete_relations as complete_relations
    from tollwire.figures.score import score as score
    from tollwire.figures.suggest import suggest as suggest
    from tollwire.figures.tolls import document_toll as document_toll
    from tollwire.release.article_spans import spans_of as spans_of
    from tollwire.release.load import load as load
    from tollwire.release.token_labels import from_bio as from_bio
    from tollwire.release.token_labels import to_bio as to_bio

# Public name -> its module, imported when the name is first used: `import tollwire` itself stays light.
_PUBLIC = {
    "complete_relations": "tollwire.figures.parties",
    "document_toll": "tollwire.figures.tolls",
    "from_bio": "tollwire.release.token_labels",
    "load": "tollwire.release.load",
    "normalise_page": "tollwire.corpus.page",
    "parse_figure": "tollwire.figures.parse",
    "score": "tollwire.figures.score",
    "spans_of": "tollwire.release.article_spans",
    "suggest": "tollwire.figures.suggest",
    "to_bio": "tollwire.release.token_labels",
}

__all__ = [
    "complete_relations",
    "document_toll",
    "from_bio",
    "load",
    "normalise_page",
    "parse_figure",
    "score",
    "spans_of",
    "suggest",
    "to_bio",
]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'tollwire' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return __all__

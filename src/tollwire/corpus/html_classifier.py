"""Judge the blocks of an HTML page: how likely each is part of the body, and how likely it is a caption."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.html_blocks import HtmlBlocks
from tollwire.corpus.html_features import Columns, html_features
from tollwire.corpus.statements import Statements, article_text, summary
from tollwire.corpus.trees import WEIGHTS, Trees, read_trees


def judge(page: HtmlBlocks, title: str, statements: Statements) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """
    Give for each block the probability that it is body, and that it is a caption; both of shape (blocks,).

    The weights were learnt by ``scripts/train_html.py``; docs/normalising.md says from which pages.
    """
    columns = features_of(page, title, statements)
    worth = columns["menu"] == 0
    body, caption = np.zeros((2, len(page.blocks)), dtype=np.float32)
    if worth.any():
        for trees, found in zip(_trees(), (body, caption), strict=True):
            found[worth] = trees.probabilities(matrix(columns, trees.features)[worth])
    return body, caption


def features_of(page: HtmlBlocks, title: str, statements: Statements) -> Columns:
    """Describe the blocks of a page, and the page itself: whether it says of itself that it is an article."""
    columns = html_features(page, title, article_text(statements), summary(statements))
    says_article = (bool(statements.linked), statements.tags.get("og:type") == "article")
    for name, value in zip(("linked_article", "open_graph_article"), says_article, strict=True):
        columns[name] = np.full(len(page.blocks), value, dtype=np.float32)
    return columns


def matrix(columns: Columns, features: tuple[str, ...]) -> NDArray[np.float32]:
    """Put named columns side by side, shape (blocks, features)."""
    return np.stack([columns[name] for name in features], axis=1)


@cache
def _trees() -> tuple[Trees, Trees]:
    return read_trees(WEIGHTS / "html_body.json"), read_trees(WEIGHTS / "html_caption.json")

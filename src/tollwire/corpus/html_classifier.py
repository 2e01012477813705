"""Judge the blocks of an HTML page: how likely each is part of the body, and how likely it is a caption."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.html_blocks import HtmlBlocks
from tollwire.corpus.html_features import Columns, Places, html_features
from tollwire.corpus.statements import Statements, article_text, summary
from tollwire.corpus.trees import WEIGHTS, Trees, read_trees


def judge(page: HtmlBlocks, title: str, statements: Statements) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """
    Give for each block the probability that it is body, and that it is a caption; both of shape (blocks,).

    The weights were learnt by ``scripts/train_html.py``; docs/normalising.md says from which pages.
    """
    seen, columns = features_of(page, title, statements)
    body, caption = np.zeros((2, len(page.blocks)), dtype=np.float32)
    if len(seen):
        for trees, found in zip(_trees(), (body, caption), strict=True):
            found[seen] = trees.probabilities(matrix(columns, trees.features))
    return body, caption


def features_of(page: HtmlBlocks, title: str, statements: Statements) -> tuple[Places, Columns]:
    """Describe the blocks that may be the article's, and the page: whether it says of itself that it is an article."""
    seen, columns = html_features(page, title, article_text(statements), summary(statements))
    says_article = (bool(statements.linked), statements.tags.get("og:type") == "article")
    for name, value in zip(("linked_article", "open_graph_article"), says_article, strict=True):
        columns[name] = np.full(len(seen), value, dtype=np.float32)
    return seen, columns


def matrix(columns: Columns, features: tuple[str, ...]) -> NDArray[np.float32]:
    """Put named columns side by side, shape (blocks, features)."""
    return np.concatenate([columns[name] for name in features]).reshape(len(features), -1).T


@cache
def _trees() -> tuple[Trees, Trees]:
    return read_trees(WEIGHTS / "html_body.json"), read_trees(WEIGHTS / "html_caption.json")

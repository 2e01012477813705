"""Near-duplicates: articles that tell the same story in nearly the same words share a cluster."""

from collections.abc import Sequence

from tollwire.contracts.records import Article

SHINGLE = 5  # words
LIKENESS = 0.8  # Jaccard likeness of shingles from which two articles are near-duplicates
PERMUTATIONS, BANDS, SEED = 128, 16, 42  # 8 rows a band: recall .99 at a likeness of .8


def cluster_ids(articles: Sequence[Article]) -> dict[str, str]:
    """
    Give each article its cluster: the least article_id among its near-duplicates, its own when there are none.

    Source: MinHash with banding (Broder 1997; Leskovec et al., Mining of Massive Datasets, 3.4), by rensa; every pair
    that it proposes is checked by its estimated likeness.
    """
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(LIKENESS, PERMUTATIONS, BANDS)
    sketches = []
    for number, article in enumerate(articles):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(_shingles(article.text or ""))
        index.insert(number, sketch)
        sketches.append(sketch)
    parent = list(range(len(articles)))
    for number, sketch in enumerate(sketches):
        for other in index.query(sketch):
            if other < number and sketch.jaccard(sketches[other]) >= LIKENESS:
                parent[_root(parent, number)] = _root(parent, other)
    least: dict[int, str] = {}
    for number, article in enumerate(articles):
        root = _root(parent, number)
        least[root] = min(least.get(root, article.article_id), article.article_id)
    return {article.article_id: least[_root(parent, number)] for number, article in enumerate(articles)}


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = number = parent[parent[number]]
    return number


def _shingles(text: str) -> list[str]:
    words = text.casefold().split()
    return [" ".join(words[start : start + SHINGLE]) for start in range(max(len(words) - SHINGLE + 1, 1))]

"""Scoring: how well predicted figures, actors and relations agree with gold ones, article by article."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tollwire.problems import Problem, TollwireError

Row = Mapping[str, Any]
Place = tuple[int, int]


@dataclass(slots=True)
class Measure:
    """What was found of one thing: how many are right, of how many predicted and how many in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        """Count the articles' numbers together, so that a long article weighs more (micro average)."""
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float | None:
        """Share of what was predicted that is right; None where nothing was."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None where there is none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two: 2 x right / (predicted + gold)."""
        return 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else None


@dataclass(slots=True)
class Scores:
    """
    How predictions agree with gold.

    ``figures`` and ``actors`` count spans at exactly the same place with the same harm, or role; the ``_overlapping``
    ones spans that share a character. ``figures_by_harm`` has the exact ones of each harm. ``relations`` count where
    kind and both spans are right. ``accuracy`` is the share of the figures found (overlapping, same harm) whose low and
    high are both right, ``roles`` the share of the actors found at the same place whose role is right.
    """

    articles: int = 0
    figures: Measure = field(default_factory=Measure)
    figures_overlapping: Measure = field(default_factory=Measure)
    actors: Measure = field(default_factory=Measure)
    actors_overlapping: Measure = field(default_factory=Measure)
    relations: Measure = field(default_factory=Measure)
    accuracy: Measure = field(default_factory=Measure)
    roles: Measure = field(default_factory=Measure)
    figures_by_harm: dict[str, Measure] = field(default_factory=dict)


def score(gold: Iterable[Row], predicted: Iterable[Row]) -> Scores:
    """
    Score predicted spans against gold ones.

    Both are rows of articles as a release has them: ``article_id`` and lists ``casualties``, ``actors`` and
    ``relations`` with the columns of these tables; a list that is missing counts as empty. An article that was not
    predicted counts as one without spans.

    Raises:
        TollwireError: a predicted article is not in the gold, or stands there twice (``unknown-article``,
            ``article-twice``).

    Source: exact matches, counted over all articles together, as in CoNLL-2003 (Tjong Kim Sang and De Meulder, 2003).
    """
    articles = {str(row["article_id"]): row for row in gold}
    found: dict[str, Row] = {}
    for row in predicted:
        key = str(row["article_id"])
        if key not in articles or key in found:
            rule, what = (
                ("unknown-article", "is not in the gold")
                if key not in articles
                else ("article-twice", "stands here twice")
            )
            raise TollwireError(
                Problem(f"article {key}", rule, f"its prediction {what}", "score the articles of the gold, each once")
            )
        found[key] = row
    scores = Scores(len(articles))
    for key, row in articles.items():
        _score_article(row, found.get(key, {}), scores)
    return scores


def _score_article(gold: Row, predicted: Row, scores: Scores) -> None:
    ours, theirs = (_rows(one, "casualties") for one in (predicted, gold))
    _count(scores.figures, scores.figures_overlapping, ours, theirs, "harm")
    for harm in sorted({row["harm"] for row in (*ours, *theirs)}):
        measure = scores.figures_by_harm.setdefault(harm, Measure())
        mine, gold_rows = ([row for row in rows if row["harm"] == harm] for rows in (ours, theirs))
        measure.add(len(_pairs(mine, gold_rows, _same_place)), len(mine), len(gold_rows))
        pairs = _pairs(mine, gold_rows, _overlap)
        right = sum((one["low"], one["high"]) == (other["low"], other["high"]) for one, other in pairs)
        scores.accuracy.add(right, len(pairs), len(pairs))
    actors, gold_actors = (_rows(one, "actors") for one in (predicted, gold))
    _count(scores.actors, scores.actors_overlapping, actors, gold_actors, "role")
    pairs = _pairs(actors, gold_actors, _same_place)
    scores.roles.add(sum(one["role"] == other["role"] for one, other in pairs), len(pairs), len(pairs))
    drawn, gold_drawn = (_links(one) for one in (predicted, gold))
    scores.relations.add(len(drawn & gold_drawn), len(drawn), len(gold_drawn))


def _count(exact: Measure, overlapping: Measure, ours: Sequence[Row], theirs: Sequence[Row], label: str) -> None:
    for measure, same in ((exact, _same_place), (overlapping, _overlap)):
        right = 0
        for name in {row[label] for row in ours}:
            mine, gold = ([row for row in rows if row[label] == name] for rows in (ours, theirs))
            right += len(_pairs(mine, gold, same))
        measure.add(right, len(ours), len(theirs))


def _rows(article: Row, table: str) -> list[Row]:
    rows: list[Row] = list(article.get(table) or ())
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _same_place(one: Row, other: Row) -> bool:
    return bool((one["start"], one["end"]) == (other["start"], other["end"]))


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _pairs(ours: Sequence[Row], theirs: Sequence[Row], same: Callable[[Row, Row], bool]) -> list[tuple[Row, Row]]:
    """Pair spans one to one, both in the order of the text; those at the same place first."""
    left = list(theirs)
    found: list[tuple[Row, Row]] = []
    for alike in (_same_place, same):
        taken = {id(one) for one, _ in found}
        for one in ours:
            other = None if id(one) in taken else next((other for other in left if alike(one, other)), None)
            if other is not None:
                left.remove(other)
                found.append((one, other))
    return found


def _links(article: Row) -> set[tuple[str, Place, Place]]:
    places = {
        row["span_id"]: (row["start"], row["end"])
        for table in ("casualties", "actors")
        for row in _rows(article, table)
    }
    return {
        (one["kind"], places[one["head_span_id"]], places[one["tail_span_id"]])
        for one in article.get("relations") or ()
        if one["head_span_id"] in places and one["tail_span_id"] in places
    }

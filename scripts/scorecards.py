"""The figures of one tool on one set: what it found on each page, scored against the page's gold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from measures import (
    Counts,
    count_captions,
    count_day,
    count_leaks,
    count_segments,
    count_shingles,
    holds_caption,
    interval_of_f1,
    ratio,
    same_title,
    same_title_exactly,
    score_shingles,
    shares_name,
    word_f1,
)
from peers import Found
from rouge import rouge_l, rouge_lsum
from sets import Page

Figures = dict[str, float]


@dataclass(slots=True)
class Results:
    """Everything that one run measured: figures by tool and set, errors, pages a second and peak memory."""

    versions: dict[str, str]
    figures: dict[tuple[str, str], Figures] = field(default_factory=dict)
    errors: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    speed: dict[str, tuple[float, float]] = field(default_factory=dict)

    def get(self, peer: str, name: str, figure: str) -> float | None:
        """Give one figure, None where it was not measured."""
        return self.figures.get((peer, name), {}).get(figure)

    def pages_per_second(self, peer: str) -> float | None:
        """Give the speed of a tool, None where it was not measured."""
        return self.speed[peer][0] if peer in self.speed else None


def score(pages: Sequence[Page], found: Sequence[Found], gives: frozenset[str]) -> Figures:
    """
    Score a set. Shares are between 0 and 1; what the set has no gold for, or the tool does not give, is left out.

    ``n_*`` is how many pages, or captions, a figure is over; ``empty`` on how many pages the tool found no body.
    """
    pairs = list(zip(pages, found, strict=True))
    figures: Figures = {"n": len(pairs)}
    if "body" in gives:
        figures |= score_segments(pairs) | score_bodies(pairs)
    if "title" in gives:
        titles = [(one.title, page.gold.title) for page, one in pairs if page.gold.title]
        figures |= share("title", [same_title(*pair) for pair in titles])
        figures |= share("title_exact", [same_title_exactly(*pair) for pair in titles])
    if "authors" in gives:
        figures |= share(
            "byline", [shares_name(one.authors, page.gold.authors) for page, one in pairs if page.gold.authors]
        )
    if "day" in gives:
        figures |= score_days(pairs)
    if "captions" in gives:
        figures |= score_captions(pairs)
    return figures


def score_segments(pairs: Sequence[tuple[Page, Found]]) -> Figures:
    """Score bodies by segments, where the set has them."""
    scored = [(page.gold, one) for page, one in pairs if page.gold.segments]
    if not scored:
        return {}
    counts = sum((count_segments(one.body, gold.segments, gold.foreign) for gold, one in scored), Counts())
    return {
        "body": counts.f1,
        "body_precision": counts.precision,
        "body_recall": counts.recall,
        "body_accuracy": counts.accuracy,
        "empty": sum(not one.body.strip() for _, one in scored),
    }


def score_bodies(pairs: Sequence[tuple[Page, Found]]) -> Figures:
    """Score bodies against whole ones: by shingles, as published, and by words and ROUGE beside it."""
    texts = [(one.body, page.gold.body) for page, one in pairs if page.gold.body is not None]
    if not texts:
        return {}
    counts = [count_shingles(*pair) for pair in texts]
    scores = score_shingles(counts)
    leaks = [count_leaks(one.body, page.gold.body or "", page.gold.captions or ()) for page, one in pairs]
    figures = {
        "body": scores.f1,
        "body_precision": scores.precision,
        "body_recall": scores.recall,
        "body_interval": interval_of_f1(counts),
        "words": fmean(word_f1(*pair) for pair in texts),
        "rouge_l": fmean(rouge_l(*pair) for pair in texts),
        "rouge_lsum": fmean(rouge_lsum(*pair) for pair in texts),
        "empty": sum(not body.strip() for body, _ in texts),
    }
    leaked, captions = map(sum, zip(*leaks, strict=True))
    return figures | ({"leak": leaked / captions, "n_leak": captions} if captions else {})


def score_days(pairs: Sequence[tuple[Page, Found]]) -> Figures:
    """Score the day of publication."""
    days = [(one.day, page.gold.day) for page, one in pairs if page.gold.day]
    if not days:
        return {}
    counts = sum((count_day(*pair) for pair in days), Counts())
    return {
        "day": counts.accuracy,
        "day_precision": counts.precision,
        "day_recall": counts.recall,
        "day_f1": counts.f1,
        "n_day": len(days),
    }


def score_captions(pairs: Sequence[tuple[Page, Found]]) -> Figures:
    """Score captions where the gold looks for images; and again taking a caption that holds another as the same."""
    scored = [(one.captions, page.gold.captions) for page, one in pairs if page.gold.captions is not None]
    if not scored:
        return {}
    strict = sum((count_captions(*pair) for pair in scored), Counts())
    holding = sum((count_captions(*pair, holds_caption) for pair in scored), Counts())
    return {
        "caption_recall": strict.recall,
        "caption_precision": strict.precision,
        "held_caption_recall": holding.recall,
        "held_caption_precision": holding.precision,
        "n_caption": strict.tp + strict.fn,
    }


def share(name: str, right: Sequence[bool]) -> Figures:
    """Give the share of pages on which something is right, and of how many."""
    return {name: ratio(sum(right), len(right)), f"n_{name}": len(right)} if right else {}

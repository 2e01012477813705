"""Spans as labels of tokens and back, for training and using token classifiers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from tollwire.contracts.contract import read_contracts
from tollwire.problems import Problem, UsageError

Layer = Literal["casualties", "actors", "both"]
LABELLED_BY = {"casualties": "harm", "actors": "role"}  # the column that a token is labelled with
IGNORED = -100  # the label of special tokens: what PyTorch's cross entropy passes over
OUTSIDE = "O"
Article = Mapping[str, Any]


@cache
def bio_labels(layer: Layer = "both") -> tuple[str, ...]:
    """Give the names of the labels, whose places are their numbers: O, and B- and I- of each harm and role."""
    names = [name for table in _tables(layer) for name in _vocabulary(LABELLED_BY[table])]
    return (OUTSIDE, *(f"{part}-{name}" for name in names for part in "BI"))


def to_bio(article: Article, tokenizer: Any, layer: Layer = "both", **options: Any) -> dict[str, Any]:
    """
    Tokenize an article, with a BIO label for each token, as the article comes from ``load_dataset``.

    A token is in a span when it has a character of it. Where spans overlap the longest is labelled, of equal ones the
    one that starts first, of those a casualty figure; so of nested spans the inner one is left out. To have all, make
    one layer of ``casualties`` and one of ``actors``, which seldom overlap among themselves.

    ``options`` go to the tokenizer, e.g. ``truncation=True, max_length=512``. With ``return_overflowing_tokens=True``
    each value is a list, one item a window.

    Returns:
        What the tokenizer gives, with ``labels``: numbers in ``bio_labels(layer)``, -100 for special tokens.

    Raises:
        UsageError: the tokenizer is not a fast one, which alone knows where its tokens are; or the text is withheld.
    """
    if not getattr(tokenizer, "is_fast", False):
        fix = "load it with use_fast=True, or take a model that has one"
        raise UsageError(Problem("tokenizer", "slow-tokenizer", "it does not tell where its tokens are", fix))
    text = article["text"]
    if text is None:
        fix = "put it back with `tollwire hydrate`, or leave out articles that are withheld"
        raise UsageError(Problem(str(article["article_id"]), "withheld-text", "it has no text", fix))
    options = {**options, "return_offsets_mapping": True, "return_special_tokens_mask": True}
    encoded = dict(tokenizer(text, **options))
    spans = list(flat_spans(article, layer))
    numbers = {name: number for number, name in enumerate(bio_labels(layer))}
    offsets, special = encoded["offset_mapping"], encoded["special_tokens_mask"]
    if offsets and isinstance(offsets[0], list):
        labels: list[Any] = [_labels(*one, spans, numbers) for one in zip(offsets, special, strict=True)]
    else:
        labels = _labels(offsets, special, spans, numbers)
    return {**encoded, "labels": labels}


def _tables(layer: Layer) -> tuple[str, ...]:
    if layer not in (*LABELLED_BY, "both"):
        fix = f"use one of {', '.join(LABELLED_BY)}, both"
        raise UsageError(Problem("layer", "unknown-layer", f'there is no layer "{layer}"', fix))
    return tuple(LABELLED_BY) if layer == "both" else (layer,)


def flat_spans(article: Article, layer: Layer = "both") -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of spans of which no two overlap, in text order, by the rule of ``to_bio``."""
    spans = [
        (one["start"], one["end"], label_name(one[LABELLED_BY[table]], LABELLED_BY[table]), order)
        for order, table in enumerate(_tables(layer))
        for one in article[table]
    ]
    kept: list[tuple[int, int, str]] = []
    for start, end, label, _ in sorted(spans, key=lambda one: (one[0] - one[1], one[0], one[3])):
        if all(end <= first or last <= start for first, last, _ in kept):
            kept.append((start, end, label))
    yield from sorted(kept)


def label_name(value: int | str, vocabulary: str) -> str:
    """Give the name of a class: ``load_dataset`` gives its number, the Parquet files its name."""
    return _vocabulary(vocabulary)[value] if isinstance(value, int) else value


@cache
def _vocabulary(name: str) -> tuple[str, ...]:
    return tuple(read_contracts().labels.vocabulary(name))


def _labels(
    offsets: Sequence[tuple[int, int]],
    special: Sequence[int],
    spans: Sequence[tuple[int, int, str]],
    numbers: Mapping[str, int],
) -> list[int]:
    labels, place, last = [], 0, -1
    for (start, end), is_special in zip(offsets, special, strict=True):
        if is_special:
            labels.append(IGNORED)
            continue
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place < len(spans) and spans[place][0] < end and start < end:
            labels.append(numbers[f"{'I' if last == place else 'B'}-{spans[place][2]}"])
            last = place
        else:
            labels.append(numbers[OUTSIDE])
    return labels


def from_bio(
    offsets: Iterable[tuple[int, int]], labels: Iterable[int], layer: Layer = "both"
) -> list[tuple[int, int, str]]:
    """
    Make spans (start, end, label) of the labels of tokens, e.g. of what a classifier predicts.

    ``offsets`` are the tokenizer's offset_mapping. A span goes from the first character of its first token to the last
    of its last. An I- that follows no token of its label begins a span (as conlleval reads it).
    """
    names = bio_labels(layer)
    spans: list[tuple[int, int, str]] = []
    before = OUTSIDE
    for (start, end), number in zip(offsets, labels, strict=True):
        name = OUTSIDE if number == IGNORED else names[number]
        if name != OUTSIDE:
            label = name[2:]
            if name[0] == "I" and before[2:] == label:
                spans[-1] = (spans[-1][0], end, label)
            else:
                spans.append((start, end, label))
        before = name if number != IGNORED else before
    return spans

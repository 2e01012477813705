"""
Train the two classifiers of HTML blocks, body and caption, and print how good they are on outlets they have not seen.

The pages are the public sets that ``scripts/sets.py`` reads; folds are by outlet, in both sets the same.
"""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from boosting import fit, write_trees
from measures import (
    WORD_OR_CHARACTER,
    Counts,
    count_captions,
    count_leaks,
    count_segments,
    count_shingles,
    same_caption,
    score_shingles,
    squeeze,
)
from numpy.typing import NDArray
from sets import FOLDS, SETS, Gold, Page, fold_of

from tollwire.corpus.charset import utf8
from tollwire.corpus.credits import split_credit
from tollwire.corpus.extract import NoArticle
from tollwire.corpus.headline import headline
from tollwire.corpus.html_blocks import parse_html, read_blocks
from tollwire.corpus.html_classifier import features_of, matrix
from tollwire.corpus.html_context import IS_HEADING
from tollwire.corpus.html_verdicts import IS_CAPTION
from tollwire.corpus.site_names import letters
from tollwire.corpus.sources import UNKNOWN_SOURCE
from tollwire.corpus.statements import read_statements
from tollwire.corpus.trees import WEIGHTS, Trees

RUN = 3  # words of the runs by which a block is found in the gold body
IN_GOLD, NOT_IN_GOLD = 0.75, 0.35  # share of a block's runs from which it is body, and up to which it is not
PAGE_WEIGHT, SEGMENT_WEIGHT = 30.0, 0.8  # of the body of a page with a gold body, and of one labelled segment
NOTE = (
    "Trained by scripts/train_html.py on the {kind} of Fundus' parser test pages (258 pages of 181 outlets){also}. "
    "Numbers only: no text of any page."
)


@dataclass(slots=True)
class Example:
    """One page: its blocks as the classifier sees them, with labels (NaN where the gold does not say)."""

    name: str
    outlet: str
    fold: int
    gold: Gold
    texts: list[str]
    features: tuple[str, ...]
    rows: NDArray[np.float32]
    body: NDArray[np.float32]
    caption: NDArray[np.float32]
    weight: NDArray[np.float32]


def main() -> None:
    """Print the scores of outlets left out, then train on all pages and write the weights; or write those of folds."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--folds", type=Path, help="write the weights that each fold of outlets left out gives here")
    given = parser.parse_args()
    jobs = [(one.name, page) for one in SETS if one.name in ("TRAF", "FP") and one.find() for page in one.load()]
    if {name for name, _ in jobs} != {"TRAF", "FP"}:
        raise SystemExit("the sets TRAF and FP are not here: set TOLLWIRE_SHARED to the folder that has them")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        examples = [one for one in pool.map(example, jobs, chunksize=20) if one is not None]
    if given.folds:
        for fold in range(FOLDS):
            left_out = {one.outlet for one in examples if one.fold == fold}
            write(given.folds / str(fold), [one for one in examples if one.outlet not in left_out])
        return
    print_scores(examples, judged(examples, "body"), judged(examples, "caption"))
    write(WEIGHTS, examples)


def write(folder: Path, examples: list[Example]) -> None:
    """Train both classifiers and write their weights."""
    for kind, also in (("body", " and the segments of trafilatura's evaluation pages (990)"), ("caption", "")):
        note = NOTE.format(kind=kind, also=also)
        write_trees(folder / f"html_{kind}.json", examples[0].features, trained(examples, kind), note)


def example(job: tuple[str, Page]) -> Example | None:
    """Describe and label the blocks of one page; None for a page without any."""
    name, page = job
    try:
        tree = parse_html(utf8(page.raw, "html"))
    except NoArticle:
        return None
    statements, blocks = read_statements(tree), read_blocks(tree)
    if not blocks.blocks:
        return None
    seen, columns = features_of(blocks, headline(blocks.headings, statements, UNKNOWN_SOURCE), statements)
    texts = [blocks.blocks[place].text for place in seen.tolist()]
    features = tuple(columns)
    body, caption, weight = labels(texts, page.gold)
    outlet = site(page, statements.tags.get("og:url", ""))
    return Example(
        name, outlet, fold_of(page.outlet), page.gold, texts, features, matrix(columns, features), body, caption, weight
    )


def site(page: Page, url: str) -> str:
    """Name the outlet in the same way in both sets: the main part of its host, so that no fold has it on both sides."""
    host = url.partition("//")[2].partition("/")[0] or page.outlet
    parts = host.lower().split(":")[0].removeprefix("www.").split(".")
    short = len(parts) > 2 and len(parts[-2]) <= 3
    return parts[-3] if short else parts[-2] if len(parts) > 1 else host.lower()


def words_of(text: str) -> list[str]:
    """List the words of a text, single characters in scripts without spaces."""
    return WORD_OR_CHARACTER.findall(text.casefold())


def labels(texts: list[str], gold: Gold) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Label each block, body and caption, and weigh it; by its runs of words in the gold body, or by its segments."""
    body = np.full(len(texts), np.nan, dtype=np.float32)
    caption = np.full(len(texts), np.nan, dtype=np.float32)
    if gold.body is None:
        for segment in gold.segments:
            hits = [number for number, text in enumerate(texts) if squeeze(segment) in text]
            if len(hits) <= 2:
                body[hits] = 1
        for segment in gold.foreign:
            for number, text in enumerate(texts):
                if squeeze(segment) in text and body[number] != 1:
                    body[number] = 0
        return body, caption, np.full(len(texts), SEGMENT_WEIGHT, dtype=np.float32)
    lines = {letters(line) for line in gold.body.split("\n")}
    runs = set(runs_of(words_of(gold.body)))
    for number, text in enumerate(texts):
        own = runs_of(words_of(text))
        share = sum(run in runs for run in own) / len(own) if len(own) > 2 else 0.0
        share = 0.0 if share < NOT_IN_GOLD else 1.0 if share > IN_GOLD else share
        body[number] = 1.0 if letters(text) in lines else share
    if gold.captions is not None:
        caption[:] = [any(is_caption(text, one) for one in gold.captions) for text in texts]
    weight = np.array([2 + len(words_of(text)) for text in texts], dtype=np.float32)
    total = float(weight[body > 0.5].sum())
    return body, caption, weight * (PAGE_WEIGHT / total if total else 0.0)


def runs_of(words: list[str]) -> list[tuple[str, ...]]:
    """List the runs of ``RUN`` words."""
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]


def is_caption(text: str, gold: str) -> bool:
    """Whether a block is a gold caption, perhaps with a credit after it."""
    held = len(letters(gold)) > 15 and letters(gold) in letters(text) and len(gold) > 0.5 * len(text)
    return held or same_caption(text, gold)


def trained(examples: list[Example], kind: str) -> dict[str, list]:
    """Fit one classifier; captions weigh alike, body by its words."""
    rows = np.concatenate([one.rows for one in examples])
    label = np.concatenate([getattr(one, kind) for one in examples])
    weight = np.concatenate([one.weight if kind == "body" else np.ones_like(one.weight) for one in examples])
    known = ~np.isnan(label) & (weight > 0)
    trees, depth, rate = (300, 4, 0.08) if kind == "body" else (200, 4, 0.08)
    return fit(rows[known], label[known], weight[known], trees, depth, rate)


def judged(examples: list[Example], kind: str) -> NDArray[np.float32]:
    """Judge every page by a classifier that has seen no page of its outlet; all blocks one after the other."""
    found: dict[int, NDArray[np.float32]] = {}
    outlet_fold = {one.outlet: fold_of(one.outlet) for one in examples}
    for fold in range(FOLDS):
        fitted = trained([one for one in examples if outlet_fold[one.outlet] != fold], kind)
        trees = Trees(
            examples[0].features,
            np.array(fitted["columns"], dtype=np.int32),
            np.array(fitted["borders"], dtype=np.float32),
            np.array(fitted["leaves"], dtype=np.float32),
            fitted["bias"],
        )
        found |= {
            number: trees.probabilities(one.rows)
            for number, one in enumerate(examples)
            if outlet_fold[one.outlet] == fold
        }
    return np.concatenate([found[number] for number in range(len(examples))])


def print_scores(examples: list[Example], body: NDArray[np.float32], caption: NDArray[np.float32]) -> None:
    """Print body and caption scores of pages whose outlet was left out, at several thresholds."""
    starts = np.cumsum([0, *(len(one.texts) for one in examples)])
    for least in (0.4, 0.45, 0.5, 0.55, 0.6):
        shingled, segments, captions, leaks, all_captions = [], Counts(), Counts(), 0, 0
        for number, one in enumerate(examples):
            bodies = body[starts[number] : starts[number + 1]]
            captioned = caption[starts[number] : starts[number + 1]]
            depicts = (captioned >= IS_CAPTION) & (captioned >= bodies)
            is_heading = one.rows[:, one.features.index("heading")] > 1
            is_body = ~depicts & (bodies >= np.where(is_heading, min(IS_HEADING, least), least))
            found = "\n".join(dict.fromkeys(text for text, kept in zip(one.texts, is_body, strict=True) if kept))
            if one.gold.body is None:
                segments += count_segments(found, one.gold.segments, one.gold.foreign)
                continue
            shingled.append(count_shingles(found, one.gold.body))
            if one.gold.captions is not None:
                depicted = (split_credit(t)[0] for t, c in zip(one.texts, depicts, strict=True) if c)
                captions += count_captions(filter(None, depicted), one.gold.captions)
                leaked, every = count_leaks(found, one.gold.body, one.gold.captions)
                leaks, all_captions = leaks + leaked, all_captions + every
        score = score_shingles(shingled)
        print(
            f"body from {least}: FP P {score.precision:.4f} R {score.recall:.4f} F1 {score.f1:.4f}; "
            f"TRAF P {segments.precision:.4f} R {segments.recall:.4f} F1 {segments.f1:.4f}; "
            f"captions R {captions.recall:.3f} P {captions.precision:.3f}, leak {leaks / max(all_captions, 1):.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()

"""Train the classifiers of the lines of page dumps, print their figures out of fold, and write their weights."""

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from boosting import fit, write_trees
from dump_pages import DUMPS, DumpPage, cut_short, read_pages, with_repeats, words_of
from numpy.typing import NDArray
from sets import FOLDS, fold_of

from tollwire.corpus.dump_model import CAPTION, FIRST, SECOND, TITLE, WORDS, WordScores, sorted_scores
from tollwire.corpus.line_features import FIRST_FEATURES, SECOND_FEATURES, Floats, first_features, second_features
from tollwire.corpus.line_table import IDEOGRAPH, SYLLABLE, character_classes
from tollwire.corpus.trees import Trees

SHARED = Path(os.environ.get("TOLLWIRE_SHARED", Path(__file__).parents[2] / "shared"))
LEAST_OUTLETS = 5  # that a word has to stand at, to tell furniture from body
MOST_WORDS = 600
MOST_CAPTION_WORDS = 100
LEAST_CAPTIONS = 3  # outlets that have a word in a caption
LARGEST_SCORE = 3.0
SEED = 1
CUT_SHORT = 0.4  # what a page cut short counts: F1 out of fold .930, .928 where it counts as much as a whole one
NOTE = (
    "Trained by scripts/train_dumps.py on fundus_dumps: 258 pages of 181 outlets in about 21 languages, rendered as "
    "plain text by html_text, with the bodies and captions that Fundus' parsers give."
)
FIRST_LOOK = {"trees": 80, "depth": 4, "rate": 0.12}
SECOND_LOOK = {"trees": 70, "depth": 4, "rate": 0.1}
CAPTIONS = {"trees": 50, "depth": 4, "rate": 0.12}
TITLES = {"trees": 40, "depth": 4, "rate": 0.15}
Words = tuple[dict[str, float], dict[str, float]]
Counts = NDArray[np.int32] | NDArray[np.float64]
LETTERS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The outlets that have each word in body, furniture and captions: counts of shape (fold, 3, words)."""

    words: tuple[str, ...]
    counts: NDArray[np.int32]

    def scores(self, left_out: set[int]) -> Words:
        """Give the words that tell furniture from body, and captions from all else, learnt without some folds."""
        kept = [fold for fold in range(FOLDS) if fold not in left_out]
        body, furniture, captions = self.counts[kept].sum(axis=0)
        return (
            self._best(furniture, body, MOST_WORDS),
            self._best(captions * body.sum() / captions.sum(), body, MOST_CAPTION_WORDS, captions >= LEAST_CAPTIONS),
        )

    def _best(
        self, ours: Counts, theirs: Counts, most: int, enough: NDArray[np.bool_] | None = None
    ) -> dict[str, float]:
        odds = np.clip(np.log((ours + 0.5) / (theirs + 0.5)), -LARGEST_SCORE, LARGEST_SCORE)
        enough = ours + theirs >= LEAST_OUTLETS if enough is None else enough & (odds > 0)
        worth = np.where(enough, np.abs(odds) * np.sqrt(ours + theirs), 0.0)
        best = np.argsort(-worth, kind="stable")[:most]
        return {self.words[place]: round(float(odds[place]), 1) for place in best if worth[place]}


def main() -> None:
    """Print the figures out of fold, then train on everything and write it; or write the weights of each fold."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--folds", type=Path, help="write the weights that each fold of outlets left out gives here")
    given = parser.parse_args()
    if not (SHARED / DUMPS).exists():
        sys.exit(f"{DUMPS} is not in {SHARED}; set TOLLWIRE_SHARED to the folder that has it")
    pages = read_pages(SHARED)
    folds = np.array([fold_of(page.outlet) for page in pages])
    vocabulary = read_vocabulary(pages, folds)
    if given.folds:
        for fold in range(FOLDS):
            write_all(fit_all(pages, folds, vocabulary, {fold}), given.folds / str(fold))
        return
    print_figures(pages, folds, vocabulary)
    write_all(fit_all(pages, folds, vocabulary, set()), WORDS.parent)


def read_vocabulary(pages: Sequence[DumpPage], folds: NDArray[np.int64]) -> Vocabulary:
    """Count the outlets of each fold that have a word in the body, in furniture, and in captions."""
    said: dict[tuple[int, str, int], set[str]] = {}
    for page, fold in zip(pages, folds.tolist(), strict=True):
        for line, body, caption in zip(page.table.lines, page.body, page.caption, strict=True):
            kind = 0 if body > 0.5 else 2 if caption else 1
            said.setdefault((fold, page.outlet, kind), set()).update(telling_words(line))
    words = tuple(sorted(set().union(*said.values())))
    numbers = {word: number for number, word in enumerate(words)}
    counts = np.zeros((FOLDS, 3, len(words)), np.int32)
    for (fold, _, kind), found in said.items():
        counts[fold, kind, [numbers[word] for word in found]] += 1
    return Vocabulary(words, counts)


def telling_words(line: str) -> set[str]:
    """List the words of a line that have a hash: three letters or more, or pairs where a script has no spaces."""
    kinds = character_classes()[[min(ord(one), 0xFFFF) for one in line]]
    alone = (kinds == IDEOGRAPH) | (kinds == SYLLABLE)
    pairs = {line[place : place + 2] for place in np.flatnonzero(alone[:-1] & alone[1:]).tolist()}
    return pairs | {word for word in LETTERS.findall(line.lower()) if not alone.any()}


def weigh(page: DumpPage) -> NDArray[np.float32]:
    """Weigh the lines by the root of their words; every page counts the same, as it does in the score."""
    words = np.sqrt(page.table.words)
    return (10 * page.weight * words / max(words.sum(), 1)).astype(np.float32)


def fit_rounded(rows: Floats, labels: Floats, weights: Floats, size: dict[str, float]) -> dict[str, Any]:
    """Fit trees and round what their leaves add to two decimals: the file is a third smaller, the figures the same."""
    fitted = fit(rows, labels, weights, **size)
    return {**fitted, "leaves": np.round(fitted["leaves"], 2).tolist()}


def as_trees(features: tuple[str, ...], fitted: dict[str, Any]) -> Trees:
    """Make what was fitted predict, as the package will."""
    return Trees(
        features,
        np.array(fitted["columns"], np.int32),
        np.array(fitted["borders"], np.float32),
        np.array(fitted["leaves"], np.float32),
        fitted["bias"],
    )


def look(page: DumpPage, scores: WordScores) -> Floats:
    """Measure a page with the words that tell furniture learnt elsewhere."""
    return first_features(page.table, page.gaps, scores.of(page.table.word_hash))


@dataclass(slots=True)
class Fitted:
    """What was fitted on some folds; the classifiers as ``fit`` gives them."""

    words: Words
    first: dict[str, Any]
    second: dict[str, Any]
    caption: dict[str, Any]
    title: dict[str, Any]

    def judge(self, page: DumpPage) -> tuple[Floats, Floats, Floats]:
        """Give the probabilities of body, of caption and of headline for the lines of a page."""
        features = look(page, sorted_scores(*self.words))
        found = as_trees(FIRST_FEATURES, self.first).probabilities(features)
        features = second_features(page.table, features, found)
        second, caption, title = (
            as_trees(SECOND_FEATURES, one).probabilities(features) for one in (self.second, self.caption, self.title)
        )
        return second, caption, title


def fit_all(pages: Sequence[DumpPage], folds: NDArray[np.int64], vocabulary: Vocabulary, left_out: set[int]) -> Fitted:
    """
    Fit everything on all folds but those left out.

    Each page is measured with words, and looked at again with a first look, that were learnt without its own fold:
    the classifiers are to meet pages of outlets that were never seen.
    """
    used = [fold for fold in range(FOLDS) if fold not in left_out]
    chance = np.random.default_rng(SEED)
    by_fold: dict[int, list[DumpPage]] = {fold: [] for fold in used}
    for page, fold in zip(pages, folds.tolist(), strict=True):
        if fold in by_fold:
            by_fold[fold] += [page, replace(cut_short(page, chance), weight=CUT_SHORT)]
    measured = {}
    for fold in used:
        scores = sorted_scores(*vocabulary.scores(left_out | {fold}))
        measured[fold] = [look(page, scores) for page in by_fold[fold]]
    kept = [page for fold in used for page in by_fold[fold]]
    weights = np.concatenate([weigh(page) for page in kept])
    body = np.concatenate([page.body for page in kept])
    second = []
    for fold in used:
        others = [one for one in used if one != fold]
        fitted = fit_rounded(
            np.concatenate([rows for one in others for rows in measured[one]]),
            np.concatenate([page.body for one in others for page in by_fold[one]]),
            np.concatenate([weigh(page) for one in others for page in by_fold[one]]),
            FIRST_LOOK,
        )
        trees = as_trees(FIRST_FEATURES, fitted)
        for page, rows in zip(by_fold[fold], measured[fold], strict=True):
            second.append(second_features(page.table, rows, trees.probabilities(rows)))
    rows = np.concatenate(second)
    return Fitted(
        vocabulary.scores(left_out),
        fit_rounded(np.concatenate([one for fold in used for one in measured[fold]]), body, weights, FIRST_LOOK),
        fit_rounded(rows, body, weights, SECOND_LOOK),
        fit_rounded(rows, np.concatenate([page.caption for page in kept]), weights, CAPTIONS),
        fit_rounded(rows, np.concatenate([page.headline for page in kept]), weights, TITLES),
    )


def print_figures(pages: Sequence[DumpPage], folds: NDArray[np.int64], vocabulary: Vocabulary) -> None:
    """Print the body's scores at several thresholds, and the captions' recall and precision, out of fold."""
    judged: dict[str, tuple[Floats, Floats, Floats]] = {}
    for fold in range(FOLDS):
        fitted = fit_all(pages, folds, vocabulary, {fold})
        judged |= {page.id: fitted.judge(page) for page, one in zip(pages, folds, strict=True) if one == fold}
    print_body(pages, {key: body for key, (body, _, _) in judged.items()})
    several = {page.id: repeated for page, repeated in with_repeats(pages)}
    knowing = [page for page in pages if page.id in several]
    print(f"the {len(knowing)} pages of outlets that have several, alone:")
    print_body(knowing, {key: body for key, (body, _, _) in judged.items()})
    print("and without the lines that another page of the outlet has:")
    print_body(knowing, {key: np.where(repeated, 0, judged[key][0]) for key, repeated in several.items()})
    print_captions(pages, {key: caption for key, (_, caption, _) in judged.items()})
    first = [words_of(page.table.lines[int(np.argmax(judged[page.id][2]))]) == words_of(page.title) for page in pages]
    print(f"headlines: {np.mean(first):.3f} right; on the page {np.mean([page.headline.any() for page in pages]):.3f}")


def print_body(pages: Sequence[DumpPage], judged: dict[str, Floats]) -> None:
    """Print precision, recall and F1 of runs of four words over the pages, for some thresholds."""
    for least in (0.35, 0.4, 0.45, 0.5, 0.55):
        shared, found, wanted = [], [], []
        for page in pages:
            kept = [line for line, one in zip(page.table.lines, judged[page.id], strict=True) if one >= least]
            ours, gold = runs("\n".join(kept)), runs(page.gold)
            shared.append((ours & gold).total())
            found.append(ours.total())
            wanted.append(gold.total())
        precision = np.mean([one / all_ for one, all_ in zip(shared, found, strict=True) if all_])
        recall = np.mean([one / all_ for one, all_ in zip(shared, wanted, strict=True) if all_])
        f1 = 2 * precision * recall / (precision + recall)
        print(f"body, from {least}: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}", flush=True)


def runs(text: str) -> Counter[tuple[str, ...]]:
    """
    Count the runs of four words of a text.

    Source: scrapinghub/article-extraction-benchmark, evaluate.py.
    """
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)) if words)


def print_captions(pages: Sequence[DumpPage], judged: dict[str, Floats]) -> None:
    """Print how many of the lines that are captions are found, and how many of those found are."""
    for least in (0.3, 0.4, 0.5):
        found = np.concatenate([judged[page.id] >= least for page in pages])
        wanted = np.concatenate([page.caption > 0 for page in pages])
        right = (found & wanted).sum()
        print(f"caption lines, from {least}: recall {right / wanted.sum():.3f}, precision {right / found.sum():.3f}")


def write_all(fitted: Fitted, folder: Path) -> None:
    """Write the weights into a folder, each file with its note."""
    folder.mkdir(parents=True, exist_ok=True)
    note = f"{NOTE} Log-odds of standing in furniture and not in body, and in captions and not elsewhere."
    stored = {"note": note, "furniture": fitted.words[0], "captions": fitted.words[1]}
    (folder / WORDS.name).write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    write_trees(folder / FIRST.name, FIRST_FEATURES, fitted.first, NOTE)
    write_trees(folder / SECOND.name, SECOND_FEATURES, fitted.second, NOTE)
    write_trees(folder / CAPTION.name, SECOND_FEATURES, fitted.caption, NOTE)
    write_trees(folder / TITLE.name, SECOND_FEATURES, fitted.title, NOTE)
    for path in (WORDS, FIRST, SECOND, CAPTION, TITLE):
        print(f"{path.name}: {(folder / path.name).stat().st_size} bytes")


if __name__ == "__main__":
    main()

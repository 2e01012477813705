"""Score bodies, titles, people, days and captions against gold, each set in the scheme that it was published with."""

import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\w+")
SPACE = re.compile(r"\s+")
# Scripts that put no spaces between words are counted by character: kana, Han, Thai.
WORD_OR_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|\w+")
LEAST_TITLE_SHARE = 0.95  # with it the peers' known figures on the Fundus pages come out, to half a point
LEAST_CAPTION_SHARE = 0.8  # of the longer text, or F1 of words: the same caption with another credit


@dataclass(frozen=True, slots=True)
class Counts:
    """A confusion matrix: right, wrong, missed, and rightly left out."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    tn: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.tn + other.tn)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of what is right that was found."""
        return ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    @property
    def accuracy(self) -> float:
        """Share of all decisions that are right."""
        return ratio(self.tp + self.tn, self.tp + self.fp + self.fn + self.tn)


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1 over the pages of a set, each between 0 and 1."""

    precision: float
    recall: float
    f1: float


def ratio(part: float, whole: float) -> float:
    """Divide; nothing of nothing is 0."""
    return part / whole if whole else 0.0


def squeeze(text: str) -> str:
    """Make every run of white space one space."""
    return SPACE.sub(" ", text).strip()


def count_segments(found: str, segments: Iterable[str], foreign: Iterable[str]) -> Counts:
    """
    Count the segments that stand in what was found, and those that should not and do; white space does not matter.

    Source: trafilatura, tests/eval_common.py, ``count_item``; summed over the pages of the set.
    """
    text = squeeze(found)
    wanted = [squeeze(one) in text for one in segments]
    unwanted = [squeeze(one) in text for one in foreign]
    return Counts(sum(wanted), sum(unwanted), len(wanted) - sum(wanted), len(unwanted) - sum(unwanted))


def shingles(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    """Count the runs of ``length`` words of a text; a shorter text is one run."""
    words = WORD.findall(text)
    starts = range(max(1, len(words) - length + 1))
    return Counter(run for start in starts if (run := tuple(words[start : start + length])))


def count_shingles(found: str, gold: str) -> Counts:
    """Count the shingles that two texts share, and those that only one has."""
    ours, theirs = shingles(found), shingles(gold)
    common = (ours & theirs).total()
    return Counts(common, ours.total() - common, theirs.total() - common)


def score_shingles(pages: Sequence[Counts]) -> Scores:
    """
    Mean precision over the pages where something was found, mean recall over those with a body, and F1 of both.

    Source: scrapinghub/article-extraction-benchmark, evaluate.py. The counts that it divides by the length of the page
    give the same precision and recall of that page.
    """
    precision = _mean([1.0 if page.fp == page.fn == 0 else page.precision for page in pages if page.tp + page.fp])
    recall = _mean([1.0 if page.fp == page.fn == 0 else page.recall for page in pages if page.tp + page.fn])
    return Scores(precision, recall, ratio(2 * precision * recall, precision + recall))


def interval_of_f1(pages: Sequence[Counts], resamples: int = 1000, seed: int = 0) -> float:
    """
    Half the width of the 95 % interval of the F1 of ``score_shingles``, by bootstrap over pages.

    Source: scrapinghub/article-extraction-benchmark, evaluate.py; the seed is ours, so that a run can be repeated.
    """
    chance = random.Random(seed)
    values = [score_shingles(chance.choices(pages, k=len(pages))).f1 for _ in range(resamples)]
    return 1.96 * statistics.stdev(values)


def word_f1(found: str, gold: str) -> float:
    """F1 of the words of two texts as multisets, letter case ignored."""
    ours = Counter(WORD_OR_CHARACTER.findall(found.casefold()))
    theirs = Counter(WORD_OR_CHARACTER.findall(gold.casefold()))
    return ratio(2 * (ours & theirs).total(), ours.total() + theirs.total())


def same_caption(found: str, gold: str) -> bool:
    """Whether two captions are one: one holds the other and is hardly longer, or nearly all words are shared."""
    ours, theirs = _words(found), _words(gold)
    shorter, longer = sorted((ours, theirs), key=len)
    if shorter in longer and len(shorter) >= LEAST_CAPTION_SHARE * len(longer):
        return bool(shorter)
    return word_f1(ours, theirs) >= LEAST_CAPTION_SHARE


def holds_caption(found: str, gold: str) -> bool:
    """Whether one of two captions holds the other, whatever else it says: a credit, or the sentence after it."""
    ours, theirs = _words(found), _words(gold)
    return bool(ours and theirs) and (ours in theirs or theirs in ours or same_caption(found, gold))


def count_captions(
    found: Iterable[str], gold: Iterable[str], is_same: Callable[[str, str], bool] = same_caption
) -> Counts:
    """
    Count the captions of a page that were found, that are none, and that were missed.

    A caption given twice counts once, and each caption of one side answers to one of the other.
    """
    ours, missed = list(dict.fromkeys(map(squeeze, found))), list(dict.fromkeys(map(squeeze, gold)))
    matched = 0
    for caption in ours:
        partner = next((one for one in missed if is_same(caption, one)), None)
        if partner is not None:
            missed.remove(partner)
            matched += 1
    return Counts(matched, len(ours) - matched, len(missed))


def count_leaks(body: str, gold_body: str, captions: Iterable[str]) -> tuple[int, int]:
    """Count the gold captions that stand in the body found and not in the gold body, then all of them."""
    ours, theirs = squeeze(body), squeeze(gold_body)
    texts = [text for one in captions if (text := squeeze(one))]
    return sum(text in ours and text not in theirs for text in texts), len(texts)


def count_day(found: str | None, gold: str) -> Counts:
    """
    Count a day of publication: the exact day is right, another is wrong, none is missed.

    Source: htmldate, tests/evaluation.py.
    """
    if not found:
        return Counts(fn=1)
    return Counts(tp=1) if found[:10] == gold else Counts(fp=1)


def same_title(found: str | None, gold: str) -> bool:
    """Whether two titles differ by no more than a particle or a sign: 95 % of their words' characters are alike."""
    ours, theirs = _words(found), _words(gold)
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= LEAST_TITLE_SHARE


def same_title_exactly(found: str | None, gold: str) -> bool:
    """Whether two titles have the same words, letter case and punctuation aside."""
    return _words(found) == _words(gold)


def shares_name(found: Iterable[str], gold: Iterable[str]) -> bool:
    """Whether one of the people found is one of those in the gold, letter case and punctuation aside."""
    return not {_words(one) for one in gold}.isdisjoint(filter(None, map(_words, found)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _words(text: str | None) -> str:
    return " ".join(WORD.findall((text or "").casefold()))

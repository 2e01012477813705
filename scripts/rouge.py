"""ROUGE-L and ROUGE-LSum, with words of every script, in time that long pages allow."""

from collections import Counter
from collections.abc import Sequence

from measures import WORD_OR_CHARACTER, ratio


def rouge_l(found: str, gold: str) -> float:
    """
    F1 of the longest common subsequence of words, ROUGE-L.

    Source: C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004). Words here are those of every
    script, where google's rouge_score knows a-z and 0-9 alone; on English the two agree.
    """
    ours, theirs = _rouge_words(found), _rouge_words(gold)
    return ratio(2 * _common_length(ours, theirs), len(ours) + len(theirs))


def rouge_lsum(found: str, gold: str) -> float:
    """
    F1 of the union of longest common subsequences, line by line of the gold: ROUGE-LSum.

    Source: Lin (2004), section 3.2; the clipping of words counted twice is that of google's rouge_score. It is the
    score of the comparison in "Fundus: A Simple-to-Use News Scraper" (2024).
    """
    ours = [words for line in found.split("\n") if (words := _rouge_words(line))]
    theirs = [words for line in gold.split("\n") if (words := _rouge_words(line))]
    left_found, left_gold = Counter(word for line in ours for word in line), Counter()
    for line in theirs:
        left_gold.update(line)
    sizes = left_found.total() + left_gold.total()
    hits = 0
    for line in theirs:
        for place in sorted(set().union(*(_common_places(line, other) for other in ours))):
            word = line[place]
            if left_found[word] > 0 and left_gold[word] > 0:
                hits += 1
                left_found[word] -= 1
                left_gold[word] -= 1
    return ratio(2 * hits, sizes)


def _rouge_words(text: str) -> list[str]:
    return WORD_OR_CHARACTER.findall(text.lower())


def _rows(first: Sequence[str], second: Sequence[str]) -> list[int]:
    """
    Rows of the table of common subsequences, one bit a word of ``second``, before the first word and after each.

    Source: H. Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): a zero bit is a step of the length, so a
    body of a thousand words takes a thousand operations on integers and not a million.
    """
    where: dict[str, int] = {}
    for place, word in enumerate(second):
        where[word] = where.get(word, 0) | 1 << place
    whole = (1 << len(second)) - 1
    rows = [whole]
    for word in first:
        row, match = rows[-1], where.get(word, 0)
        common = row & match
        rows.append((row + common | row - common) & whole)
    return rows


def _common_length(first: Sequence[str], second: Sequence[str]) -> int:
    return len(second) - _rows(first, second)[-1].bit_count()


def _common_places(first: Sequence[str], second: Sequence[str]) -> set[int]:
    """Places in ``first`` of one longest common subsequence with ``second``."""
    if not set(first) & set(second):
        return set()
    rows = _rows(first, second)
    places, row, column = set(), len(first), len(second)
    while row and column:
        if first[row - 1] == second[column - 1]:
            places.add(row - 1)
            row, column = row - 1, column - 1
        # Of several longest ones rouge_score takes that which this order finds, and the union depends on it.
        elif _length(rows[row], column - 1) > _length(rows[row - 1], column):
            column -= 1
        else:
            row -= 1
    return places


def _length(row: int, column: int) -> int:
    return column - (row & (1 << column) - 1).bit_count()

"""What tells the lines of an article from the rest of a page: one row of numbers for every line."""

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.line_table import (
    BAR,
    BRACKET,
    CASELESS,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    END,
    LOWER,
    OTHER,
    QUOTE,
    SIGN,
    UPPER,
    LineTable,
)

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
PROSE_WORDS = 8  # a line that ends like a sentence and has as many is prose, for a first idea of the vocabulary
NEXT, NEAR, MIDDLE, FAR = 1, 3, 5, 10  # lines to each side
REACHES = (NEXT, NEAR, MIDDLE, FAR)
LABEL = 3  # words that a label, a menu's line or a name has at most
SHORT = 5  # words below which a line is one of a list
TELLING = 0.7  # log-odds from which a word is one of furniture
MOST_LINES = 50  # farther than this is far
OFFSETS = (-3, -2, -1, 1, 2, 3)
SECOND_OFFSETS = (-4, -3, -2, -1, 1, 2, 3, 4)
FIRST_FEATURES = (
    "words", "letters_per_word", "capitalised", "upper", "digits", "commas", "quotes", "colons", "bars", "brackets",
    "dashes", "signs", "others", "sentences", "first_kind", "last_kind", "closing_kind", "is_sentence", "repeats",
    "place", "from_top", "from_end", "words_before", "words_after", "lines", "prose_share", "gap_above", "gap_below",
    "near_prose", "far_prose", "known_words", "word_frequency", "shared_with_first", "shared_with_headline",
    "from_headline", "prose_since", "prose_until", "short_run",
    *(f"words{offset:+d}" for offset in OFFSETS), *(f"is_sentence{offset:+d}" for offset in OFFSETS),
    "capitalised-1", "capitalised+1",
    "near_first", "far_first", "near_headline", "far_headline", "near_known", "far_known",
    "near_sentences", "near_capitalised", "near_figures", "near_labels",
    "furniture", "furniture_per_word", "furniture_most", "furniture_least", "furniture_words", "near_furniture",
    "caption_words", "caption_most", "near_caption", "covers_first", "beside_first",
    "copy", "to_last_copy", "to_next_copy", "repeated_prose",
)  # fmt: skip
SECOND_FEATURES = (
    *FIRST_FEATURES,
    "first", *(f"first{offset:+d}" for offset in SECOND_OFFSETS),
    "near_likely", "far_likely", "before_first", "after_first", "total_first", "known_first", "since_first",
    "until_first", "best_first", "block_first",
)  # fmt: skip


def windows(columns: Doubles) -> Doubles:
    """Sum columns (shape (columns, lines)) over the lines around each, itself left out: (reaches, columns, lines)."""
    height, count = columns.shape
    total = np.zeros((height, count + 2 * FAR + 1))
    np.cumsum(columns, axis=1, out=total[:, FAR + 1 : FAR + 1 + count])
    total[:, FAR + 1 + count :] = total[:, FAR + count, np.newaxis]
    sums = np.empty((len(REACHES), height, count))
    for number, reach in enumerate(REACHES):
        end, start = FAR + 1 + reach, FAR - reach
        np.subtract(total[:, end : end + count], total[:, start : start + count], out=sums[number])
    sums -= columns
    return sums


def beside(values: NDArray[np.generic], offsets: tuple[int, ...], outside: float) -> Floats:
    """Give for every line the values of the lines so far below it (above it where negative): (offsets, lines)."""
    reach, count = max(offsets), len(values)
    found = np.empty((len(offsets), count + 2 * reach), np.float32)
    found.fill(outside)
    for row, offset in zip(found, offsets, strict=True):
        row[reach - offset : reach - offset + count] = values
    return found[:, reach : reach + count]


def distances(marked: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give for every line how many lines above it, and below it, the next marked one stands (0 where it is one)."""
    places = np.arange(len(marked))
    above = places - np.maximum.accumulate(np.where(marked, places, -MOST_LINES))
    below = np.minimum.accumulate(np.where(marked, places, len(marked) + MOST_LINES)[::-1])[::-1] - places
    return np.minimum(above, MOST_LINES), np.minimum(below, MOST_LINES)


def known(table: LineTable, weights: Doubles) -> Doubles:
    """Give the share of each line's words that stand in other lines too, counted by the ``weights`` of these lines."""
    own = weights[table.word_line]
    total = np.bincount(table.word_id, own, len(table.word_hash))
    # A word that stands twice in one line counts itself once more; that is rare, and small.
    others = np.minimum(total[table.word_id] - own, 1.0)
    return np.bincount(table.word_line, others, len(table.lines)) / table.held


def first_features(table: LineTable, gaps: NDArray[np.bool_], scores: Doubles) -> Floats:
    """
    Give what each line is by itself and by what stands around it; columns are ``FIRST_FEATURES``.

    ``gaps`` marks the lines below an empty one; ``scores`` are log-odds of the page's vocabulary: of standing in
    furniture in the first row, in captions in the second.
    """
    count, words, held = len(table.lines), table.words, table.held
    length = np.maximum(table.length, 1)
    kinds = table.counts.T
    letters = np.maximum(kinds[UPPER] + kinds[LOWER] + kinds[CASELESS], 1)
    is_sentence = table.last == END
    is_prose = is_sentence & (words >= PROSE_WORDS)
    prose = np.where(is_prose, words, 0.0)
    until_here = np.cumsum(prose)
    total = until_here[-1] + 1.0
    known_words = known(table, is_prose.astype(np.float64))
    in_first, covered = _shared_with(table, 0)
    worth = known_words * np.sqrt(np.minimum(words, 15)) * (words >= LABEL) * ~is_prose
    headline = int(np.argmax(worth * (total - 1.0 - until_here > 0.5 * total)))
    in_headline, _ = _shared_with(table, headline)
    places = np.arange(count)
    since, until = distances(is_prose)
    capitalised = table.capitalised / words
    furniture, caption, most, least, depicted = _telling_words(table, scores)
    held_words = np.maximum(words, 1)
    around = windows(
        np.array(
            [
                prose, in_first * held_words, in_headline * held_words, known_words * held_words, held_words,
                table.sentences, capitalised, kinds[DIGIT] > 0.1 * table.length, words <= LABEL,
                furniture, caption, covered,
            ],
            dtype=np.float64,
        )
    )  # fmt: skip
    # How much of the words around a line, and of its own, are those of the first line, the headline, and the prose.
    own = np.array([in_first, in_headline, known_words]) * held_words
    near, far = ((around[reach, 1:4] + own) / (around[reach, 4] + held_words) for reach in (1, 3))
    copy, to_last, to_next = _copies(table)
    rows = [
        words, letters / words, capitalised, kinds[UPPER] / letters, kinds[DIGIT] / length, kinds[COMMA] / words,
        kinds[QUOTE], kinds[COLON], kinds[BAR], kinds[BRACKET], kinds[DASH], kinds[SIGN], kinds[OTHER],
        table.sentences, table.first, table.last, table.closing, is_sentence, table.repeats,
        places / count, places, count - places, (until_here - prose) / total, (total - 1.0 - until_here) / total,
        count, total / words.sum(), gaps, np.append(gaps[1:], True),
        around[1, 0], around[3, 0], known_words, _frequency(table), in_first, in_headline,
        places - headline, since, until, places - np.maximum.accumulate(np.where(words >= SHORT, places, -1)),
        *beside(words, OFFSETS, 0), *beside(is_sentence, OFFSETS, -1),
        *beside(capitalised, (-1, 1), -1),
        near[0], far[0], near[1], far[1], near[2], far[2],
        around[2, 5], around[1, 6], around[1, 7], around[2, 8],
        furniture, furniture / np.sqrt(held), most, least,
        np.bincount(table.word_line, scores[0, table.word_id] > TELLING, count) / held, around[1, 9],
        caption, depicted, around[0, 10], covered, around[0, 11],
        copy, to_last, to_next, (prose * (table.repeats > 1)).sum() / total,
    ]  # fmt: skip
    result = np.empty((len(rows), count), np.float32)
    for number, row in enumerate(rows):
        result[number] = row
    return result.T


def _shared_with(table: LineTable, line: int) -> tuple[Doubles, Doubles]:
    """Give the share of each line's words that one line of the page has, and the share of that one's that each has."""
    stands = np.zeros(len(table.word_hash))
    stands[table.word_id[table.word_line == line]] = 1.0
    shared = np.bincount(table.word_line, stands[table.word_id], len(table.lines))
    return shared / table.held, np.minimum(shared / table.held[line], 1.0)


def _frequency(table: LineTable) -> Doubles:
    """Give the mean logarithm of how often each line's words stand on the page."""
    often = np.log(np.maximum(np.bincount(table.word_id, minlength=len(table.word_hash)), 1))
    return np.bincount(table.word_line, often[table.word_id], len(table.lines)) / table.held


def _telling_words(table: LineTable, scores: Doubles) -> tuple[Doubles, Doubles, Doubles, Doubles, Doubles]:
    """Sum the scores of each line's words, for furniture and captions; then their most and least, and the captions'."""
    count = len(table.lines)
    most, least, caption_most = np.zeros((3, count))
    said, depicted = scores.take(table.word_id, axis=1)
    if len(said):
        # The words stand line by line, so that those of one line are one stretch.
        begins = np.empty(len(said), np.bool_)
        begins[0] = True
        np.not_equal(table.word_line[1:], table.word_line[:-1], out=begins[1:])
        starts = np.flatnonzero(begins)
        filled = table.word_line.take(starts)
        most[filled] = np.maximum(np.maximum.reduceat(said, starts), 0.0)
        least[filled] = np.minimum(np.minimum.reduceat(said, starts), 0.0)
        caption_most[filled] = np.maximum(np.maximum.reduceat(depicted, starts), 0.0)
    sums = (np.bincount(table.word_line, one, count) for one in (said, depicted))
    return *sums, most, least, caption_most  # type: ignore[return-value]


def _copies(table: LineTable) -> tuple[Doubles, Doubles, Doubles]:
    """Say which copy of a repeated line each is, and how far above and below it the next copies stand."""
    count = len(table.lines)
    number, since, until = np.zeros(count), np.full(count, float(MOST_LINES)), np.full(count, float(MOST_LINES))
    repeated = np.flatnonzero(table.repeats > 1)
    if len(repeated):
        ordered = repeated[np.argsort(table.line_id[repeated], kind="stable")]  # copy beside copy, from the top down
        ids = table.line_id[ordered]
        later = np.flatnonzero(ids[1:] == ids[:-1]) + 1
        ranks = np.arange(len(ordered))
        firsts = ranks.copy()
        firsts[later] = 0
        number[ordered] = ranks - np.maximum.accumulate(firsts)
        between = np.minimum(ordered[later] - ordered[later - 1], MOST_LINES)
        since[ordered[later]] = until[ordered[later - 1]] = between
    return number, since, until


def second_features(table: LineTable, first: Floats, found: Floats) -> Floats:
    """Add what the first look ``found`` (a probability for each line) around every line; see ``SECOND_FEATURES``."""
    likely = found.astype(np.float64)
    weighed = likely * table.words
    until_here = np.cumsum(weighed)
    total = until_here[-1] + 1.0
    since, until = distances(likely > 0.5)
    # The share of the text that the unbroken run of likely lines around a line has.
    stretches = np.cumsum(likely < 0.2)
    around = windows(weighed[np.newaxis])
    rows = [
        found, *beside(found, SECOND_OFFSETS, -0.1), around[1, 0], around[3, 0], (until_here - weighed) / total,
        1.0 - until_here / total, total, known(table, likely), since, until, likely.max(),
        np.bincount(stretches, weighed)[stretches] / total,
    ]  # fmt: skip
    result = np.empty((first.shape[1] + len(rows), len(found)), np.float32)
    result[: first.shape[1]] = first.T
    for number, row in enumerate(rows, first.shape[1]):
        result[number] = row
    return result.T

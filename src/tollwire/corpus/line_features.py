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
PROSE_WORDS = 8  # a line that ends like a sentence and has as many is prose, for a first idea of the vocabulary
NEAR, MIDDLE, FAR = 3, 5, 10  # lines to each side
LABEL = 3  # words that a label, a menu's line or a name has at most
TELLING = 0.7  # log-odds from which a word is one of furniture
MOST_LINES = 50  # farther than this is far
FIRST_FEATURES = (
    "words", "letters_per_word", "capitalised", "upper", "digits", "commas", "quotes", "colons", "bars", "brackets",
    "dashes", "signs", "others", "sentences", "first_kind", "last_kind", "closing_kind", "is_sentence", "repeats",
    "place", "from_top", "from_end", "words_before", "words_after", "lines", "prose_share", "gap_above", "gap_below",
    "near_prose", "far_prose", "known_words", "word_frequency", "shared_with_first", "shared_with_headline",
    "from_headline", "prose_since", "prose_until", "share", "short_run",
    *(f"{what}{offset:+d}" for offset in (-3, -2, -1, 1, 2, 3) for what in ("words", "is_sentence")),
    "capitalised-1", "capitalised+1", "share-1", "share+1",
    "near_first", "far_first", "near_headline", "far_headline", "near_known", "far_known",
    "near_sentences", "near_capitalised", "near_figures", "near_labels",
    "furniture", "furniture_per_word", "furniture_most", "furniture_least", "furniture_words", "near_furniture",
    "caption_words", "caption_most", "near_caption", "covers_first", "beside_first",
    "copy", "to_last_copy", "to_next_copy", "repeated_prose",
)  # fmt: skip
SECOND_FEATURES = (
    *FIRST_FEATURES,
    "first", *(f"first{offset:+d}" for offset in (-4, -3, -2, -1, 1, 2, 3, 4)),
    "near_likely", "far_likely", "before_first", "after_first", "total_first", "known_first", "since_first", "until_first",
    "best_first", "block_first",
)  # fmt: skip


def shifted(values: NDArray[np.generic], offset: int, outside: float) -> Floats:
    """Give for every line the value of the line ``offset`` below it (above it where negative)."""
    result = np.full(len(values), outside, np.float32)
    if abs(offset) < len(values):
        if offset > 0:
            result[:-offset] = values[offset:]
        else:
            result[-offset:] = values[:offset]
    return result


def windowed(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Give for every line the sum over the lines around it, itself left out."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    places = np.arange(len(values))
    result: NDArray[np.float64] = (
        total[np.minimum(places + reach + 1, len(values))] - total[np.maximum(places - reach, 0)] - values
    )
    return result


def distance_to(marked: NDArray[np.bool_], most: int = MOST_LINES) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give for every line how many lines above it, and below it, the next marked one stands (0 where it is one)."""
    places = np.arange(len(marked))
    above = places - np.maximum.accumulate(np.where(marked, places, -most))
    below = np.minimum.accumulate(np.where(marked, places, len(marked) + most)[::-1])[::-1] - places
    return np.minimum(above, most), np.minimum(below, most)


def known(page: LineTable, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the share of each line's words that stand in other lines too, counted by the ``weights`` of these lines."""
    count = len(page.lines)
    if not len(page.word_id):
        return np.zeros(count)
    own = weights[page.word_line]
    total = np.bincount(page.word_id, own, len(page.word_hash))
    others = np.minimum(total[page.word_id] - own, 1.0)
    # A word that stands twice in one line counts itself once more; that is rare, and small.
    return np.bincount(page.word_line, others, count) / np.maximum(np.bincount(page.word_line, minlength=count), 1)


def shared_with(page: LineTable, line: int) -> NDArray[np.float64]:
    """Give the share of each line's words that one line of the page has."""
    count = len(page.lines)
    stands = np.zeros(len(page.word_hash) + 1)
    stands[page.word_id[page.word_line == line]] = 1.0
    shared = np.bincount(page.word_line, stands[page.word_id], count)
    return shared / np.maximum(np.bincount(page.word_line, minlength=count), 1)


def topic(
    page: LineTable, shared: tuple[NDArray[np.float64], ...], capitalised: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    """Say of the lines around every line how much of them is of the same topic, and how much runs like prose."""
    words = np.maximum(page.words, 1)
    columns = []
    for share in shared:
        for reach in (NEAR, FAR):
            weighed = share * words
            columns.append((windowed(weighed, reach) + weighed) / (windowed(words, reach) + words))
    figures = (page.counts[:, DIGIT] > 0.1 * page.length).astype(np.float64)
    columns += [windowed(page.sentences.astype(np.float64), MIDDLE), windowed(capitalised, NEAR)]
    columns += [windowed(figures, NEAR), windowed((words <= LABEL).astype(np.float64), MIDDLE)]
    return columns


def telling_words(page: LineTable, scores: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """
    Say how much the words of each line are those of furniture, and how much those of captions.

    ``scores`` are log-odds of the page's vocabulary, of the one in the first row and of the other in the second.
    """
    count = len(page.lines)
    said, depicted = scores[:, page.word_id]
    total = np.bincount(page.word_line, said, count)
    held = np.maximum(np.bincount(page.word_line, minlength=count), 1)
    most, least = np.zeros(count), np.zeros(count)
    np.maximum.at(most, page.word_line, said)
    np.minimum.at(least, page.word_line, said)
    telling = np.bincount(page.word_line, said > TELLING, count)
    captions, caption_most = np.bincount(page.word_line, depicted, count), np.zeros(count)
    np.maximum.at(caption_most, page.word_line, depicted)
    columns = [total, total / np.sqrt(held), most, least, telling / held, windowed(total, NEAR)]
    return [*columns, captions, caption_most, windowed(captions, 1), *_beside_first(page, held)]


def _beside_first(page: LineTable, held: NDArray[np.int64]) -> list[NDArray[np.float64]]:
    """Say how much of the page's first line, often the browser's title, each line covers, and its neighbours too."""
    stands = np.zeros(len(page.word_hash) + 1)
    stands[page.word_id[page.word_line == 0]] = 1.0
    covered = np.bincount(page.word_line, stands[page.word_id], len(page.lines)) / held[0]
    return [np.minimum(covered, 1.0), windowed(np.minimum(covered, 1.0), 1)]


def copies(page: LineTable, prose: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Say which copy of a repeated line each is, how far the others stand, and how much of the page's prose repeats."""
    count = len(page.lines)
    number, since, until = np.zeros(count), np.full(count, MOST_LINES), np.full(count, MOST_LINES)
    last: dict[str, int] = {}
    for place in np.flatnonzero(page.repeats > 1).tolist():
        line = page.lines[place]
        if line in last:
            number[place] = number[last[line]] + 1
            since[place] = until[last[line]] = min(place - last[line], MOST_LINES)
        last[line] = place
    repeated = (prose * (page.repeats > 1)).sum() / (prose.sum() + 1.0)
    return [number, since, until, np.full(count, repeated)]


def first_features(
    page: LineTable, gaps: NDArray[np.bool_], shares: Floats | None, scores: NDArray[np.float64]
) -> Floats:
    """
    Give what each line is by itself and by what stands around it; columns are ``FIRST_FEATURES``.

    ``gaps`` marks the lines below an empty one; ``shares`` says on how much of the outlet's other pages each line
    stands, None where nothing is known of the outlet; ``scores`` are those of ``telling_words``.
    """
    count = len(page.lines)
    words, length = page.words, np.maximum(page.length, 1)
    counts = page.counts
    letters = np.maximum(counts[:, UPPER] + counts[:, LOWER] + counts[:, CASELESS], 1)
    is_sentence = page.last == END
    is_prose = is_sentence & (words >= PROSE_WORDS)
    prose = np.where(is_prose, words, 0.0)
    before, after = np.cumsum(prose) - prose, np.cumsum(prose[::-1])[::-1] - prose
    total = prose.sum() + 1.0
    known_words = known(page, is_prose.astype(np.float64))
    frequency = np.bincount(page.word_id, minlength=len(page.word_hash)) if len(page.word_id) else np.zeros(0)
    held = np.maximum(np.bincount(page.word_line, minlength=count), 1)
    word_frequency = np.bincount(page.word_line, np.log(frequency[page.word_id]), count) / held
    headline = int(
        np.argmax(known_words * np.sqrt(np.minimum(words, 15)) * (words >= 3) * (after > 0.5 * total) * ~is_prose)
    )
    places = np.arange(count)
    since, until = distance_to(is_prose)
    short = np.where(words < 5, places, -1)
    long_above = places - np.maximum.accumulate(np.where(words >= 5, places, -1))
    capitalised = page.capitalised / words
    share = np.full(count, -1.0) if shares is None else shares
    columns = [
        words, letters / words, capitalised, counts[:, UPPER] / letters, counts[:, DIGIT] / length,
        counts[:, COMMA] / words, counts[:, QUOTE], counts[:, COLON], counts[:, BAR], counts[:, BRACKET],
        counts[:, DASH], counts[:, SIGN], counts[:, OTHER], page.sentences, page.first, page.last, page.closing,
        is_sentence, page.repeats,
        places / count, places, count - places, before / total, after / total, np.full(count, count),
        np.full(count, total / words.sum()), gaps, np.append(gaps[1:], True),
        windowed(prose, NEAR), windowed(prose, FAR), known_words, word_frequency,
        shared_with(page, 0), shared_with(page, headline), places - headline, since, until, share, long_above,
    ]  # fmt: skip
    for offset in (-3, -2, -1, 1, 2, 3):
        columns += [shifted(words, offset, 0), shifted(is_sentence, offset, -1)]
    shared = (shared_with(page, 0), shared_with(page, headline), known_words)
    columns += [
        shifted(capitalised, -1, -1),
        shifted(capitalised, 1, -1),
        shifted(share, -1, -1),
        shifted(share, 1, -1),
    ]
    columns += topic(page, shared, capitalised) + telling_words(page, scores) + copies(page, prose)
    return np.stack(columns, axis=1, dtype=np.float32, casting="unsafe")


def second_features(page: LineTable, first: Floats, found: Floats) -> Floats:
    """Add what the first look ``found`` (a probability for each line) around every line; see ``SECOND_FEATURES``."""
    likely = found.astype(np.float64)
    weighed = likely * page.words
    total = weighed.sum() + 1.0
    before = (np.cumsum(weighed) - weighed) / total
    since, until = distance_to(likely > 0.5)
    # The share of the text that the unbroken run of likely lines around a line has.
    runs = np.cumsum(likely < 0.2)
    block = np.bincount(runs, weighed)[runs] / total
    columns = [
        found, *(shifted(found, offset, -0.1) for offset in (-4, -3, -2, -1, 1, 2, 3, 4)),
        windowed(weighed, NEAR), windowed(weighed, FAR), before, 1.0 - before - weighed / total,
        np.full(len(found), total), known(page, likely), since, until, np.full(len(found), likely.max()), block,
    ]  # fmt: skip
    return np.concatenate((first, np.stack(columns, axis=1, dtype=np.float32, casting="unsafe")), axis=1)

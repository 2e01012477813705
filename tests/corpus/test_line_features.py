"""What tells the lines of an article: each line by itself and by what stands around it."""

import time

import numpy as np
import pytest

from tollwire.corpus.line_features import (
    FIRST_FEATURES,
    SECOND_FEATURES,
    beside,
    distances,
    first_features,
    known,
    second_features,
    windows,
)
from tollwire.corpus.line_table import read_lines

LINES = [
    "Nine killed in Tarra - The Post",
    "Home",
    "Nine killed in Tarra",
    "Nine people were killed in Tarra on Sunday, a doctor said.",
    "The people of Tarra buried the nine people on Monday.",
    "Subscribe",
    "Home",
]


def measured(lines, scores=None):
    table = read_lines(lines)
    rows = first_features(
        table, np.zeros(len(lines), bool), np.zeros((2, len(table.word_hash))) if scores is None else scores
    )
    return {name: rows[:, number] for number, name in enumerate(FIRST_FEATURES)}


def test_every_feature_has_one_name_and_one_number_for_each_line():
    table = read_lines(LINES)
    first = first_features(table, np.zeros(7, bool), np.zeros((2, len(table.word_hash))))
    second = second_features(table, first, np.full(7, 0.5, np.float32))
    assert (first.shape, second.shape) == ((7, len(set(FIRST_FEATURES))), (7, len(set(SECOND_FEATURES))))
    assert np.isfinite(second).all()


def test_sums_go_over_the_lines_around_one_without_itself():
    near = windows(np.array([[1.0, 2.0, 4.0, 8.0]]))[0, 0]
    assert near.tolist() == [2, 5, 10, 4]


def test_the_values_of_neighbours_are_put_beside_a_line_and_something_else_outside_the_page():
    assert beside(np.array([1, 2, 3]), (-1, 1), -9).tolist() == [[-9, 1, 2], [2, 3, -9]]


def test_the_distance_to_the_next_marked_line_is_counted_both_ways_up_to_a_limit():
    above, below = distances(np.array([False, True, False, False]))
    assert (above.tolist(), below.tolist()) == ([50, 0, 1, 2], [1, 0, 50, 50])


def test_words_are_known_that_other_lines_of_prose_have():
    table = read_lines(["nine killed", "nine people", "nobody"])
    assert known(table, np.array([0.0, 1.0, 1.0])).tolist() == [0.5, 0, 0]


def test_a_headline_shares_its_words_with_the_first_line_and_the_prose():
    found = measured(LINES)
    assert found["shared_with_first"][2] == 1
    assert found["covers_first"][2] == pytest.approx(0.6)
    assert found["known_words"][2] > found["known_words"][5] == 0


def test_copies_of_a_line_know_each_other():
    found = measured(LINES)
    assert (found["copy"][[1, 6]].tolist(), found["to_next_copy"][1], found["to_last_copy"][6]) == ([0, 1], 5, 5)


def test_the_words_of_furniture_are_weighed():
    table = read_lines(LINES)
    place = table.word_id[table.word_line == 5]
    scores = np.zeros((2, len(table.word_hash)))
    scores[0, place] = 2.5
    found = measured(LINES, scores)
    assert found["furniture"].tolist() == [0, 0, 0, 0, 0, 2.5, 0]
    assert found["near_furniture"][4] == 2.5


def test_a_page_of_one_line_can_be_measured():
    assert measured(["..."])["words"].tolist() == [1]


@pytest.mark.parametrize("line", ["word", "...", "Nine people died."])
def test_the_time_a_page_takes_grows_with_its_length_only(line):
    def seconds(count):
        started = time.process_time()
        measured([line] * count)
        return time.process_time() - started

    seconds(100)
    assert seconds(32_000) < 40 * max(seconds(2_000), 0.02)

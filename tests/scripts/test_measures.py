"""Scores are what the schemes say, on texts short enough to count by eye."""

import pytest
from measures import (
    Counts,
    count_captions,
    count_day,
    count_leaks,
    count_segments,
    count_shingles,
    holds_caption,
    interval_of_f1,
    same_title,
    same_title_exactly,
    score_shingles,
    shares_name,
    word_f1,
)


def test_segments_count_whatever_the_white_space_between_their_words():
    counts = count_segments(
        "Two shells\n\nfell. Subscribe!", ["Two shells fell.", "Nobody died"], ["Subscribe", "Menu"]
    )

    assert counts == Counts(tp=1, fp=1, fn=1, tn=1)
    assert (counts.precision, counts.recall, counts.f1, counts.accuracy) == (0.5, 0.5, 0.5, 0.5)


def test_shingles_are_runs_of_four_words_each_counted_as_often_as_it_stands():
    # a b c d | b c d e against a b c d | b c d x
    assert count_shingles("a b c d e", "a b c d x") == Counts(tp=1, fp=1, fn=1)
    assert count_shingles("a b c d a b c d", "a b c d").tp == 1
    # A text of fewer words is one run; nothing is none.
    assert count_shingles("a b", "a b") == Counts(tp=1)
    assert count_shingles("", "a b") == Counts(fn=1)


def test_a_page_without_output_lowers_recall_and_leaves_precision_as_it_is():
    scores = score_shingles([count_shingles("a b c d", "a b c d"), count_shingles("", "a b c d")])

    assert (scores.precision, scores.recall) == (1.0, 0.5)
    assert scores.f1 == pytest.approx(2 / 3)


def test_the_interval_is_the_same_in_every_run_and_none_where_all_pages_are_alike():
    pages = [Counts(tp=one, fp=1, fn=2) for one in range(1, 20)]

    assert interval_of_f1(pages) == interval_of_f1(pages) > 0
    assert interval_of_f1([Counts(tp=1, fp=1, fn=1)] * 5) == 0


def test_words_of_scripts_without_spaces_are_characters():
    assert word_f1("二人死亡", "二人負傷") == 0.5
    assert word_f1("Two dead", "two DEAD") == 1.0


def test_a_title_with_the_site_behind_it_is_another_and_one_sign_is_none():
    assert same_title("Shells fall on the market", "Shells fall on the “market”")
    assert not same_title("Shells fall on market - The Daily Example", "Shells fall on market")
    # One letter in fifty is like enough for the one, not for the other.
    long = "Shells fall on the market of the old town by night"
    assert same_title(long, long + "s")
    assert not same_title_exactly(long, long + "s")
    assert not same_title(None, long)


def test_one_right_name_is_enough():
    assert shares_name(["Desk", "ANA LEE"], ["Ana Lee", "Bo Dahl"])
    assert not shares_name(["Ana"], ["Ana Lee"])
    assert not shares_name([], ["Ana Lee"])
    assert not shares_name(["-"], ["-"])


@pytest.mark.parametrize(
    ("found", "counts"),
    [("2024-01-18", Counts(tp=1)), ("2024-01-19", Counts(fp=1)), (None, Counts(fn=1)), ("", Counts(fn=1))],
)
def test_only_the_very_day_is_right(found, counts):
    assert count_day(found, "2024-01-18") == counts


def test_a_caption_is_the_same_with_a_short_credit_and_not_with_a_second_sentence():
    short, long = "Smoke over the harbour on Friday.", "Smoke over the harbour on Friday. Photo: A"

    assert count_captions([short], [long]) == Counts(tp=1)
    longer = f"{short} Officials said that the fire was out by the evening."
    assert count_captions([short], [longer]) == Counts(fp=1, fn=1)
    assert count_captions([short], [longer], holds_caption) == Counts(tp=1)


def test_each_caption_answers_to_one_and_a_repeated_one_counts_once():
    assert count_captions(["A boat burns", "A boat  burns"], ["A boat burns", "A boat, burns"]) == Counts(tp=1, fn=1)
    assert count_captions(["", "A boat burns"], []) == Counts(fp=2)


def test_a_caption_leaks_when_it_stands_in_the_body_and_not_in_that_of_the_gold():
    body = "A boat burns\nThe fire was out by nine.\nA quay"

    assert count_leaks(body, "The fire was out by nine. A quay", ["A boat burns", "A quay", "A crane"]) == (1, 3)

"""ROUGE gives what google's package gives, and knows more scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge import rouge_l, rouge_lsum

LINES = st.lists(st.lists(st.sampled_from("abcde"), max_size=8).map(" ".join), max_size=5).map("\n".join)


def test_the_longest_common_subsequence_may_have_gaps():
    # a c d of "a b c d" and "a c d e"
    assert rouge_l("a b c d", "a c d e") == 0.75
    assert rouge_l("", "") == rouge_l("a", "") == 0.0


def test_lsum_forgives_another_order_of_lines():
    assert rouge_l("c d\na b", "a b\nc d") == 0.5
    assert rouge_lsum("c d\na b", "a b\nc d") == 1.0


def test_scripts_that_rouge_score_does_not_know_have_words_too():
    assert rouge_l("два дома", "два села") == 0.5
    assert rouge_lsum("二人死亡", "二人負傷") == 0.5


@given(LINES, LINES)
def test_it_agrees_with_the_package_of_google(found, gold):
    scorer = pytest.importorskip("rouge_score.rouge_scorer", reason="pip install -e '.[bench]' brings rouge_score")
    theirs = scorer.RougeScorer(["rougeL", "rougeLsum"]).score(gold, found)

    assert rouge_l(found, gold) == pytest.approx(theirs["rougeL"].fmeasure)
    assert rouge_lsum(found, gold) == pytest.approx(theirs["rougeLsum"].fmeasure)

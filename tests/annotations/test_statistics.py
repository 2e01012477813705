import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.annotations.statistics import alpha, f1, intervals, share

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=60)


@given(PAIRS)
def test_alpha_is_that_of_the_krippendorff_package(pairs: list[tuple[int, int]]) -> None:
    counts = np.zeros((4, 4))
    for one, other in pairs:
        counts[one, other] += 1
    found = float(alpha(counts.ravel()))

    if len({one for pair in pairs for one in pair}) == 1:
        assert np.isnan(found)
    else:
        reference = krippendorff.alpha(np.array(pairs, dtype=float).T, level_of_measurement="nominal")
        assert found == pytest.approx(reference, abs=1e-9)


def test_statistics_are_computed_for_all_resamples_at_once() -> None:
    counts = np.array([[2.0, 3, 4], [0, 0, 0]])

    assert f1(counts) == pytest.approx([4 / 7, np.nan], nan_ok=True)
    assert share(counts[:, :2]) == pytest.approx([2 / 3, np.nan], nan_ok=True)
    assert alpha(np.array([[1.0, 0, 0, 1], [1, 1, 1, 1]])) == pytest.approx([1, 1 - 0.5 / (4 / 7)])


def test_an_interval_narrows_with_more_articles() -> None:
    def width(articles: int) -> float:
        counts = np.array([[place % 2, 1.0] for place in range(articles)])
        ((value, low, high),) = intervals([("share", counts, np.arange(articles))], articles)
        assert value == 0.5
        assert low is not None
        assert high is not None
        return high - low

    # Of a share of one half, 95 % of samples of n lie within 1.96 / (2 sqrt n) of it.
    assert width(100) == pytest.approx(2 * 0.098, rel=0.15)
    assert width(1600) == pytest.approx(2 * 0.0245, rel=0.15)


def test_what_is_not_defined_has_no_interval() -> None:
    assert intervals([("f1", np.zeros((3, 3)), np.arange(3))], 3) == [(None, None, None)]

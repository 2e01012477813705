"""Statistics of agreement that can be resampled: F1, Krippendorff's alpha, shares, and their intervals."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 1_000
SEED = 20_140_501  # of the resampling, so that the same annotations give the same intervals
COVERAGE = 0.95
CHUNK = 100  # resamples that are drawn at once: bounds the memory to this many weights an article


def f1(counts: "Floats") -> "Floats":
    """
    Give F1 of (matched, marked by the first, marked by the second); NaN where neither marked any.

    ``counts`` has the shape (..., 3), the result (...).

    Source: Hripcsak and Rothschild 2005 (F1 as agreement where there are no true negatives).
    """
    return _ratio(2 * counts[..., 0], counts[..., 1] + counts[..., 2])


def share(counts: "Floats") -> "Floats":
    """Give the share of (alike, all), shape (..., 2) to (...); NaN of none."""
    return _ratio(counts[..., 0], counts[..., 1])


def alpha(counts: "Floats") -> "Floats":
    """
    Give Krippendorff's alpha for nominal data of two labellers without missing values.

    ``counts`` has the shape (..., c * c): how many units the first put into category i and the second into j, row by
    row. The result has the shape (...); NaN where all units are in one category, for which alpha is not defined.

    Source: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", C.
    """
    import numpy as np

    size = round(counts.shape[-1] ** 0.5)
    pairs = counts.reshape(*counts.shape[:-1], size, size)
    values = 2 * pairs.sum((-2, -1))
    of_category = pairs.sum(-1) + pairs.sum(-2)
    observed = _ratio(values - 2 * np.trace(pairs, axis1=-2, axis2=-1), values)
    expected = _ratio(values**2 - (of_category**2).sum(-1), values * (values - 1))
    return 1 - _ratio(observed, expected)


def _ratio(part: "Floats", whole: "Floats") -> "Floats":
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(whole > 0, part / whole, np.nan)
    return found


STATISTICS = {"f1": f1, "share": share, "alpha": alpha}


def intervals(
    measured: Sequence[tuple[str, "Floats", "NDArray[np.int64]"]], articles: int
) -> list[tuple[float | None, float | None, float | None]]:
    """
    Give the value of each statistic and its 95 % interval, by resampling articles with replacement.

    Each of ``measured`` is the name of a statistic, its counts by article, shape (k, n), and the k places of those
    articles among ``articles``. None where a value is not defined.

    Source: Efron and Tibshirani 1993, ch. 13 (percentile interval), articles being the sampling units.
    """
    import numpy as np

    values = [float(STATISTICS[name](counts.sum(0))) for name, counts, _ in measured]
    draws: list[list[Floats]] = [[] for _ in measured]
    random = np.random.default_rng(SEED)
    for _ in range(0, RESAMPLES, CHUNK):
        weights = random.multinomial(articles, np.full(articles, 1 / articles), size=CHUNK).astype(np.float64)
        for place, (name, counts, where) in enumerate(measured):
            draws[place].append(STATISTICS[name](weights[:, where] @ counts))
    tail = (1 - COVERAGE) / 2
    found = []
    for value, drawn in zip(values, draws, strict=True):
        known = np.concatenate(drawn)
        known = known[~np.isnan(known)]
        low, high = np.quantile(known, (tail, 1 - tail)) if known.size else (np.nan, np.nan)
        found.append((_known(value), _known(low), _known(high)))
    return found


def _known(value: float) -> float | None:
    return None if value != value else float(value)

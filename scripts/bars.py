"""The figures that normalising has to reach, and whether it does."""

from collections.abc import Callable
from dataclasses import dataclass

from peers import PEERS
from scorecards import Results

OURS, OURS_ON_DUMPS, LEADER = "tollwire", "tollwire on dumps", "trafilatura with metadata"


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that we mean to reach; where ``is_most`` it must not be exceeded."""

    what: str
    least: float
    read: Callable[[Results], float | None]
    shown: Callable[[float | None], str]
    is_most: bool = False


def share(value: float | None) -> str:
    """Write a share as .946."""
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


def percent(value: float | None) -> str:
    """Write a share as 94.6."""
    return "-" if value is None else f"{100 * value:.1f}"


def whole(value: float | None) -> str:
    """Write a number without decimals."""
    return "-" if value is None else f"{value:,.0f}"


def times(value: float | None) -> str:
    """Write a ratio as 3.1 x."""
    return "-" if value is None else f"{value:.1f} x"


def figure(name: str, what: str, peer: str = OURS) -> Callable[[Results], float | None]:
    """Read one figure of ours: the one out of fold where there is one, since the other has seen the pages."""

    def read(results: Results) -> float | None:
        out_of_fold = results.get(f"{peer}, out of fold", name, what)
        return results.get(peer, name, what) if out_of_fold is None else out_of_fold

    return read


def speed_ratio(results: Results) -> float | None:
    """Give our pages a second for the whole record over those of the leader with metadata."""
    ours, theirs = results.pages_per_second(OURS), results.pages_per_second(LEADER)
    return ours / theirs if ours and theirs else None


BARS = (
    Bar("body F1, TRAF", 0.930, figure("TRAF", "body"), share),
    Bar("body F1, FP", 0.965, figure("FP", "body"), share),
    Bar("title %, FP", 0.93, figure("FP", "title"), percent),
    Bar("title %, TRAF", 0.80, figure("TRAF", "title"), percent),
    Bar("date %, FP", 0.985, figure("FP", "day"), percent),
    Bar("date %, HD", 0.93, figure("HD", "day"), percent),
    Bar("byline %, one name right, FP", 0.90, figure("FP", "byline"), percent),
    Bar("caption recall, FP", 0.85, figure("FP", "caption_recall"), share),
    Bar("caption precision, FP", 0.85, figure("FP", "caption_precision"), share),
    Bar("captions in the body %, FP, at most", 0.01, figure("FP", "leak"), percent, is_most=True),
    Bar("body F1, FPD, one page of an outlet", 0.940, figure("FPD", "body", OURS_ON_DUMPS), share),
    Bar("whole HTML record, speed over that of trafilatura with metadata", 3.0, speed_ratio, times),
    Bar("dumps, pages a second", 1_500, lambda results: results.pages_per_second(OURS_ON_DUMPS), whole),
)
# No set may fall below what trafilatura reaches on it in the same run: (set, figure, tool of ours).
FLOORS = (("TRAF", "body", OURS), ("FP", "body", OURS), ("FPD", "body", OURS_ON_DUMPS), ("HD", "day", OURS))


def judge_bars(results: Results) -> list[tuple[str, str, str, str]]:
    """Say which bars are met, and whether any set fell below trafilatura; what was not measured is left out."""
    rows = []
    for bar in BARS:
        reached = bar.read(results)
        if reached is not None:
            is_met = reached <= bar.least if bar.is_most else reached >= bar.least
            rows.append((bar.what, bar.shown(bar.least), bar.shown(reached), verdict(is_met)))
    for name, what, ours in FLOORS:
        reached = figure(name, what, ours)(results)
        theirs = [
            value
            for one in PEERS
            if one.package == "trafilatura" and (value := results.get(one.name, name, what)) is not None
        ]
        if reached is not None and theirs:
            floor = max(theirs)
            rows.append(
                (f"{what}, {name}, not below trafilatura", share(floor), share(reached), verdict(reached >= floor))
            )
    return rows


def verdict(is_met: bool) -> str:
    """Say whether a bar is met."""
    return "met" if is_met else "NOT met"

"""A figure: the count of persons that a phrase states, as bounds."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Figure:
    """
    What a phrase says about a number of persons; a bound that the phrase does not state is None.

    Source: the table of bounds in schemas/labels.toml, section ``bound``.
    """

    bound: str
    low: int | None = None
    best: int | None = None
    high: int | None = None


NONE: Final = Figure("none", 0, 0, 0)


def exact(count: int) -> Figure:
    """Give the figure of a plain number; zero is the figure of none."""
    return Figure("exact", count, count, count) if count else NONE


def bounded(bound: str, count: int) -> Figure | None:
    """Give the figure of a number under a modifier; None for fewer than nobody, which no phrase can mean."""
    match bound:
        case "at_least":
            return Figure(bound, low=count)
        case "more_than":
            return Figure(bound, low=count + 1)
        case "at_most":
            return Figure(bound, high=count)
        case "less_than":
            return Figure(bound, high=count - 1) if count else None
        case "about":
            return Figure(bound, best=count)
        case _:
            return exact(count)

"""What is wrong with data, as one line each; and the exceptions whose message is such lines."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """
    One thing that is wrong: where, which rule, what (with the value shown), what to do.

    Written as ``where: [rule] what; fix``, so that a line can be searched by its rule and opened by its place.
    """

    where: str
    rule: str
    what: str
    fix: str = ""

    def __str__(self) -> str:
        return one_line(f"{self.where}: [{self.rule}] {self.what}" + (f"; {self.fix}" if self.fix else ""))


class TollwireError(Exception):
    """
    The data has problems, all of them listed; the command line prints them and exits with ``exit_code``.

    Subclasses say whose mistake it was: the data's (1), the caller's (2) or a service's (3).
    """

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UsageError(TollwireError):
    """The caller asked for something that cannot be done: a wrong option, a missing file, no project."""

    exit_code = 2


class ServiceError(TollwireError):
    """A service (Label Studio, the Hub) could not be reached or refused us."""

    exit_code = 3


def one_line(text: str) -> str:
    """Escape line ends and whatever else a terminal would not print: a name or a value may hold any character."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def shown(value: object, limit: int = 60) -> str:
    """Quote a value for a message on one line, cut in the middle past ``limit`` characters."""
    text = one_line(repr(value))
    return text if len(text) <= limit else f"{text[: limit // 2]}...{text[-limit // 4 :]}"

"""Reading the word lists beside this module: data files, each read once and only when it is needed."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from tollwire.figures.tokens import Tokens, tokenise

T = TypeVar("T")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Read one word list by name."""
    return tomllib.loads((Path(__file__).parent / "lexicon" / f"{name}.toml").read_text("utf-8"))


class Phrases(Generic[T]):
    """A table of phrases of one or more words; finds the longest that stands at a place."""

    def __init__(self, entries: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries.items() if isinstance(entries, Mapping) else entries:
            words = tuple(tokenise(phrase).words)
            self._by_first.setdefault(words[0], []).append((words, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def __contains__(self, word: str) -> bool:
        """Tell whether any phrase starts with this word: a cheap first look."""
        return word in self._by_first

    def at(self, tokens: Tokens, place: int) -> tuple[T, int] | None:
        """Give the value of the longest phrase that starts at ``place`` and where it ends; None when there is none."""
        if place >= len(tokens):
            return None
        for words, value in self._by_first.get(tokens.words[place], ()):
            end = place + len(words)
            if len(words) == 1 or (
                end <= len(tokens) and all(tokens.words[place + step] == word for step, word in enumerate(words))
            ):
                return value, end
        return None

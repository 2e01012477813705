"""Reading the word lists beside this module: data files, each read once and only when it is needed."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
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
        self._by_first: dict[str, list[tuple[list[str], T]]] = {}
        for phrase, value in entries.items() if isinstance(entries, Mapping) else entries:
            first, *rest = tokenise(phrase).words
            self._by_first.setdefault(first, []).append((rest, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> Mapping[str, object]:
        """Give the words that phrases start with, as keys: to look many words up without a call for each."""
        return self._by_first

    def second_words(self, first: str) -> Iterator[str]:
        """Give the words that come second in the phrases that start with a word."""
        return (rest[0] for rest, _ in self._by_first.get(first, ()) if rest)

    def __contains__(self, word: str) -> bool:
        """Tell whether any phrase starts with this word: a cheap first look."""
        return word in self._by_first

    def at(self, tokens: Tokens, place: int) -> tuple[T, int] | None:
        """Give the value of the longest phrase that starts at ``place`` and where it ends; None when there is none."""
        words = tokens.words
        if place < len(words):
            for rest, value in self._by_first.get(words[place], ()):
                end = place + 1 + len(rest)
                if not rest or words[place + 1 : end] == rest:
                    return value, end
        return None

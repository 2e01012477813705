"""Reading the word lists beside this module: data files, each read once and only when it is needed."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from tollwire.figures.tokens import Tokens, tokenise

T = TypeVar("T")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Read one word list by name."""
    return tomllib.loads((Path(__file__).parent / "lexicon" / f"{name}.toml").read_text("utf-8"))


class Phrases(Generic[T]):
    """A table of phrases of one or more words; finds the longest that stands at a place."""

    def __init__(self, entries: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        # By the first word: the value of that word alone, where it is a phrase; and by the second word, longer ones.
        self._by_first: dict[str, tuple[list[T], dict[str, list[tuple[list[str], T]]]]] = {}
        for phrase, value in entries.items() if isinstance(entries, Mapping) else entries:
            first, *rest = tokenise(phrase).words
            alone, longer = self._by_first.setdefault(first, ([], {}))
            if rest:
                longer.setdefault(rest[0], []).append((rest, value))
            else:
                alone.append(value)
        for _, longer in self._by_first.values():
            for found in longer.values():
                found.sort(key=lambda entry: -len(entry[0]))
        self.first_words: Final = frozenset(self._by_first)  # to look many words up without a call for each

    def is_phrase(self, word: str) -> bool:
        """Tell whether a word alone is a phrase."""
        return word in self._by_first and bool(self._by_first[word][0])

    def second_words(self, first: str) -> Iterator[str]:
        """Give the words that come second in the phrases that start with a word."""
        return iter(self._by_first[first][1]) if first in self._by_first else iter(())

    def __contains__(self, word: str) -> bool:
        """Tell whether any phrase starts with this word: a cheap first look."""
        return word in self._by_first

    def at(self, tokens: Tokens, place: int) -> tuple[T, int] | None:
        """Give the value of the longest phrase that starts at ``place`` and where it ends; None when there is none."""
        words = tokens.words
        found = self._by_first.get(words[place]) if place < len(words) else None
        if found is None:
            return None
        alone, longer = found
        if longer and place + 1 < len(words):
            for rest, value in longer.get(words[place + 1], ()):
                end = place + 1 + len(rest)
                if words[place + 1 : end] == rest:
                    return value, end
        return (alone[0], place + 1) if alone else None

"""What the parts of a page are called: the words in class and id names, as sites choose them."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon" / "part_names.toml"
LONGEST_NAME = 300  # characters of class and id that are looked at
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORD = re.compile(r"[a-z]{2,}|[^\W\d_a-z]+")


@cache
def part_kinds() -> tuple[str, ...]:
    """List the kinds of part that names tell of, in the order of their bits."""
    return tuple(tomllib.loads(LEXICON.read_text("utf-8")))


@lru_cache(maxsize=16_384)
def named_parts(class_name: str, element_id: str = "") -> int:
    """Tell what the class and id of an element call it: one bit for each kind of part, in the order of the lexicon."""
    bits = 0
    for word in name_words(f"{class_name} {element_id}"):
        bits |= _bits(word)
    return bits


def name_words(name: str) -> list[str]:
    """Cut class and id names into lower-case words, at whatever is no letter and in camelCase."""
    return WORD.findall(CAMEL.sub(" ", name[:LONGEST_NAME]).lower())


@lru_cache(maxsize=16_384)
def _bits(word: str) -> int:
    whole, starts = _lexicon()
    bits = whole.get(word, 0)
    for length in range(3, len(word) + 1):
        bits |= starts.get(word[:length], 0)
    return bits


@cache
def _lexicon() -> tuple[dict[str, int], dict[str, int]]:
    whole: dict[str, int] = {}
    starts: dict[str, int] = {}
    for number, words in enumerate(tomllib.loads(LEXICON.read_text("utf-8")).values()):
        for word in words:
            table = starts if word.endswith("*") else whole
            table[word.rstrip("*")] = table.get(word.rstrip("*"), 0) | 1 << number
    return whole, starts

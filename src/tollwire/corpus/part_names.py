"""What the parts of a page are called: the words in class and id names, as sites choose them."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

LEXICON = Path(__file__).parent / "lexicon" / "part_names.toml"
LONGEST_NAME = 300  # characters of a class or an id that are looked at
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SIGNS = bytes(code for code in range(0x80) if not chr(code).isalpha())
# Small letters for capitals, and a space for whatever is no letter.
WORDS = bytes.maketrans(ascii_uppercase.encode() + SIGNS, ascii_lowercase.encode() + b" " * len(SIGNS))


@cache
def part_kinds() -> tuple[str, ...]:
    """List the kinds of part that names tell of, in the order of their bits."""
    return tuple(tomllib.loads(LEXICON.read_text("utf-8")))


def named_parts(class_name: str, element_id: str = "") -> int:
    """Tell what the class and id of an element call it: one bit for each kind of part, in the order of the lexicon."""
    return _parts(class_name) | _parts(element_id) if element_id else _parts(class_name)


@lru_cache(maxsize=16_384)
def _parts(name: str) -> int:
    bits = 0
    name = name[:LONGEST_NAME]
    # Cut into lower-case words at whatever is no letter and in camelCase; as bytes, which takes half the time.
    for word in (name if name.islower() else CAMEL.sub(" ", name)).encode("utf-8", "replace").translate(WORDS).split():
        bits |= _bits(word)
    return bits


@lru_cache(maxsize=16_384)
def _bits(word: bytes) -> int:
    whole, starts = _lexicon()
    bits = whole.get(word, 0)
    for length in range(3, len(word) + 1):
        bits |= starts.get(word[:length], 0)
    return bits


@cache
def _lexicon() -> tuple[dict[bytes, int], dict[bytes, int]]:
    whole: dict[bytes, int] = {}
    starts: dict[bytes, int] = {}
    for number, words in enumerate(tomllib.loads(LEXICON.read_text("utf-8")).values()):
        for word in words:
            table = starts if word.endswith("*") else whole
            key = word.rstrip("*").encode()
            table[key] = table.get(key, 0) | 1 << number
    return whole, starts

"""The words of a text as retellings of one story share them: without case, punctuation and the spelling of numbers."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon" / "numbers.toml"
LONGEST_FIGURE = 18  # digits; a longer one is an identifier, and Python takes long to read thousands of digits

# Scripts that put no space between words, with the letters that a word has on average; each letter counts as a word.
UNSPACED = (
    (re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"), 2),  # Chinese, Japanese
    (re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), 5),  # Thai, Lao, Burmese, Khmer
)
APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc")  # one outlet types them straight, the next one curled
# Not \w: the vowel signs of Hindi or Tamil are no letters to Python, and would cut a word in pieces.
SPACED = (
    r"[^\s\d!-/:-@\[-`{-~\u00a0-\u00bf\u02bc\u05be\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f"
    r"\u3000-\u3020\u3030\uff01-\uff20\uff3b-\uff40\uff5b-\uff65"
    r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
)
WORD = re.compile(
    rf"\d{{1,3}}(?:[.,\u00a0\u202f\u066c]\d{{3}})+(?!\d)|\d+|{SPACED}|{UNSPACED[0][0].pattern}|{UNSPACED[1][0].pattern}"
)


def plain_words(text: str) -> list[str]:
    """List the words of a text in lower case, each number as it is written."""
    words: list[str] = WORD.findall(text.casefold().translate(APOSTROPHES))
    return words


def read_words(text: str, language: str) -> list[str]:
    """
    List the words of a text, numbers as figures: "Twenty-three people" and "23 people" both give 23, people.

    Figures are told by their digits (``str.isdecimal``), whatever the script; the words for numbers are those of
    lexicon/numbers.toml for the language, and none where it has no list.
    """
    values = number_words(language.partition("-")[0])
    words = plain_words(text)
    last, number, is_spelled = -2, 0, False  # where the last number stands, its value, whether it ends in letters
    for place in [place for place, word in enumerate(words) if word in values or word[0].isdecimal()]:
        spelled = values.get(words[place], 0)
        joined = _join(number, spelled, is_spelled) if last == place - 1 else 0
        if joined:
            words[last] = ""
        digits = "" if spelled else "".join(filter(str.isdecimal, words[place]))[:LONGEST_FIGURE]
        last, number, is_spelled = place, joined or spelled or int(digits), bool(spelled)
        words[place] = str(number)
    return list(filter(None, words)) if "" in words else words


@cache
def number_words(language: str) -> Mapping[str, int]:
    """Give the words for numbers of a language, each with its value."""
    forms = ((form, int(value)) for value, forms in _lexicon().get(language, {}).items() for form in forms)
    return {form.casefold().translate(APOSTROPHES): value for form, value in forms}


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(LEXICON.read_text("utf-8"))


def letters_a_word(text: str) -> int:
    """Give how many letters make a word in the script of most of the text; 1 where it puts spaces between words."""
    if not text.isascii():
        for script, letters in UNSPACED:
            if 2 * len(script.findall(text)) > len("".join(text.split())):
                return letters
    return 1


def _join(number: int, spelled: int, is_spelled: bool) -> int:
    """Join a number and the number word after it, as "twenty three" and "2 thousand" are one; 0 where they are two."""
    if not number or not spelled:
        return 0
    if spelled in (10, 100, 1000) and number < spelled and (spelled > 10 or number > 1):
        return number * spelled
    unit = 100 if number % 100 == 0 else 10
    return number + spelled if is_spelled and number % unit == 0 and spelled < unit else 0

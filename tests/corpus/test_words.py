"""Words without case, punctuation and the spelling of numbers."""

import time

import pytest

from tollwire.corpus.words import letters_a_word, number_words, read_words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Gunmen killed 9 people.", "en", ["gunmen", "killed", "9", "people"]),
        ("“Don’t go,” he said", "en", ["dont", "go", "he", "said"]),
        ("Twenty-three people", "en-GB", ["23", "people"]),
        ("two hundred thirty five men", "en", ["235", "men"]),
        ("2 thousand men", "en", ["2000", "men"]),
        ("1,200 and 1.200 and 1\u202f200", "en", ["1200", "and", "1200", "and", "1200"]),
        ("In 2021 nine people", "en", ["in", "2021", "9", "people"]),
        ("10 9 8", "en", ["10", "9", "8"]),
        ("nine people", "fr", ["nine", "people"]),
        ("nine people", "xx", ["nine", "people"]),
        ("dreißig Leute", "de", ["30", "leute"]),
        ("п’ятеро людей", "uk", ["5", "людей"]),
        ("造成二十三人死亡", "zh", ["造", "成", "23", "人", "死", "亡"]),
        ("हिन्दी में पांच लोग", "hi", ["हिन्दी", "में", "5", "लोग"]),
        ("٢٣ شخصا", "ar", ["23", "شخصا"]),
        ("", "en", []),
    ],
)
def test_words_are_read_alike_however_they_are_written(text: str, language: str, words: list[str]) -> None:
    assert read_words(text, language) == words


@pytest.mark.parametrize(("text", "letters"), [("Nine killed", 1), ("九人死亡", 2), ("ผู้เสียชีวิตเก้าราย", 5), ("", 1)])
def test_a_script_without_spaces_is_told_by_its_letters(text: str, letters: int) -> None:
    assert letters_a_word(text) == letters


def test_a_figure_is_told_by_its_first_character_alone() -> None:
    # What no word starts with: a character below the colon.
    words = read_words("".join(map(chr, range(32, 0x3100))) + " word 7", "en")
    assert [word for word in words if word < ":"] == [word for word in words if word.isdecimal()]


@pytest.mark.parametrize("text", ["1," * 50_000, "111," * 50_000, "9" * 200_000, "nine " * 50_000, "'" * 200_000])
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    read_words(text, "en")
    assert time.process_time() - started < 1


def test_every_number_word_is_one_word_as_texts_are_read() -> None:
    for language in ("en", "fr", "uk", "he", "bn", "ko", "vi"):
        for word, value in number_words(language).items():
            assert read_words(word, language) == [str(value)]

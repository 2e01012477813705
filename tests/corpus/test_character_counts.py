"""Characters by kind, counted for a whole page at once."""

from hypothesis import given
from hypothesis import strategies as st

from tollwire.corpus.character_counts import count_characters


def test_every_kind_is_counted_in_its_line() -> None:
    counts = count_characters(["Ab, 12.", "\u00c4\u00e4?", ""])
    assert counts.characters.tolist() == [7, 3, 0]
    assert counts.upper.tolist() == [1, 1, 0]
    assert counts.letters.tolist() == [2, 2, 0]
    assert counts.digits.tolist() == [2, 0, 0]
    assert counts.commas.tolist() == [1, 0, 0]
    assert counts.stops.tolist() == [1, 1, 0]


def test_words_are_estimated_where_a_script_has_no_spaces() -> None:
    assert count_characters(["\u5e02\u573a\u906d\u88ad"]).words.tolist() == [3]


def test_of_no_lines_there_are_no_counts() -> None:
    assert count_characters([]).words.tolist() == []


@given(st.lists(st.text(alphabet="abc XY.,7\u00e9\U0001f600", max_size=30)))
def test_the_words_of_a_spaced_line_are_its_spaces_and_one(lines: list[str]) -> None:
    counts = count_characters(lines)
    assert counts.words.tolist() == [line.count(" ") + bool(line) for line in lines]
    assert counts.characters.tolist() == [len(line) for line in lines]

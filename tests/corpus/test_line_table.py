"""The lines of a page as arrays: characters counted by class, words counted and hashed."""

import pytest

from tollwire.corpus.line_table import DASH, DIGIT, END, LOWER, QUOTE, SPACE, UPPER, hash_word, read_lines


def test_characters_are_counted_by_their_class():
    table = read_lines(["Nine 12.", "ab"])
    assert [table.counts[0, kind] for kind in (UPPER, LOWER, SPACE, DIGIT, END)] == [1, 3, 1, 2, 1]
    assert table.counts[1].sum() == 2


def test_the_last_character_is_read_through_closing_quotes_and_brackets():
    table = read_lines(['He said: "No."', "- item", "(Yes!)"])
    assert (table.last.tolist(), table.closing[0]) == ([END, LOWER, END], QUOTE)
    assert table.first[1] == DASH


@pytest.mark.parametrize(
    ("line", "words"), [("one two three", 3), ("市场遭袭九人死亡", 4), ("ตลาดถูกโจมตี", 3), ("9 人死亡", 3), ("...", 1)]
)
def test_words_are_counted_also_where_no_space_is_put_between_them(line, words):
    assert read_lines([line]).words[0] == words


def test_a_line_that_stands_three_times_counts_three_copies_of_each():
    assert read_lines(["a", "b", "a", "a"]).repeats.tolist() == [3, 1, 3, 3]


@pytest.mark.parametrize("word", ["nine", "öffnet", "насилие", "अपराध", "a" * 100])
def test_a_word_has_one_hash_wherever_it_stands_and_however_it_is_written(word):
    table = read_lines([f"xx {word.upper()}", f"{word}, xx"])
    assert table.word_line.tolist() == [0, 1]
    assert table.word_id[0] == table.word_id[1]


def test_the_hash_of_a_word_alone_is_the_one_on_the_page():
    assert read_lines(["of Newsletter"]).word_hash.tolist() == [hash_word("newsletter")]
    assert hash_word("市场") in read_lines(["市场遭袭"]).word_hash.tolist()


def test_words_of_two_letters_tell_nothing():
    assert read_lines(["It is so."]).word_line.tolist() == []


def test_characters_beyond_the_first_plane_are_read():
    assert read_lines(["\U0001f600 nine"]).words[0] == 2

"""A dump is cut into clean lines, with the gaps between them; lines wrapped at a fixed width are joined again."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from tollwire.contracts.text import STRAY
from tollwire.corpus.clean import PRINTABLE_STRAY, clean_line, split_lines
from tollwire.corpus.dump_lines import MOST_LINES, dump_lines

ODD = ["\t", "\u00a0", "\u3000", "\n", "\r\n", "\u2028", "\u200b", "e\u0301", "\u212b", "\u0344"]
PARTS = st.sampled_from(["a", "B", " ", "  ", *ODD])


@given(st.lists(PARTS | st.characters(), max_size=40).map("".join))
def test_a_page_is_cleaned_as_its_lines_are_one_by_one(text):
    lines, _ = dump_lines(text)
    assert lines == [line for line in map(clean_line, split_lines(text)) if line]


def test_the_stray_characters_that_count_as_printable_are_all_known():
    characters = map(chr, range(sys.maxunicode + 1))
    assert [one for one in characters if one.isprintable() and STRAY.match(one)] == list(PRINTABLE_STRAY)


def test_a_gap_is_marked_below_empty_lines_only():
    lines, gaps = dump_lines("one\n\n \ntwo\nthree\n\nfour\n")
    assert lines == ["one", "two", "three", "four"]
    assert gaps.tolist() == [False, True, False, True]


def test_a_page_without_any_text_has_no_lines():
    lines, gaps = dump_lines(" \n\t\n")
    assert (lines, gaps.tolist()) == ([], [])


def test_of_a_dump_without_end_the_first_lines_are_read():
    lines, gaps = dump_lines("\n\n".join(map(str, range(MOST_LINES + 5))))

    assert lines == [str(number) for number in range(MOST_LINES)]
    assert len(gaps) == MOST_LINES

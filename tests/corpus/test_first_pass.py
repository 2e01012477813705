"""What the first pass reads of a page: its lines, their paths, and which of them are text."""

import json

import pytest
from made_pages import PARAGRAPHS, TITLE, page

from tollwire.corpus.first_pass import page_lines
from tollwire.corpus.page import RawPage
from tollwire.corpus.page_keys import PageLines
from tollwire.corpus.sources import UNKNOWN_SOURCE, FieldPaths

SENTENCE = "Nine people were killed in the market, a doctor said."
HTML = page()


def lines_of(raw: bytes, raw_format: str, **fields: str) -> PageLines | None:
    source = UNKNOWN_SOURCE.model_copy(update={"fields": FieldPaths(**fields) if fields else None})
    return page_lines(RawPage(raw, raw_format, "a"), source)


def test_the_lines_of_a_dump_are_its_filled_lines_with_the_first_verdict() -> None:
    found = lines_of("\n\n".join(["Home", TITLE, *PARAGRAPHS, "Sign in"]).encode(), "text")
    assert found is not None
    assert found.kept is not None
    assert list(found.lines) == ["Home", TITLE, *PARAGRAPHS, "Sign in"]
    assert list(found.kept) == [False, False, *(True for _ in PARAGRAPHS), False]


def test_the_lines_of_a_page_are_its_blocks_with_their_paths_and_the_first_verdict() -> None:
    found = lines_of(HTML.encode(), "html")
    assert found is not None
    assert found.paths is not None
    assert found.kept is not None
    assert len(found.lines) == len(found.paths) == len(found.kept)
    assert [line for line, is_kept in zip(found.lines, found.kept, strict=True) if is_kept] == list(PARAGRAPHS)
    assert all(path.endswith("/p.") for path, kept in zip(found.paths, found.kept, strict=True) if kept)


def test_a_page_in_a_record_is_a_page_and_a_record_of_text_has_no_furniture() -> None:
    raw = json.dumps({"page": HTML, "text": SENTENCE}).encode()
    assert lines_of(raw, "jsonl", html="page") == lines_of(HTML.encode(), "html")
    assert lines_of(raw, "jsonl", text="text") is None


@pytest.mark.parametrize(("raw", "raw_format"), [(b"\0\1" * 99, "html"), (b"{", "jsonl")])
def test_of_what_cannot_be_read_nothing_is_learnt(raw: bytes, raw_format: str) -> None:
    assert lines_of(raw, raw_format, text="text") is None

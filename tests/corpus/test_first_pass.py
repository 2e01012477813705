"""What the first pass reads of a page: its lines, their paths, and which of them are text."""

import json

import pytest

from tollwire.corpus.first_pass import page_lines
from tollwire.corpus.page import RawPage
from tollwire.corpus.page_keys import PageLines
from tollwire.corpus.sources import UNKNOWN_SOURCE, FieldPaths

SENTENCE = "Nine people were killed in the market, a doctor said."
HTML = (
    "<html><head><title>Nine killed</title><style>p{}</style></head><body>"
    "<div class='menu top'><a href='/'>Home</a></div>"
    "<div class=story><p>Nine people <b>were</b> killed in the market, a doctor said.</p>tail</div>"
    "<script>var a;</script></body></html>"
)


def lines_of(raw: bytes, raw_format: str, **fields: str) -> PageLines | None:
    source = UNKNOWN_SOURCE.model_copy(update={"fields": FieldPaths(**fields) if fields else None})
    return page_lines(RawPage(raw, raw_format, "a"), source)


def test_the_lines_of_a_dump_are_its_filled_lines() -> None:
    found = lines_of(f"Home\n\n  {SENTENCE} \r\nSign in".encode(), "text")
    assert found == PageLines(["Home", SENTENCE, "Sign in"], None, [False, True, False])


def test_the_lines_of_a_page_are_its_blocks_with_their_paths() -> None:
    found = lines_of(HTML.encode(), "html")
    assert found is not None
    assert found.paths is not None
    assert found.lines == ["Nine killed", "Home", SENTENCE, "tail"]
    assert found.paths[1:3] == ["html>body>div.menu.top", "html>body>div.story>p"]
    assert found.kept == [False, False, True, False]


def test_a_page_in_a_record_is_a_page_and_a_record_of_text_has_no_furniture() -> None:
    raw = json.dumps({"page": HTML, "text": SENTENCE}).encode()
    assert lines_of(raw, "jsonl", html="page") == lines_of(HTML.encode(), "html")
    assert lines_of(raw, "jsonl", text="text") is None


@pytest.mark.parametrize(("raw", "raw_format"), [(b"\0\1" * 99, "html"), (b"{", "jsonl")])
def test_of_what_cannot_be_read_nothing_is_learnt(raw: bytes, raw_format: str) -> None:
    assert lines_of(raw, raw_format, text="text") is None

"""What was learnt of an outlet, saved beside its source record and read again."""

import json
from pathlib import Path

import pytest
from test_outlet import NOTICE, page

from tollwire.corpus.outlet import common, learn_outlet
from tollwire.corpus.outlet_record import known_outlet, outlet_path, read_outlet, write_outlet
from tollwire.problems import TollwireError

PAGES = [page(name) for name in "abcd"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = outlet_path(tmp_path / "sources", "post")
    write_outlet(learn_outlet(PAGES), path)
    return path


def test_what_is_read_is_what_was_written_but_for_what_one_story_alone_has(path: Path) -> None:
    assert path.name == "post.outlet.json"
    assert read_outlet(path) == common(learn_outlet(PAGES))


def test_the_same_pages_give_the_same_bytes_and_reading_and_writing_changes_none(path: Path) -> None:
    written = path.read_bytes()
    write_outlet(learn_outlet(PAGES[::-1]), path)
    assert path.read_bytes() == written
    write_outlet(read_outlet(path), path)
    assert path.read_bytes() == written
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_no_word_of_a_page_is_saved(path: Path) -> None:
    saved = path.read_text().casefold()
    assert not any(
        word in saved for line in (NOTICE, *PAGES[0].lines) for word in line.casefold().split() if len(word) > 5
    )


def test_nothing_learnt_can_be_saved_too(tmp_path: Path) -> None:
    write_outlet(learn_outlet([]), tmp_path / "a.outlet.json")
    assert read_outlet(tmp_path / "a.outlet.json").pages == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": 2}, r'\[bad-value\] "version" is 2: this program reads version 1; learn it again'),
        ({"pages": None}, r'\[bad-value\] "pages"'),
        ({"lines": ["Home"]}, r'\[bad-value\] "lines.0" is \'Home\''),
        ({"lines": []}, r"\[bad-value\] .*names a line that is not in the list of 0"),
        ({"line": []}, r'\[unknown-key\] "line" is not a key here; did you mean "lines"'),
    ],
)
def test_a_mistake_is_told_by_name(path: Path, change: dict[str, object], says: str) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(TollwireError, match=r"sources/post.outlet.json: " + says):
        read_outlet(path)


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 99_999, b"[]", b"\xff", b"null"])
def test_what_is_no_json_object_is_told_so(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(TollwireError, match=r"\[broken-json\] not .*learn it again"):
        read_outlet(path)


def test_a_missing_key_is_told(path: Path) -> None:
    path.write_text('{"version": 1, "lines": [], "paths": []}')
    with pytest.raises(TollwireError, match=r'\[missing-key\] "pages" is not set'):
        read_outlet(path)


def test_an_outlet_of_which_nothing_was_saved_is_none_and_a_change_is_seen(path: Path) -> None:
    assert known_outlet(path.with_name("other.outlet.json")) is None
    first = known_outlet(path)
    assert first is known_outlet(path)
    write_outlet(learn_outlet(PAGES[:3]), path)
    changed = known_outlet(path)
    assert changed is not None
    assert changed.pages == 3

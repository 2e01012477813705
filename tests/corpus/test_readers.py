"""Files into raw records: which format, how many records, in which order, and what is rejected unread."""

import json
import os
from pathlib import Path

import pytest

from tollwire.contracts.records import Rejection
from tollwire.corpus.page import RawPage
from tollwire.corpus.raw_files import file_uri, find_files
from tollwire.corpus.readers import read_file


def read(path: Path, content: bytes) -> list[RawPage | Rejection]:
    path.write_bytes(content)
    return read_all(path, path.name)


def read_all(path: Path, base: str) -> list[RawPage | Rejection]:
    files = find_files(path, base)
    return [one for file in files for one in ([file] if isinstance(file, Rejection) else read_file(file))]


@pytest.mark.parametrize(
    ("name", "content", "raw_format"),
    [
        ("page.txt", b"<html>", "text"),
        ("page.HTML", b"Nine", "html"),
        ("page.htm", b"Nine", "html"),
        ("page", b"Nine", "text"),
        ("page", b"\xef\xbb\xbf \n<!DOCTYPE html><p>Nine", "html"),
        ("page.php", b"<HTML><p>Nine", "html"),
        ("page.html.bak", b"<?xml version='1.0'?><html>", "html"),
        ("page.md", b"# Nine", "text"),
    ],
)
def test_the_format_is_told_by_the_name_and_else_by_the_beginning(
    tmp_path: Path, name: str, content: bytes, raw_format: str
) -> None:
    assert read(tmp_path / name, content) == [RawPage(content, raw_format, name)]


def test_a_file_of_json_lines_is_one_record_a_line(tmp_path: Path) -> None:
    found = read(tmp_path / "all.jsonl", b'{"a": 1}\n\n{"a": 2}\r\n{broken\n')
    assert found == [
        RawPage(b'{"a": 1}', "jsonl", "all.jsonl", 0),
        RawPage(b'{"a": 2}', "jsonl", "all.jsonl", 1),
        RawPage(b"{broken", "jsonl", "all.jsonl", 2),
    ]


def test_an_array_over_many_lines_is_one_record_an_item_whatever_its_layout(tmp_path: Path) -> None:
    items = [{"b": "caf\u00e9", "a": 1}, {"a": 2}]
    wide = read(tmp_path / "all.json", json.dumps(items, indent=4).encode())
    narrow = read(tmp_path / "all.json", json.dumps(items, indent=1, sort_keys=True, ensure_ascii=False).encode())
    assert wide == narrow
    assert [(page.record, json.loads(page.raw)) for page in wide if isinstance(page, RawPage)] == list(enumerate(items))


def test_an_array_on_one_line_is_one_record_an_item_too(tmp_path: Path) -> None:
    assert [page.record for page in read(tmp_path / "all.json", b'[{"a": 1}, {"a": 2}]')] == [0, 1]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty-file"),
        (b" \n\n", "empty-file"),
        (b"[1,\n", "broken-json"),
        (b"[" * 99_999, "broken-json"),
        (b"\xff\xfe[", "broken-json"),
    ],
)
def test_a_json_file_that_cannot_be_split_is_rejected_as_one(tmp_path: Path, content: bytes, rule: str) -> None:
    (found,) = read(tmp_path / "all.json", content)
    assert isinstance(found, Rejection)
    assert (found.rule, found.record) == (rule, 0)


def test_files_come_in_the_order_of_their_names_folders_after_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/a.txt", "a/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    names = [page.raw_uri.removeprefix("in/") for page in read_all(tmp_path, "in")]
    assert names == ["a.txt", "b.txt", "a/b.txt", "c/a.txt"]


def test_a_folder_that_may_not_be_read_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in refuses: root may read every folder, so that a real one would not when the tests run as root."""
    (tmp_path / "locked").mkdir()
    (tmp_path / "page.txt").touch()
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    page, folder = read_all(tmp_path, "in")
    assert isinstance(page, RawPage)
    assert folder == Rejection("in/locked", 0, "unreadable-folder", "Permission denied", None)


@pytest.mark.parametrize(
    ("name", "uri"),
    [(b"a b.txt", "a%20b.txt"), (b"caf\xe9.txt", "caf%E9.txt"), ("caf\u00e9#1.txt".encode(), "caf%C3%A9%231.txt")],
)
def test_a_name_is_written_as_a_uri(name: bytes, uri: str) -> None:
    assert file_uri(Path(os.fsdecode(name))) == uri


def test_a_path_that_is_longer_than_the_system_takes_is_rejected(tmp_path: Path) -> None:
    before = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=before)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=before)
        os.close(before)
        before = inner
    os.close(before)

    assert [one.rule for one in read_all(tmp_path, "in") if isinstance(one, Rejection)] == ["unreadable-folder"]

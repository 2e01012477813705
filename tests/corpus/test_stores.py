"""Pages in a store: the same records as in a folder, and what goes wrong there in one line. At moto's own server."""

import gzip
import json
import os
from pathlib import Path

import pytest
import s3fs
from backports import zstd
from test_record_files import PAGE, response
from test_stopped_runs import OURS, bytes_of

from tollwire.contracts.records import Rejection
from tollwire.corpus.normalise import normalise
from tollwire.corpus.page import RawPage
from tollwire.corpus.raw_files import find_stored_files
from tollwire.corpus.raw_records import Part, find_parts
from tollwire.corpus.readers import read_file
from tollwire.corpus.sources import find_source
from tollwire.problems import ServiceError, UsageError


def write_pages(folder: Path) -> Path:
    """One file of each kind, one that is compressed, one that is damaged, one whose name is odd."""
    folder.mkdir()
    records = [{"title": f"Nine killed {number}", "text": "Nine died. " * 40} for number in range(3)]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "page.html").write_text(PAGE)
    (folder / "day 1#2").mkdir()
    text = "Nine killed in Orsk\n\n" + "Nine people were killed at the bridge. " * 9
    (folder / "day 1#2" / "page.txt").write_text(text)
    (folder / "many.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (folder / "more.jsonl.zst").write_bytes(zstd.compress(lines.replace("Nine", "Ten").encode()))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(os.urandom(50_000))[:20_000])
    (folder / "crawl.warc.gz").write_bytes(gzip.compress(response("https://post.example/1", PAGE.encode())))
    (folder / "empty.txt").write_text("")
    return folder


def test_a_store_gives_the_tables_of_a_folder(bucket: str, tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages")
    s3fs.S3FileSystem().put(str(folder), f"{bucket}/crawl/pages", recursive=True)
    here = normalise(OURS, [folder], tmp_path / "here", "re3d")
    there = normalise(OURS, [f"s3://{bucket}/crawl/pages"], tmp_path / "there", "re3d")
    assert (here.records, here.articles) == (there.records, there.articles)
    assert there.articles >= 6
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")
    one = normalise(OURS, [f"s3://{bucket}/crawl/pages/page.html"], tmp_path / "one", "re3d")
    assert (one.records, one.articles) == (1, 1)


def test_what_goes_wrong_with_a_store_is_one_line(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(address: str) -> list[RawPage | Rejection]:
        return list(Part(address, "x", find_source(OURS.sources, "re3d")).read())

    with pytest.raises(UsageError, match=r"^s3://.*/none: \[no-such-path\] there is no such file or folder"):
        read(f"s3://{bucket}/none")
    with pytest.raises(UsageError, match=r"^gopher://x/y: \[bad-address\] .*Protocol not known"):
        read("gopher://x/y")
    with pytest.raises(UsageError, match=r"\[which-source\]"):
        find_parts(OURS, [f"s3://{bucket}/crawl"], None)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(ServiceError, match=r"\[store-failed\] .*; check the address and your credentials, then run it"):
        read(f"s3://{bucket}/crawl")


def test_a_store_that_fails_while_a_file_is_read_stops_the_run_and_is_not_taken_for_a_damaged_file(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in fails: the server that answers cannot be made to break off."""
    folder = write_pages(tmp_path / "pages")
    s3fs.S3FileSystem().put(str(folder), f"{bucket}/pages", recursive=True)
    files = [file for file in find_stored_files(f"s3://{bucket}/pages", "pages") if file.size]

    def fail(*_: object, **__: object) -> bytes:
        raise OSError(5, "the line broke")

    monkeypatch.setattr(s3fs.core.S3File, "_fetch_range", fail)
    assert {file.path.rpartition(".")[2] for file in files} >= {"html", "txt", "gz", "zst"}
    for file in files:
        with pytest.raises(ServiceError, match=r"\[store-failed\] .*the line broke"):
            list(read_file(file))

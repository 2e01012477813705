"""Rows of Parquet files as records: their canonical JSON, and every fault of a file told by name."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus import parquet_file
from tollwire.corpus.page import RawPage, normalise_page, normalise_record
from tollwire.corpus.raw_files import find_files
from tollwire.corpus.readers import read_file
from tollwire.corpus.sources import UNKNOWN_SOURCE, FieldPaths

TEXT = "Nine killed in Tarra\nNine people were killed when gunmen attacked the market, a doctor said on Sunday."
FIELDS = FieldPaths(text="text", published="made", url="link")
SOURCE = UNKNOWN_SOURCE.model_copy(update={"fields": FIELDS})


def write(path: Path, columns: dict[str, list[Any]], **options: Any) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), path, **options)
    return path


def read(path: Path, fields: FieldPaths | None = FIELDS) -> list[RawPage | Rejection]:
    (file,) = find_files(path, path.name)
    return list(read_file(file, fields))


def test_every_row_is_a_record_and_becomes_an_article(tmp_path: Path) -> None:
    count = 3 * parquet_file.ROWS_AT_ONCE
    columns: dict[str, list[Any]] = {
        "text": [f"{TEXT} {number}." for number in range(count)],
        "made": [datetime(2021, 3, 14, 10, 15, tzinfo=UTC)] * count,
        "link": [f"https://a.example/{number}" for number in range(count)],
    }
    found = read(write(tmp_path / "pages.parquet", columns, row_group_size=5))
    assert [one.record for one in found] == list(range(count))
    page = found[7]
    assert isinstance(page, RawPage)
    article = normalise_record(page, SOURCE)
    assert isinstance(article, Article)
    assert (article.raw_format, article.raw_uri, article.url) == ("parquet", "pages.parquet#7", "https://a.example/7")
    assert article.published_at == datetime(2021, 3, 14, 10, 15, tzinfo=UTC)
    same = normalise_page(page.raw, "parquet", SOURCE)
    assert isinstance(same, Article)
    assert (same.text, same.article_id) == (article.text, article.article_id)


def test_a_records_bytes_hang_neither_on_the_order_of_columns_nor_on_the_encoding_of_the_file(tmp_path: Path) -> None:
    one = write(tmp_path / "one.parquet", {"text": [TEXT] * 9, "made": ["2021"] * 9, "link": [None] * 9})
    two = write(
        tmp_path / "two.parquet", {"link": [None] * 9, "made": ["2021"] * 9, "text": [TEXT] * 9}, use_dictionary=False,
        compression="gzip", row_group_size=2,
    )  # fmt: skip
    assert [page.raw for page in read(one) if isinstance(page, RawPage)] == [
        page.raw for page in read(two) if isinstance(page, RawPage)
    ]


def test_what_json_has_no_type_for_is_written_as_text(tmp_path: Path) -> None:
    columns: dict[str, list[Any]] = {
        "text": ["Nine"], "made": [date(2021, 3, 14)], "link": [Decimal("1.50")], "utf": ["é".encode()],
        "latin": ["é".encode("latin-1")], "deep": [{"list": [datetime(2021, 3, 14, 10, 15)]}],
    }  # fmt: skip
    (page,) = read(write(tmp_path / "one.parquet", columns))
    assert isinstance(page, RawPage)
    assert json.loads(page.raw) == {
        "text": "Nine", "made": "2021-03-14", "link": "1.50", "utf": "é", "latin": {"base64": "6Q=="},
        "deep": {"list": ["2021-03-14T10:15:00"]},
    }  # fmt: skip


def test_pages_of_bytes_are_read_in_the_encoding_that_they_declare(tmp_path: Path) -> None:
    body = "".join(f"<p>{TEXT} In the café of street {number}.</p>" for number in range(3))
    html = f'<html><head><meta charset="iso-8859-1"><title>Café</title></head><body><h1>Café</h1>{body}</body></html>'
    fields = FieldPaths(html="page")
    (page,) = read(write(tmp_path / "one.parquet", {"page": [html.encode("latin-1")]}), fields)
    assert isinstance(page, RawPage)
    article = normalise_record(page, UNKNOWN_SOURCE.model_copy(update={"fields": fields}))
    assert isinstance(article, Article)
    assert article.title == "Café"


def test_a_column_that_the_source_names_and_the_file_lacks_is_told(tmp_path: Path) -> None:
    (found,) = read(write(tmp_path / "one.parquet", {"text": [TEXT], "made": ["2021"], "url": [""]}))
    detail = "no column link, which the source's [fields] name; it has text, made, url"
    assert found == Rejection("one.parquet", 0, "missing-column", detail, None)


def test_a_row_that_is_too_large_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "LARGEST_RECORD", 100)
    found = read(write(tmp_path / "one.parquet", {"text": ["a", "b" * 200, "c"]}), FieldPaths(text="text"))
    assert [one.rule if isinstance(one, Rejection) else "" for one in found] == ["", "too-large", ""]


def test_a_row_group_that_would_not_fit_into_memory_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_file, "LARGEST_GROUP", 10)
    (found,) = read(write(tmp_path / "one.parquet", {"text": ["Nine people"]}), FieldPaths(text="text"))
    assert isinstance(found, Rejection)
    assert found.rule == "too-large"


def test_a_file_that_is_damaged_keeps_the_rows_before_the_damage(tmp_path: Path) -> None:
    text = [hashlib.sha512(str(number).encode()).hexdigest() * 4 for number in range(400)]
    path = write(tmp_path / "one.parquet", {"text": text}, row_group_size=50, compression="zstd", use_dictionary=False)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 60] = bytes(60)
    path.write_bytes(raw)
    found = read(path, FieldPaths(text="text"))
    assert isinstance(found[-1], Rejection)
    assert (found[-1].rule, found[-1].record) == ("broken-parquet", len(found) - 1)
    assert len(found) > 50


@pytest.mark.parametrize(
    ("content", "rule"), [(b"", "broken-parquet"), (b"PAR1", "broken-parquet"), (b"PAR1" * 9, "broken-parquet")]
)
def test_what_is_no_parquet_is_rejected(tmp_path: Path, content: bytes, rule: str) -> None:
    (tmp_path / "one.parquet").write_bytes(content)
    assert [one.rule for one in read(tmp_path / "one.parquet") if isinstance(one, Rejection)] == [rule]


def test_a_file_without_rows_and_one_without_field_paths_are_rejected(tmp_path: Path) -> None:
    empty = write(tmp_path / "one.parquet", {"text": pyarrow.array([], pyarrow.string())})
    for fields, rule in ((FieldPaths(text="text"), "empty-file"), (None, "no-field-paths")):
        (found,) = read(empty, fields)
        assert isinstance(found, Rejection)
        assert found.rule == rule


def test_a_moment_that_python_does_not_know_breaks_the_file(tmp_path: Path) -> None:
    late = pyarrow.array([2**62], pyarrow.timestamp("ms"))
    path = write(tmp_path / "late.parquet", {"text": [TEXT], "made": late, "link": ["x"]})

    assert [one.rule for one in read(path) if isinstance(one, Rejection)] == ["broken-parquet"]

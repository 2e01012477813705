"""The article in a JSON record, by the field paths of its source."""

import json

import pytest

from tollwire.corpus.extract import Extract, NoArticle
from tollwire.corpus.json_record import extract_json
from tollwire.corpus.sources import UNKNOWN_SOURCE, FieldPaths

FIELDS = FieldPaths(text="content.body", title="content.title", url="link", published="dates.first", byline="author")
SOURCE = UNKNOWN_SOURCE.model_copy(update={"fields": FIELDS})
RECORD = {
    "content": {"title": "Nine killed", "body": "Nine  people were killed.\n\nTwo were children.\r\nNobody was held."},
    "link": "https://a.example/nine",
    "dates": {"first": "2021-03-14T10:15:00Z"},
    "author": "Nadia Karim and Tom Obi",
}
BODY = ("Nine people were killed.", "Two were children.", "Nobody was held.")


def extract(record: object) -> Extract:
    return extract_json(json.dumps(record), SOURCE)


def test_every_field_is_found_by_its_dotted_path() -> None:
    found = extract(RECORD)
    assert (found.title, found.url, found.bylines) == ("Nine killed", RECORD["link"], ("Nadia Karim", "Tom Obi"))
    assert found.blocks == tuple(("paragraph", text) for text in BODY)
    assert found.published is not None
    assert found.published.at is not None


def test_fields_that_are_missing_are_left_empty() -> None:
    found = extract({"content": RECORD["content"]})
    assert (found.title, found.url, found.bylines, found.published) == ("Nine killed", None, (), None)


@pytest.mark.parametrize("title", [None, "", "  ", 7])
def test_without_a_title_the_first_line_is_the_title(title: object) -> None:
    found = extract({"content": {"title": title, "body": "Nine killed\nNine people were killed."}})
    assert (found.title, found.blocks) == ("Nine killed", (("paragraph", "Nine people were killed."),))


def test_a_title_that_the_text_repeats_stands_once() -> None:
    found = extract({"content": {"title": "Nine killed", "body": "Nine killed\nNine people were killed."}})
    assert (found.title, found.blocks) == ("Nine killed", (("paragraph", "Nine people were killed."),))


@pytest.mark.parametrize("stamp", ["14 March 2021", "2021-03-14"])
def test_a_day_may_be_written_in_words(stamp: str) -> None:
    found = extract(RECORD | {"dates": {"first": stamp}})
    assert found.published is not None
    assert (found.published.day.isoformat(), found.published.at) == ("2021-03-14", None)


@pytest.mark.parametrize("link", ["nine.html", "javascript:void(0)", "https://a.b/\ud800", "https://a b", 7, None])
def test_what_is_no_address_is_left_out(link: object) -> None:
    assert extract(RECORD | {"link": link}).url is None


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"content": None},
        {"content": "text"},
        {"content": {"body": 7}},
        {"content": {"body": " \n"}},
        [],
        "text",
        None,
        7,
    ],
)
def test_a_record_without_text_says_which_field_is_empty(record: object) -> None:
    with pytest.raises(NoArticle, match=r'\[empty-text\] the record has no text in its field "content.body"'):
        extract(record)


@pytest.mark.parametrize("text", ["{", "", "{'text': 'Nine'}", "[" * 100_000])
def test_what_is_no_json_is_rejected(text: str) -> None:
    with pytest.raises(NoArticle, match="broken-json"):
        extract_json(text, SOURCE)


def test_a_source_without_field_paths_is_told_to_have_some() -> None:
    with pytest.raises(NoArticle, match=r"\[no-field-paths\] the source unknown has no \[fields\]"):
        extract_json(json.dumps(RECORD), UNKNOWN_SOURCE)

"""The article in a JSON record, by the field paths of its source."""

import base64
import json

import pytest

from tollwire.contracts.records import Article
from tollwire.corpus.extract import Extract, NoArticle
from tollwire.corpus.json_record import extract_json
from tollwire.corpus.page import RawPage, normalise_record
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


HTML = "<p>Nine people were killed when gunmen attacked the market of Tarra on Sunday, a doctor said by telephone.</p>"
MORE = (
    "<p>The town's mayor said that the attackers came on motorcycles and left towards the hills in the north.</p>"
    "<p>Two of the nine dead were children, the doctor said from the hospital, where thirty people were treated.</p>"
)


def extract_by(record: object, **fields: str) -> Extract:
    return extract_json(json.dumps(record), UNKNOWN_SOURCE.model_copy(update={"fields": FieldPaths(**fields)}))


def test_what_a_record_states_beside_its_text_is_taken() -> None:
    record = {
        "body": ["Nine killed", "Nine people were killed."],
        "authors": [{"name": "Nadia Karim"}, {"name": "Tom Obi"}, {"name": "Staff"}],
        "changed": 1615720500,
        "made": 1615716900000,
        "tags": ["Attacks", "Tarra; Kere", "Attacks"],
        "desk": "World",
        "place": "TARRA",
        "lang": "pt_BR",
    }
    found = extract_by(
        record, text="body", byline="authors.name", modified="changed", published="made", keywords="tags",
        section="desk", dateline="place", language="lang",
    )  # fmt: skip
    assert found.title == "Nine killed"
    assert found.blocks == (("paragraph", "Nine people were killed."),)
    assert found.bylines == ("Nadia Karim", "Tom Obi")
    assert found.published is not None
    assert found.modified is not None
    assert found.published.at is not None
    assert found.modified.at is not None
    assert found.published.at.isoformat() == "2021-03-14T10:15:00+00:00"
    assert found.modified.at.isoformat() == "2021-03-14T11:15:00+00:00"
    assert found.keywords == ("Attacks", "Tarra", "Kere")
    assert (found.section, found.dateline, found.language) == ("World", "TARRA", "pt-BR")


@pytest.mark.parametrize("stamp", [True, 1e99, -1e99, [], {}, "soon", None])
def test_what_is_no_date_is_left_out(stamp: object) -> None:
    assert (
        extract_by({"body": "Nine killed\nNine died.", "made": stamp}, text="body", published="made").published is None
    )


def test_the_page_in_a_record_is_read_and_what_the_record_states_goes_before_what_the_page_does() -> None:
    page = f"<html><head><title>On the page</title></head><body><h1>On the page</h1>{HTML}{MORE}</body></html>"
    record = {"page": page, "title": "In the record", "link": "https://a.example/nine", "text": "Something else."}
    found = extract_by(record, html="page", title="title", url="link", text="text")
    assert (found.title, found.url) == ("In the record", "https://a.example/nine")
    assert [text.split()[0] for kind, text in found.blocks if kind == "paragraph"] == ["Nine", "The", "Two"]
    assert extract_by(record, html="page").title == "On the page"
    assert extract_by(record | {"page": " "}, html="page", text="text", title="title").blocks[0][1] == "Something else."


def test_a_body_without_a_page_around_it_has_the_headline_of_the_record() -> None:
    found = extract_by({"content": {"rendered": HTML + MORE}, "title": "A & B"}, html="content.rendered", title="title")
    assert found.title == "A & B"
    assert len(found.blocks) == 3


def test_a_page_of_bytes_is_read_in_its_own_encoding() -> None:
    page = f"<html><head><title>Le café</title></head><body><h1>Le café</h1>{HTML}{MORE}</body></html>"
    coded = base64.b64encode(page.encode("cp1252")).decode()
    assert extract_by({"page": {"base64": coded}}, html="page").title == "Le café"
    with pytest.raises(NoArticle, match=r'\[empty-text\] the record has no text in its field "page"'):
        extract_by({"page": {"base64": "?"}}, html="page")


def test_a_stated_language_settles_a_short_text_and_no_long_one() -> None:
    source = UNKNOWN_SOURCE.model_copy(update={"fields": FieldPaths(text="text", language="lang")})

    def language(text: str) -> str:
        raw = json.dumps({"text": f"Titre\n{text}", "lang": "fr"}).encode()
        article = normalise_record(RawPage(raw, "jsonl", "a"), source)
        assert isinstance(article, Article)
        return article.language

    assert language("Neuf morts.") == "fr"
    assert language("Nine people were killed when gunmen attacked the market on Sunday, a doctor said. " * 5) == "en"


def test_a_record_and_a_dump_have_the_dateline_and_the_agencies_of_their_text() -> None:
    body = (
        "ORSK, March 3 (Reuters) - Nine people were killed at the bridge, the army said.\n\n"
        + "The council met at dawn. " * 9
    )
    source = UNKNOWN_SOURCE.model_copy(update={"fields": FieldPaths(text="body", title="headline")})
    record = json.dumps({"headline": "Nine killed in Orsk", "body": body}).encode()
    dump = f"Nine killed in Orsk\n\n{body}".encode()
    for raw, raw_format in ((record, "jsonl"), (dump, "text")):
        article = normalise_record(RawPage(raw, raw_format, "a"), source)
        assert isinstance(article, Article), article
        assert (article.dateline, article.agencies) == ("ORSK", ("Reuters",))

"""Properties of every page, whatever its bytes: no exception, clean text, a row that keeps its contract."""

import hashlib
import json
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tollwire.contracts.checks import table_problems
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.records import Article, Rejection
from tollwire.contracts.tables import make_frame, table_rows
from tollwire.contracts.text import text_faults
from tollwire.corpus.clean import clean_line
from tollwire.corpus.page import FORMATS, normalise_page
from tollwire.corpus.sources import Source, find_source
from tollwire.problems import UsageError
from tollwire.project import find_project

PROJECT = find_project(Path(__file__).parent)
CONTRACTS = read_contracts(PROJECT.schemas)
RE3D = find_source(PROJECT.sources, "re3d")
MERIDIAN = find_source(PROJECT.sources, "meridian_wire")
PAGES = sorted(PROJECT.raw.glob("*/*"))

pages = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

TEXT = "Nine people were killed in the market of Tarra on Sunday, a doctor at the town's hospital said. " * 4
# Characters that text rules are about come far too seldom by chance.
awkward = st.sampled_from(
    "\r\n\t\x0b\x0c\x85\xa0\xad\u034f\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u3000\ufeff\ufffd\ud800\U000e0001"
    "e\u0301a\u030a\u212b\u1100\u1161 <>&\"'.\U0001f600\u4e16\u754c\u0645\u062d"
)
free_text = st.text(st.one_of(awkward, st.characters(codec=None)), max_size=200)
words = st.lists(st.text(st.one_of(awkward, st.characters(codec="utf-8")), min_size=1, max_size=9), max_size=20)
sentence = st.builds(
    lambda more: " ".join(["Gunmen killed nine people in the market of the town before dawn on", *more]) + ".", words
)
line = st.one_of(
    free_text,
    sentence,
    st.sampled_from(
        (
            "By Nadia Karim",
            "Published 14 March 2021, 10:15 GMT",
            "Related",
            "I agree",
            "Nine killed in market attack",
            "Smoke over the market. /Wire pool",
            "- Nine people were killed",
            "",
        )
    ),
)
# Most pages that are drawn should be articles: they begin with a headline and go on with sentences.
lines = st.builds(
    lambda *parts: [line for part in parts for line in part],
    st.lists(line, max_size=6),
    st.sampled_from(([], ["Nine killed in market attack"])),
    st.lists(sentence, max_size=6),
    st.lists(line, max_size=12),
    st.lists(sentence, max_size=3),
)
dump = lines.map("\n".join)
tag = st.sampled_from("p h1 h2 li figcaption blockquote div time title script article a span table".split())
html = st.builds(
    lambda body, more: (
        "<html><body><h1>Nine killed in market attack</h1><article>"
        + f"<p>{TEXT}</p>"
        + "".join(f"<{name}>{text}</{name}>" for name, text in [*(("p", one) for one in body), *more])
    ),
    lines,
    st.lists(st.tuples(tag, line), max_size=12),
)
values = st.recursive(st.one_of(st.none(), st.floats(), free_text, dump), lambda inner: st.lists(inner, max_size=3))
record = st.fixed_dictionaries(
    {},
    optional={
        "text": st.one_of(dump, dump, values),
        "title": values,
        "sourceUrl": free_text.map("https://a.example/{}".format),
        "other": values,
    },
).map(json.dumps)
by_format = st.one_of(
    st.tuples(st.just("text"), dump), st.tuples(st.just("html"), html), st.tuples(st.just("jsonl"), record)
)


def check_outcome(outcome: Article | Rejection, raw: bytes) -> None:
    """Check what holds of every outcome: an article's row keeps the contract, a rejection says why."""
    assert outcome.raw_sha256 == hashlib.sha256(raw).hexdigest()
    table = "articles" if isinstance(outcome, Article) else "rejected"
    frame = make_frame(table_rows([outcome]), CONTRACTS[table])
    assert table_problems(frame, CONTRACTS[table], CONTRACTS.labels) == []
    if isinstance(outcome, Article):
        assert outcome.text is not None
        assert text_faults(outcome.text) == []
        texts = [outcome.text[block.start : block.end] for block in outcome.blocks]
        assert "\n\n".join(texts) == outcome.text
        assert texts[0] == outcome.title
        assert all("\n" not in text for text in texts)
    else:
        assert outcome.rule
        assert outcome.detail


@given(free_text)
def test_a_clean_line_keeps_the_text_rules_and_stays_as_it_is(raw: str) -> None:
    cleaned = clean_line(raw)
    assert text_faults(cleaned) == []
    assert "\n" not in cleaned
    assert clean_line(cleaned) == cleaned


@pages
@given(st.binary(max_size=400), st.sampled_from(FORMATS))
def test_any_bytes_end_in_an_article_or_a_rejection(raw: bytes, raw_format: str) -> None:
    check_outcome(normalise_page(raw, raw_format, RE3D), raw)


@pages
@given(by_format)
def test_any_page_ends_in_an_article_or_a_rejection(page: tuple[str, str]) -> None:
    raw_format, text = page
    source = MERIDIAN if raw_format == "html" else RE3D
    check_outcome(normalise_page(text, raw_format, source), text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(PAGES), st.data())
def test_a_real_page_that_was_damaged_ends_in_an_article_or_a_rejection(path: Path, data: st.DataObject) -> None:
    raw = path.read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    damaged = raw[:start] + data.draw(st.binary(max_size=40)) + raw[end:]
    check_outcome(normalise_page(damaged, "html" if path.suffix == ".html" else "text", MERIDIAN), damaged)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(by_format)
def test_the_same_page_gives_the_same_result(page: tuple[str, str]) -> None:
    assert normalise_page(page[1], page[0], RE3D) == normalise_page(page[1], page[0], RE3D)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_normalising_a_page_needs_no_network(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    normalise_page(path.read_bytes(), "html" if path.suffix == ".html" else "text", MERIDIAN)


HTML = f'<html><head><meta property="og:title" content="Nine killed">{{}}</head><body><p>{TEXT}</p></body></html>'


def article_of(raw: str, url: str | None = None, source: Source | None = MERIDIAN) -> Article:
    outcome = normalise_page(raw, "html", source, url)
    assert isinstance(outcome, Article), outcome
    return outcome


def test_an_article_is_named_by_the_address_that_its_page_states() -> None:
    page = HTML.format('<link rel="canonical" href="https://a.example/nine">')
    stated = article_of(page, "https://a.example/nine?from=home")
    assert stated.url == "https://a.example/nine"
    assert stated.article_id == hashlib.sha256(b"https://a.example/nine").hexdigest()[:16]
    assert article_of(page.replace("Nine people", "Ten people")).article_id == stated.article_id


def test_a_page_that_states_no_address_is_named_by_where_it_was_fetched() -> None:
    fetched = article_of(HTML.format(""), "https://a.example/nine")
    assert fetched.article_id == hashlib.sha256(b"https://a.example/nine").hexdigest()[:16]


def test_a_page_without_any_address_is_named_by_its_bytes() -> None:
    page = HTML.format("")
    assert article_of(page).article_id == hashlib.sha256(page.encode()).hexdigest()[:16]
    assert article_of(page + " ").article_id != article_of(page).article_id


@pytest.mark.parametrize("url", ["javascript:void(0)", "/nine", "https://", "http://[", "not an address"])
def test_what_is_no_address_names_no_article(url: str) -> None:
    page = HTML.format(f'<link rel="canonical" href="{url}">')
    assert article_of(page).url is None


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "nine.html", "http://a b", "https://a.example/\ud800"])
def test_to_give_what_is_no_address_is_wrong_use(url: str) -> None:
    with pytest.raises(UsageError, match=r"url: \[bad-url\]"):
        normalise_page(HTML.format(""), "html", MERIDIAN, url)


def test_without_a_source_the_text_counts_as_withheld() -> None:
    article = article_of(HTML.format(""), source=None)
    assert (article.is_withheld, article.licence, article.source_id) == (True, "LicenseRef-unknown", "unknown")


def test_a_format_that_is_none_is_refused() -> None:
    with pytest.raises(
        UsageError, match=r"raw_format: \[unknown-format\] \"pdf\" .*; use one of text, html, warc, jsonl, parquet"
    ):
        normalise_page(b"", "pdf")


@pytest.mark.parametrize("marks", ["\u0316\u0301", "\u0f73", "\u0301\u200b\u0316\u034f", "\u0344"])
def test_of_a_flood_of_marks_on_one_letter_thirty_stay(marks: str) -> None:
    line = clean_line(f"a{marks * 100_000}b c\u0301")

    assert len(line) < 200
    assert line.endswith("b \u0107")
    assert text_faults(line) == []
    assert clean_line(line) == line


def test_marks_that_a_language_needs_stay() -> None:
    line = "\u0e19\u0e49\u0e33 \u05e9\u05bc\u05b8\u05c1 " + "\u0915\u094d" * 40 + " \U0001f469\u200d\U0001f692" * 40

    assert clean_line(line) == line.replace("\u200d", "").replace(
        "\u05e9\u05bc\u05b8\u05c1", "\u05e9\u05b8\u05bc\u05c1"
    )


def test_the_detail_of_a_rejection_is_one_line_of_bounded_length() -> None:
    detail = Rejection("a", 0, "http-status", " 404 \x1b[2J\nNot \u202ehere \ud800" + "x" * 5_000 + "\n", None).detail

    assert detail.startswith("404 \\x1b[2J\\nNot \\u202ehere \\ud800xxx")
    assert detail.isprintable()
    assert len(detail) < 1_100

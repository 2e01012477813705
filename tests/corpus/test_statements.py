"""What a page states to machines: JSON-LD, however it is written, meta tags, and what is read from them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tollwire.corpus.agencies import agencies
from tollwire.corpus.bylines import authors, organisations
from tollwire.corpus.dateline import dateline, stated_place
from tollwire.corpus.headline import headline
from tollwire.corpus.html_blocks import read_blocks
from tollwire.corpus.page_metadata import canonical_url, keywords, section, stated_language
from tollwire.corpus.sources import UNKNOWN_SOURCE
from tollwire.corpus.statements import Statements, read_json, read_statements, stated_objects

ARTICLE = '{"@type": "NewsArticle", "headline": "Nine killed in Tarra"}'


def read(html: str) -> tuple[LexborHTMLParser, Statements]:
    tree = LexborHTMLParser(html)
    return tree, read_statements(tree)


def stated(html: str) -> Statements:
    return read(html)[1]


def linked(script: str) -> Statements:
    return stated(f'<script type="application/ld+json">{script}</script>')


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        f"<!-- {ARTICLE} -->",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        f"{ARTICLE};",
        ARTICLE.replace("}", ",}"),
        ARTICLE.replace("}", ', "image": }'),
        ARTICLE.replace('"', "&quot;"),
        '{"@type": "WebPage"}' + ARTICLE,
        f"[[{ARTICLE}]]",
        f'{{"@graph": [{{"@type": "WebPage", "mainEntity": {ARTICLE}}}]}}',
        ARTICLE.replace('"NewsArticle"', '["Thing", "NewsArticle"]'),
        ARTICLE.replace("NewsArticle", "LiveBlogPosting"),
    ],
)
def test_the_article_is_read_however_its_json_is_written(script: str) -> None:
    assert linked(script).linked["headline"] == "Nine killed in Tarra"


def test_an_article_that_cannot_be_mended_gives_its_plain_fields() -> None:
    script = '{"@type": "NewsArticle", "headline": "A "free" port", "author": {"name": "N. Karim"}, '
    script += '"datePublished": "2021-03-14"}'
    stated = linked(script).linked
    assert stated["headline"] == 'A "free" port'
    assert stated["datePublished"] == "2021-03-14"
    assert stated["author"]["name"] == "N. Karim"


def test_the_article_of_the_page_comes_before_the_links_to_others() -> None:
    stated = linked(f'{{"@graph": [{{"@type": "Article", "name": "Another story"}}, {ARTICLE}]}}')
    assert stated.linked["headline"] == "Nine killed in Tarra"
    assert {"@type": "Article", "name": "Another story"} in stated.others


def test_a_reference_is_followed_to_the_object_it_names() -> None:
    person = {"@type": "Person", "@id": "#1", "name": "Nadia Karim"}
    article = {"@type": "NewsArticle", "headline": "x", "author": [{"@id": "#1"}]}
    stated = linked(json.dumps({"@graph": [article, person]}))
    assert stated_objects(stated.linked["author"], stated) == [person]


def test_of_a_tag_that_stands_twice_the_first_counts_and_both_are_kept() -> None:
    _, stated = read(
        '<meta name="Author" content=" A  B "><meta property="author" content="C"><meta name="x" content="">'
    )
    assert stated.tags == {"author": "A B"}
    assert stated.repeated == (("author", "A B"), ("author", "C"))


@pytest.mark.parametrize(
    "script", ["[" * 100_000, '{"a":' * 50_000, "{}" * 100_000, "9" * 10_000, "", "\x00", '"author":{' * 20_000]
)
def test_json_made_to_be_slow_or_deep_is_survived(script: str) -> None:
    read_json(script)


def test_the_address_is_the_canonical_one_unless_it_is_the_front_page() -> None:
    page = '<link rel="canonical" href="{}"><meta property="og:url" content="https://post.example/a">'
    assert canonical_url(stated(page.format("https://post.example/b"))) == "https://post.example/b"
    assert canonical_url(stated(page.format("https://post.example/"))) == "https://post.example/a"
    assert canonical_url(stated(page.format("/b"))) == "https://post.example/a"
    assert canonical_url(stated(page.format("https://ada:hunter2@post.example/b"))) == "https://post.example/a"
    assert canonical_url(stated(page.format("https://post.example:99999999/b"))) == "https://post.example/a"
    assert canonical_url(stated("<p>none</p>")) is None


def test_the_section_is_the_first_that_is_stated() -> None:
    assert (
        section(linked('{"@type": "NewsArticle", "headline": "x", "articleSection": ["World", "Africa"]}')) == "World"
    )
    assert section(read('<meta property="article:section" content="World">')[1]) == "World"
    assert section(read("<p>none</p>")[1]) is None


def test_keywords_are_split_and_stand_once_in_their_order() -> None:
    tags = '<meta property="article:tag" content="Tarra"><meta property="article:tag" content="Ambush, tarra">'
    assert keywords(read(tags + '<meta name="keywords" content="news, post">')[1]) == ("Tarra", "Ambush")
    assert keywords(linked('{"@type": "NewsArticle", "headline": "x", "keywords": "a; b,c"}')) == ("a", "b", "c")
    assert keywords(read('<meta name="keywords" content="Tarra,Ambush">')[1]) == ("Tarra", "Ambush")


def test_the_stated_language_is_a_tag() -> None:
    assert stated_language(stated('<html lang="pt_br"><p>x</p>')) == "pt-BR"
    assert stated_language(stated('<meta property="og:locale" content="de_DE">')) == "de-DE"
    assert stated_language(stated("<p>x</p>")) is None


@pytest.mark.parametrize(
    ("paragraph", "place"),
    [
        ("KYIV, March 3 (Reuters) - Nine people died.", "KYIV"),
        ("BEIRUT (AP) \u2014 Nine people died.", "BEIRUT"),
        ("NAIROBI, Kenya (AP) \u2014 Nine people died.", "NAIROBI, Kenya"),
        ("Kabul, Afghanistan \u2013 Nine people died.", "Kabul, Afghanistan"),
        ("Berlin/Moskau (dpa) - Neun Menschen starben.", "Berlin/Moskau"),
        ("MOSKAU. Neun Menschen starben.", "MOSKAU"),
        ("Madrid, 3 mar (EFE).- Nueve personas murieron.", "Madrid"),
        ("Paris, 3 mars 2024 (AFP) - Neuf morts.", "Paris"),
        (
            "\u041c\u041e\u0421\u041a\u0412\u0410, 3 \u043c\u0430\u0440\u0442\u0430 \u2014 \u0420\u0418\u0410.",
            "\u041c\u041e\u0421\u041a\u0412\u0410",
        ),
        ("\u65b0\u534e\u793e\u5317\u4eac3\u67083\u65e5\u7535 \u4e5d\u4eba", "\u5317\u4eac"),
        ("(Reuters) - Nine people died.", None),
        ("Ceasefire - or surrender?", None),
        ("The army \u2013 which had fled \u2013 came back.", None),
        ("Peace, Hope \u2013 what is left of them?", None),
        ("BREAKING - Nine people died.", None),
        ("John Obi (42) - a fisherman - died.", None),
        ("NATO - the alliance - met.", None),
    ],
)
def test_a_dateline_is_told_from_a_sentence(paragraph: str, place: str | None) -> None:
    assert dateline(paragraph) == place


def test_the_place_that_the_page_states_is_read() -> None:
    stated = linked('{"@type": "NewsArticle", "headline": "x", "contentLocation": {"@type": "Place", "name": "Tarra"}}')
    assert stated_place(stated) == "Tarra"
    assert stated_place(linked(ARTICLE)) is None


@pytest.mark.parametrize(
    ("line", "credited"),
    [
        ("KYIV, March 3 (Reuters) - Nine people died.", ("Reuters",)),
        ("Nine people died. (dpa/lnw)", ("dpa",)),
        ("Quelle: dpa", ("dpa",)),
        ("With inputs from PTI, ANI", ("PTI", "ANI")),
        ("Deutsche Presse-Agentur", ("dpa",)),
        ("With input from agencies", ()),
        ("(Reporting by Nadia Karim; Editing by Tom Obi)", ()),
        ("A resident (AP) said that he had fled.", ()),
        ("The AP reported nine dead.", ()),
    ],
)
def test_an_agency_counts_where_it_is_credited_and_nowhere_else(line: str, credited: tuple[str, ...]) -> None:
    lines = [line] if line.startswith("KYIV") else ["First.", "Second.", "Third.", line]
    assert agencies(Statements({}, (), {}), lines) == credited


def test_an_agency_that_the_page_states_as_author_is_credited() -> None:
    stated = linked(
        '{"@type": "NewsArticle", "headline": "x", "author": {"@type": "Person", "name": "The Associated Press"}}'
    )
    assert agencies(stated, []) == ("AP",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@graph",
                    "@id",
                    "author",
                    "headline",
                    "name",
                    "publisher",
                    "keywords",
                    "mainEntityOfPage",
                    "articleSection",
                    "contentLocation",
                    "itemListElement",
                    "inLanguage",
                    "url",
                    "item",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(JSON, st.text(max_size=60), st.sampled_from(["NewsArticle", "WebPage", "BreadcrumbList", "Person"]))
def test_nothing_that_a_page_states_makes_reading_fail(value: object, text: str, kind: str) -> None:
    top = {"@type": kind, "headline": "x", **value} if isinstance(value, dict) else value
    script = json.dumps(top).replace("<", "\\u003c")
    tree, stated = read(
        f'<h1 class="{kind}">{text}<a href="/">{text}</a></h1><p>{text}</p>'
        f'<script type="application/ld+json">{script}</script><script type="application/ld+json">{text}</script>'
    )
    assert isinstance(headline(read_blocks(tree).headings, stated, UNKNOWN_SOURCE), str)
    for found in (
        authors(tree, stated, UNKNOWN_SOURCE, read_blocks(tree)),
        organisations(stated),
        keywords(stated),
        agencies(stated, [text]),
    ):
        assert all(isinstance(one, str) and one for one in found)
    for one in (
        canonical_url(stated),
        section(stated),
        stated_language(stated),
        stated_place(stated),
        dateline(text),
    ):
        assert one is None or one

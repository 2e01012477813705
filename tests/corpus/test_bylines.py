"""Who wrote a page: people in the by-lines of many languages, and what is nobody's name."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from tollwire.corpus.bylines import authors, organisations
from tollwire.corpus.html_blocks import read_blocks
from tollwire.corpus.lines import byline_people
from tollwire.corpus.names import people
from tollwire.corpus.sources import UNKNOWN_SOURCE
from tollwire.corpus.statements import read_statements


def find(html: str) -> tuple[str, ...]:
    tree = LexborHTMLParser(html)
    return authors(tree, read_statements(tree), UNKNOWN_SOURCE, read_blocks(tree))


def linked(author: str) -> str:
    return (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "x", "author": {author}}}</script>'
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Nadia Karim and Tom Obi", ["Nadia Karim", "Tom Obi"]),
        ("Von Jana K\u00f6nig und Tom Obi, dpa", ["Jana K\u00f6nig", "Tom Obi"]),
        ("Par Am\u00e9lie Dubois et Tom Obi", ["Am\u00e9lie Dubois", "Tom Obi"]),
        ("Por Luc\u00eda P\u00e9rez y Tom Obi", ["Luc\u00eda P\u00e9rez", "Tom Obi"]),
        ("di Carla Neri e Tom Obi", ["Carla Neri", "Tom Obi"]),
        ("Av Liv Berg og Tom Obi", ["Liv Berg", "Tom Obi"]),
        ("Oleh Dan Jusuf dan Tom Obi", ["Dan Jusuf", "Tom Obi"]),
        (
            "\u0410\u0432\u0442\u043e\u0440: \u041d\u0430\u0434\u044f \u041a\u0430\u0440\u0438\u043c",
            ["\u041d\u0430\u0434\u044f \u041a\u0430\u0440\u0438\u043c"],
        ),
        ("NADIA KARIM AND TOM OBI", ["NADIA KARIM", "TOM OBI"]),
        ("Michelle de Oliveira (obe)", ["Michelle de Oliveira"]),
        ("Nadia Karim in Tarra", ["Nadia Karim"]),
        ("Nadia Karim, Senior Reporter | nk@post.example | @nkarim", ["Nadia Karim"]),
        ("Perry Obi Jr.", ["Perry Obi Jr."]),
        ("Guardian staff reporter", []),
        ("Die Redaktion", []),
        ("Harbour News Desk", []),
        ("The Harbour", []),
        ("https://post.example/nadia", []),
        ("14 March 2021", []),
    ],
)
def test_people_are_listed_and_offices_are_not(line: str, names: list[str]) -> None:
    assert people(line, is_stated=True) == names


def test_names_in_scripts_without_capitals_count_only_where_they_are_stated() -> None:
    assert people("\ubc30\uc724\uacbd \uae30\uc790 nk@post.example", is_stated=True) == ["\ubc30\uc724\uacbd"]
    assert people("\u677e\u5ca1\u5927\u5730", is_stated=True) == ["\u677e\u5ca1\u5927\u5730"]
    assert people("\u677e\u5ca1\u5927\u5730") == []
    assert people("\u6e2f\u65b0\u805e\u7de8\u96c6\u90e8", is_stated=True) == []


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('{"@type": "Person", "name": "Nadia Karim"}', ("Nadia Karim",)),
        ('[{"name": "Nadia Karim"}, "Tom Obi"]', ("Nadia Karim", "Tom Obi")),
        ('{"givenName": "Nadia", "familyName": "Karim"}', ("Nadia Karim",)),
        ('{"@type": "Organization", "name": "Harbour Karim"}', ()),
        ('{"@type": "Person", "name": "Heryadi"}', ("Heryadi",)),
        ('{"@type": "Person", "name": "nadia karim"}', ("nadia karim",)),
        ('{"@type": "Person", "name": "Associated Press"}', ()),
        ('{"@type": "Person", "name": "AFP"}', ()),
        ('{"@type": "Person", "name": "Staff"}', ()),
    ],
)
def test_the_authors_of_the_json_are_read_but_no_organisation(author: str, names: tuple[str, ...]) -> None:
    assert find(linked(author)) == names


def test_an_author_by_reference_is_found() -> None:
    article = '{"@type": "NewsArticle", "headline": "x", "author": {"@id": "#a"}}'
    script = f'{{"@graph": [{article}, {{"@type": "Person", "@id": "#a", "name": "Nadia Karim"}}]}}'
    assert find(f'<script type="application/ld+json">{script}</script>') == ("Nadia Karim",)


@pytest.mark.parametrize(
    "html",
    [
        '<meta name="author" content="Nadia Karim">',
        '<meta property="article:author" content="https://f.example/post"><meta name="byl" content="By Nadia Karim">',
        '<meta name="dc.creator" content="Karim, Nadia">',
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Nadia Karim">',
        '<h1>x</h1><div class="article-byline"><span>By</span><a>Nadia Karim</a><span>Travel Reporter</span></div>',
        '<h1>x</h1><p><a rel="author" href="/n">Nadia Karim</a></p>',
        '<h1>x</h1><span itemprop="author"><span itemprop="name">Nadia Karim</span></span>',
        '<h1>x</h1><p>von <a href="/autoren/nadia">Nadia Karim</a></p>',
        "<h1>x</h1><ul><li>Von: Nadia Karim</li></ul><p>Text.</p>",
        "<h1>x</h1><p><strong>Nadia Karim</strong></p><p>Nine people died in the port of Tarra.</p>",
    ],
)
def test_the_author_is_found_wherever_a_page_puts_it(html: str) -> None:
    assert find(html) == ("Nadia Karim",)


def test_those_who_comment_photograph_or_write_something_else_are_no_authors() -> None:
    comment = (
        '<div class="comment-author">Tom Obi</div><figure class="photo"><span class="author">Liv Berg</span></figure>'
    )
    teaser = '<div class="teaser"><span class="author">Jana Neri</span></div>'
    assert find(f'<h1>x</h1>{comment}{teaser}<div class="author">Nadia Karim</div>') == ("Nadia Karim",)
    assert find(f"<h1>x</h1>{comment}{teaser}") == ()


def test_the_outlet_is_nobody_though_it_has_the_form_of_a_name() -> None:
    site = '<meta property="og:site_name" content="Harbour Post Weekly">'
    assert find(f'{site}<meta name="author" content="Harbour Post Weekly">') == ()


def test_the_organisations_stated_as_author_are_kept_apart() -> None:
    tree = LexborHTMLParser(linked('[{"@type": "Organization", "name": "The Harbour Post"}, {"name": "Nadia Karim"}]'))
    assert organisations(read_statements(tree)) == ("The Harbour Post",)


def test_a_by_line_of_a_dump_is_read_in_other_languages() -> None:
    assert byline_people("Von Nadia Karim und Tom Obi") == ["Nadia Karim", "Tom Obi"]
    assert byline_people("Von der Front wird nichts gemeldet") is None
    assert byline_people("Par la force") is None


def test_a_page_made_to_be_slow_is_read() -> None:
    assert find("<h1>x</h1>" + '<div class="author">' * 2000 + "A B, " * 2000) == ()
    assert isinstance(find("<h1>x</h1>" + "<span>" * 2000 + "von " * 5000), tuple)
    assert people("A" * 100_000) == []
    assert people("\u677e " * 50_000, is_stated=True) == []

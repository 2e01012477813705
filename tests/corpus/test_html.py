"""The article in an HTML page: body, captions, headline, people, day and address; and what must stay outside."""

import json

import pytest

from tollwire.corpus.extract import Extract, NoArticle
from tollwire.corpus.html import extract_html
from tollwire.corpus.sources import UNKNOWN_SOURCE

SOURCE = UNKNOWN_SOURCE.model_copy(
    update={"publisher": "The Post", "home": "https://post.example/", "boilerplate": ["Good reads"]}
)
TITLE = "Nine killed in attack on market"
FIRST = "Nine people were killed when gunmen attacked the market of Tarra on Sunday, a doctor said."
SECOND = "The town's mayor said that the attackers came on motorcycles and left towards the hills."
THIRD = "Two of the nine dead were children, the doctor said by telephone from the hospital."
TEXTS = [FIRST, SECOND, THIRD]
CAPTION = "Smoke over the market of Tarra after the attack."


def page(*body: str, head: str = "", title: str = TITLE) -> str:
    """Make a page of an article: its three paragraphs, unless others are given."""
    inner = "".join(body) or "".join(f"<p>{text}</p>" for text in TEXTS)
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{inner}</article></body></html>"


def extract(*body: str, head: str = "", title: str = TITLE) -> Extract:
    return extract_html(page(*body, head=head, title=title), SOURCE)


def linked(**values: object) -> str:
    values = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def paragraphs(found: Extract) -> list[str]:
    return [text for kind, text in found.blocks if kind == "paragraph"]


def test_a_bare_page_is_its_headline_and_its_paragraphs() -> None:
    found = extract()
    assert (found.title, found.blocks) == (TITLE, tuple(("paragraph", text) for text in TEXTS))
    assert (found.bylines, found.url) == ((), None)


def test_scripts_styles_and_comments_are_no_text() -> None:
    noise = (
        "<script>var nine = 'Nine people were hurt in Orsk.';</script><style>p {color: red}</style><!-- <p>No.</p> -->"
    )
    assert paragraphs(extract(noise, *(f"<p>{text}</p>{noise}" for text in TEXTS))) == TEXTS


def test_a_menu_of_links_is_no_text() -> None:
    menu = "<ul>" + "".join(f'<li><a href="/{n}">Story {n} of the day</a></li>' for n in range(9)) + "</ul>"
    assert [text for _, text in extract(menu, *(f"<p>{text}</p>" for text in TEXTS), menu).blocks] == TEXTS


@pytest.mark.parametrize("name", ["newsletter-box", "related", "cookie-banner", "article__promo", "share", "ad"])
def test_a_part_that_calls_itself_furniture_is_no_text(name: str) -> None:
    box = f'<div class="{name}"><p>Nine ways to cook rice, told by our readers in the hills.</p></div>'
    assert paragraphs(extract(f"<p>{FIRST}</p>", box, f"<p>{SECOND}</p><p>{THIRD}</p>")) == TEXTS


@pytest.mark.parametrize("name", ["paywall", "promo-text", "article-share"])
def test_a_word_that_names_all_the_paragraphs_misleads_and_they_stay(name: str) -> None:
    assert paragraphs(extract(*(f'<p class="{name}">{text}</p>' for text in TEXTS))) == TEXTS
    assert paragraphs(extract(f'<div class="{name}">', *(f"<p>{text}</p>" for text in TEXTS), "</div>")) == TEXTS


def test_a_line_of_the_outlet_and_its_banner_are_no_text() -> None:
    extra = "<p>Good reads</p><p>We use cookies to make this site work.</p><p>The Post</p>"
    assert paragraphs(extract(*(f"<p>{text}</p>" for text in TEXTS), extra)) == TEXTS


def test_a_caption_stands_where_it_is_in_the_page_and_without_its_credit() -> None:
    figure = (
        f'<figure><img src="a.jpg"><figcaption>{CAPTION} <span class="credit">Wire pool</span></figcaption></figure>'
    )
    found = extract(f"<p>{FIRST}</p>", figure, f"<p>{SECOND}</p><p>{THIRD}</p>")
    assert found.blocks[1] == ("caption", CAPTION)
    assert paragraphs(found) == TEXTS


def test_a_caption_that_is_repeated_stands_once() -> None:
    figure = f"<figure><figcaption>{CAPTION} /Wire pool</figcaption></figure>"
    found = extract(figure, f"<p>{FIRST}</p>", figure, f"<p>{SECOND}</p><p>{THIRD}</p>")
    assert [kind for kind, _ in found.blocks] == ["caption", "paragraph", "paragraph", "paragraph"]


def test_headings_lists_and_quotes_keep_their_kind() -> None:
    found = extract(
        f"<p>{FIRST}</p><h2>Hospital is full</h2><p>{SECOND}</p><ul><li>Nine people were killed</li></ul>",
        f"<blockquote>There was only smoke.</blockquote><p>{THIRD}</p>",
    )
    kinds = {text: kind for kind, text in found.blocks}
    assert kinds["Hospital is full"] == "heading"
    assert kinds["Nine people were killed"] == "list_item"
    assert kinds["There was only smoke."] == "quote"


def test_a_line_break_parts_words() -> None:
    assert "said. It was" in " ".join(paragraphs(extract(f"<p>{FIRST}<br>It was market day.</p><p>{SECOND}</p>")))


def test_a_paragraph_that_stands_twice_is_kept_once() -> None:
    assert paragraphs(extract(*(f"<p>{text}</p>" for text in (*TEXTS, FIRST)))) == TEXTS


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        (f'<meta property="og:title" content="{TITLE} - The Post">', TITLE, TITLE),
        (f'<meta property="og:title" content="{TITLE} - The Post">', "World", TITLE),
        (f"<title>{TITLE} | The Post</title>", "", TITLE),
        (f'<title>{TITLE} | Wire</title><meta property="og:site_name" content="Wire">', "", TITLE),
        (f"<title>{TITLE} | post.example</title>", "", TITLE),
        ("<title>Tarra - a town mourns</title>", "", "Tarra - a town mourns"),
        (linked(headline=TITLE), "The Post", TITLE),
        ("", TITLE, TITLE),
    ],
)
def test_the_headline_is_the_articles_and_not_the_sites(head: str, h1: str, title: str) -> None:
    assert extract(head=head, title=h1).title == title


def test_a_page_without_a_headline_is_no_article() -> None:
    with pytest.raises(NoArticle, match="no-title"):
        extract(title="")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda article: article,
        lambda article: [article],
        lambda article: {
            "@context": "https://schema.org",
            "@graph": [{"@type": "WebSite", "name": "The Post"}, article],
        },
        lambda article: {"@type": "WebPage", "mainEntity": article},
        lambda article: [{"@type": "Organization"}, article | {"@type": ["Thing", "ReportageNewsArticle"]}],
    ],
    ids=["object", "list", "graph", "entity", "types"],
)
def test_linked_data_is_read_however_it_is_laid_out(wrap: object) -> None:
    assert callable(wrap)
    article = {
        "@type": "NewsArticle",
        "datePublished": "2021-03-14T10:15:00+03:00",
        "dateModified": "2021-03-15",
        "author": [
            {"@type": "Person", "name": "Nadia Karim"},
            "Tom Obi",
            {"@type": "Organization", "name": "News Desk"},
        ],
    }
    found = extract(head=f'<script type="application/ld+json">{json.dumps(wrap(article))}</script>')
    assert found.bylines == ("Nadia Karim", "Tom Obi")
    assert found.published is not None
    assert found.published.at is not None
    assert found.published.at.isoformat() == "2021-03-14T07:15:00+00:00"


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "",
        "null",
        "[[[[",
        '"text"',
        "[" * 9_999,
        '{"@type": 7}',
        '{"@type": "NewsArticle", "author": {"name": {}}}',
    ],
)
def test_broken_linked_data_counts_as_none(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>'
    meta = '<meta name="author" content="Nadia Karim">'
    assert extract(head=head + meta).bylines == ("Nadia Karim",)


def test_linked_data_with_raw_line_breaks_is_read() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Nine killed\nin Tarra"}</script>'
    assert extract(head=head, title="").title == "Nine killed in Tarra"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2021-03-15">'
        '<meta property="article:published_time" content="2021-03-14">',
        linked(datePublished="2021-03-14", dateModified="2021-03-15"),
        linked(datePublished="soon") + '<meta property="article:published_time" content="2021-03-14">',
    ],
)
def test_the_day_is_that_of_publication_and_not_of_a_change(head: str) -> None:
    found = extract(head=head)
    assert found.published is not None
    assert (found.published.day.isoformat(), found.published.at) == ("2021-03-14", None)


def test_a_time_that_is_labelled_as_a_change_is_passed_over() -> None:
    times = (
        '<p>Updated <time datetime="2021-03-15">Monday</time></p><p>Out <time datetime="2021-03-14">Sunday</time></p>'
    )
    found = extract(times, *(f"<p>{text}</p>" for text in TEXTS))
    assert found.published is not None
    assert found.published.day.isoformat() == "2021-03-14"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            '<link rel="canonical" href="https://a.example/nine"><meta property="og:url" content="https://b.example">',
            "a",
        ),
        ('<link rel="canonical" href="/nine"><meta property="og:url" content="https://b.example/nine">', "b"),
    ],
)
def test_the_address_is_the_canonical_one(head: str, url: str) -> None:
    assert extract(head=head).url == f"https://{url}.example/nine"


@pytest.mark.parametrize("line", ["<p>By Nadia Karim</p>", '<div class="meta"><span>By Nadia Karim</span></div>'])
def test_a_byline_in_the_page_is_read_where_the_head_names_nobody(line: str) -> None:
    found = extract(line, *(f"<p>{text}</p>" for text in TEXTS))
    assert found.bylines == ("Nadia Karim",)
    assert paragraphs(found) == TEXTS


@pytest.mark.parametrize("stray", ["\x08", "&#8;", "&#xFFFE;", "\ufffe", "&#0;"])
def test_one_character_that_no_page_may_have_does_not_cost_the_article(stray: str) -> None:
    found = extract(*(f"<p>{text}</p>" for text in TEXTS), f"<p>Nobody{stray} was held.</p>")
    assert paragraphs(found)[:3] == TEXTS


@pytest.mark.parametrize(
    ("rule", "html"),
    [
        ("no-article", "<html></html>"),
        ("broken-html", "<!-- -->"),
        ("error-page", "<html><title>404</title><h1>Page not found</h1><p>Sorry.</p></html>"),
        ("consent-page", "<html><p>We use cookies.</p><button>I agree</button><p>Our privacy policy</p></html>"),
        (
            "index-page",
            "<html>" + "".join(f"<h2><a href='/{n}'>Story {n} of the day</a></h2>" for n in range(9)) + "</html>",
        ),
    ],
)
def test_a_page_without_an_article_says_what_it_is(rule: str, html: str) -> None:
    with pytest.raises(NoArticle, match=rf"^\[{rule}\] ."):
        extract_html(html, SOURCE)


@pytest.mark.parametrize(("author", "people"), [("松岡大地", ("松岡大地",)), ("구현모", ("구현모",)), ("kicker", ())])
def test_an_author_in_a_script_without_capitals_is_named(author: str, people: tuple[str, ...]) -> None:
    assert extract(head=linked(author={"@type": "Person", "name": author})).bylines == people


def test_an_organisation_is_no_author() -> None:
    assert extract(head=linked(author={"@type": "NewsMediaOrganization", "name": "毎日新聞"})).bylines == ()
    assert extract(head=linked(author=[{"@type": "Organization", "name": "Tarra Herald"}])).bylines == ()

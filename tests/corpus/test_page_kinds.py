"""Pages that hold no whole article are rejected, by a rule that says what they are; a short article is not."""

import json

import pytest
from made_pages import MENU, PARAGRAPHS, TITLE, linked, normalised, page, paragraphs, rejected, texts

from tollwire.contracts.records import Article
from tollwire.corpus.page import normalise_page

SUMMARIES = (
    "Nine people were killed and fourteen wounded when gunmen attacked the weekly market of the town on Sunday.",
    "The army says that it knows of no shortage, while mills in three districts have been closed since Friday.",
    "For the first time in two years lorries can cross the river again without the long way over the hills.",
    "After good rains the fields of the north have brought in more millet than the stores of the board can hold.",
    "From next month a crossing will cost a third less, the company said, for lorries as well as for people on foot.",
    "Work on the old harbour is to begin in May, and fishermen have been told to move their boats until the autumn.",
    "A court in the capital has sentenced two men to twelve years for selling rifles to fighters in the hills.",
    "The teachers' union has called off its strike after the ministry promised to pay the wages of three months.",
)
HEADLINES = (
    "Nine killed in attack on market in Tarra",
    "Ministry denies that grain is being held back",
    "Bridge over the Orsk reopens after two years",
    "Harvest is the best in a decade, farmers say",
    "Ferry company cuts its fares by a third",
    "Old harbour to be dredged before the winter",
    "Two men sentenced for selling rifles",
    "Teachers end their strike after nine days",
)


def front_page(teaser: str, head: str) -> str:
    """Make a page that lists articles, each set as ``teaser``, with their headlines and summaries."""
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in MENU)
    cards = "".join(
        teaser.format(url=f"/story-{n}", headline=one, summary=two)
        for n, (one, two) in enumerate(zip(HEADLINES, SUMMARIES, strict=True))
    )
    return (
        f'<html lang="en"><head><meta charset="utf-8">{head}</head><body><header><nav><ul>{menu}</ul></nav></header>'
        f'<main><h1>Region</h1><div class="river">{cards}</div></main><footer><p>&copy; 2021 The Tarra Post</p></footer>'
        "</body></html>"
    )


TEASERS = {
    "card": '<div class="card"><h3><a href="{url}">{headline}</a></h3><p>{summary}</p></div>',
    "article": '<article><a href="{url}"><h2>{headline}</h2></a><p class="summary">{summary}</p></article>',
    "list": '<li class="story"><h4><a href="{url}">{headline}</a></h4><p>{summary}</p></li>',
    "all linked": '<a class="teaser" href="{url}"><h3>{headline}</h3><p>{summary}</p></a>',
    "bold": '<div><p><strong><a href="{url}">{headline}</a></strong></p><p>{summary}</p></div>',
}


@pytest.mark.parametrize("teaser", TEASERS)
@pytest.mark.parametrize(
    "head",
    [
        '<title>Region | The Tarra Post</title><meta property="og:type" content="website">',
        "<title>Region | The Tarra Post</title>",
        '<title>Region</title><meta property="og:url" content="https://tarrapost.example/">',
        '<title>Region</title><script type="application/ld+json">{"@type": "CollectionPage", "name": "Region"}</script>',
    ],
    ids=["website", "nothing", "address", "list"],
)
def test_a_front_page_with_the_summaries_of_many_articles_is_an_index(teaser: str, head: str) -> None:
    assert rejected(front_page(TEASERS[teaser], head)).rule == "index-page"


def test_a_menu_and_headlines_without_text_are_an_index() -> None:
    headlines = "".join(f"<h2><a href='/{n}'>{one}</a></h2>" for n, one in enumerate(HEADLINES))

    assert rejected(f"<html><title>World | The Tarra Post</title>{headlines}</html>").rule == "index-page"


def test_an_article_among_many_teasers_is_no_index() -> None:
    cards = "".join(
        TEASERS["card"].format(url=f"/{n}", headline=one, summary=two)
        for n, (one, two) in enumerate(zip(HEADLINES[1:], SUMMARIES[1:], strict=True))
    )
    head = '<title>News | The Tarra Post</title><meta property="og:type" content="website">'

    found = texts(normalised(page(head=head, below=f'<section class="related"><h2>More</h2>{cards}</section>')))

    assert found[: len(PARAGRAPHS)] == list(PARAGRAPHS)


@pytest.mark.parametrize("stated", [False, "False", "false"])
def test_the_opening_of_an_article_that_is_not_free_is_a_stub(stated: object) -> None:
    head = linked(headline=TITLE, isAccessibleForFree=stated)

    assert rejected(page(paragraphs(PARAGRAPHS[:2]), head=head)).rule == "paywall-stub"
    assert texts(normalised(page(head=head))) == list(PARAGRAPHS)


def test_an_article_that_is_free_is_no_stub_however_short() -> None:
    head = linked(headline=TITLE, isAccessibleForFree=True)

    assert texts(normalised(page(paragraphs(PARAGRAPHS[:2]), head=head))) == list(PARAGRAPHS[:2])


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading.",
        "Sign in or create a free account to keep reading this story",
        "This article is for subscribers only.",
        "Already a subscriber? Log in",
        "Jetzt weiterlesen mit dem Digital-Abo",
        "Dieser Artikel ist nur für Abonnenten.",
        "La suite est réservée aux abonnés",
        "Abonnez-vous pour lire la suite",
        "Suscríbete para seguir leyendo",
        "Assine para continuar lendo",
        "Abbonati per continuare a leggere",
        "Log in om dit artikel te lezen",
        "Logga in för att läsa hela artikeln",
        "Zaloguj się, aby czytać dalej",
        "Подпишитесь, чтобы читать дальше",
        "この記事は有料会員限定です",
        "登录后继续阅读全文",
    ],
)
@pytest.mark.parametrize("name", ["article-paywall", "box"])
def test_the_line_that_asks_for_money_under_a_short_text_makes_it_a_stub(line: str, name: str) -> None:
    wall = f'<div class="{name}"><p>{line}</p><a href="/offers">Offers</a></div>'

    assert rejected(page(paragraphs(PARAGRAPHS[:2]) + wall)).rule == "paywall-stub"
    assert texts(normalised(page(paragraphs() + wall)))[: len(PARAGRAPHS)] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line", ["Sign up for our newsletter", "Subscribe to our channel", "Follow us and never miss a story", "Log in"]
)
def test_what_stands_under_free_articles_too_makes_no_stub(line: str) -> None:
    below = f'<div class="box"><p>{line}</p></div>'

    assert texts(normalised(page(paragraphs(PARAGRAPHS[:3]) + below)))[:3] == list(PARAGRAPHS[:3])


ABOUT = (
    "Doctors speak of nine dead and fourteen wounded, among them children who had come to sell eggs with their mother."
)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("", '<meta property="og:type" content="video.other">'),
        (ABOUT, '<meta property="og:type" content="video.other">'),
        (f"{ABOUT}</p><p>{PARAGRAPHS[1]}", '<meta property="og:type" content="video">'),
        (ABOUT, '<script type="application/ld+json">{"@type": "VideoObject", "name": "The market of Tarra"}</script>'),
    ],
)
def test_a_video_with_a_few_words_about_it_is_no_article(text: str, head: str) -> None:
    player = '<div class="player"><video src="a.mp4"></video></div>'
    title = f"<title>{TITLE} | The Tarra Post</title>"

    assert rejected(page(f"{player}<p>{text}</p>", head=title + head)).rule == "video-page"


def test_a_video_over_an_article_leaves_it_one() -> None:
    video = '<script type="application/ld+json">{"@type": "VideoObject", "name": "The market of Tarra"}</script>'

    assert texts(normalised(page(head=f"<title>{TITLE}</title>{video}"))) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "title",
    [
        "Page not found",
        "404",
        "Error 404 - The page could not be found",
        "Oops! That page does not exist",
        "Access denied",
        "503 Service Temporarily Unavailable",
        "Just a moment...",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Pagina non trovata",
        "Страница не найдена",
        "ページが見つかりません",
    ],
)
def test_what_a_server_says_instead_of_a_page_is_an_error(title: str) -> None:
    text = (
        "<p>We are sorry, but what you were looking for is not here any more, or perhaps it never was.</p>"
        "<p>Check the address that you typed, try the search at the top of this page, or begin again on the front page "
        "of our site, where you find the latest from the region and the world.</p>"
    )

    assert rejected(page(text, title=title)).rule == "error-page"


@pytest.mark.parametrize("title", ["404 killed in flood, the highest toll so far", "Hospital site not found safe"])
def test_an_article_whose_headline_is_near_that_of_an_error_stays(title: str) -> None:
    assert normalised(page(title=title)).title == title


@pytest.mark.parametrize("title", ["We value your privacy", "Before you continue", "Datenschutzeinstellungen"])
def test_a_banner_instead_of_the_page_is_consent(title: str) -> None:
    banner = (
        f"<html><head><title>{title}</title></head><body><div class='wall'><h1>{title}</h1>"
        "<p>We and our 812 partners store and access information on your device in order to serve you better.</p>"
        "<p>Some of them work with what they know of you without asking; you may object to that further down.</p>"
        "<button>Accept all</button></div></body></html>"
    )

    assert rejected(banner).rule == "consent-page"


def test_a_page_with_next_to_nothing_on_it_holds_no_article() -> None:
    assert rejected("<html><h1>Raid kills nine</h1><p>Gunmen killed nine people.</p></html>").rule == "no-article"


def test_a_page_without_a_headline_is_no_article() -> None:
    found = rejected(page(head="<title></title>", title=""))

    assert found.rule == "no-title"
    assert "At least nine people" in found.detail


@pytest.mark.parametrize("count", [1, 2])
def test_a_brief_of_one_or_two_paragraphs_is_an_article(count: int) -> None:
    found = normalise_page(page(paragraphs(PARAGRAPHS[:count])), "html")

    assert isinstance(found, Article), found


def test_lines_that_are_no_prose_count_where_the_page_states_an_article() -> None:
    names = ("Rafu Denko, trader", "Amina Sorel, teacher", "Josip Adel, driver", "Mira Tan, nurse", "Ali Bek, farmer")
    dead = "<p>The town has named its dead.</p><ul>" + "".join(f"<li>{one}, of the river quarter</li>" for one in names)

    found = normalised(page(f"{dead}</ul><p>They will be buried on Tuesday.</p>", head=linked(headline=TITLE)))

    assert texts(found, "list_item") == [f"{one}, of the river quarter" for one in names]


def test_a_broken_statement_does_not_decide() -> None:
    head = f'<script type="application/ld+json">{json.dumps({"@type": ["NewsArticle"], "isAccessibleForFree": []})}</script>'

    assert texts(normalised(page(head=head))) == list(PARAGRAPHS)

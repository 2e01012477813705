"""The article in an HTML page: body, captions, headline, people, day and address; and what must stay outside."""

import json
from collections.abc import Callable

import numpy as np
import pytest
from made_pages import PARAGRAPHS, TITLE, blocks, linked, normalised, page, paragraphs, rejected, texts
from numpy.typing import NDArray

from tollwire.corpus import html_verdicts
from tollwire.corpus.html_blocks import HtmlBlocks

BODY = list(PARAGRAPHS)
CAPTION = "Smoke rises over the market of Tarra after the attack on Sunday."
FIGURE = (
    f'<figure class="image"><img src="a.jpg" alt=""><figcaption class="caption">{CAPTION} '
    '<span class="credit">Photo: Nadia Karim/Wire pool</span></figcaption></figure>'
)


def between(part: str, at: int = 2) -> str:
    """Put a part between the paragraphs of the article."""
    return paragraphs(BODY[:at]) + part + paragraphs(BODY[at:])


def test_a_page_is_its_headline_and_its_paragraphs() -> None:
    found = normalised(page())

    assert found.title == TITLE
    assert blocks(found) == [("paragraph", text) for text in BODY]
    assert (found.bylines, found.url) == ((), None)


def test_scripts_styles_and_comments_are_no_text() -> None:
    noise = (
        "<script>var nine = 'Nine people were hurt in Orsk.';</script><style>p {color: red}</style><!-- <p>No.</p> -->"
        "<noscript><p>Please switch on scripts to see the whole of this page as it was meant to be seen.</p></noscript>"
    )

    assert texts(normalised(page(noise + between(noise)))) == BODY


def test_a_page_built_by_scripts_has_the_body_that_it_states() -> None:
    markup = "".join(f"<p>{text}</p>" for text in BODY)
    opening = f'<p class="lead">{BODY[0]}</p>{FIGURE}'
    for stated in ("\n".join(BODY), markup):
        found = normalised(page(opening, head=linked(headline=TITLE, articleBody=stated)))
        assert texts(found) == BODY
        assert [text for kind, text in blocks(found) if kind == "caption"] == [CAPTION]
        assert found.credits == ("Photo: Nadia Karim/Wire pool",)


@pytest.mark.parametrize(("sure", "is_kept"), [(1, True), (len(BODY), False)])
def test_what_is_doubtful_counts_where_next_to_nothing_is_sure(
    monkeypatch: pytest.MonkeyPatch, sure: int, is_kept: bool
) -> None:
    doubtful = "The road to the coast was open again on Monday."
    likely = dict.fromkeys(BODY[:sure], 0.9) | {doubtful: 0.3}

    def judge(page: HtmlBlocks, *_: object) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        body = np.array([likely.get(block.text, 0.0) for block in page.blocks], dtype=np.float32)
        return body, np.zeros_like(body)

    monkeypatch.setattr(html_verdicts, "judge", judge)

    assert (doubtful in texts(normalised(page(paragraphs([*BODY, doubtful]))))) == is_kept


def test_what_the_page_shows_goes_before_what_it_states() -> None:
    stated = linked(headline=TITLE, articleBody=" ".join([*BODY, "Read more in our app."]))

    assert texts(normalised(page(head=stated))) == BODY


def test_a_menu_of_links_is_no_text() -> None:
    menu = "<ul>" + "".join(f'<li><a href="/{n}">Story {n} of the day</a></li>' for n in range(9)) + "</ul>"

    assert [text for _, text in blocks(normalised(page(menu + paragraphs() + menu)))] == BODY


@pytest.mark.parametrize("name", ["newsletter-box", "related", "cookie-banner", "article__promo", "share", "ad"])
def test_a_part_that_calls_itself_furniture_is_no_text(name: str) -> None:
    box = (
        f'<div class="{name}"><h4>For you</h4><p><a href="/rice">Nine ways to cook rice, told by our readers</a></p>'
        "</div>"
    )

    assert [text for _, text in blocks(normalised(page(between(box))))] == BODY


@pytest.mark.parametrize("name", ["paywall", "promo-text", "article-share"])
def test_a_word_that_names_all_the_paragraphs_misleads_and_they_stay(name: str) -> None:
    assert texts(normalised(page("".join(f'<p class="{name}">{text}</p>' for text in BODY)))) == BODY
    assert texts(normalised(page(f'<div class="{name}">{paragraphs()}</div>'))) == BODY


def test_a_line_of_the_outlet_and_its_banner_are_no_text() -> None:
    extra = (
        "<p>Good reads for your weekend</p><p>We use cookies to make this site work.</p><p>The Tarra Post</p>"
        "<p>Sign up for our free newsletter and get it every morning.</p>"
    )

    assert texts(normalised(page(paragraphs() + extra))) == BODY


def test_a_caption_stands_where_it_is_in_the_page_and_without_its_credit() -> None:
    found = normalised(page(between(FIGURE, 1)))

    assert blocks(found)[1] == ("caption", CAPTION)
    assert found.credits == ("Photo: Nadia Karim/Wire pool",)
    assert texts(found) == BODY


def test_a_credit_in_an_element_of_its_own_is_no_block() -> None:
    figure = (
        f'<figure class="image"><img src="a.jpg"><figcaption><p class="caption-text">{CAPTION}</p>'
        '<p class="photo-credit">Nadia Karim</p></figcaption></figure>'
    )

    found = normalised(page(between(figure, 1)))

    assert texts(found, "caption") == [CAPTION]
    assert found.credits == ("Nadia Karim",)
    assert texts(found) == BODY


def test_a_caption_that_stands_three_times_stands_once() -> None:
    found = normalised(page(FIGURE + between(FIGURE) + FIGURE))

    assert texts(found, "caption") == [CAPTION]
    assert texts(found) == BODY


def test_headings_lists_and_quotations_keep_their_kind() -> None:
    parts = (
        "<h2>Hospital is full</h2>",
        "<ul><li>Nine people were killed on the market, two of them children.</li>"
        "<li>Fourteen people were wounded, four of whom are in danger of their lives.</li></ul>",
        "<blockquote><p>There was only smoke, and then I saw my brother on the ground and nobody near him.</p>"
        "</blockquote>",
    )
    body = paragraphs(BODY[:2]) + "".join(
        part + paragraphs(BODY[2 + 2 * n : 4 + 2 * n]) for n, part in enumerate(parts)
    )

    kinds = {text: kind for kind, text in blocks(normalised(page(body)))}

    assert kinds["Hospital is full"] == "heading"
    assert kinds["Nine people were killed on the market, two of them children."] == "list_item"
    assert kinds["Fourteen people were wounded, four of whom are in danger of their lives."] == "list_item"
    assert kinds["There was only smoke, and then I saw my brother on the ground and nobody near him."] == "quote"
    assert [text for text, kind in kinds.items() if kind == "paragraph"] == BODY


def test_a_line_in_bold_that_stands_alone_is_a_heading() -> None:
    found = normalised(page(between("<p><strong>Hospital is full</strong></p>")))

    assert texts(found, "heading") == ["Hospital is full"]


def test_a_pull_quote_does_not_double_what_is_said() -> None:
    quote = f'<aside class="pullquote"><blockquote>{BODY[5]}</blockquote></aside>'

    found = normalised(page(paragraphs(BODY[:4]) + quote + paragraphs(BODY[4:])))

    assert found.text is not None
    assert found.text.count(BODY[5]) == 1


def test_embedded_posts_stay_where_they_are() -> None:
    posts = [
        "We strongly condemn the attack on the market of Tarra and stand with the families of those who were killed.",
        "Our teams have taken fourteen wounded people to the district hospital, four of them are in a serious state.",
    ]
    embedded = [
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{post}</p>&mdash; Office {n} (@office{n}) '
        f'<a href="https://social.example/{n}">March 14, 2021</a></blockquote>'
        for n, post in enumerate(posts)
    ]
    body = paragraphs(BODY[:2]) + embedded[0] + paragraphs(BODY[2:5]) + embedded[1] + paragraphs(BODY[5:])

    found = [(kind, text) for kind, text in blocks(normalised(page(body))) if text in (*BODY, *posts)]

    assert [text for _, text in found] == [*BODY[:2], posts[0], *BODY[2:5], posts[1], *BODY[5:]]
    assert {text: kind for kind, text in found}[posts[0]] == "quote"


def test_entries_of_a_live_blog_stay_in_order() -> None:
    entries = "".join(
        f'<section class="liveblog-entry" id="entry-{n}"><time datetime="2021-03-14T1{n}:05">1{n}:05</time>'
        f"<h3>Entry number {n} on the attack</h3><p>{BODY[n]}</p><p>{BODY[n + 4]}</p></section>"
        for n in range(4)
    )

    found = normalised(page(f'<div class="liveblog">{entries}</div>'))

    assert texts(found) == [BODY[place] for n in range(4) for place in (n, n + 4)]


def test_a_line_break_parts_words_and_two_part_paragraphs() -> None:
    first, second = BODY[0], BODY[1]

    found = texts(normalised(page(f"<p>{first}<br>{second}<br><br>{BODY[2]}</p>{paragraphs(BODY[3:])}")))

    assert found == [f"{first} {second}", *BODY[2:]]


def test_a_page_laid_out_by_tables_has_its_paragraphs_between_breaks() -> None:
    section, date = "<font size=1>WORLD</font><br>", "Posted Sunday, March 14, 2021<br><br>Photo: Post archive<br><br>"
    by = "<i>By our Orsk correspondent</i><br><br>"
    column = f"{section}<b>{TITLE}</b><br>{date}{by}{'<br><br>'.join(BODY)}"
    others = "".join(
        f'<a href="/{place}">Raid on market kills {place} people in hills</a><br><br>' for place in range(4)
    )
    menu = f'<td><a href="/w">World</a><br><a href="/f">Farming</a><br><b>OTHER NEWS</b><br>{others}</td>'
    head = f"<head><title>The Tarra Post: {TITLE}</title></head>"
    found = normalised(f"<html>{head}<body><table><tr>{menu}<td>{column}</td></tr></table></body></html>")

    assert found.title == TITLE
    assert texts(found) == BODY


def test_a_list_is_kept_or_dropped_as_a_whole() -> None:
    items = [
        "Nine people died, two of them children",
        "The mayor has called for three days of mourning",
        "Why it matters",
    ]
    kept = between("<ul>" + "".join(f"<li>{one}</li>" for one in items) + "</ul>")
    menu = between(
        "<ul>" + "".join(f'<li><a href="/{place}">{one}</a></li>' for place, one in enumerate(items)) + "</ul>"
    )

    assert [text for kind, text in blocks(normalised(page(kept))) if kind == "list_item"] == items
    assert texts(normalised(page(menu))) == BODY


def test_a_heading_between_paragraphs_is_kept() -> None:
    heading = "A boy with a bandage"

    assert ("heading", heading) in blocks(normalised(page(between(f"<h2>{heading}</h2>", at=3))))
    assert texts(normalised(page(between(f'<h2><a href="/x">{heading}</a></h2>', at=3)))) == BODY


def test_a_paragraph_that_stands_twice_is_kept_once() -> None:
    assert texts(normalised(page(paragraphs([*BODY, BODY[0]])))) == BODY


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        (f'<meta property="og:title" content="{TITLE} - The Tarra Post">', TITLE, TITLE),
        (f'<meta property="og:title" content="{TITLE} - The Tarra Post"><title>{TITLE}</title>', "World", TITLE),
        (f"<title>{TITLE} | The Tarra Post</title>", "", TITLE),
        (f'<title>{TITLE} | Wire</title><meta property="og:site_name" content="Wire">', "", TITLE),
        (f"<title>{TITLE} | tarrapost.example</title>", "", TITLE),
        ("<title>Orsk - a town mourns</title>", "", "Orsk - a town mourns"),
        (linked(headline=TITLE), "The Tarra Post", TITLE),
        ("<title></title>", TITLE, TITLE),
    ],
)
def test_the_headline_is_the_articles_and_not_the_sites(head: str, h1: str, title: str) -> None:
    assert normalised(page(head=head, title=h1)).title == title


@pytest.mark.parametrize(
    "wrap",
    [
        lambda article: article,
        lambda article: [article],
        lambda article: {
            "@context": "https://schema.org",
            "@graph": [{"@type": "WebSite", "name": "The Tarra Post"}, article],
        },
        lambda article: {"@type": "WebPage", "mainEntity": article},
        lambda article: [{"@type": "Organization"}, article | {"@type": ["Thing", "ReportageNewsArticle"]}],
    ],
    ids=["object", "list", "graph", "entity", "types"],
)
def test_linked_data_is_read_however_it_is_laid_out(wrap: Callable[[dict[str, object]], object]) -> None:
    article: dict[str, object] = {
        "@type": "NewsArticle",
        "datePublished": "2021-03-14T10:15:00+03:00",
        "dateModified": "2021-03-15",
        "author": [
            {"@type": "Person", "name": "Nadia Karim"},
            "Tom Obi",
            {"@type": "Organization", "name": "News Desk"},
        ],
    }

    found = normalised(page(head=f'<script type="application/ld+json">{json.dumps(wrap(article))}</script>'))

    assert found.bylines == ("Nadia Karim", "Tom Obi")
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2021-03-14T07:15:00+00:00"
    assert str(found.modified_date) == "2021-03-15"


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

    assert normalised(page(head=head + meta)).bylines == ("Nadia Karim",)


def test_linked_data_with_raw_line_breaks_is_read() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Nine killed\nin Tarra"}</script>'

    assert normalised(page(head=head, title="")).title == "Nine killed in Tarra"


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
    assert normalised(page(head=head)).url == f"https://{url}.example/nine"


@pytest.mark.parametrize(
    "line", ['<p class="byline">By Nadia Karim</p>', '<div class="meta"><span>By Nadia Karim</span></div>']
)
def test_a_byline_in_the_page_is_read_where_the_head_names_nobody(line: str) -> None:
    found = normalised(page(line + paragraphs()))

    assert found.bylines == ("Nadia Karim",)
    assert texts(found) == BODY


@pytest.mark.parametrize("stray", ["\x08", "&#8;", "&#xFFFE;", "\ufffe", "&#0;"])
def test_one_character_that_no_page_may_have_does_not_cost_the_article(stray: str) -> None:
    found = texts(normalised(page(paragraphs([*BODY, f"Nobody{stray} was held by Monday, the police said."]))))

    assert found[: len(BODY)] == BODY


def test_a_page_of_another_language_keeps_its_article() -> None:
    german = [
        "Bei einem Angriff auf den Wochenmarkt von Tarra sind am Sonntagmorgen mindestens neun Menschen getötet und "
        "vierzehn verletzt worden, wie Ärzte des Krankenhauses und zwei Augenzeugen mitteilten.",
        "Die Angreifer kamen kurz nach zehn Uhr auf Motorrädern vom Fluss her, schossen etwa zwanzig Minuten lang um "
        "sich und flohen dann in die Berge, sagte eine Händlerin, die sich hinter Hirsesäcken versteckt hatte.",
        "Zwei der Toten waren Kinder, die mit ihrer Mutter Eier verkaufen wollten, sagte die Leiterin des "
        "Krankenhauses am Telefon und bat die Angehörigen, die übrigen Leichen zu benennen.",
        "Die Armee erklärte, ihre Soldaten seien binnen einer Stunde eingetroffen und hätten an der alten Brücke drei "
        "Angreifer getötet, was Bewohner der Stadt am Montag nicht bestätigen konnten.",
        "Zu dem Angriff bekannte sich zunächst niemand, doch haben Kämpfer, die sich Söhne der Berge nennen, seit dem "
        "Ende der Regenzeit vier Dörfer im selben Bezirk überfallen.",
        "Hunderte Familien verbrachten die Nacht in der Schule, wo Freiwillige Decken und abgekochtes Wasser "
        "verteilten, und viele wollten erst nach Hause gehen, wenn Soldaten auf Dauer bleiben.",
    ]

    assert texts(normalised(page(paragraphs(german), title="Neun Tote bei Angriff auf Markt in Tarra"))) == german


@pytest.mark.parametrize("html", ["<html></html>", "<!-- -->", "<", "\x00", "plain words and no markup at all"])
def test_a_page_without_any_text_is_rejected(html: str) -> None:
    assert rejected(html).rule in ("no-article", "broken-html")


@pytest.mark.parametrize(("author", "people"), [("松岡大地", ("松岡大地",)), ("구현모", ("구현모",)), ("admin", ())])
def test_an_author_in_a_script_without_capitals_is_named(author: str, people: tuple[str, ...]) -> None:
    assert normalised(page(head=linked(author={"@type": "Person", "name": author}))).bylines == people


def test_an_organisation_is_the_byline_only_where_no_person_is_named() -> None:
    wire = {"@type": "Organization", "name": "Tarra Herald"}
    both = [wire, {"@type": "Person", "name": "Nadia Karim"}]

    assert normalised(page(head=linked(author=[wire]))).bylines == ("Tarra Herald",)
    assert normalised(page(head=linked(author=both))).bylines == ("Nadia Karim",)


def test_a_parser_that_gives_up_costs_one_page_and_not_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(html: bytes) -> None:
        raise RuntimeError("no memory")

    monkeypatch.setattr("tollwire.corpus.html_blocks.LexborHTMLParser", give_up)

    assert rejected(page()).rule == "broken-html"

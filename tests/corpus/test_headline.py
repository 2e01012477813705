"""The headline of a page: which of its headings and statements it is, and where the site's name is cut off."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from tollwire.corpus.headline import headline
from tollwire.corpus.html_blocks import read_blocks
from tollwire.corpus.page_metadata import is_title_with_site, without_site
from tollwire.corpus.site_names import cut_site
from tollwire.corpus.sources import UNKNOWN_SOURCE, Source
from tollwire.corpus.statements import read_statements

TITLE = "Nine killed as raiders reach the port of Tarra"
POST = Source(
    source_id="harbour_post",
    publisher="The Harbour Post",
    language="en",
    time_zone="UTC",
    licence="LicenseRef-x",
    may_redistribute=False,
    obtained="x",
    home="https://harbourpost.example/",
)


def find(html: str, source: Source = UNKNOWN_SOURCE) -> str:
    tree = LexborHTMLParser(html)
    return headline(read_blocks(tree).headings, read_statements(tree), source)


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | The Harbour Post",
        f"{TITLE} - The Harbour Post",
        f"{TITLE} - World - The Harbour Post",
        f"The Harbour Post: {TITLE}".replace(": ", " | "),
        f"{TITLE} \u2013 harbourpost.example",
        f"The Harbour Post: {TITLE}",
    ],
)
def test_the_name_of_the_site_is_cut_off(title: str) -> None:
    site = '<meta property="og:site_name" content="The Harbour Post"><meta property="article:section" content="World">'
    assert find(f"<title>{title}</title>{site}", POST) == TITLE
    assert find(f"<title>{title}</title><h1>{TITLE}</h1>") == TITLE


def test_a_subtitle_is_no_name_of_a_site() -> None:
    title = f"{TITLE} - a reporter's account"
    assert find(f"<title>{title}</title>{og(title)}<h1>{title}</h1>", POST) == title


def test_a_section_is_cut_off_where_the_page_has_the_headline_without_it() -> None:
    assert find(f"<title>{TITLE} | Sport | Post</title><h1>{TITLE}</h1>") == TITLE


def test_the_logo_and_the_teasers_are_no_headline() -> None:
    logo = '<h1><a href="https://post.example/">Harbour Post</a></h1><h1 class="site-title">Post</h1>'
    teaser = "<aside><h1>Something else altogether</h1></aside>"
    assert find(f"{og(TITLE)}{logo}<h1>{TITLE}</h1>{teaser}") == TITLE
    assert find(f"{logo}<h2>{TITLE}</h2><title>{TITLE} | Harbour Post</title>") == TITLE


def test_a_headline_that_is_all_of_the_title_stays_wherever_its_link_leads_and_whatever_repeats_it() -> None:
    linked = f'<h1><a href="index.html">{TITLE}</a></h1><h2>More of the day</h2>'
    assert find(f"<title>{TITLE}</title>{linked}") == TITLE
    title = f"{TITLE} and its market"
    assert find(f'<title>{title}</title><meta name="application-name" content="{title}"><h1>{title}</h1>') == title


def test_a_heading_in_the_breadcrumbs_gives_way_to_the_one_that_is_seen() -> None:
    made = "Tarra port raid: dead and news today"
    head = f"<title>{made}</title>{og(TITLE)}"
    assert find(f"{head}<nav><ol><li><h1>{made}</h1></li></ol></nav><h2>{TITLE}</h2>") == TITLE
    assert find(f'{head}<h1 class="page_breadcrumbHeadline">{made}</h1><h2>{TITLE}</h2>') == TITLE


def test_a_kicker_inside_the_heading_goes_unless_the_page_states_it() -> None:
    heading = f'<h1><span class="article__kicker">Conflict</span><span class="visually-hidden">: </span>{TITLE}</h1>'
    assert find(f"{og(TITLE)}{heading}") == TITLE
    assert find(f"{og(f'Conflict: {TITLE}')}<title>Conflict: {TITLE}</title>{heading}") == f"Conflict: {TITLE}"


def test_words_of_neighbouring_blocks_are_not_glued_and_soft_hyphens_go() -> None:
    assert find("<h1><div>Nine killed</div><div>in Tar&shy;ra</div></h1>") == "Nine killed in Tarra"
    assert find("<h1>Nine killed<br>in Tarra</h1>") == "Nine killed in Tarra"


def test_what_two_statements_share_outweighs_a_heading_of_another_wording() -> None:
    linked = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}"}}</script>'
    assert find(f"{og(TITLE)}{linked}<h1>Raiders reach Tarra, nine killed</h1>") == TITLE


def test_a_page_without_a_headline_has_none() -> None:
    assert find("<p>Nine people died.</p>") == ""
    assert find("") == ""


def test_titles_in_scripts_without_spaces_lose_the_site_too() -> None:
    site = '<meta property="og:site_name" content="\u6e2f\u5831\u7db2">'
    assert (
        find(f"<title>\u4e5d\u4eba\u6b7b\u4ea1\u6e2f\u53e3\u9047\u8972-\u6e2f\u5831\u7db2</title>{site}")
        == "\u4e5d\u4eba\u6b7b\u4ea1\u6e2f\u53e3\u9047\u8972"
    )


def test_a_hyphen_inside_a_word_cuts_nothing() -> None:
    assert cut_site("Harbour-post workers strike", frozenset({"harbour"})) == "Harbour-post workers strike"


def test_the_parts_that_dumps_use() -> None:
    assert without_site(f"{TITLE} - The Harbour Post", "", POST) == TITLE
    assert without_site(f"{TITLE} - why now?", "", POST) == f"{TITLE} - why now?"
    assert is_title_with_site(f"{TITLE} | Post", TITLE)
    assert not is_title_with_site(TITLE, TITLE)


def test_a_page_made_to_be_slow_is_read() -> None:
    assert isinstance(find("<h1>" * 3000 + "a - " * 3000), str)
    assert isinstance(find(f"<title>{' | ' * 20_000}</title>" + "<h1><span>" * 500), str)

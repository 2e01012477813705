"""What users of page extractors complain of most often does not happen here."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from made_pages import PARAGRAPHS, TITLE, blocks, linked, normalised, page, paragraphs, texts

from tollwire.contracts.records import Article
from tollwire.corpus.page import normalise_page

BODY = list(PARAGRAPHS)
HERE = Path(__file__).parent


def numbered(count: int) -> str:
    """Make a page whose every paragraph names its number, so that no two pages and no two paragraphs are alike."""
    body = [f"{text} That was report number {count * 100 + n} of the day." for n, text in enumerate(PARAGRAPHS)]
    return page(paragraphs(body), title=f"Raid number {count} kills {count % 40 + 2} in Tarra")


# Paragraphs missing.


@pytest.mark.parametrize(
    "wrap",
    [
        "<p>{}</p>",
        "<div>{}</div>",
        "<div><p>{}</p></div>",
        '<div class="text-block"><p><span>{}</span></p></div>',
        "<section><p>{}</p></section>",
        '<div data-component="text-block"><div><p>{}</p></div></div>',
        "{}<br><br>",
        '<p style="text-align: justify">{}</p><p>&nbsp;</p>',
        '<div class="ad-slot"></div><p>{}</p>',
    ],
)
def test_no_paragraph_is_missing_however_they_are_set(wrap: str) -> None:
    assert texts(normalised(page("".join(wrap.format(text) for text in BODY)))) == BODY


@pytest.mark.parametrize(
    "part",
    [
        '<figure><img src="a.jpg"><figcaption>Smoke over the market of Tarra on Sunday. Photo: N. Karim</figcaption></figure>',
        '<div class="related"><h4>Also read</h4><ul><li><a href="/1">Bridge over the Orsk reopens</a></li></ul></div>',
        '<div class="ad"><p>Advertisement</p></div>',
        "<h2>Hospital is full</h2>",
        '<form class="newsletter"><p>Sign up for our newsletter</p><input name="mail"><button>Go</button></form>',
        "<hr>",
    ],
)
def test_no_paragraph_is_missing_after_what_stands_between_them(part: str) -> None:
    found = texts(
        normalised(page("".join(f"<p>{text}</p>{part if n % 3 == 1 else ''}" for n, text in enumerate(BODY))))
    )

    assert found == BODY


def test_a_short_paragraph_between_long_ones_is_not_missing() -> None:
    short = "Nobody was held."

    assert texts(normalised(page(paragraphs([*BODY[:3], short, *BODY[3:]])))) == [*BODY[:3], short, *BODY[3:]]


# The same text twice.


def test_no_text_stands_twice_where_the_page_has_it_twice() -> None:
    mobile = f'<div class="mobile-only">{paragraphs()}</div>'
    stated = linked(headline=TITLE, articleBody=" ".join(BODY))

    found = normalised(page(f'<div class="desktop-only">{paragraphs()}</div>{mobile}', head=stated))

    assert texts(found) == BODY


def test_the_summary_that_is_the_first_paragraph_stands_once() -> None:
    found = normalised(page(f'<p class="lead">{BODY[0]}</p>{paragraphs()}'))

    assert [text for _, text in blocks(found)].count(BODY[0]) == 1


def test_the_headline_stands_once() -> None:
    found = normalised(page(f"<h1>{TITLE}</h1><h2>{TITLE}</h2>{paragraphs()}"))

    assert found.text is not None
    assert found.text.count(TITLE) == 1


# Consent text instead of the article.

BANNER = (
    '<div id="{0}" class="{0}"><h2>We value your privacy</h2>'
    "<p>We and our 812 partners store and access information on your device, such as cookies, in order to show you "
    "personalised advertising and to learn how our pages are read.</p>"
    "<p>You can agree, refuse, or choose what you agree to; you can withdraw your consent at any time in the settings "
    "that the foot of every page leads to.</p>"
    "<p>Some of our partners do not ask for your consent, because they rely on their legitimate interest, to which you "
    "may object. Your choices apply to this site only and are kept for twelve months.</p>"
    "<button>Accept all</button><button>Reject all</button></div>"
)


@pytest.mark.parametrize("name", ["onetrust-banner-sdk", "cmp-wall", "box"])
@pytest.mark.parametrize("count", [2, 8])
def test_the_article_is_kept_and_not_the_consent_text(name: str, count: int) -> None:
    banner = BANNER.format(name)

    assert texts(normalised(page(paragraphs(BODY[:count]), above=banner))) == BODY[:count]
    assert texts(normalised(page(paragraphs(BODY[:count]), below=banner))) == BODY[:count]


# The modified date for the published one.


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2021-03-16T08:00:00+03:00">'
        '<meta property="article:published_time" content="2021-03-14T10:15:00+03:00">',
        linked(headline=TITLE, dateModified="2021-03-16T08:00:00+03:00", datePublished="2021-03-14T10:15:00+03:00"),
    ],
)
def test_the_day_is_that_of_publication_and_the_change_is_kept_apart(head: str) -> None:
    found = normalised(page(head=head))

    assert (str(found.published_at), str(found.modified_at)) == (
        "2021-03-14 07:15:00+00:00",
        "2021-03-16 05:00:00+00:00",
    )


def test_a_time_that_is_labelled_as_a_change_is_passed_over() -> None:
    times = (
        '<p class="date">Updated: <time datetime="2021-03-16">16 March 2021</time></p>'
        '<p class="date">Published: <time datetime="2021-03-14">14 March 2021</time></p>'
    )

    found = normalised(page(times + paragraphs()))

    assert (str(found.published_date), str(found.modified_date)) == ("2021-03-14", "2021-03-16")


# The site's name left on the title.


@pytest.mark.parametrize(
    "end", [" | The Tarra Post", " - The Tarra Post", " – Region – The Tarra Post", " | Tarra Post"]
)
def test_the_name_of_the_site_is_not_left_on_the_title(end: str) -> None:
    head = f'<title>{TITLE}{end}</title><meta property="og:title" content="{TITLE}{end}">'
    head += '<meta property="article:section" content="Region">'

    assert normalised(page(head=head)).title == TITLE
    assert normalised(page(head=head, title="")).title == TITLE


# Wrong authors.


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (linked(headline=TITLE, author={"@type": "Person", "name": "Nadia Karim"}), ""),
        (linked(headline=TITLE, author=[{"@type": "Organization", "name": "News Desk"}, {"name": "Nadia Karim"}]), ""),
        ('<meta name="author" content="Nadia Karim">', ""),
        ("", '<p class="byline">By <a rel="author" href="/karim">Nadia Karim</a> | 14 March 2021</p>'),
        ("", '<div class="author">Nadia Karim</div>'),
    ],
)
def test_the_people_are_those_who_wrote_and_nobody_else(head: str, line: str) -> None:
    others = (
        '<section class="comments"><div class="comment"><span class="author">Angry Reader</span><p>Shame.</p></div>'
        '</section><div class="teaser"><span class="author">Ada Bond</span><a href="/x">Bridge reopens</a></div>'
    )
    photo = '<figure><img src="a.jpg"><figcaption>The market on Sunday. Photo: Tom Obi</figcaption></figure>'

    found = normalised(page(line + photo + paragraphs(), head=f"<title>{TITLE}</title>{head}", below=others))

    assert found.bylines == ("Nadia Karim",)


@pytest.mark.parametrize("name", ["Staff", "admin", "14 March 2021", "https://www.facebook.com/tarrapost", "Read more"])
def test_what_is_no_person_is_no_author(name: str) -> None:
    found = normalised(page(head=f'<title>{TITLE}</title><meta name="author" content="{name}">'))

    assert found.bylines == ()


# Hangs with no time limit.

HOSTILE = {
    "elements inside elements": lambda size: "<div>" * (size // 5),
    "inline elements inside one another": lambda size: "<b>" * (size // 3),
    "one attribute": lambda size: f'<p class="{"a " * (size // 2)}">{BODY[0]}</p>',
    "one long name": lambda size: f'<p class="{"a-" * (size // 2)}" id="{"B" * 1_000}">{BODY[0]}</p>',
    "links": lambda size: '<a href="/1">Story of the day</a> ' * (size // 34),
    "a paragraph": lambda size: f"<p>{'word and ' * (size // 9)}</p>",
    "a paragraph without spaces": lambda size: f"<p>{'a' * size}</p>",
    "a paragraph of brackets": lambda size: f"<p>{'(photo ' * (size // 7)}</p>",
    "a paragraph of slashes": lambda size: f"<p>{'A /B' * (size // 4)}</p>",
    "blocks": lambda size: "<p>Word.</p>" * (size // 12),
    "headings": lambda size: "<h1>Raid kills nine</h1>" * (size // 24),
    "tables inside tables": lambda size: "<table><tr><td>" * (size // 15),
    "unclosed comments": lambda size: "<!-- a " * (size // 7),
    "unclosed tags": lambda size: "<p " * (size // 3),
    "line breaks": lambda size: f"<p>{'a<br>' * (size // 5)}</p>",
    "linked data": lambda size: f'<script type="application/ld+json">{"[" * size}</script>',
    "linked data, mended": lambda size: (
        f'<script type="application/ld+json">{{"@type": "NewsArticle",{" ," * (size // 2)}</script>'
    ),
    "meta tags": lambda size: '<meta name="author" content="Nadia Karim">' * (size // 42),
    "captions": lambda size: "<figcaption>Smoke over the market. Photo: N. Karim</figcaption>" * (size // 63),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_page_and_no_faster(kind: str) -> None:
    small, large = 250_000, 1_000_000
    normalise_page(page())  # what is read once is read before the clock starts

    seconds = []
    for size in (small, large):
        html = page(HOSTILE[kind](size) + paragraphs())
        started = time.process_time()
        normalise_page(html)
        seconds.append(time.process_time() - started)

    # Four times the page; half a second lets the clock and the collector of garbage have their share.
    assert seconds[1] < 8 * seconds[0] + 0.5, seconds


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + paragraphs(),
        "<span>" * 100_000 + paragraphs(),
        f'<p title="{"x" * 5_000_000}">{BODY[0]}</p>',
        f'<p class="{"x y " * 1_250_000}">{BODY[0]}</p>',
        '<a href="/1">Story of the day</a> ' * 200_000,
        f"<p>{'Nine people were killed. ' * 200_000}</p>",
        "<p>Nine.</p>" * 100_000,
    ],
    ids=["deep", "deep inline", "attribute", "class", "links", "paragraph", "blocks"],
)
def test_a_page_made_to_be_slow_is_done_in_seconds(html: str) -> None:
    started = time.process_time()
    normalise_page(page(html))

    assert time.process_time() - started < 10


# Words glued, and the borders of paragraphs lost.


def test_words_are_not_glued_and_paragraphs_keep_their_borders() -> None:
    first = BODY[0].replace(" people", "&nbsp;people").replace("gunmen", "<b>gun</b>men", 1)
    second = BODY[1].replace(". ", ".<br>")
    body = (
        f"<div>{first}<div>{second}</div>{BODY[2]}</div><p>{BODY[3]}</p>\n<p>{BODY[4]}<p>{BODY[5]}"
        f"<ul><li>{BODY[6]}<li>{BODY[7]}</ul>"
    )

    found = normalised(page(body))

    assert [text for _, text in blocks(found)] == BODY
    assert found.text == "\n\n".join([TITLE, *BODY])


def test_cells_of_a_table_are_not_glued() -> None:
    table = "<table><tr><th>Town</th><th>Killed</th></tr><tr><td>Tarra</td><td>9</td></tr></table>"

    found = normalised(page(paragraphs(BODY[:4]) + table + paragraphs(BODY[4:])))

    assert found.text is not None
    assert not any(glued in found.text for glued in ("TownKilled", "KilledTarra", "Tarra9"))


# Memory growing over a run.

GROWTH = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from test_complaints import numbered
from tollwire.corpus.page import normalise_page

def resident():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

for count in range(500):
    normalise_page(numbered(count))
    if count == 99:
        after_100 = resident()
print(after_100, resident())
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="how much memory is used is read from /proc; run on Linux"
)
def test_memory_does_not_grow_over_a_run() -> None:
    done = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True)
    after_100, after_500 = map(int, done.stdout.split())

    # In kilobytes; a page and its tree take 5,000.
    assert after_500 - after_100 < 10_000


# Another result the second time.

RESULTS = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from test_complaints import results
print(results(reversed(range(12)) if "backwards" in sys.argv else range(12)))
"""


def results(numbers: "range | reversed[int]") -> str:
    """Normalise pages in an order, and write the records by page."""
    found = {count: normalise_page(numbered(count) if count % 3 else page(BANNER + paragraphs())) for count in numbers}
    assert any(isinstance(one, Article) for one in found.values())
    return json.dumps({count: asdict(found[count]) for count in sorted(found)}, default=str)


@pytest.mark.parametrize(("seed", "order"), [("0", "forwards"), ("1", "forwards"), ("2", "backwards")])
def test_the_result_is_the_same_the_second_time_in_another_process_and_in_another_order(seed: str, order: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RESULTS, order],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )

    assert results(range(12)) == results(range(12)) == done.stdout.strip()

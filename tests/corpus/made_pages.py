"""Make pages of made-up outlets that are built as those of news sites are: head, menu, article, boxes, footer."""

import json
from html import escape

from tollwire.contracts.records import Article, Rejection
from tollwire.corpus.page import normalise_page
from tollwire.corpus.sources import UNKNOWN_SOURCE, Source

POST = UNKNOWN_SOURCE.model_copy(
    update={
        "publisher": "The Tarra Post",
        "home": "https://tarrapost.example/",
        "time_zone": "Africa/Nairobi",
        "boilerplate": ["Good reads for your weekend"],
    }
)
TITLE = "Nine killed in attack on market in Tarra"
PARAGRAPHS = (
    "At least nine people were killed and fourteen wounded when gunmen on motorcycles opened fire on the weekly market "
    "of Tarra on Sunday morning, doctors at the district hospital and two witnesses said.",
    "The attackers came from the direction of the river shortly after ten, when the stalls were full, and fired for "
    "about twenty minutes before they left towards the hills, a trader who hid behind sacks of millet said.",
    "Two of the dead were children who had come with their mother to sell eggs, according to the head of the hospital, "
    "who spoke by telephone and asked families to come and name the bodies that nobody had claimed.",
    "The army said in a statement that its soldiers had arrived within the hour and had killed three of the attackers "
    "near the old bridge, a claim that people in the town could not confirm on Monday.",
    "No group said that it had carried out the attack, but fighters who call themselves the Sons of the Hills have "
    "raided four villages in the same district since the rains ended in October.",
    "Rafu Denko, who leads the council of elders, said that the town had asked for a permanent post of the army three "
    "times this year and had been promised one after each raid, most recently in August.",
    "Hundreds of families spent the night in the school and in the yard of the mission, where volunteers handed out "
    "blankets and boiled water, and many said that they would not go home before soldiers stayed for good.",
    "The governor is expected in Tarra on Tuesday, when the dead are to be buried in a common grave behind the market "
    "hall, and has called on the people of the district to leave the search for the gunmen to the army.",
)
MENU = ("World", "Region", "Markets", "Football", "Opinion", "Weather", "Obituaries", "Archive")
TEASERS = (
    "Bridge over the Orsk reopens after two years",
    "Ministry denies that grain is being held back",
    "Harvest is the best in a decade, farmers say",
    "Ferry company cuts its fares by a third",
    "Old harbour to be dredged before the winter",
)


def paragraphs(texts: tuple[str, ...] | list[str] = PARAGRAPHS) -> str:
    """Set texts as paragraphs."""
    return "".join(f"<p>{text}</p>\n" for text in texts)


def linked(**values: object) -> str:
    """State values in the JSON-LD of an article."""
    values = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def page(body: str | None = None, *, head: str = "", title: str = TITLE, above: str = "", below: str = "") -> str:
    """Make a page: an article of ``body`` (its paragraphs unless others are given), and what stands around it."""
    menu = "".join(f'<li class="nav-item"><a href="/{name.lower()}">{name}</a></li>' for name in MENU)
    teasers = "".join(f'<li class="teaser"><a href="/{n}"><h4>{one}</h4></a></li>' for n, one in enumerate(TEASERS))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">{head or f"<title>{escape(title)} | The Tarra Post</title>"}</head>
<body class="post-template">
<header class="site-header"><a class="logo" href="/">The Tarra Post</a><nav class="main-nav"><ul>{menu}</ul></nav></header>
<main class="content">
{above}
<article class="article">
<header class="article-header"><h1 class="article-title">{escape(title)}</h1></header>
<div class="article-body">
{paragraphs() if body is None else body}
</div>
</article>
<aside class="sidebar related"><h3>Most read</h3><ul class="teasers">{teasers}</ul></aside>
</main>
{below}
<footer class="site-footer"><ul><li><a href="/about">About us</a></li><li><a href="/terms">Terms of use</a></li></ul>
<p>&copy; 2021 The Tarra Post. All rights reserved.</p></footer>
</body></html>"""


def normalised(html: str | bytes, source: Source = POST) -> Article:
    """Normalise a page that holds an article."""
    found = normalise_page(html, "html", source)
    assert isinstance(found, Article), found
    return found


def rejected(html: str | bytes, source: Source = POST) -> Rejection:
    """Normalise a page that holds none."""
    found = normalise_page(html, "html", source)
    assert isinstance(found, Rejection), found
    return found


def blocks(found: Article) -> list[tuple[str, str]]:
    """List the blocks of an article after its title, as (kind, text)."""
    assert found.text is not None
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks[1:]]


def texts(found: Article, kind: str = "paragraph") -> list[str]:
    """List the texts of the blocks of one kind."""
    return [text for one, text in blocks(found) if one == kind]

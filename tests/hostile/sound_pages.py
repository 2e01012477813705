"""Sound pages of our own, into which what is hostile is put: as HTML, as a dump, as a JSON record."""

import json

TITLE = "Flood closes the bridge at Orsk"
SENTENCES = (
    "The river Dorn rose by two metres overnight and the bridge at Orsk was closed to lorries, the council said.",
    "Engineers from Tarra are to look at its piers on Monday, which may take until the end of the week.",
    "Traders of Vell who bring fruit to the weekly market have to go by way of Mera, a day longer than before.",
    "Nobody was hurt, the mayor of Quill said by telephone, but four houses on the lower bank have lost their roofs.",
    "Rain is expected to go on until Thursday in the whole valley, and the ferry at Dessa will not run before then.",
)
DUMP = "\n\n".join((TITLE, *SENTENCES)) + "\n"
PARAGRAPHS = "".join(f"<p>{one}</p>\n" for one in SENTENCES)
ARTICLE = f"<article><h1>{TITLE}</h1>\n{PARAGRAPHS}</article>"


def html(
    head: str = "", above: str = "", below: str = "", title: str = TITLE, root: str = "<html>", body: str = ARTICLE
) -> str:
    """Write a page: ``head`` stands behind its title, ``above`` and ``below`` around the article."""
    return f"<!doctype html>\n{root}<head><title>{title}</title>{head}</head><body>{above}{body}{below}</body></html>"


def linked(**stated: object) -> str:
    """Write the JSON-LD of the article, with more of its fields or others."""
    value = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **stated}
    return script(json.dumps(value).replace("</", "<\\/"))


def script(text: str) -> str:
    """Put a text where a page has its JSON-LD."""
    return f'<script type="application/ld+json">{text}</script>'


def record(**fields: object) -> str:
    """Write a JSON record of the article, on one line."""
    return json.dumps({"title": TITLE, "text": "\n".join(SENTENCES), **fields}) + "\n"

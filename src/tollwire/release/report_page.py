"""Write the report: one HTML file that needs no network, in which articles are found, read and compared."""

import hashlib
import json
import re
from base64 import b64encode
from collections import Counter
from html import escape
from importlib.resources import files

from tollwire.annotations.agreement import HEAD, rows_of
from tollwire.annotations.agreement_page import STYLE, table_of
from tollwire.release.report import Report, facets_of
from tollwire.release.report_plots import plots

HEX = re.compile("#[0-9a-f]{6}")
HEADINGS = {
    "label": "Label",
    "bound": "Bound",
    "outlet": "Outlet",
    "split": "Split",
    "differs": "Labellers differ in",
}
KEYS = (
    ("/", "search"),
    ("j k or ↓ ↑", "next, previous article"),
    ("Enter", "from the list into the article"),
    ("Tab", "to the next filter or span"),
    ("Esc", "back to the list"),
)


def report_page(report: Report) -> str:
    """
    Write the page: filters, the list of articles, the article that is read, and plots of all of them.

    Everything that comes from a page or a labeller is data and never markup: the script puts it there as text. The
    policy of the page lets no other script run and nothing be fetched.
    """
    script = _part("report.js")
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    name = escape(report.name)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{name}</title><style>{STYLE}{_part('report.css')}{_colours(report)}</style></head>\n<body>\n"
        f'<header><h1>{name}</h1><output id="found" aria-live="polite"></output>{_keys()}</header>\n'
        "<noscript><p>The articles are shown by a script of this page; allow it to run.</p></noscript>\n"
        f"{_plots(report)}"
        f'<div class="columns">{_filters(report)}\n'
        '<ul id="list" role="listbox" aria-label="Articles" tabindex="-1"></ul>\n'
        '<main id="article" tabindex="-1" aria-label="The article"></main></div>\n'
        '<div id="told" role="tooltip" hidden></div>\n'
        f'<script type="application/json" id="data">{_embedded(report)}</script>\n'
        f"<script>{script}</script>\n</body></html>\n"
    )


def _part(name: str) -> str:
    return (files("tollwire.release") / "page" / name).read_text("utf-8")


def _embedded(report: Report) -> str:
    """Write the articles as JSON that no browser can take for the end of its element."""
    text = json.dumps({"articles": report.articles}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _colours(report: Report) -> str:
    """Give each label its colour of the contracts, lighter on a dark page: they are chosen for white paper."""
    colours = {
        name: label["colour"]
        for vocabulary in ("harm", "role")
        for name, label in report.vocabularies[vocabulary].items()
        if HEX.fullmatch(label.get("colour", "")) and name.isidentifier()
    }
    light = "".join(f"--label-{name}: {colour}; " for name, colour in colours.items())
    dark = "".join(f"--label-{name}: color-mix(in srgb, {colour}, white 35%); " for name, colour in colours.items())
    classes = "".join(f".label-{name} {{ --colour: var(--label-{name}); }}\n" for name in colours)
    return f":root {{ {light}}}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark}}} }}\n{classes}"


def _keys() -> str:
    return f'<p class="keys">{" ".join(f"<kbd>{keys}</kbd> {what}" for keys, what in KEYS)}</p>'


def _filters(report: Report) -> str:
    counted = Counter(
        (name, value) for one in report.articles for name, values in one["facets"].items() for value in values
    )
    meanings = {
        ("label" if vocabulary != "bound" else "bound", name): label.get("about", "")
        for vocabulary in ("harm", "role", "bound")
        for name, label in report.vocabularies[vocabulary].items()
    }
    parts = [
        '<form id="filters" aria-label="Filters">',
        '<label class="search">Search <input type="search" id="text" autocomplete="off" spellcheck="false"></label>',
    ]
    for facet, values in facets_of(report).items():
        boxes = "".join(
            f'<label title="{escape(meanings.get((facet, value), ""))}"{_class_of(facet, value)}>'
            f'<input type="checkbox" name="{facet}" value="{escape(value)}">'
            f"{'<i></i>' * (facet == 'label')}{escape(value)} <b>{counted[facet, value]}</b></label>"
            for value in values
        )
        parts.append(f'<fieldset id="{facet}"><legend>{HEADINGS[facet]}</legend><div>{boxes}</div></fieldset>')
    parts.append('<button type="reset">Clear filters</button></form>')
    return "".join(parts)


def _class_of(facet: str, value: str) -> str:
    return f' class="label-{escape(value)}"' if facet == "label" else ""


def _plots(report: Report) -> str:
    figures = "".join(
        f"<figure><figcaption><h2>{escape(heading)}</h2><p>{escape(about)}</p></figcaption>{svg}</figure>"
        for heading, about, svg in plots(report)
    )
    agreed = table_of(HEAD, rows_of(report.agreement)) if report.agreement else "<p>No article was labelled by two.</p>"
    return (
        f'<details id="plots"><summary>Plots: tolls, bounds, agreement, outlets over time</summary>{figures}'
        f"<details><summary>Agreement as a table</summary>{agreed}</details></details>\n"
    )

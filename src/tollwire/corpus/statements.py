"""What a page's machine-readable parts say: JSON-LD, meta tags, title and links, read as they stand or mended."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tollwire.corpus.clean import clean_line
from tollwire.corpus.json_text import parse_json
from tollwire.corpus.page_parts import seen_text

# One selection for all: each walks through the whole page.
STATING = "meta, link[rel~='canonical' i], script[type*='ld+json' i]"
# Bounds on what a page made to be slow can cost; a page of news has a tenth of each.
MOST_SCRIPTS = 40
LONGEST_SCRIPT = 2_000_000  # characters; the JSON-LD of a live blog repeats every entry
MOST_OBJECTS = 400
MOST_TAGS = 500
MOST_LINKS = 3
LONGEST_CONTENT = 20_000  # characters of a meta tag
LONGEST_BROKEN = 100_000  # characters searched of an object that cannot be mended
LONGEST_STATED_TEXT = 500_000  # characters
MARKUP = re.compile(r"<[^<>]{0,1000}>")
PARAGRAPH_END = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)>|<br ?/?>", re.IGNORECASE)
SUMMARIES = ("og:description", "description", "twitter:description")

ARTICLE_TYPE = re.compile(r"(Article|Posting|Report)$")
# Keys by which one object of JSON-LD holds another that speaks of the same page.
HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")
WRAPPING = re.compile(r"<!--|-->|(?:/\*|//)?\s?<!\[CDATA\[\s?(?:\*/)?|(?:/\*|//)?\s?\]\]>\s?(?:\*/)?")
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
MISSING_VALUE = re.compile(r":(?=\s*[,}])")
VALUE_START = re.compile(r"[\[{]")
# What is still read of an object that no parser takes, mostly for a bare quotation mark inside a value.
IS_ARTICLE = re.compile(r"""["']@type["']\s{0,9}:\s{0,9}["'](\w{0,40}(?:Article|Posting))["']""")
PLAIN_FIELD = re.compile(
    r"""["'](headline|datePublished|dateModified|dateCreated|articleSection)["']\s{0,9}:\s{0,9}"""
    r"""(["'])([^\n]{1,400}?)\2(?=\s{0,99}(?:,\s{0,99}["'}]|\}))"""
)
AUTHOR_FIELD = re.compile(
    r"""["']author["']\s{0,9}:\s{0,9}\[?\s{0,99}\{[^{}]{0,300}?["']name["']\s{0,9}:\s{0,9}["']([^"'\n]{1,80})"""
)


@dataclass(frozen=True, slots=True)
class Statements:
    """
    What the page says of itself to machines.

    ``linked`` is the JSON-LD object of the article, empty without one; ``others`` are the page's other JSON-LD objects
    (WebPage, Person, NewsMediaOrganization, ...). ``tags`` has the meta tags by their property, name or itemprop in
    lower case; of one that stands twice the first counts, and ``repeated`` has all of them in page order. ``title`` is
    the browser's, ``canonical`` the addresses in the links of that name, ``language`` the attribute of the root: as
    they stand there, empty where the page has none.
    """

    linked: dict[str, Any]
    others: tuple[dict[str, Any], ...]
    tags: dict[str, str]
    repeated: tuple[tuple[str, str], ...] = ()
    title: str = ""
    canonical: tuple[str, ...] = ()
    language: str = ""


def read_statements(tree: LexborHTMLParser) -> Statements:
    """Read what a page states. Never raises: JSON-LD that cannot be mended counts as none."""
    stating: dict[str, list[LexborNode]] = {"meta": [], "link": [], "script": []}
    for node in tree.css(STATING):
        stating[node.tag or ""].append(node)
    repeated = tuple(_meta_tags(stating["meta"]))
    tags: dict[str, str] = {}
    for name, content in repeated:
        tags.setdefault(name, content)
    objects: list[dict[str, Any]] = []
    for script in stating["script"][:MOST_SCRIPTS]:
        text = script.text() or ""
        if len(text) <= LONGEST_SCRIPT:
            objects += _objects(read_json(text), MOST_OBJECTS - len(objects))
    # An article in a list of links has a name and no more; the page's own says who wrote it, or when.
    articles = [one for one in objects if is_kind(one, ARTICLE_TYPE)]
    stated = [one for one in articles if one.get("headline") or one.get("datePublished")]
    linked = next(iter(stated or articles), {})
    title = tree.css_first("head > title") or tree.css_first("title")
    root = tree.root
    return Statements(
        linked,
        tuple(one for one in objects if one is not linked),
        tags,
        repeated,
        seen_text(title) if title is not None else "",
        tuple(link.attributes.get("href") or "" for link in stating["link"][:MOST_LINKS]),
        (root.attributes.get("lang") or "") if root is not None and root.tag == "html" else "",
    )


def _meta_tags(metas: list[LexborNode]) -> Iterator[tuple[str, str]]:
    for meta in metas[:MOST_TAGS]:
        attributes = meta.attributes
        content = clean_line((attributes.get("content") or "")[:LONGEST_CONTENT])
        if content:
            names = (attributes.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
            for name in dict.fromkeys(name.strip().lower() for name in names if name):
                yield name, content


def read_json(text: str) -> Any:
    """
    Read JSON as pages have it: in a comment or CDATA, with raw line breaks, trailing commas, character references, or
    several objects one after the other (these become a list). Of an article that cannot be mended its plain fields are
    read alone. None when there is nothing to read.
    """
    for mended in _mendings(text):
        try:
            return parse_json(mended, strict=False)
        except ValueError:
            if (values := _leading_values(mended)) is not None:
                return values
    return _plain_fields(text[:LONGEST_BROKEN])


def _plain_fields(text: str) -> dict[str, Any] | None:
    kind = IS_ARTICLE.search(text)
    if kind is None:
        return None
    fields: dict[str, Any] = {"@type": kind[1]}
    for found in PLAIN_FIELD.finditer(text):
        fields.setdefault(found[1], found[3])
    if author := AUTHOR_FIELD.search(text):
        fields["author"] = {"@type": "Person", "name": author[1]}
    return fields


def _mendings(text: str) -> Iterator[str]:
    """Give the text as it is, and then mended more and more boldly."""
    yield text
    text = WRAPPING.sub("", text).strip().rstrip(";")
    yield text
    text = MISSING_VALUE.sub(": null", TRAILING_COMMA.sub("", text))
    yield text
    if "&quot;" in text or "&#34;" in text:
        yield html.unescape(text)


def _leading_values(text: str) -> list[Any] | None:
    """Read several JSON values that stand one after the other; None unless the text begins with one that is whole."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    found = VALUE_START.search(text)
    while found and len(values) < MOST_SCRIPTS:
        try:
            value, end = decoder.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            break
        values.append(value)
        found = VALUE_START.search(text, end)
    return values or None


def _objects(value: Any, most: int) -> Iterator[dict[str, Any]]:
    """Walk the objects that speak of this page, those on top first."""
    queue, place = [value], 0
    while place < min(len(queue), most):
        one, place = queue[place], place + 1
        if isinstance(one, list):
            queue += one[:MOST_OBJECTS]
        elif isinstance(one, dict):
            yield one
            queue += [one[key] for key in HOLDERS if isinstance(one.get(key), (dict, list))]


def is_kind(one: dict[str, Any], kind: re.Pattern[str]) -> bool:
    """Tell whether the ``@type`` of a JSON-LD object, or one of them, matches a pattern."""
    stated = one.get("@type")
    listed = stated if isinstance(stated, list) else [stated]
    return any(isinstance(one, str) and bool(kind.search(one)) for one in listed)


def stated_objects(value: Any, statements: Statements) -> list[dict[str, Any]]:
    """
    List the objects that a value of JSON-LD stands for: itself, those of its list, what ``@id`` refers to.

    A bare text becomes an object with that ``name``.
    """
    found: list[dict[str, Any]] = []
    queue, place = [value], 0
    while place < min(len(queue), MOST_SCRIPTS):
        one, place = queue[place], place + 1
        if isinstance(one, list):
            queue += one[:MOST_SCRIPTS]
        elif isinstance(one, str):
            found.append({"name": one})
        elif isinstance(one, dict):
            mark = one.get("@id")
            if isinstance(mark, str) and not one.get("name"):
                one = next(
                    (other for other in statements.others if other.get("@id") == mark and other.get("name")), one
                )
            found.append(one)
    return found


def stated_text(value: Any) -> str:
    """
    Read a value of JSON-LD that should be text as one clean line; empty for what is none.

    Of a list the first text counts. Character references are undone: inside JSON they were written by mistake.
    """
    if isinstance(value, list):
        return next((text for one in value[:MOST_SCRIPTS] if isinstance(one, str) and (text := stated_text(one))), "")
    if not isinstance(value, str):
        return ""
    return clean_line(html.unescape(value) if "&" in value else value)


def article_text(statements: Statements) -> str:
    """
    Give the article's text as JSON-LD states it (``articleBody``), without markup; empty where it states none.

    Paragraphs are lines, where it tells them apart.
    """
    text = statements.linked.get("articleBody")
    if not isinstance(text, str):
        return ""
    text = text[:LONGEST_STATED_TEXT]
    if "<" in text or "&" in text:
        text = MARKUP.sub(" ", PARAGRAPH_END.sub("\n", html.unescape(text)))
    return text


def summary(statements: Statements) -> str:
    """Give the summary that the meta tags state; empty where they state none."""
    return next((statements.tags[tag] for tag in SUMMARIES if tag in statements.tags), "")

"""Markup that is deep, endless or never closed."""

from kinds import Kind, one_file
from sound_pages import ARTICLE, PARAGRAPHS, SENTENCES, TITLE, html

MANY = 100_000
THEME = "Markup"


def _deep(tag: str, about: str, inside: str = "x", ends: str = "article") -> Kind:
    """Put an element into itself, many times, above the article."""
    names = tag.split()
    opened = "".join(f"<{one}>" for one in names) * MANY
    closed = "".join(f"</{one}>" for one in reversed(names)) * MANY
    name = "deep-" + "-".join(names)
    return one_file(name, about, "page.html", lambda: html(above=opened + inside + closed), ends)


def _unclosed(tag: str, about: str, *ends: str) -> Kind:
    """Open an element between two paragraphs and never close it."""
    halves = PARAGRAPHS.replace(SENTENCES[2], f"{SENTENCES[2]}</p><{tag}><p>", 1)
    return one_file(
        f"unclosed-{tag.strip('!-')or 'comment'}", about, "page.html",
        lambda: html(body=f"<article><h1>{TITLE}</h1>{halves}</article>"), *ends,
    )  # fmt: skip


def _below(name: str, about: str, below: str, *ends: str, **options: object) -> Kind:
    """Put something under the article, after which the page goes on."""
    return one_file(name, about, "page.html", lambda: html(below=below), *(ends or ("article",)), **options)


KINDS = [
    _deep("div", "100,000 `div` inside one another"),
    _deep("b", "100,000 `b` inside one another, which the parser opens anew in every block"),
    _deep("table tr td", "100,000 tables inside one another"),
    _deep("blockquote", "100,000 quotes inside one another"),
    _deep("ul li", "100,000 lists inside one another"),
    _deep("svg g", "100,000 pictures inside one another, in another namespace"),
    _deep("math mi", "100,000 formulas inside one another, whose leaves turn back into HTML"),
    _deep("font", "100,000 `font` inside one another"),
    _deep("span", "100,000 `span` inside one another"),
    _deep("rt", "100,000 notes of ruby inside one another, with no ruby around"),
    _deep("template", "100,000 templates inside one another, each a document of its own"),
    _deep("select optgroup", "100,000 choices inside one another, which the parser may not open"),
    _deep("form fieldset", "100,000 forms inside one another, of which only the first may open"),
    _deep("nav", "100,000 menus inside one another"),
    _deep("h1", "100,000 headlines inside one another", ends="article"),
    _deep("object", "100,000 embedded objects inside one another"),
    one_file(
        "deep-around-the-article", "the article stands inside 100,000 sections", "page.html",
        lambda: html(body="<section>" * MANY + ARTICLE + "</section>" * MANY), "article",
    ),
    one_file(
        "never-closed-around-the-article", "the article stands inside 100,000 `div` that never close", "page.html",
        lambda: html(body="<div>" * MANY + ARTICLE), "article",
    ),
    _below("unclosed-paragraphs", "100,000 paragraphs that never close", "<p>" * MANY),
    _below("unclosed-links", "100,000 links that never close", "<a href=x>" * MANY),
    _below("unclosed-formatting", "50,000 kinds of type that never close, each in a paragraph", "<p><b><i>" * 50_000),
    _below("crossed-formatting", "100,000 elements closed in the wrong order", "<b><i>x</b></i>" * MANY),
    _below("crossed-blocks", "10,000 paragraphs crossed with type", "<b><p>x</b>y" * 10_000),
    _below("end-tags-only", "300,000 end tags that close nothing", "</div></p></br>" * 100_000),
    _below("a-million-empty-elements", "a million elements with nothing in them", "<i></i>" * 1_000_000),
    _below("a-million-comments", "a million empty comments", "<!---->" * 1_000_000),
    _below("a-million-breaks", "a million line breaks", "<br>" * 1_000_000),
    _below("a-million-angle-brackets", "a million `<` and nothing else", "<" * 1_000_000),
    _below("open-tags-cut-off", "100,000 tags, none of which has an end", "<a b=c " * MANY),
    _below("foster-parents", "50,000 texts inside a table but in no cell", "<table>" + "<tr>x" * 50_000 + "</table>"),
    _below("tables-in-rows", "20,000 tables, each opened straight in a row", "<table><tr>" * 20_000),
    _below("element-names", "30,000 elements, each of a name of its own",
           "".join(f"<x-{number}>y</x-{number}>" for number in range(30_000))),
    _below("a-name-of-a-megabyte", "an element whose name has a megabyte", f"<{'x' * 1_000_000}>y"),
    _below("many-headlines", "50,000 headlines of the first rank", "<h1>Vell</h1>" * 50_000),
    _below("many-pictures", "100,000 pictures that say what they show", "<img src=a alt='The river'>" * MANY),
    _below("many-links", "100,000 links to elsewhere", "<a href='/a'>Mera</a> " * MANY),
    _below("many-rows", "50,000 cells of a table", "<table>" + "<tr><td>1" * 50_000 + "</table>"),
    _below("menus-around-all", "500 menus around half a million elements and one late paragraph",
           "<nav>" * 500 + "<i></i>" * 500_000 + "<p>late"),
    _below("many-choices", "50,000 choices of one list, each closed",
           "<select>" + "<option>Quill</option>" * 50_000 + "</select>"),
    _below("deep-rows-in-a-picture", "100,000 rows inside one another, which only a picture lets nest",
           "<svg>" + "<tr>" * MANY),
    _below("frames", "a set of frames behind the body", "<frameset><frame src='file:///etc/passwd'></frameset>"),
    _below("nothing-but-closed-comments", "comments closed in all the ways that browsers take",
           "<!--><!---><!----!><!--x--!><!-- -- --><!x><?x?></!>" * 1_000),
    _unclosed("!--", "a comment that never closes, after half of the text", "article"),
    _unclosed("script", "a script that never closes", "article"),
    _unclosed("style", "a style sheet that never closes", "article"),
    _unclosed("textarea", "a field of a form that never closes", "article"),
    _unclosed("title", "a second title that never closes, in the text", "article"),
    _unclosed("noscript", "a part for browsers without scripts that never closes", "article"),
    _unclosed("iframe", "an inner page that never closes", "article"),
    _unclosed("xmp", "an example that never closes, in which tags are text", "article"),
    _unclosed("plaintext", "an element that cannot be closed, after which all is text", "article"),
    _unclosed("listing", "an element of the first days of the web that never closes", "article"),
    _unclosed("select", "a choice that never closes", "article"),
    _unclosed("nav", "a menu that never closes and swallows the page", "article"),
    one_file(
        "unclosed-title-in-the-head", "the title of the page never closes, so the whole page is its title", "page.html",
        lambda: f"<html><head><title>{TITLE}<body>{ARTICLE}</body></html>", "no-article",
    ),
]  # fmt: skip

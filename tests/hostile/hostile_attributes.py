"""Attributes, entities and references to files that are too long, too many or point where nothing may be read."""

from kinds import Kind, one_file
from sound_pages import ARTICLE, SENTENCES, TITLE, html

MEGABYTE = 1_000_000
THEME = "Attributes and entities"
SECRET = ("root:x:0", "root:*:0")
LAUGHS = "<!DOCTYPE html [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))


def _page(name: str, about: str, below: str, *ends: str, **options: object) -> Kind:
    return one_file(name, about, "page.html", lambda: html(below=below), *(ends or ("article",)), **options)


def _doctype(name: str, about: str, doctype: str, entity: str) -> Kind:
    """Declare entities as XML does, and use one in the text; HTML knows none of its own."""
    body = ARTICLE.replace(SENTENCES[1], f"{SENTENCES[1]} {entity}")
    return one_file(
        name, about, "page.xhtml", lambda: html(body=body).replace("<!doctype html>", doctype), "article", never=SECRET
    )


KINDS = [
    _page("attribute-of-a-megabyte", "an attribute of a megabyte", f"<p title='{'x' * MEGABYTE}'>y"),
    _page("class-of-a-megabyte", "100,000 classes on one element", f"<p class='{'a b-c d_e ' * 100_000}'>y"),
    _page("class-without-spaces", "one class of a megabyte", f"<p class='{'caption-' * 125_000}'>y"),
    _page("many-attributes", "10,000 attributes on one element",
          "<p " + " ".join(f"a{number}=b" for number in range(10_000)) + ">y"),
    _page("the-same-attribute-again", "one attribute 100,000 times on one element", "<p " + "id=a " * 100_000 + ">y"),
    _page("many-classes", "20,000 elements, each with a class of its own",
          "".join(f"<div class='c-{number}-x'>y</div>" for number in range(20_000))),
    _page("quotation-mark-never-closed", "an attribute whose quotation mark never closes", "<p title='x>y<p>z"),
    _page("style-of-spaces", "a style with a megabyte of spaces where one would hide the element",
          f"<p style='display:{' ' * MEGABYTE}'>y"),
    _page("style-again-and-again", "a style that nearly hides the element 100,000 times",
          f"<p style='{'display:  visibility: ' * 100_000}'>y"),
    _page("nul-in-a-tag", "NUL inside names of elements and attributes", "<p\0 cl\0ass='a\0b'>y\0</p\0>"),
    _page("controls-in-attributes", "control characters in the text that stands for a picture",
          "<figure><img alt='The&#1;&#7;river&#x1b;[31m'><figcaption>The&#7; river&#27;[2J</figcaption></figure>"),
    _page("picture-of-a-megabyte", "a picture whose address is its own megabyte of bytes",
          f"<img src='data:image/png;base64,{'QUJD' * 250_000}'>"),
    _page("script-addresses", "links and pictures that would run a script",
          "<a href='javascript:alert(1)'>x</a><img onerror='alert(1)'><iframe src='javascript:alert(1)'></iframe>",
          never=("alert(1)",)),
    _page("files-of-the-machine", "links, pictures and frames that name files of the machine",
          "<img src='file:///etc/passwd'><link rel=import href='/etc/passwd'><embed src='/etc/passwd'>", never=SECRET),
    _page("hidden-text", "a paragraph that no reader sees, with words of its own",
          f"<p style='display:none'>{'Zorgblatt is cheap. ' * 30}</p>"),
    _doctype("billion-laughs", "ten entities, each of ten of the one before: a billion words", LAUGHS + "]>", "&l9;"),
    _doctype("quadratic-blow-up", "an entity of 50,000 letters that is used 1,000 times",
             f"<!DOCTYPE html [<!ENTITY a '{'a' * 50_000}'>]>", "&a;" * 1_000),
    _doctype("external-entity", "an entity that is a file of the machine",
             "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "&x;"),
    _doctype("entity-of-the-network", "an entity that is at an address",
             "<!DOCTYPE html [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]>", "&x;"),
    _doctype("parameter-entities", "entities that would read a file and send it away",
             "<!DOCTYPE html [<!ENTITY % a SYSTEM 'file:///etc/passwd'><!ENTITY % b "
             "'<!ENTITY x SYSTEM \"http://127.0.0.1:9/%a;\">'>%b;]>", "&x;"),
    _doctype("external-doctype", "a type of document that is at an address",
             "<!DOCTYPE html PUBLIC '-//x' 'http://127.0.0.1:9/x.dtd'>", "&nbsp;"),
    _doctype("doctype-of-a-megabyte", "a type of document whose name has a megabyte", f"<!DOCTYPE {'x' * MEGABYTE}>",
              ""),
    _page("references-to-surrogates", "characters by number that are halves of a pair",
              f"<p>{SENTENCES[0]}&#xD83D;&#xDE00;&#55357;"),
    _page("references-to-nul", "the character 0 by number", f"<p>{SENTENCES[0]} a&#0;b&#x0;c&#00000;d"),
    _page("references-beyond-unicode", "characters by number that there are not",
              f"<p>{SENTENCES[0]}&#x110000;&#xFFFFFFFF;&#x1FFFE;"),
    _page("references-without-end", "a character by a number of a million digits",
              f"<p>{SENTENCES[0]}&#{'9' * MEGABYTE};"),
    _page("references-in-words", "a number that is none: 1e30", f"<p>{SENTENCES[0]}&#1e30;&#x;&#;&;"),
    _page("references-to-controls", "every control character by number",
          f"<p>{SENTENCES[0]}" + "".join(f"a&#{number};" for number in (*range(32), *range(127, 160)))),
    _page("named-references", "half a million references by name, without their semicolon",
              "<p>" + "&amp&lt&nbsp" * 170_000),
    _page("unknown-references", "100,000 references to names that there are not", "<p>" + "&xyzzy;" * 100_000),
    _page("references-undone-twice", "a reference to a reference to markup",
              f"<p>{SENTENCES[0]} &amp;lt;script&amp;gt;alert&amp;lt;/script&amp;gt;"),
    one_file("title-of-a-megabyte", "a title and a headline of a megabyte each", "page.html",
             lambda: html(title="Flood " * 170_000, body=ARTICLE.replace(TITLE, "Flood " * 170_000)), "article"),
    one_file("title-of-one-word", "a headline of a megabyte without a space", "page.html",
             lambda: html(title="F" * MEGABYTE, body=ARTICLE.replace(TITLE, "F" * MEGABYTE)), "article"),
    one_file("title-of-markup", "a title that is a script", "page.html",
             lambda: html(title="<script>alert(1)</script>", body=ARTICLE.replace(TITLE, "")), "article"),
    one_file("base-that-is-a-script", "a base for all addresses that is a script, and a page that sends its reader on",
             "page.html", lambda: html("<base href='javascript:alert(1)//'><meta http-equiv=refresh content='0;#'>"),
             "article", never=("javascript:",)),
    one_file("paragraph-of-megabytes", "one paragraph of four megabytes", "page.html",
             lambda: html(below="<p>" + (SENTENCES[0] + " ") * 40_000), "article"),
    one_file("word-of-nine-megabytes", "one word of nine megabytes", "page.html",
             lambda: html(below="<p>" + "x" * 9_000_000), "article"),
]  # fmt: skip

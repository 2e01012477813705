"""What a page states of itself to machines: JSON-LD, meta tags, addresses, dates, names, when they lie or never end."""

import json

from kinds import Kind, one_file
from sound_pages import ARTICLE, SENTENCES, TITLE, html, linked, script

THEME = "Statements of a page"
DEEP = 10_000


def _head(name: str, about: str, head: str, *ends: str, **options: object) -> Kind:
    return one_file(name, about, "page.html", lambda: html(head), *(ends or ("article",)), **options)


def _canonical(name: str, about: str, address: str, *never: str) -> Kind:
    head = f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'
    return _head(f"address-{name}", about, head, never=never)


def _date(name: str, about: str, *dates: object) -> Kind:
    """State dates in every place where a page may have them."""
    head = "".join(
        linked(datePublished=date, dateModified=date) + f'<meta property="article:published_time" content="{date}">'
        for date in dates
    )
    below = "".join(f'<time datetime="{date}" itemprop="datePublished">{str(date)[:500]}</time>' for date in dates)
    return one_file(f"date-{name}", about, "page.html", lambda: html(head, above=below), "article")


KINDS = [
    _head("linked-data-deep", "JSON-LD of 10,000 lists inside one another", script("[" * DEEP + "]" * DEEP)),
    _head("linked-data-deep-objects", "JSON-LD of 10,000 objects inside one another, each the main one",
          script('{"@graph":' * DEEP + "{}" + "}" * DEEP)),
    _head("linked-data-never-closed", "a million opened brackets where JSON-LD should be", script("[" * 1_000_000)),
    _head("linked-data-no-numbers", "JSON-LD with NaN, Infinity and a number of 10,000 digits",
          script('{"@type":"NewsArticle","headline":NaN,"datePublished":Infinity,"wordCount":' + "9" * 10_000 + "}")),
    _head("linked-data-same-key", "JSON-LD in which each key stands twice",
          script(f'{{"@type":"NewsArticle","@type":5,"headline":"{TITLE}","headline":[],"url":"x","url":{{}}}}')),
    _head("linked-data-surrogates", "JSON-LD with halves of pairs in headline, author and section",
          linked(headline="Flood \ud800 at \udfff Orsk", author="Ada \ud83d Bree", articleSection="\udc00",
              keywords="a\ud800")),
    _head("linked-data-nul", "JSON-LD with control characters in all its texts",
          linked(headline="Flood\0\x07 at\x1b[2J Orsk", author={"name": "Ada\0 \u0085Bree"},
              articleSection="a\0b\u2028c")),
    _head("linked-data-of-five-megabytes", "JSON-LD of five megabytes", linked(articleBody="x " * 2_500_000)),
    _head("linked-data-many", "10,000 pieces of JSON-LD, each another article",
          "".join(script(f'{{"@type":"NewsArticle","headline":"No {n}"}}') for n in range(10_000))),
    _head("linked-data-many-objects", "JSON-LD of 100,000 objects in one list",
          script(json.dumps([{"@type": "Person", "@id": f"#{n}"} for n in range(100_000)]))),
    *(
        _head(f"linked-data-body-{name}", f"JSON-LD whose text of the article is {name}", linked(articleBody=value))
        for name, value in (("a-list", ["a", ["b"]]), ("a-number", 1e308), ("an-object", {"@value": "x"}),
            ("true", True))
    ),
    one_file("linked-data-body-is-all", "a page without text, whose JSON-LD has the text, with a script in it",
              "page.html",
             lambda: html(linked(articleBody=f"<p>{'</p><p>'.join(SENTENCES * 3)}</p><script>alert(1)</script>"),
                          body=f"<h1>{TITLE}</h1>"), "article"),
    _head("linked-data-circle", "JSON-LD whose author and page refer to one another without end",
          script('[{"@type":"NewsArticle","headline":"Flood closes the bridge at Orsk","author":{"@id":"#a"}},'
                 '{"@type":"Person","@id":"#a","author":{"@id":"#b"}},{"@type":"Person","@id":"#b","mainEntity":{"@id":"#a"}}]')),
    _head("linked-data-of-wrong-types", "JSON-LD in which every value is of another type than it should be",
          linked(headline={"a": 1}, author=[[[]], 5, None, {"name": 7}], datePublished=[], url=[1], keywords={"x": []},
                 mainEntityOfPage=[1], publisher=3, inLanguage={}, isAccessibleForFree=[], articleSection=0,
                     image=[[]])),
    _head("linked-data-types", "JSON-LD of 100,000 types at once",
          script(json.dumps({"@type": ["NewsArticle"] * 100_000, "headline": TITLE}))),
    _head("linked-data-authors", "JSON-LD with 50,000 authors",
          linked(author=[{"@type": "Person", "name": f"Ada Bree{chr(97 + n % 26)}"} for n in range(50_000)])),
    _head("linked-data-commas", "JSON-LD that is 100,000 commas and spaces, which invite to be mended",
          script("{" + ", \n" * 100_000 + "x" + ":  " * 100_000)),
    _head("linked-data-quotation-marks", "JSON-LD of 300,000 quotation marks",
          script('{"@type": "NewsArticle", "headline": "' + "\" '" * 100_000)),
    _head("linked-data-in-comments", "JSON-LD wrapped into 50,000 comments", script("<!--/*<![CDATA[" * 50_000 + "{}")),
    _head("linked-data-references", "JSON-LD whose quotation marks are written as references",
          script("{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;x&quot;" + "&quot;" * 100_000)),
    one_file("linked-data-says-paid", "a whole article whose JSON-LD says that it is not free", "page.html",
             lambda: html(linked(isAccessibleForFree="False")), "paywall-stub"),
    _head("meta-tags-many", "50,000 meta tags", "".join(f"<meta name='n{n}' content='c'>" for n in range(50_000))),
    _head("meta-tag-of-a-megabyte", "a meta tag of a megabyte",
              f"<meta name=description content='{'Rain. ' * 170_000}'>"),
    _head("meta-tag-keywords", "100,000 keywords", f"<meta name=keywords content='{'a,' * 100_000}'>"),
    _head("meta-tag-of-controls", "control characters in every meta tag",
          "<meta property=article:section content='a&#7;b&#x1b;c'><meta name=author content='Ada&#0; Bree&#x85;'>"
          "<meta name=keywords content='a&#8232;b,c&#x200b;d,&#x202e;e'>"),
    _head("meta-tags-contradict", "meta tags that name the page a video, a shop and an article",
          "<meta property=og:type content=video.other><meta property=og:type content=product>"
          "<meta property=og:type content=article>"),
    one_file("microdata-loop", "an item of microdata that refers to itself", "page.html",
             lambda: html(body=f"<div itemscope itemref='a b' id=a itemtype='https://schema.org/NewsArticle'>"
                               f"<div id=b itemscope itemref=a itemprop=author>Ada Bree</div>{ARTICLE}</div>"),
                                   "article"),
    one_file("microdata-many", "20,000 marked authors and dates", "page.html",
             lambda: html(below="<span itemprop=author class=byline>By Ada Bree</span><time>2 May 2021</time>"
                 * 20_000),
             "article"),
    one_file("byline-of-a-hundred-kilobytes", "a by-line of 100 kB, all names", "page.html",
             lambda: html("<meta name=author content='" + "Ada Bree and " * 8_000 + "Bo'>",
                          above="<p class=byline>By " + "Ada Bree, " * 10_000 + "</p>"), "article"),
    one_file("byline-of-one-word", "a by-line of 100 kB without a space, all capitals", "page.html",
             lambda: html(above="<p class=byline>By " + "A-" * 50_000 + "</p>"), "article"),
    one_file("dateline-of-capitals", "a first paragraph of 200,000 capitals, commas and dashes", "page.html",
             lambda: html(body=f"<h1>{TITLE}</h1><p>{'ORSK, MERA - (VELL) ' * 10_000}{SENTENCES[0]}</p>{ARTICLE}"),
             "article"),
    *(
        one_file(f"language-{name}", f"the page states as its language {about}", "page.html",
                 lambda tag=tag: html(root=f'<html lang="{tag}">'), "article")
        for name, about, tag in (
            ("junk", "signs and a script", "';!--<script>=&{()}"), ("of-a-megabyte", "a megabyte", "en-" * 333_333),
            ("empty", "spaces", "  \t "), ("with-nul", "letters around NUL", "e&#0;n"),
        )
    ),
    _canonical("script", "its own address is a script", "javascript:alert(document.cookie)", "javascript:"),
    _canonical("data", "its own address is data", "data:text/html,hello", "data:text"),
    _canonical("file", "its own address is a file", "file:///etc/passwd", "file:"),
    _canonical("with-nul", "its own address has NUL in it", "https://post.example/a&#0;b", "\0"),
    _canonical("with-newline", "its own address has a line break in it", "https://post.example/a&#10;b"),
    _canonical("of-a-hundred-kilobytes", "its own address has 100 kB", "https://post.example/" + "a" * 100_000,
              "aaaaaa"),
    _canonical("of-another-site", "its own address is of another site", "https://elsewhere.example/a?b=c"),
    _canonical("with-password", "its own address has a name and a password", "https://ada:hunter2@post.example/a",
              "hunter2"),
    _canonical("broken-host", "its own address has a host that is none", "http://[::1/a"),
    _canonical("broken-port", "its own address has a port that is none", "http://post.example:99999999/a", "99999999"),
    _canonical("mirrored", "its own address hides signs that turn the direction of writing",
              "https://post.example/&#x202e;gpj.a"),
    _canonical("surrogate", "its own address has half of a pair", "https://post.example/&#xd800;"),
    _date("year-0", "a date in the year 0", "0000-00-00T00:00:00Z", "0000-01-01", "0001-01-01T00:00:00+14:00"),
    _date("year-9999", "the last day of the last year, west of Greenwich", "9999-12-31T23:59:59-12:00", "9999-12-31"),
    _date("year-10000", "a date past the last year", "10000-01-01", "+99999-01-01T00:00:00Z"),
    _date("negative", "dates before the first year", "-2021-03-04", "-1", "-99999999999999"),
    _date("too-large", "a number of seconds past the end of time", "1e400", 10**30, 99999999999999999),
    _date("never", "days and hours that there are not", "2021-02-30", "2021-13-45T99:99:99Z",
              "2021-03-14T24:60:61+99:99"),
    _date("of-digits", "a date of 10,000 digits", "1" * 10_000, "2021-" * 2_000),
    _date("in-other-digits", "a date in Arabic, Devanagari and raised digits", "٢٠٢١-٠٣-١٤", "२०२१-०३-१४",
              "²⁰²¹-⁰³-¹⁴"),
    _date("with-controls", "a date with control characters in it", "2021-&#0;03-14&#7;",
              "2021-03-14&#x2028;T10:00:00Z"),
    one_file("dates-many", "30,000 dates in the text", "page.html",
             lambda: html(below="<p>2 May 2021 at 10:00, 3 June, 2021-05-02</p>" * 10_000), "article"),
]  # fmt: skip

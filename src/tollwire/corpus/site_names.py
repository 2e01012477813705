"""What the site of a page is called, and how its name is told from the words of a headline."""

import re
from urllib.parse import urlsplit

from tollwire.corpus.sources import UNKNOWN_SOURCE, Source
from tollwire.corpus.statements import Statements, stated_text

SEPARATOR = r"[-|/~\u00b7\u2022\u2013\u2014\u2015\u00ab\u00bb\u2039\u203a:<>]"
SUFFIX = re.compile(rf"\s+{SEPARATOR}+\s+|\s*[|\uff5c\u3163\u01c0]\s*")
# Chinese, Japanese and Korean titles put no space around it: "...-\u65b0\u534e\u7f51".
UNSPACED_SUFFIX = re.compile(r"(?<=[^\x00-\u2fff])\s?(?:--+|[-_\u2014])\s?(?=[^\x00-\u2fff])")
MASTHEAD = re.compile(r"([^:]{2,60}): (?=\S)")  # "The Post: Headline"
LETTERS = re.compile(r"[\W_]+")
ORGANISATION = re.compile(r"Organization|WebSite|NewsMedia|Corporation|Brand")
MOST_NAMES = 12
LONGEST_NAME = 60  # letters
LONG_NAME = 8  # letters from which a host's name inside a longer name is no chance
SHORTEST_IN_HOST = 4  # letters of a part of the title that is found inside the host's name, or the other way round


def letters(text: str) -> str:
    """Reduce a text to its letters and digits in lower case, to compare two spellings of one name or headline."""
    return LETTERS.sub("", text).casefold()


def site_names(statements: Statements, source: Source) -> frozenset[str]:
    """List the names of the site, reduced to their letters: as stated, as the source has them, and its host's."""
    publisher = statements.linked.get("publisher")
    stated = [
        statements.tags.get(tag, "") for tag in ("og:site_name", "application-name", "apple-mobile-web-app-title")
    ]
    stated.append(statements.tags.get("twitter:site", "").lstrip("@"))
    for one in (*(publisher if isinstance(publisher, list) else [publisher]), *statements.others):
        if isinstance(one, dict) and ORGANISATION.search(str(one.get("@type", ""))):
            stated += [stated_text(one.get("name")), stated_text(one.get("alternateName"))]
    if source is not UNKNOWN_SOURCE:
        stated.append(source.publisher)
    stated += [host for url in page_addresses(statements, source) for host in _host_names(url)]
    return frozenset(name for one in stated[: 3 * MOST_NAMES] if len(name := letters(one)) > 1)


def source_names(source: Source) -> frozenset[str]:
    """List the names of an outlet by its record alone: its publisher and its host."""
    names = [] if source is UNKNOWN_SOURCE else [source.publisher]
    names += _host_names(source.home) if source.home else []
    return frozenset(name for one in names if len(name := letters(one)) > 1)


def page_addresses(statements: Statements, source: Source) -> list[str]:
    """List the addresses by which a page names itself or its site."""
    addresses = [*statements.canonical[:1], statements.tags.get("og:url"), source.home]
    return [one for one in addresses if one]


def _host_names(url: str) -> list[str]:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return []
    parts = host.removeprefix("www.").split(".")
    # Of "news.orf.at" and "lemonde.fr": the whole, and what stands before the country or "co.uk".
    main = [part for part in parts[:-1] if len(part) > 3 or part == parts[0]]
    return [host.removeprefix("www."), *main[-1:], *(["".join(main)] if len(main) > 1 else [])]


def is_site_name(part: str, names: frozenset[str]) -> bool:
    """Tell whether a part of a title is a name of the site, or nearly: "The Post Online" on post.example."""
    short = letters(part)
    if short in names:
        return True
    if len(short) < SHORTEST_IN_HOST or len(short) > LONGEST_NAME:
        return False
    return any(
        len(name) >= SHORTEST_IN_HOST
        and (short in name or (name in short and (2 * len(name) >= len(short) or len(name) >= LONG_NAME)))
        for name in names
    )


def cut_site(title: str, names: frozenset[str], sections: frozenset[str] = frozenset()) -> str:
    """
    Cut the site's name off a title, and what stands behind it: "Headline - Section | Site"; or before the headline.

    A section, of those that the page states, goes with it.
    """
    masthead = MASTHEAD.match(title)
    if masthead and letters(masthead[1]) in names:
        title = title[masthead.end() :]
    for separator in (SUFFIX, UNSPACED_SUFFIX):
        cuts = list(separator.finditer(title))[-8:]
        if not cuts:
            continue
        starts = [cut.end() for cut in cuts]
        ends = [cut.start() for cut in cuts[1:]] + [len(title)]
        parts = [title[start:end] for start, end in zip(starts, ends, strict=True)]
        site = next((place for place, part in enumerate(parts) if letters(part) in names), None)
        if site is None and is_site_name(parts[-1], names):
            site = len(parts) - 1
        if site is None and is_site_name(title[: cuts[0].start()], names):
            return title[cuts[0].end() :].strip()
        if site is not None:
            while site and letters(parts[site - 1]) in sections:
                site -= 1
            title = title[: cuts[site].start()].strip()
    for separator in (SUFFIX, UNSPACED_SUFFIX):
        last = list(separator.finditer(title))[-1:]
        if last and letters(title[last[0].end() :]) in sections:
            title = title[: last[0].start()].strip()
    return title


def section_names(statements: Statements) -> frozenset[str]:
    """List the sections that the page states and the steps of its breadcrumbs, reduced to their letters."""
    stated = [statements.linked.get("articleSection"), statements.tags.get("article:section")]
    for one in statements.others:
        if one.get("@type") == "BreadcrumbList" and isinstance(steps := one.get("itemListElement"), list):
            for step in steps[:MOST_NAMES]:
                item = step.get("item") if isinstance(step, dict) else None
                stated += [step.get("name") if isinstance(step, dict) else None]
                stated += [item.get("name") if isinstance(item, dict) else None]
    flat = [one for value in stated for one in (value if isinstance(value, list) else [value])]
    return frozenset(letters(text) for one in flat if (text := stated_text(one)) and len(text) < LONGEST_NAME) - {""}

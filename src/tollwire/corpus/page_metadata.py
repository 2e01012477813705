"""What an HTML page states about its article beside headline, people and dates: address, section, keywords."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tollwire.contracts.text import STRAY
from tollwire.corpus.clean import clean_line
from tollwire.corpus.site_names import SUFFIX, cut_site, letters, source_names
from tollwire.corpus.sources import Source
from tollwire.corpus.statements import Statements, stated_text

LONGEST_URL = 2000
MOST_KEYWORDS = 50
LONGEST_KEYWORD = 80  # characters; a longer one is a sentence that search engines are to read
SPLITTING = re.compile(r"\s*[,;|\u3001\uff0c\u060c]\s*")
WHITE = re.compile(r"\s")
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,3}")


def without_site(title: str, site: str, source: Source) -> str:
    """Cut the site's name off a title, with what stands behind it."""
    return cut_site(title, source_names(source) | {letters(site)} - {""})


def is_title_with_site(title: str, line: str) -> bool:
    """Tell whether a title is a headline and then, after a dash or bar, the name of a section or site."""
    return title.startswith(line) and bool(SUFFIX.match(title, len(line)))


def canonical_url(statements: Statements) -> str | None:
    """Give the page's own address as it states it; None when it states none that is whole, or only its front page."""
    main = statements.linked.get("mainEntityOfPage")
    stated = [*statements.canonical, statements.tags.get("og:url", ""), stated_text(statements.linked.get("url"))]
    stated.append(stated_text(main.get("@id") or main.get("url") if isinstance(main, dict) else main))
    whole = [url for one in stated if is_web_address(url := one.strip())]
    # A site that names its front page on every page would give all its articles one address.
    return next((url for url in whole if not _is_front_page(url)), None)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def is_web_address(url: str) -> bool:
    """Tell whether a string is a whole http(s) address; one with a user's name or password is nobody else's to read."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # a port that is none raises only when it is asked for
    except ValueError:
        return False
    whole = parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc
    return whole and len(url) <= LONGEST_URL and not WHITE.search(url) and not STRAY.search(url)


def section(statements: Statements) -> str | None:
    """Give the section of the site that the page states; the first, where it states several."""
    stated = (
        stated_text(statements.linked.get("articleSection")),
        statements.tags.get("article:section", ""),
        statements.tags.get("parsely-section", ""),
        statements.tags.get("section", ""),
        statements.tags.get("articlesection", ""),
    )
    return next((one for text in stated if (one := _word(text))), None)


def _word(text: str) -> str:
    return text if len(text) <= LONGEST_KEYWORD and not text.startswith(("http:", "https:")) else ""


def keywords(statements: Statements) -> tuple[str, ...]:
    """
    List the keywords that the page states, in its order and spelling, each once.

    Those of the article's JSON-LD and its tags come first; the page's general keywords count where it has no other.
    """
    tags = statements.repeated
    article = [content for name, content in tags if name in ("article:tag", "og:article:tag", "parsely-tags")]
    news = [content for name, content in tags if name in ("news_keywords", "sailthru.tags", "cxenseparse:keywords")]
    for stated in (
        [*_texts(statements.linked.get("keywords")), *article],
        news,
        [content for name, content in tags if name == "keywords"],
    ):
        found: dict[str, str] = {}
        for text in stated:
            for part in SPLITTING.split(text):
                word = clean_line(part).strip(" #\"'[]")
                if word and _word(word):
                    found.setdefault(word.casefold(), word)
        if found:
            return tuple(found.values())[:MOST_KEYWORDS]
    return ()


def _texts(value: Any) -> Iterator[str]:
    for one in (value if isinstance(value, list) else [value])[: 2 * MOST_KEYWORDS]:
        if text := stated_text(one.get("name") if isinstance(one, dict) else one):
            yield text


def stated_language(statements: Statements) -> str | None:
    """
    Give the language that the page states, as a BCP 47 tag; None when it states none.

    Only a hint: the attribute is often the template's. What the article's own statements say comes first.
    """
    stated = (
        stated_text(statements.linked.get("inLanguage")),
        statements.language,
        statements.tags.get("og:locale", ""),
        statements.tags.get("content-language", ""),
        statements.tags.get("language", ""),
    )
    for tag in stated:
        if found := LANGUAGE.fullmatch(tag.strip()[:20]):
            primary, *rest = found[0].replace("_", "-").split("-")
            return "-".join([primary.lower(), *(one.upper() if len(one) == 2 else one for one in rest)])
    return None

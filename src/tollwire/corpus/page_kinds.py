"""Tell a page that holds no whole article from one that does: paywall stubs, video pages, indexes, errors, consent."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from tollwire.corpus.explain import ExplainedLine
from tollwire.corpus.extract import MIN_BODY_WORDS, NoArticle, name_of_no_article
from tollwire.corpus.html_blocks import HtmlBlock, HtmlBlocks
from tollwire.corpus.html_context import NO_BODY
from tollwire.corpus.lines import count_words, furniture, is_prose
from tollwire.corpus.statements import Statements, is_kind

LEXICON = Path(__file__).parent / "lexicon" / "page_kinds.toml"
ENOUGH_WORDS = 120  # of prose; with so many a page is no stub and no message, and nobody counts further
LONGEST_MESSAGE = 100  # words of an error, a banner or what is said of a video; an article so short says that it is one
LONGEST_PAYWALL_LINE = 200  # characters
PAYWALL_REACH = 4  # blocks after the last of the text in which the paywall's line stands
LONGEST_TITLE = 200  # characters of a headline that are compared
LEAST_TEASERS = 5
MOSTLY_TEASERS = 0.8  # share of the words found that stand beside a headline that is a link
HALF_TEASERS = 0.5  # the same, on a page that states that it is a list
LONGEST_TEASER = 150  # words between two headlines that are links
TEASER_WORDS = 4  # words of a link from which it is a headline and not a label
IS_LINK = 0.8  # share of a block's characters inside links
ARTICLE = re.compile(r"(Article|Posting|Report)$")
VIDEO = re.compile(r"^(Video|VideoObject|Clip|TVEpisode|Movie)$")
LISTING = re.compile(r"^(CollectionPage|SearchResultsPage)$")


def reject_html(statements: Statements, title: str, page: HtmlBlocks, verdicts: Sequence[ExplainedLine]) -> None:
    """
    Check that what was found is an article; ``verdicts`` are what became of the blocks of the page.

    Words count where they stand in prose; where the page states that it is an article all words count, so that a poem
    or a list of names is not lost. Of 258 pages of news with a gold body one is rejected, whose text is in no element
    but in a script. Of 990 pages of all sorts (shops, forums, blogs) 12 are: 5 as index pages, 3 with next to no text,
    3 stubs and a video.

    Raises:
        NoArticle: ``paywall-stub``, ``error-page``, ``consent-page``, ``video-page``, ``index-page``, ``no-article`` or
            ``no-title``, by what the page seems to be instead.
    """
    prose = count_prose(verdicts)
    stated = states_article(statements)
    body = [line.text for line in verdicts if line.kind not in NO_BODY]
    words = sum(map(count_words, body)) if prose < MIN_BODY_WORDS and stated and title else prose
    if why := name_stub(statements, verdicts):
        raise NoArticle("paywall-stub", why)
    if not stated:
        _reject_message(statements, title, verdicts, prose)
        _reject_index(statements, page, verdicts)
    if words < MIN_BODY_WORDS:
        if is_video(statements):
            raise NoArticle("video-page", f"a video with {words} words of prose, fewer than {MIN_BODY_WORDS}")
        lines = [line.text for line in verdicts]
        raise NoArticle(*name_of_no_article([furniture(line) or "" for line in lines], lines, words))
    if not title:
        raise NoArticle("no-title", f"the page states no headline; its text starts {body[0][:60]!r}")


def states_article(statements: Statements) -> bool:
    """Tell whether the page says that it is an article: in JSON-LD, or by Open Graph's type."""
    return is_kind(statements.linked, ARTICLE) or statements.tags.get("og:type", "").lower() == "article"


def is_paid(statements: Statements) -> bool:
    """
    Tell whether the page states that its article is not free.

    Source: schema.org, ``isAccessibleForFree``, as search engines ask publishers to mark paywalled content.
    """
    return str(statements.linked.get("isAccessibleForFree")).lower() == "false"


def is_video(statements: Statements) -> bool:
    """Tell whether the page states that it is about a video: Open Graph's ``video.*``, or a VideoObject of its own."""
    if statements.tags.get("og:type", "").startswith("video"):
        return True
    return not statements.linked and any(is_kind(one, VIDEO) for one in statements.others)


def name_stub(statements: Statements, verdicts: Sequence[ExplainedLine]) -> str | None:
    """
    Say why what was found is only the opening of an article that goes on for payers; None where it is not.

    No page of the 258 with a gold body, 5 of which state that they are not free, has fewer words than a stub may have.
    """
    words = count_prose(verdicts)
    if words >= ENOUGH_WORDS:
        return None
    if is_paid(statements):
        return f"{words} words of an article that the page says is not free"
    line = _paywall_line(verdicts)
    return f"{words} words of an article, and then {line[:80]!r}" if line else None


def count_prose(verdicts: Sequence[ExplainedLine]) -> int:
    """Count the words of the body that stand in prose, up to ``ENOUGH_WORDS`` or a paragraph more."""
    words = 0
    for line in verdicts:
        if line.kind not in NO_BODY and is_prose(line.text):
            words += count_words(line.text)
            if words >= ENOUGH_WORDS:
                break
    return words


def _paywall_line(verdicts: Sequence[ExplainedLine]) -> str | None:
    """Find the line that asks for money right below the text, or as its last one."""
    last = max((place for place, line in enumerate(verdicts) if line.kind not in NO_BODY), default=None)
    if last is None:
        return None
    near = [line.text for line in verdicts[last : last + 1 + PAYWALL_REACH]]
    return next(
        (text for text in near if len(text) <= LONGEST_PAYWALL_LINE and _patterns()["paywall"].search(text)), None
    )


def _reject_message(statements: Statements, title: str, verdicts: Sequence[ExplainedLine], words: int) -> None:
    """Reject what is no more than a message under its own headline: of a server, of a banner, or about a video."""
    if words >= LONGEST_MESSAGE:
        return
    headline = title[:LONGEST_TITLE]
    if _patterns()["error_title"].fullmatch(headline):
        raise NoArticle("error-page", f"a server's message instead of a page: {headline[:80]!r}")
    if _patterns()["consent_title"].fullmatch(headline):
        raise NoArticle("consent-page", f"a consent banner, {headline[:80]!r}, and {words} words of prose")
    if words >= MIN_BODY_WORDS and is_video(statements):
        raise NoArticle("video-page", f"a video, and {words} words about it")


def _reject_index(statements: Statements, page: HtmlBlocks, verdicts: Sequence[ExplainedLine]) -> None:
    """
    Reject a list of articles: most of the text found stands directly beside headlines that are links.

    Half of it will do where the page states that it is a list, or gives the address of a front page as its own. Of
    1,990 pages, nearly all single articles, three are rejected by this: two lists, and one page of which no more than
    teasers was found.
    """
    kept = [place for place, line in enumerate(verdicts) if line.kind not in NO_BODY]
    is_teaser = [_is_linked_headline(block) for block in page.blocks]
    teasers = sum(is_teaser)
    if teasers < LEAST_TEASERS or not kept:
        return
    words = {place: count_words(page.blocks[place].text) for place in kept}
    beside = sum(words[place] for place in kept if any(is_teaser[max(place - 1, 0) : place + 2]))
    share = beside / max(sum(words.values()), 1)
    if share >= HALF_TEASERS and _states_list(statements):
        raise NoArticle("index-page", f"{teasers} headlines that are links, on a page that states that it is a list")
    if share >= MOSTLY_TEASERS and _longest_run(is_teaser, words) <= LONGEST_TEASER:
        raise NoArticle("index-page", f"{teasers} headlines that are links, {share:.0%} of the text beside them")


def _longest_run(is_teaser: Sequence[bool], words: dict[int, int]) -> int:
    """Count the words of the longest stretch of text without a headline that is a link in between."""
    longest = run = 0
    for place, one in enumerate(is_teaser):
        run = 0 if one else run + words.get(place, 0)
        longest = max(longest, run)
    return longest


def _states_list(statements: Statements) -> bool:
    """Tell whether a page states that it lists others, or gives the address of a front page as its own."""
    if any(is_kind(one, LISTING) for one in statements.others):
        return True
    try:
        address = urlsplit(statements.tags.get("og:url", ""))
    except ValueError:
        return False
    return bool(address.netloc) and address.path in ("", "/") and not address.query


def _is_linked_headline(block: HtmlBlock) -> bool:
    """Tell a headline that leads to another page: in a heading or in bold type, nearly all of it a link."""
    if block.linked < IS_LINK * len(block.text) or count_words(block.text) < TEASER_WORDS:
        return False
    return bool(block.element.tags & HEADINGS) or block.strong >= IS_LINK * len(block.text)


HEADINGS = frozenset(("h2", "h3", "h4", "h5"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lexicon = tomllib.loads(LEXICON.read_text("utf-8"))
    return {name: re.compile("|".join(f"(?:{one})" for one in ones), re.IGNORECASE) for name, ones in lexicon.items()}

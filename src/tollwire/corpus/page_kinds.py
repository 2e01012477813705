"""Tell a page that holds no whole article from one that does: paywall stubs, video pages, indexes, errors, consent."""

from collections.abc import Sequence
from typing import Any

from tollwire.corpus.explain import ExplainedLine
from tollwire.corpus.extract import MIN_BODY_WORDS, NoArticle, name_of_no_article
from tollwire.corpus.html_verdicts import NO_BODY
from tollwire.corpus.lines import count_words, furniture, is_prose
from tollwire.corpus.statements import Statements

LONGEST_STUB = 120  # words that a page shows of an article for which one has to pay


def reject_html(statements: Statements, title: str, verdicts: Sequence[ExplainedLine]) -> None:
    """
    Check that what was found is an article.

    Raises:
        NoArticle: ``paywall-stub``, ``video-page``, ``error-page``, ``consent-page``, ``index-page``, ``no-article`` or
            ``no-title``, by what the page seems to be instead.
    """
    body = [line.text for line in verdicts if line.kind not in NO_BODY]
    words = sum(count_words(text) for text in body if is_prose(text))
    if words < LONGEST_STUB and is_paid(statements):
        raise NoArticle("paywall-stub", f"{words} words of an article that the page says is not free")
    if words < MIN_BODY_WORDS:
        if is_video(statements):
            raise NoArticle("video-page", f"a video with {words} words of prose, fewer than {MIN_BODY_WORDS}")
        lines = [line.text for line in verdicts]
        raise NoArticle(*name_of_no_article([furniture(line) or "" for line in lines], lines, words))
    if not title:
        raise NoArticle("no-title", f"the page states no headline; its text starts {body[0][:60]!r}")


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
    return not statements.linked and any(_kind(one) == "VideoObject" for one in statements.others)


def _kind(one: dict[str, Any]) -> str:
    kind = one.get("@type")
    return kind if isinstance(kind, str) else ""

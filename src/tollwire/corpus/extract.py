"""What extraction makes of one page, before it becomes an article: title, blocks, people, day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tollwire.corpus.dates import Published
from tollwire.corpus.lines import count_words

MIN_BODY_WORDS = 30  # a news brief has more; what is left of a page without an article has less


@dataclass(frozen=True, slots=True)
class Extract:
    """
    The article found in one page.

    ``blocks`` are (kind, text) in reading order, the title not among them; every text is one clean line.
    ``language`` is what the record states, a hint: what is found in the text goes before it.
    """

    title: str
    blocks: tuple[tuple[str, str], ...]
    bylines: tuple[str, ...] = ()
    published: Published | None = None
    url: str | None = None
    modified: Published | None = None
    dateline: str | None = None
    agencies: tuple[str, ...] = ()
    section: str | None = None
    keywords: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    language: str | None = None


class NoArticle(Exception):
    """The page holds no article; ``rule`` and ``detail`` are what its row in ``rejected`` says."""

    def __init__(self, rule: str, detail: str) -> None:
        self.rule = rule
        self.detail = detail
        super().__init__(f"[{rule}] {detail}")


def name_of_no_article(furniture: Sequence[str], lines: Sequence[str], words: int) -> tuple[str, str]:
    """
    Name what a page without an article seems to be, as (rule, detail).

    ``furniture`` says of each line which sort of furniture it is, empty where it is none; ``words`` is how much prose
    was found.
    """
    kinds = Counter(furniture)
    if kinds["error_page"]:
        message = lines[furniture.index("error_page")]
        return "error-page", f"a server's message instead of a page: {message[:80]!r}"
    if kinds["consent"] and 2 * kinds[""] <= len(lines):
        return "consent-page", f"a consent banner and {words} words of prose in {len(lines)} lines"
    if sum(3 <= count_words(line) <= 20 for line, kind in zip(lines, furniture, strict=True) if not kind) >= 5:
        return "index-page", f"{kinds['']} headlines or menu lines and {words} words of prose"
    return "no-article", f"{words} words of prose on the page, fewer than {MIN_BODY_WORDS}"

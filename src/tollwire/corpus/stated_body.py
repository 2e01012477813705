"""The body that a page states for machines, where it shows readers next to nothing of it: pages built by scripts."""

from collections.abc import Sequence

from tollwire.corpus.clean import clean_line
from tollwire.corpus.explain import DROPPED, ExplainedLine
from tollwire.corpus.html_context import NO_BODY
from tollwire.corpus.lines import count_words, furniture
from tollwire.corpus.statements import Statements, article_text

LEAST_STATED = 120  # words of a text that is whole, not its opening
MOST_SHOWN = 0.5  # share of the stated words that the page may show; past it what it shows is the article


def with_stated_body(verdicts: Sequence[ExplainedLine], statements: Statements) -> list[ExplainedLine] | None:
    """
    Put the article's text as JSON-LD states it in place of the little that was found in the page's elements.

    The lines it becomes stand after the page's own, which keep their places.

    Returns:
        The lines; None where the page states no text, or none that is much longer than what it shows.

    Source: schema.org, ``articleBody``, "the actual body of the article".
    """
    stated = article_text(statements)
    shown = sum(count_words(line.text) for line in verdicts if line.kind not in NO_BODY)
    if count_words(stated) < max(LEAST_STATED, shown / MOST_SHOWN):
        return None
    kept = [
        line if line.kind in NO_BODY else ExplainedLine(line.text, DROPPED, "the page states the whole text elsewhere")
        for line in verdicts
    ]
    lines = [line for text in stated.splitlines() if (line := clean_line(text)) and not furniture(line)]
    return kept + [ExplainedLine(line, "paragraph", "articleBody that the page states") for line in lines]

"""A text as words and the breaks between its paragraphs: what the context of a span is counted in."""

import re
from bisect import bisect_left, bisect_right

BREAK = "\n\n"
_TOKEN = re.compile(r"\n\n|\S+")


class Tokens:
    """The words of a text, with a break before, between and behind its paragraphs; places are those in the text."""

    def __init__(self, text: str) -> None:
        self.text = f"{BREAK}{text}{BREAK}"
        places = [found.span() for found in _TOKEN.finditer(self.text)]
        self.starts, self.ends = [start for start, _ in places], [end for _, end in places]
        self.breaks = [place for place, (start, end) in enumerate(places) if self.text[start:end] == BREAK]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Give the first word that a stretch of the text is in, and the one after its last."""
        return bisect_right(self.starts, start + len(BREAK)) - 1, bisect_left(self.ends, end + len(BREAK)) + 1

    def borders(self, first: int, after: int) -> tuple[int, int]:
        """Give the break before the paragraph of the words from ``first``, and the one behind that of the last."""
        opening = self.breaks[bisect_right(self.breaks, first) - 1]
        return opening, self.breaks[bisect_left(self.breaks, after - 1)]

    def words(self) -> list[str]:
        """List the words, a break being one."""
        return [self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]


def stands_once(text: str, quote: str) -> bool:
    """Say whether a text has a quote in it, and at one place only."""
    place = text.find(quote)
    return place >= 0 and text.find(quote, place + 1) < 0

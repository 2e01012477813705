"""Texts whose words remember where they come from, and what happens to pages between two visits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

Place = tuple[int, int]
Word = tuple[int, str]  # its number, which it keeps wherever it goes; -1 for one that was not there before
Page = list[list[Word]]  # its paragraphs


@dataclass(frozen=True)
class Rendered:
    """A page as text, with the place of each block and word."""

    text: str
    blocks: list[Place]
    words: list[tuple[Place, int]]

    def numbers(self, place: Place) -> list[int]:
        """Of which words a stretch of the text is."""
        return [number for (start, end), number in self.words if place[0] < end and start < place[1]]


def page_of(paragraphs: Sequence[Sequence[str]]) -> Page:
    numbers = iter(range(10**6))
    return [[(next(numbers), word) for word in words] for words in paragraphs]


def render(page: Page) -> Rendered:
    text, blocks, words = "", [], []
    for paragraph in filter(None, page):
        text += "\n\n" if text else ""
        start = len(text)
        for place, (number, word) in enumerate(paragraph):
            text += " " if place else ""
            words.append(((len(text), len(text) + len(word)), number))
            text += word
        blocks.append((start, len(text)))
    return Rendered(text, blocks, words)


def _paragraph(page: Page, random: Random) -> int:
    return random.randrange(len(page))


def add_byline(page: Page, random: Random) -> Page:
    place = random.randrange(len(page) + 1)
    return [*page[:place], [(-1, word) for word in "By Ana Li in Orsk".split()], *page[place:]]


def cut_paragraph(page: Page, random: Random) -> Page:
    place = _paragraph(page, random)
    return page[:place] + page[place + 1 :]


def cut_words(page: Page, random: Random) -> Page:
    """Cut from somewhere to somewhere else, over the ends of paragraphs too."""
    flat = [(row, column) for row, words in enumerate(page) for column in range(len(words))]
    if len(flat) < 2:
        return page
    first, last = sorted(random.sample(range(len(flat)), 2))
    gone = set(flat[first : min(last, first + 40)])
    (row, _), (end, _) = flat[first], flat[min(last, first + 40) - 1]
    kept = [[word for column, word in enumerate(words) if (at, column) not in gone] for at, words in enumerate(page)]
    return [*kept[:row], kept[row] + kept[end], *kept[end + 1 :]] if end > row else kept


def move_paragraph(page: Page, random: Random) -> Page:
    moved = page[_paragraph(page, random)]
    rest = [one for one in page if one is not moved]
    place = random.randrange(len(rest) + 1)
    return [*rest[:place], moved, *rest[place:]]


def repeat_paragraph(page: Page, random: Random) -> Page:
    return [*page, list(page[_paragraph(page, random)])]


def merge_paragraphs(page: Page, random: Random) -> Page:
    if len(page) < 2:
        return page
    place = random.randrange(len(page) - 1)
    return [*page[:place], page[place] + page[place + 1], *page[place + 2 :]]


def split_paragraph(page: Page, random: Random) -> Page:
    place = _paragraph(page, random)
    cut = random.randrange(len(page[place]) + 1)
    return [*page[:place], page[place][:cut], page[place][cut:], *page[place + 1 :]]


def change_word(page: Page, random: Random) -> Page:
    """Another word, or a word from elsewhere in the page: a figure that was corrected."""
    place = _paragraph(page, random)
    if not page[place]:
        return page
    column = random.randrange(len(page[place]))
    others = [word for words in page for _, word in words]
    changed = list(page[place])
    word = random.choice([*others, "amended"])
    changed[column] = changed[column] if word == changed[column][1] else (-1, word)
    return [*page[:place], changed, *page[place + 1 :]]


DRIFTS: list[Callable[[Page, Random], Page]] = [
    add_byline,
    cut_paragraph,
    cut_words,
    move_paragraph,
    repeat_paragraph,
    merge_paragraphs,
    split_paragraph,
    change_word,
]


def drifted(page: Page, random: Random, times: int) -> Page:
    for _ in range(times):
        if page:
            page = [one for one in random.choice(DRIFTS)(page, random) if one]
    return page

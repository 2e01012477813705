"""What a classifier sees of each block of an HTML page: its text, its place in the tree, its neighbours."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.character_counts import count_characters
from tollwire.corpus.html_blocks import HtmlBlocks
from tollwire.corpus.lines import TERMINATED, furniture_kinds, split_credit
from tollwire.corpus.part_names import part_kinds

Columns = dict[str, NDArray[np.float32]]

TAGS = ("article", "main", "aside", "header", "footer", "nav", "form", "figure", "ul", "table", "blockquote", "section")
OWN_TAGS = ("p", "div", "li", "td", "figcaption", "span", "dd")
ALL_LINK, MENU_WORDS = 0.9, 5  # share of a block inside links, and its words, by which it is a menu's
LEVELS = 3  # elements above a block whose contents are weighed
AROUND = 3  # neighbours on either side whose length and links are seen
PROSE_WORDS = 12  # words from which a line that ends as a sentence, or a line twice as long, counts as prose
LONGEST_FURNITURE = 300  # characters
LONGEST_CAPTION = 600  # characters
LEAST_KEY = 12  # letters of an image's stand-in text; "photo" and "logo" say nothing
NEAR = 4  # blocks from a picture within which a line is looked at for a credit
FAR = 10  # blocks from which a picture is not near
KEY = 40  # characters by which a line is looked for in what the page states of itself
QUOTES = "\"'\u201c\u201e\u00ab\u2018\u00bb-\u2013\u2014"


def html_features(page: HtmlBlocks, title: str, stated_text: str, description: str) -> Columns:
    """
    Describe each block of a page by numbers; a column an array of float32, one value a block.

    ``stated_text`` is the article's text as the page's structured data give it, ``description`` its summary; both may
    be empty.
    """
    blocks = page.blocks
    texts = [block.text for block in blocks]
    counts = count_characters(texts)
    characters = np.maximum(counts.characters, 1)
    linked = np.array([block.linked for block in blocks], dtype=np.float32) / characters
    strong = np.array([block.strong for block in blocks], dtype=np.float32) / characters
    # What is all link and short, the most of a page's blocks, is a menu's; nobody looks closer at it.
    worth = [not is_menu for is_menu in (linked >= ALL_LINK) & (counts.words <= MENU_WORDS)]
    ends = [bool(TERMINATED.search(text[-4:])) if look else False for text, look in zip(texts, worth, strict=True)]
    terminated = np.array(ends, dtype=np.float32)
    prose = np.where(
        (counts.words >= 2 * PROSE_WORDS) | ((counts.words >= PROSE_WORDS) & (terminated > 0)), counts.words, 0
    ) * (linked < 0.5)
    columns: Columns = {
        "words": np.log1p(counts.words),
        "word_length": counts.characters / np.maximum(counts.words, 1),
        "linked": linked,
        "strong": strong,
        "terminated": terminated,
        "upper": counts.upper / np.maximum(counts.letters, 1),
        "digits": counts.digits / characters,
        "letters": counts.letters / characters,
        "commas": counts.commas / np.maximum(counts.words, 1),
        "stops": counts.stops / np.maximum(counts.words, 1),
        "colon": np.array([text.endswith((":", "\uff1a")) for text in texts], dtype=np.float32),
        "lower_start": np.array([text[0].islower() for text in texts], dtype=np.float32),
        "quote_start": np.array([text[0] in QUOTES for text in texts], dtype=np.float32),
        "menu": 1 - np.array(worth, dtype=np.float32),
        "furniture": np.array(
            [
                furniture_kinds(text) if len(text) < LONGEST_FURNITURE and share < 0.8 else 0
                for text, share in zip(texts, linked.tolist(), strict=True)
            ],
            dtype=np.float32,
        ),
    }
    keys = [squeezed(text[: 2 * KEY])[:KEY] if look else "" for text, look in zip(texts, worth, strict=True)]
    paths = [block.element.path for block in blocks]
    columns |= _stated(texts, keys, title, stated_text, description)
    columns |= _captions(texts, keys, page.alternatives, page.pictures)
    columns |= _elements(page)
    columns |= _containers(page, prose)
    columns |= _places(len(texts), columns, prose)
    columns |= _paths(paths, counts.words, prose)
    plain = {name: columns[name] for name in ("words", "linked", "terminated")}
    columns |= neighbours(plain, AROUND)
    columns["same_path_before"], columns["same_path_after"] = _same_path(paths)
    return columns


def neighbours(columns: Columns, around: int) -> Columns:
    """Shift columns by up to ``around`` rows either way: what the blocks before (-) and after (+) have; else -1."""
    shifted: Columns = {}
    for name, column in columns.items():
        for step in range(1, min(around, max(len(column), 1)) + 1):
            gap = np.full(min(step, len(column)), -1, dtype=np.float32)
            shifted[f"{name}-{step}"] = np.concatenate([gap, column[:-step]])[: len(column)]
            shifted[f"{name}+{step}"] = np.concatenate([column[step:], gap])[: len(column)]
        for step in range(len(column) + 1, around + 1):
            shifted[f"{name}-{step}"] = shifted[f"{name}+{step}"] = np.full(len(column), -1, dtype=np.float32)
    return shifted


def _stated(texts: Sequence[str], keys: Sequence[str], title: str, stated_text: str, description: str) -> Columns:
    """Compare the blocks with what the page states of itself: headline, text, summary."""
    whole, summary, headline = squeezed(stated_text), squeezed(description), squeezed(title)
    repeats = Counter(texts)
    of_title = {word for word in title.casefold().split() if len(word) > 3}
    shared = [
        len(of_title.intersection(text.casefold().split())) / (len(of_title) + 1) if key and len(text) < 600 else 0.3
        for text, key in zip(texts, keys, strict=True)
    ]
    return {
        "in_stated_text": np.array([(1 if key in whole else -1) if whole else 0 for key in keys], dtype=np.float32),
        "in_description": np.array([bool(key) and key in summary for key in keys], dtype=np.float32),
        "is_title": np.array([key == headline[:KEY] for key in keys], dtype=np.float32),
        "shares_title": np.array(shared, dtype=np.float32),
        "repeats": np.array([repeats[text] for text in texts], dtype=np.float32),
    }


def _captions(
    texts: Sequence[str], keys: Sequence[str], alternatives: Sequence[str], pictures: Sequence[int]
) -> Columns:
    """Look for what captions have: a credit at the end, the words that stand in for the picture, a picture nearby."""
    hidden = {key for text in alternatives if len(key := squeezed(text[: 2 * KEY])[:KEY]) >= LEAST_KEY}
    is_alternative = [key in hidden for key in keys]
    place = np.arange(len(texts))
    at = np.array(sorted(pictures), dtype=np.int64)
    bounded = np.concatenate([[-FAR], at, [len(texts) + FAR]])
    following = np.searchsorted(at, place, side="right") + 1
    since, until = place - bounded[following - 1], bounded[following] - place
    near = np.minimum(since, until) <= NEAR
    credited = [
        bool(is_near and key) and len(text) <= LONGEST_CAPTION and bool(split_credit(text)[1])
        for text, key, is_near in zip(texts, keys, near.tolist(), strict=True)
    ]
    return {
        "is_alternative": np.array(is_alternative, dtype=np.float32),
        "credited": np.array(credited, dtype=np.float32),
        "since_picture": np.minimum(since, FAR).astype(np.float32),
        "until_picture": np.minimum(until, FAR).astype(np.float32),
    }


def squeezed(text: str) -> str:
    """Fold a text to its letters and digits only, so that spaces, quotes and case make no difference."""
    return "".join(filter(str.isalnum, text)).casefold()


def _elements(page: HtmlBlocks) -> Columns:
    """Say in which elements a block stands, and what their names tell."""
    elements = [block.element for block in page.blocks]
    kinds = part_kinds()
    places = np.arange(len(kinds))
    own = np.array([element.names for element in elements], dtype=np.int64)
    above = np.array([element.above.names if element.above else 0 for element in elements], dtype=np.int64)
    every = np.array([element.all_names for element in elements], dtype=np.int64)
    bits_own = ((own | above)[:, None] >> places & 1).astype(np.float32)
    bits_all = (every[:, None] >> places & 1).astype(np.float32)
    columns = {f"named_{kind}": bits_own[:, number] for number, kind in enumerate(kinds)}
    columns |= {f"within_{kind}": bits_all[:, number] for number, kind in enumerate(kinds)}
    columns |= {f"in_{tag}": np.array([tag in element.tags for element in elements], dtype=np.float32) for tag in TAGS}
    columns |= {
        f"is_{tag}": np.array([element.tag == tag for element in elements], dtype=np.float32) for tag in OWN_TAGS
    }
    level = [int(element.tag[1]) if len(element.tag) == 2 and element.tag[1].isdigit() else 0 for element in elements]
    columns["heading"] = np.array(level, dtype=np.float32)
    columns["depth"] = np.array([element.depth for element in elements], dtype=np.float32)
    columns["hidden"] = np.array([element.is_hidden for element in elements], dtype=np.float32)
    columns["article_body"] = np.array([element.is_article_body for element in elements], dtype=np.float32)
    return columns


def _containers(page: HtmlBlocks, prose: NDArray[np.float32]) -> Columns:
    """Weigh what the elements around a block hold: their share of the prose, their links and blocks."""
    held = np.zeros(len(page.elements), dtype=np.float32)
    numbers = np.array([block.element.number for block in page.blocks], dtype=np.int64)
    np.add.at(held, numbers, prose)
    above = np.array([element.above.number if element.above else -1 for element in page.elements], dtype=np.int64)
    direct = held.copy()
    # Prose of the paragraphs that stand directly in an element: what marks the one that holds an article.
    np.add.at(direct, above[1:], held[1:])
    for number in range(len(page.elements) - 1, 0, -1):
        held[above[number]] += held[number]
    total = max(float(prose.sum()), 1.0)
    characters = np.array([element.characters for element in page.elements], dtype=np.float32)
    linked = np.array([element.linked for element in page.elements], dtype=np.float32)
    count = np.array([element.blocks for element in page.elements], dtype=np.float32)
    images = np.array([element.images for element in page.elements], dtype=np.float32)
    best = int(direct.argmax())
    columns: Columns = {}
    at = numbers
    for level in range(LEVELS + 1):
        columns[f"prose_share^{level}"] = held[at] / total
        columns[f"direct_share^{level}"] = direct[at] / total
        columns[f"linked^{level}"] = linked[at] / np.maximum(characters[at], 1)
        columns[f"blocks^{level}"] = np.log1p(count[at])
        columns[f"images^{level}"] = np.minimum(images[at], 5)
        columns[f"in_best^{level}"] = (at == best).astype(np.float32)
        at = np.maximum(above[at], 0)
    opened = np.array([element.depth for element in page.elements], dtype=np.float32)
    columns["depth_from_best"] = opened[numbers] - opened[best]
    return columns


def _places(count: int, columns: Columns, prose: NDArray[np.float32]) -> Columns:
    """Say where in the page a block stands: from its ends, from the headline, and with how much prose around."""
    number = np.arange(count, dtype=np.float32)
    titles = np.flatnonzero((columns["is_title"] > 0) & (columns["heading"] > 0))
    first = titles[0] if len(titles) else (np.flatnonzero(columns["is_title"] > 0)[:1].tolist() or [-1])[0]
    total = max(float(prose.sum()), 1.0)
    before = np.concatenate([[0.0], np.cumsum(prose)[:-1]]) / total if count else prose
    from_title = np.clip(number - first, -50, 200) if first >= 0 else np.full(count, -99, dtype=np.float32)
    window = np.convolve(prose, np.ones(7, dtype=np.float32), "same")[:count] if count >= 7 else prose
    return {
        "place": (number / max(count, 1)).astype(np.float32),
        "from_start": np.minimum(number, 100),
        "from_end": np.minimum(count - number, 100),
        "from_title": from_title.astype(np.float32),
        "prose_before": before.astype(np.float32),
        "prose_around": np.log1p(window),
        "page_prose": np.full(count, np.log1p(total), dtype=np.float32),
    }


def _paths(paths: Sequence[str], words: NDArray[np.float32], prose: NDArray[np.float32]) -> Columns:
    """Weigh all blocks that stand under the same path: paragraphs of one article are set alike."""
    numbers: dict[str, int] = {}
    at = np.array([numbers.setdefault(path, len(numbers)) for path in paths], dtype=np.int64)
    total = max(float(prose.sum()), 1.0)
    size = np.bincount(at, minlength=1).astype(np.float32)
    held = np.bincount(at, prose, minlength=1).astype(np.float32)
    spoken = np.bincount(at, words, minlength=1).astype(np.float32)
    return {
        "path_blocks": np.log1p(size[at]),
        "path_prose_share": held[at] / total,
        "path_words": np.log1p(spoken[at] / np.maximum(size[at], 1)),
    }


def _same_path(paths: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    same = np.array([one == other for one, other in pairwise(paths)], dtype=np.float32)
    edge = np.zeros(min(len(paths), 1), dtype=np.float32)
    return np.concatenate([edge, same]), np.concatenate([same, edge])

"""What a classifier sees of each block of an HTML page: its text, its place in the tree, its neighbours."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.character_counts import count_characters
from tollwire.corpus.html_blocks import HEADINGS, Element, HtmlBlocks
from tollwire.corpus.lines import is_terminated
from tollwire.corpus.part_names import part_kinds
from tollwire.corpus.site_names import letters

Floats = NDArray[np.float32]
Places = NDArray[np.intp]
Columns = dict[str, Floats]

TAGS = "article main aside header footer nav form figure figcaption ul table blockquote section".split()
OWN_TAGS = ("p", "div", "li", "td", "figcaption", "span", "dd")
ALL_LINK, MENU_WORDS = 0.9, 5  # share of a block inside links, and its words, by which it is a menu's
LEVELS = 3  # elements above a block whose contents are weighed
AROUND = 3  # neighbours on either side whose length and links are seen
PROSE_WORDS = 12  # words from which a line that ends as a sentence, or a line twice as long, counts as prose
LEAST_KEY = 12  # letters of an image's stand-in text; "photo" and "logo" say nothing
FAR = 10  # blocks from which a picture is not near
KEY = 40  # characters by which a line is looked for in what the page states of itself
QUOTES = "\"'\u201c\u201e\u00ab\u2018\u00bb-\u2013\u2014"


def html_features(page: HtmlBlocks, title: str, stated_text: str, description: str) -> tuple[Places, Columns]:
    """
    Describe the blocks of a page that may be part of its article by numbers.

    ``stated_text`` is the article's text as the page's structured data give it, ``description`` its summary; both may
    be empty.

    Returns:
        The places of these blocks in the page, and columns with one value for each of them. What is all link and
        short, half of the blocks of a page of news, is a menu's: nobody looks closer at it.
    """
    every = page.blocks
    counts = count_characters([block.text for block in every])
    length = np.maximum(counts.characters, 1)
    all_linked = np.fromiter((block.linked for block in every), np.float32, len(every)) / length
    seen = np.flatnonzero((all_linked < ALL_LINK) | (counts.words > MENU_WORDS))
    blocks = [every[place] for place in seen.tolist()]
    texts = [block.text for block in blocks]
    characters, words, linked = length[seen], counts.words[seen], all_linked[seen]
    terminated = np.array([is_terminated(text) for text in texts], np.float32)
    is_prose = (words >= 2 * PROSE_WORDS) | ((words >= PROSE_WORDS) & (terminated > 0))
    prose = np.where(is_prose & (linked < 0.5), words, np.float32(0))
    columns: Columns = {
        "words": np.log1p(words),
        "word_length": counts.characters[seen] / np.maximum(words, 1),
        "linked": linked,
        "strong": np.fromiter((block.strong for block in blocks), np.float32, len(blocks)) / characters,
        "terminated": terminated,
        "upper": counts.upper[seen] / np.maximum(counts.letters[seen], 1),
        "digits": counts.digits[seen] / characters,
        "letters": counts.letters[seen] / characters,
        "commas": counts.commas[seen] / np.maximum(words, 1),
        "stops": counts.stops[seen] / np.maximum(words, 1),
        "colon": np.array([text.endswith((":", "\uff1a")) for text in texts], np.float32),
        "lower_start": np.array([text[0].islower() for text in texts], np.float32),
        "quote_start": np.array([text[0] in QUOTES for text in texts], np.float32),
    }
    keys = [_key(text) for text in texts]
    columns |= _stated(texts, keys, title, stated_text, description)
    columns |= _pictures(keys, seen, page)
    elements = [block.element for block in blocks]
    columns |= _elements(elements)
    columns |= _containers(elements, prose) if elements else {}
    columns |= _places(seen, len(every), columns, prose)
    columns |= _paths([element.path for element in elements], words, prose)
    ends = np.zeros(len(every), np.float32)
    ends[seen] = terminated
    for name, values in (("words", np.log1p(counts.words)), ("linked", all_linked), ("terminated", ends)):
        columns |= _neighbours(name, values, seen)
    return seen, columns


def _neighbours(name: str, values: Floats, seen: Places) -> Columns:
    """Give what the blocks up to ``AROUND`` before (-) and after (+) have; -1 beyond the page's ends."""
    padded = np.full(len(values) + 2 * AROUND, -1, np.float32)
    padded[AROUND : AROUND + len(values)] = values
    steps = [step for step in range(-AROUND, AROUND + 1) if step]
    return {f"{name}{step:+d}": padded[seen + AROUND + step] for step in steps}


def _stated(texts: Sequence[str], keys: Sequence[str], title: str, stated_text: str, description: str) -> Columns:
    """Compare the blocks with what the page states of itself: headline, text, summary."""
    whole, summary, headline = letters(stated_text), letters(description), letters(title)[:KEY]
    repeats = Counter(texts)
    of_title = {word for word in title.casefold().split() if len(word) > 3}
    shared = [
        len(of_title.intersection(text.casefold().split())) / (len(of_title) + 1) if key and len(text) < 600 else 0.3
        for text, key in zip(texts, keys, strict=True)
    ]
    return {
        "in_stated_text": np.array([(1 if key in whole else -1) if whole else 0 for key in keys], np.float32),
        "in_description": np.array([bool(key) and key in summary for key in keys], np.float32),
        "is_title": np.array([key == headline for key in keys], np.float32),
        "shares_title": np.array(shared, np.float32),
        "repeats": np.array([repeats[text] for text in texts], np.float32),
    }


def _pictures(keys: Sequence[str], seen: Places, page: HtmlBlocks) -> Columns:
    """Look for what captions have: the words that stand in for the picture, a picture nearby."""
    hidden = {key for text in page.alternatives if len(key := _key(text)) >= LEAST_KEY}
    at = np.array([-FAR, *sorted(page.pictures), len(page.blocks) + FAR], np.int64)
    following = np.searchsorted(at, seen, side="right")
    since, until = seen - at[following - 1], at[following] - seen
    return {
        "is_alternative": np.array([key in hidden for key in keys], np.float32),
        "since_picture": np.minimum(since, FAR).astype(np.float32),
        "until_picture": np.minimum(until, FAR).astype(np.float32),
    }


def _key(text: str) -> str:
    return letters(text[: 2 * KEY])[:KEY]


def _elements(elements: Sequence[Element]) -> Columns:
    """Say in which elements the blocks stand, and what their names tell."""
    kinds = part_kinds()
    own = [one.names | one.above.names if one.above else one.names for one in elements]
    columns = _bits("named_", kinds, own)
    columns |= _bits("within_", kinds, [one.all_names for one in elements])
    columns |= _bits("in_", TAGS, [_tag_bits(one.tags) for one in elements])
    tags = [one.tag for one in elements]
    columns |= {f"is_{tag}": np.array([one == tag for one in tags], np.float32) for tag in OWN_TAGS}
    columns["heading"] = np.array([int(tag[1]) if tag in HEADINGS else 0 for tag in tags], np.float32)
    columns["depth"] = np.array([one.depth for one in elements], np.float32)
    columns["hidden"] = np.array([one.is_hidden for one in elements], np.float32)
    columns["article_body"] = np.array([one.is_article_body for one in elements], np.float32)
    return columns


def _bits(prefix: str, names: Sequence[str], bits: list[int]) -> Columns:
    """Spread sets of bits, the first name's the lowest, into a column for each name."""
    table = (np.array(bits, np.int64) >> np.arange(len(names))[:, np.newaxis] & 1).astype(np.float32)
    return {f"{prefix}{name}": row for name, row in zip(names, table, strict=True)}


@lru_cache(maxsize=4096)
def _tag_bits(tags: frozenset[str]) -> int:
    return sum(1 << number for number, tag in enumerate(TAGS) if tag in tags)


def _containers(own: Sequence[Element], prose: Floats) -> Columns:
    """Weigh what the elements around a block hold: their share of the prose, their links and blocks."""
    around: dict[int, Element] = {}
    for one in own:
        element: Element | None = one
        while element is not None and element.number not in around:
            around[element.number] = element
            element = element.above
    elements = [around[number] for number in sorted(around)]
    places = {element.number: place for place, element in enumerate(elements)}
    at = np.array([places[element.number] for element in own], np.intp)
    above = [places[element.above.number] if element.above else 0 for element in elements]
    alone = np.bincount(at, prose, len(elements)).tolist()
    held, direct = alone.copy(), alone.copy()
    # Prose of the paragraphs that stand directly in an element: what marks the one that holds an article.
    for place in range(len(elements) - 1, 0, -1):
        direct[above[place]] += alone[place]
        held[above[place]] += held[place]
    total = max(float(prose.sum()), 1.0)
    values = chain.from_iterable(map(CONTENTS, elements))
    table = np.fromiter(values, np.float32, 5 * len(elements)).reshape(-1, 5)
    characters, linked, blocks, images, depth = np.ascontiguousarray(table.T)
    best = max(range(len(elements)), key=direct.__getitem__)
    by_element = np.array(
        [
            np.array(held) / total, np.array(direct) / total, linked / np.maximum(characters, 1), np.log1p(blocks),
            np.minimum(images, 5), np.arange(len(elements)) == best,
        ],
        np.float32,
    )  # fmt: skip
    columns: Columns = {"depth_from_best": depth[at] - depth[best]}
    next_above = np.array(above, np.intp)
    for level in range(LEVELS + 1):
        columns |= {f"{name}^{level}": row for name, row in zip(CONTAINED, by_element[:, at], strict=True)}
        at = next_above[at]
    return columns


CONTENTS = attrgetter("characters", "linked", "blocks", "images", "depth")
CONTAINED = ("prose_share", "direct_share", "linked", "blocks", "images", "in_best")


def _places(seen: Places, count: int, columns: Columns, prose: Floats) -> Columns:
    """Say where in the page the blocks stand: from its ends, from the headline, and with how much prose around."""
    is_title = columns["is_title"] > 0
    titles = np.flatnonzero(is_title & (columns["heading"] > 0))
    titles = titles if len(titles) else np.flatnonzero(is_title)
    total = max(float(prose.sum()), 1.0)
    from_title = np.clip(seen - seen[titles[0]], -50, 200) if len(titles) else np.full(len(seen), -99)
    on_page = np.zeros(count + 2 * AROUND)
    on_page[seen + AROUND] = prose
    sums = np.concatenate([[0.0], np.cumsum(on_page)])
    found: dict[str, NDArray[np.generic]] = {
        "place": seen / max(count, 1),
        "from_start": np.minimum(seen, 100),
        "from_end": np.minimum(count - seen, 100),
        "from_title": from_title,
        "prose_before": sums[seen + AROUND] / total,
        "prose_around": np.log1p(sums[seen + 2 * AROUND + 1] - sums[seen]),
        "page_prose": np.full(len(seen), np.log1p(total)),
    }
    return {name: column.astype(np.float32) for name, column in found.items()}


def _paths(paths: Sequence[str], words: Floats, prose: Floats) -> Columns:
    """Weigh all blocks that stand under the same path: paragraphs of one article are set alike."""
    numbers: dict[str, int] = {}
    at = np.array([numbers.setdefault(path, len(numbers)) for path in paths], np.intp)
    total = max(float(prose.sum()), 1.0)
    size = np.bincount(at)
    same = at[1:] == at[:-1]
    edge = [False] * min(len(at), 1)
    found: dict[str, NDArray[np.generic]] = {
        "path_blocks": np.log1p(size)[at],
        "path_prose_share": (np.bincount(at, prose) / total)[at],
        "path_words": np.log1p(np.bincount(at, words) / np.maximum(size, 1))[at],
        "same_path_before": np.concatenate([edge, same]),
        "same_path_after": np.concatenate([same, edge]),
    }
    return {name: column.astype(np.float32) for name, column in found.items()}

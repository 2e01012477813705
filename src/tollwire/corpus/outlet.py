"""Knowledge of an outlet, learnt from its own pages: which lines and DOM paths it puts on every one of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.lines import count_words
from tollwire.corpus.page_keys import (
    BODY_STEPS,
    EDGE,
    LONG,
    STORY_LINES,
    PageKeys,
    PageLines,
    both_ends,
    line_key,
    page_key,
    page_keys,
    stands_at,
)

MOST_PAGES = 200  # learnt of one outlet: a share is then good to about .03, and the saved knowledge to about 100 kB
MOST_KEYS = 5_000  # lines that are remembered, those on the most stories; a news site has some hundred
MOST_PATHS = 1_000
LEAST_PAGES = 3  # of an outlet in one run, from which it is learnt from them
# Likeness (Jaccard) of their long lines from which two pages tell one story: copies, or updates of it. Of 91 pairs of
# pages of one outlet versions of one story had .33 and more, the others .17 and less.
COPY = 0.3
# Share of the outlet's other stories from which a line is furniture: a short one, a long one at the head or tail of its
# page, prose between them; and the least number of stories with it. Of 3,214 body lines of 64 outlets with two to four
# pages one was on another page, of the other lines 37 to 80 %.
SHORT_SHARE, LONG_SHARE, PROSE_SHARE = 0.2, 0.4, 0.8
LEAST_STORIES, LEAST_WITH_PROSE = 1, 2


@dataclass(frozen=True)
class Outlet:
    """
    What an outlet's pages have in common; each page is a set of hashes, by its own hash.

    Pages that tell one story in the same words (copies, updates, an article fetched twice) count as one: otherwise
    its body would look like furniture.
    """

    learnt: Mapping[int, PageKeys] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages it was learnt from."""
        return len(self.learnt)

    @cached_property
    def stories(self) -> dict[int, int]:
        """The story of each page, named by the least hash of the pages that tell it."""
        return _stories([self.learnt[page] for page in sorted(self.learnt)])

    def counts(self, lines: Sequence[str]) -> tuple[NDArray[np.int32], int]:
        """
        Count for each line of a page the other stories of the outlet that have it near the same end, or in the middle.

        Returns:
            The counts, shape (lines,), and how many other stories there are. A page that was learnt is known by its
            lines; neither it nor its copies count.
        """
        # The DOM path above a line tells nothing more: on 141 pages of 64 outlets, some years apart, 13,727 of 33,071
        # lines were on another page in the same place, 5,145 under the same path, and only 45 of these elsewhere.
        keys = [line_key(line) for line in lines]
        own = self._own(keys)
        counts = [self._count(key, stands_at(number, len(keys)), own) for number, key in enumerate(keys)]
        return np.array(counts, dtype=np.int32), len(self._all_stories - own)

    def shares(self, lines: Sequence[str]) -> NDArray[np.float32]:
        """Give for each line of a page the share, 0 to 1, of the outlet's other stories with it; see ``counts``."""
        counts, others = self.counts(lines)
        return (counts / max(others, 1)).astype(np.float32)

    def furniture(self, lines: Sequence[str]) -> NDArray[np.bool_]:
        """
        Tell which lines of a page are the outlet's furniture.

        A short line needs to be on fewer of the other stories than a long one, and prose in the middle of the page on
        nearly all: an outlet repeats a paragraph of background in many stories, and that is body.
        """
        counts, others = self.counts(lines)
        long = np.array([count_words(line) >= LONG for line in lines], dtype=bool)
        # Of a page that is all head and tail, being short, the inner half is text rather than menus and notices.
        edge, number = min(EDGE, len(lines) // 4), np.arange(len(lines))
        prose = long & (number >= edge) & (number < len(lines) - edge)
        share = np.where(prose, PROSE_SHARE, np.where(long, LONG_SHARE, SHORT_SHARE))
        least = np.where(prose, LEAST_WITH_PROSE, LEAST_STORIES)
        found: NDArray[np.bool_] = (counts >= least) & (counts >= share * others)
        return found

    def path_shares(
        self, paths: Sequence[str], lines: Sequence[str] | None = None
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """
        Say of DOM paths how much of the text under them was body on the outlet's pages.

        Returns:
            The number of stories that have each path, and the mean share, 0 to 1, of the text under it that the first
            pass kept (0 where no story has it). Given the page's ``lines``, its own story does not count.
        """
        own = self._own([line_key(line) for line in lines]) if lines is not None else frozenset[int]()
        stories = np.zeros(len(paths), dtype=np.int32)
        body = np.zeros(len(paths), dtype=np.float32)
        known: dict[str, tuple[int, float]] = {}
        for number, path in enumerate(paths):
            if path not in known:
                tenths = [one for story, one in self._paths.get(line_key(path), {}).items() if story not in own]
                known[path] = len(tenths), sum(tenths) / (BODY_STEPS * max(len(tenths), 1))
            stories[number], body[number] = known[path]
        return stories, body

    @cached_property
    def _all_stories(self) -> frozenset[int]:
        return frozenset(self.stories.values())

    @cached_property
    def _lines(self) -> dict[int, dict[int, int]]:
        """Where each line stands in each story that has it."""
        index: dict[int, dict[int, int]] = defaultdict(dict)
        for page in self.learnt.values():
            story = self.stories[page.page]
            for key, stands in page.lines.items():
                index[key][story] = index[key].get(story, 0) | stands
        return dict(index)

    @cached_property
    def _paths(self) -> dict[int, dict[int, int]]:
        """The tenths of body text under each path in each story that has it; of several pages, in the first."""
        index: dict[int, dict[int, int]] = defaultdict(dict)
        for page in sorted(self.learnt):
            for key, tenths in self.learnt[page].paths.items():
                index[key].setdefault(self.stories[page], tenths)
        return dict(index)

    @cached_property
    def _told_by(self) -> dict[int, list[int]]:
        """The pages whose story has a line, for the lines that no other story has: notices of the outlet tell none."""
        index: dict[int, list[int]] = defaultdict(list)
        for page in self.learnt.values():
            for key in page.story:
                if len(self._lines.get(key, ())) <= 1:
                    index[key].append(page.page)
        return dict(index)

    @cached_property
    def _telling(self) -> Counter[int]:
        """How many lines tell each page's story."""
        return Counter(page for pages in self._told_by.values() for page in pages)

    @cached_property
    def _counted(self) -> dict[tuple[int, int], int]:
        return {}

    def _own(self, keys: Sequence[int]) -> frozenset[int]:
        """Find the stories that a page tells itself: it was learnt, or it is another version of one that was."""
        if (page := page_key(keys)) in self.learnt:
            return frozenset({self.stories[page]})
        told = {keys[number] for number in both_ends(len(keys))} & self._told_by.keys()
        shared = Counter(page for key in told for page in self._told_by[key])
        return frozenset(self.stories[page] for page, count in shared.items() if count >= COPY * self._telling[page])

    def _count(self, key: int, stands: int, own: frozenset[int]) -> int:
        if (stories := self._lines.get(key)) is None:
            return 0
        if (count := self._counted.get((key, stands))) is None:
            count = self._counted[key, stands] = sum(bool(at & stands) for at in stories.values())
        return count - sum(bool(stories.get(story, 0) & stands) for story in own)


def learn_outlet(pages: Iterable[PageLines]) -> Outlet:
    """
    Learn from pages, in any order and in bounded memory.

    Of more than ``MOST_PAGES`` those with the least hashes are learnt: a fair sample, the same in whatever order
    they come.
    """
    return outlet_of(map(page_keys, pages))


def outlet_of(pages: Iterable[PageKeys]) -> Outlet:
    """Put together what was remembered of pages; as ``learn_outlet`` does with the pages themselves."""
    learnt: dict[int, PageKeys] = {}
    for page in pages:
        learnt[page.page] = _joined(learnt[page.page], page) if page.page in learnt else page
        if len(learnt) > MOST_PAGES:
            del learnt[max(learnt)]
    return Outlet(learnt)


def merge(one: Outlet, other: Outlet) -> Outlet:
    """Join what was learnt of one outlet in two places; a page that both know is still one page."""
    return outlet_of([*one.learnt.values(), *other.learnt.values()])


def common(outlet: Outlet) -> Outlet:
    """
    Forget the lines and paths that only one story has: they say nothing of the outlet.

    Of too many those stay that the most stories have. Doing it twice changes nothing more.
    """
    lines = _on_several(outlet, {page: keys.lines for page, keys in outlet.learnt.items()}, MOST_KEYS)
    paths = _on_several(outlet, {page: keys.paths for page, keys in outlet.learnt.items()}, MOST_PATHS)
    return Outlet(
        {
            page: PageKeys(
                page,
                keys.story,
                {key: stands for key, stands in keys.lines.items() if key in lines},
                {key: tenths for key, tenths in keys.paths.items() if key in paths},
            )
            for page, keys in outlet.learnt.items()
        }
    )


def _on_several(outlet: Outlet, pages: Mapping[int, Mapping[int, int]], most: int) -> set[int]:
    told: dict[int, set[int]] = defaultdict(set)
    for page, keys in pages.items():
        told[outlet.stories[page]].update(keys)
    counts = Counter(key for keys in told.values() for key in keys)
    several = [key for key, count in counts.items() if count > 1]
    return set(sorted(several, key=lambda key: (-counts[key], key))[:most])


def _joined(one: PageKeys, other: PageKeys) -> PageKeys:
    """Join two memories of one page, of which each may have forgotten what the other still knows."""
    lines = {key: one.lines.get(key, 0) | other.lines.get(key, 0) for key in one.lines.keys() | other.lines.keys()}
    paths = {key: max(one.paths.get(key, 0), other.paths.get(key, 0)) for key in one.paths.keys() | other.paths.keys()}
    return PageKeys(one.page, frozenset(sorted(one.story | other.story)[:STORY_LINES]), lines, paths)


def _stories(pages: Sequence[PageKeys]) -> dict[int, int]:
    """Group pages that are copies or updates of one another."""
    story = {page.page: page.page for page in pages}

    def root(page: int) -> int:
        while story[page] != page:
            story[page] = page = story[story[page]]
        return page

    told_by: dict[int, list[PageKeys]] = defaultdict(list)
    for page in pages:
        near = {other.page: other for key in page.story for other in told_by[key]}
        for other in near.values():
            if _likeness(page.story, other.story) >= COPY:
                first, second = sorted((root(page.page), root(other.page)))
                story[second] = first
        for key in page.story:
            told_by[key].append(page)
    return {page.page: root(page.page) for page in pages}


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """
    Estimate the Jaccard likeness of two pages' long lines by those with the least hashes.

    Source: Broder, "On the resemblance and containment of documents", 1997 (the sketch of least hashes).
    """
    least = sorted(one | other)[:STORY_LINES]
    return sum(key in one and key in other for key in least) / len(least)

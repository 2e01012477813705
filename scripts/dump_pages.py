"""Read the pages on which the line classifiers are trained: their lines, and what each line is by the gold."""

import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tollwire.corpus.dump_lines import dump_lines
from tollwire.corpus.line_table import LineTable, read_lines

DUMPS = Path("data") / "fundus_dumps" / "dumps.jsonl.xz"
GOLD = Path("data") / "fundus_parser_testdata" / "test_data"
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|\w+")
RUN = 4  # words
LEAST_CONTAINED = 6  # words of a line that is a part of a paragraph of the gold
LEAST_SHARE = 0.5  # of a line's runs of words that the gold has
LONG = 60  # characters of a line that says where the body is
BARE_END = 0.3  # share of the pages cut short that end with their last paragraph
SAME_CAPTION = 0.75  # F1 of words


@dataclass(frozen=True, slots=True)
class DumpPage:
    """One dump with its gold; ``body`` says how much of each line is body; the rest whether it is that."""

    id: str
    outlet: str
    gold: str
    title: str
    captions: tuple[str, ...]
    table: LineTable
    gaps: NDArray[np.bool_]
    body: NDArray[np.float32]
    caption: NDArray[np.float32]
    headline: NDArray[np.float32]
    weight: float = 1.0


def read_pages(shared: Path) -> list[DumpPage]:
    """Read the dumps of Fundus' pages with title and captions from its own gold, in the order of the file."""
    pages = []
    with lzma.open(shared / DUMPS, "rt", encoding="utf-8") as lines:
        for stored in map(json.loads, lines):
            gold = _gold(shared, stored["id"])
            captions = tuple(one["caption"] for one in gold.get("images") or () if one.get("caption"))
            found, gaps = dump_lines(stored["dump"])
            body = label_body(found, stored["gold"])
            caption = np.where(body > LEAST_SHARE, 0.0, label_captions(found, captions)).astype(np.float32)
            pages.append(
                DumpPage(
                    stored["id"], stored["outlet"], stored["gold"], gold["title"] or "", captions,
                    read_lines(found), gaps, body, caption, label_headline(found, str(gold["title"] or ""), body),
                )
            )  # fmt: skip
    return pages


def _gold(shared: Path, page_id: str) -> dict[str, object]:
    """Read Fundus' gold of a page: the n-th page of an outlet by date has the n-th version of its parser by name."""
    country, name = page_id.split("/")
    outlet = re.split(r"_\d{4}_\d{2}_\d{2}", name)[0]
    folder = shared / GOLD / country
    dated = sorted(path.name for path in folder.glob(f"{outlet}_[0-9]*.html.gz"))
    versions = json.loads((folder / f"{outlet}.json").read_text("utf-8"))
    found: dict[str, object] = versions[sorted(versions)[dated.index(name)]]
    return found


def words_of(text: str) -> tuple[str, ...]:
    """List the words of a text in small letters; where a script has no spaces, its characters."""
    return tuple(WORD.findall(text.casefold()))


def label_body(lines: Sequence[str], gold: str) -> NDArray[np.float32]:
    """
    Say of each line how much of it is body: all of it, when it is a paragraph of the gold or a part of one.

    Of a line that stands more often on the page than in the gold, the copies nearest to the rest of the body count.
    """
    paragraphs = [words_of(one) for one in gold.split("\n")]
    times = Counter(paragraphs)
    said = [word for paragraph in paragraphs for word in paragraph]
    runs = {tuple(said[start : start + RUN]) for start in range(len(said) - RUN + 1)}
    flat = f" {' '.join(said)} "
    words = [words_of(line) for line in lines]
    shares = np.array([_share(one, times, runs, flat) for one in words], np.float32)
    places = defaultdict(list)
    for place in np.flatnonzero(shares > LEAST_SHARE).tolist():
        places[words[place]].append(place)
    sure = np.array([one[0] for one in places.values() if len(one) == 1 and len(lines[one[0]]) > LONG])
    for one, found in places.items():
        if len(sure) and len(found) > (most := times[one] or 1):
            shares[sorted(found, key=lambda place: int(np.abs(sure - place).min()))[most:]] = 0.0
    return shares


def _share(
    words: tuple[str, ...], paragraphs: Counter[tuple[str, ...]], runs: set[tuple[str, ...]], flat: str
) -> float:
    if words in paragraphs and words:
        return 1.0
    if len(words) < RUN:
        return 0.0
    if len(words) >= LEAST_CONTAINED and f" {' '.join(words)} " in flat:
        return 1.0
    own = [words[start : start + RUN] in runs for start in range(len(words) - RUN + 1)]
    share = sum(own) / len(own)
    return share if share > LEAST_SHARE else 0.0


def label_captions(lines: Sequence[str], captions: Sequence[str]) -> NDArray[np.float32]:
    """Mark the lines that are captions: one of the gold, with or without its credit."""
    wanted = [Counter(words) for one in captions if (words := words_of(one))]
    found = np.zeros(len(lines), np.float32)
    for place, line in enumerate(lines):
        said = Counter(words_of(line))
        found[place] = said.total() > 2 and any(
            2 * (said & one).total() >= SAME_CAPTION * (said.total() + one.total()) for one in wanted
        )
    return found


def label_headline(lines: Sequence[str], title: str, body: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mark the line that is the headline: of several the last above the body; none where no line is."""
    found = np.zeros(len(lines), np.float32)
    wanted = words_of(title)
    places = [place for place, line in enumerate(lines) if words_of(line) == wanted]
    first = int(np.flatnonzero(body > LEAST_SHARE)[:1].sum())
    if wanted and places:
        found[max((place for place in places if place <= first), default=places[0])] = 1.0
    return found


def with_repeats(pages: Sequence[DumpPage]) -> list[tuple[DumpPage, NDArray[np.bool_]]]:
    """
    Give the pages of outlets that have several, with a mark on each line that another page of the outlet has.

    A page that has most of the body, too, tells the same story, and does not count.
    """
    outlets = defaultdict(list)
    for page in pages:
        outlets[page.outlet].append((page.id, {_masked(line) for line in page.table.lines}))
    found = []
    for page in pages:
        masked = [_masked(line) for line in page.table.lines]
        body = {line for line, share in zip(masked, page.body, strict=True) if share > LEAST_SHARE}
        others = [
            lines
            for page_id, lines in outlets[page.outlet]
            if page_id != page.id and len(lines & body) <= LEAST_SHARE * len(body)
        ]
        if others:
            found.append((page, np.array([any(line in lines for lines in others) for line in masked], np.bool_)))
    return found


def _masked(line: str) -> str:
    return re.sub(r"\d", "0", line.casefold())


def cut_short(page: DumpPage, chance: np.random.Generator) -> DumpPage:
    """
    Make a smaller page of a page, as other programs dump it: less menu, less footer, fewer paragraphs, empty lines.

    The headline stays, and most of what stands between it and the body.
    """
    body = np.flatnonzero(page.body > LEAST_SHARE)
    count = len(page.table.lines)
    if not len(body):
        return page
    titles = np.flatnonzero(page.headline[: body[0]])
    top = int(titles[-1]) if len(titles) else int(body[0])
    kept = np.ones(count, np.bool_)
    kept[: max(top - int(chance.integers(0, 16)), 0)] = False
    last = body[min(int(chance.integers(2, 30)), len(body) - 1)]
    end = body[-1] + 1
    kept[last + 1 : end] = False
    kept[end + int(chance.integers(1, 20) * (chance.random() > BARE_END)) :] = False
    # Not every page has a menu above its headline, and what is there need not be next to it.
    kept[:top] &= chance.random(top) < chance.choice([0.3, 1.0])
    gaps = chance.random(count) < chance.choice([0.0, 0.5, 0.9, 1.0])
    places = np.flatnonzero(kept)
    lines = [page.table.lines[place] for place in places.tolist()]
    return replace(
        page, table=read_lines(lines), gaps=gaps[places], body=page.body[places], caption=page.caption[places],
        headline=page.headline[places],
    )  # fmt: skip

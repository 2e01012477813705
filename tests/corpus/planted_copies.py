"""
A planted set of copies, updates and look-alikes in made-up words, and the figures of a clustering on it.

``scripts/measure_duplicates.py`` prints the figures.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate, combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from tollwire.contracts.records import Article, Block
from tollwire.contracts.tables import table_rows
from tollwire.corpus import clusters
from tollwire.corpus.bodies import ReadBodies, StoredBodies, write_bodies
from tollwire.corpus.repeated import repeated_paragraphs
from tollwire.corpus.shingles import paragraph_keys, story_of

Paragraphs = list[str]
SYLLABLES = [
    a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "st") for b in "aeiou"
]
SPELLED = {"3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine", "12": "twelve"}
COUNTS = list(SPELLED)
CREDITS = ("(Ostwire)", "(Bel News Agency)", "(KNA)", "(Tarra Press)")


@dataclass(frozen=True)
class Planted:
    """The articles, and the kind of each planted pair of them, named by article_id."""

    articles: list[Article]
    kinds: dict[tuple[str, str], str]


@dataclass(frozen=True)
class Figures:
    """Of one kind: pairs planted, pairs that share a cluster, pairs of which one is told to be an update."""

    pairs: int
    together: int
    updates: int


class Writer:
    """Makes up texts of one language: words by Zipf's law, the commonest of them in many phrases."""

    def __init__(self, seed: int, unspaced: bool = False) -> None:
        self.random = random.Random(seed)
        letters = [chr(0x4E8D + number) for number in range(1500)]
        words = {"".join(self.random.choices(SYLLABLES, k=self.random.choice((1, 2, 2, 3, 3)))) for _ in range(6000)}
        self.words = letters if unspaced else sorted(words)
        self.random.shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.gap, self.stop, self.unspaced = ("", "。", True) if unspaced else (" ", ".", False)

    def phrase(self, length: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=length)

    def sentence(self, count: str | None = None) -> str:
        words = self.phrase(self.random.randint(14, 26) * (2 if self.unspaced else 1))
        if count:
            words[self.random.randint(3, len(words) - 4)] = count
        return self.gap.join(words).capitalize() + self.stop

    def paragraph(self, sentences: int = 2) -> str:
        counts = [self.random.choice(COUNTS) if self.random.random() < 0.3 else None for _ in range(sentences)]
        return self.gap.join(self.sentence(count) for count in counts)

    def story(self) -> Paragraphs:
        """Write 250 to 550 words in 6 to 12 paragraphs, the toll in the first and another one."""
        story = [self.paragraph() for _ in range(self.random.randint(6, 12))]
        toll = self.random.choice(COUNTS)
        story[0] = self.sentence(toll) + self.gap + self.sentence()
        story[self.random.randint(1, 3)] = self.sentence() + self.gap + self.sentence(toll)
        return story

    def dateline(self) -> str:
        place, month = self.phrase(2)
        return f"{place.upper()}, {self.random.randint(1, 28)} {month} {self.random.choice(CREDITS)} – "

    def mend(self, paragraph: str, often: float) -> str:
        """Change one word in so many of the sentences; never a figure."""
        sentences = paragraph.split(self.stop)
        for number, sentence in enumerate(sentences):
            words = list(sentence) if self.unspaced else sentence.split()
            place = self.random.randrange(len(words)) if words else 0
            if words and self.random.random() < often and not words[place].isdigit():
                words[place] = self.phrase(1)[0]
                sentences[number] = (" " if number and not self.unspaced else "") + self.gap.join(words)
        return self.stop.join(sentences)


def exact(writer: Writer, story: Paragraphs) -> Paragraphs:
    return story


def local_paragraphs(writer: Writer, story: Paragraphs) -> Paragraphs:
    """Three words of ten added, in paragraphs anywhere."""
    longer, added = list(story), 0
    while added < 0.3 * len("".join(story)):
        paragraph = writer.paragraph()
        longer.insert(writer.random.randint(0, len(longer)), paragraph)
        added += len(paragraph)
    return longer


def cut(writer: Writer, story: Paragraphs) -> Paragraphs:
    return story[: (len(story) + 1) // 2]


def cut_with_local_paragraph(writer: Writer, story: Paragraphs) -> Paragraphs:
    return [writer.paragraph(1), *cut(writer, story)]


def dateline_and_credit(writer: Writer, story: Paragraphs) -> Paragraphs:
    return [writer.dateline() + story[0], *story[1:], f"{' '.join(writer.phrase(4))} {writer.random.choice(CREDITS)}"]


def everything(writer: Writer, story: Paragraphs) -> Paragraphs:
    mended = [writer.mend(paragraph, 0.15) for paragraph in local_paragraphs(writer, story)]
    return dateline_and_credit(writer, mended)


def mended(writer: Writer, story: Paragraphs) -> Paragraphs:
    return [writer.mend(paragraph, 0.4) for paragraph in story]


def spelled(writer: Writer, story: Paragraphs) -> Paragraphs:
    """Every figure in letters."""
    return [" ".join(SPELLED.get(word, word) for word in paragraph.split(" ")) for paragraph in story]


def merged(writer: Writer, story: Paragraphs) -> Paragraphs:
    """The same sentences in other paragraphs."""
    return [" ".join(story[:2]), *(" ".join(story[start : start + 3]) for start in range(2, len(story), 3))]


def update(writer: Writer, story: Paragraphs) -> Paragraphs:
    """The toll higher wherever it stood, and two sentences of news."""
    toll = next(word for word in COUNTS if f" {word} " in story[0] or (writer.unspaced and word in story[0]))
    higher = str(int(toll) + writer.random.choice((1, 2, 5, 14)))
    later = [
        paragraph.replace(toll if writer.unspaced else f" {toll} ", higher if writer.unspaced else f" {higher} ")
        for paragraph in story
    ]
    later.insert(writer.random.randint(1, 3), writer.sentence())
    later.insert(writer.random.randint(1, len(later)), writer.sentence())
    return later


def update_shortened(writer: Writer, story: Paragraphs) -> Paragraphs:
    return update(writer, story)[: max(5, (2 * len(story)) // 3)]


COPIES: tuple[Callable[[Writer, Paragraphs], Paragraphs], ...] = (
    exact,
    local_paragraphs,
    cut,
    cut_with_local_paragraph,
    dateline_and_credit,
    everything,
    mended,
    spelled,
    merged,
)
UPDATES = (update, update_shortened)
UNLIKE = ("other story", "told independently", "same template", "same legal note", "same background")


def plant(stories: int, seed: int = 1, unspaced: bool = False) -> Planted:
    """Plant so many stories of each kind: an original and its copy, its update, or an article that is neither."""
    writer = Writer(seed, unspaced)
    articles: list[Article] = []
    kinds: dict[tuple[str, str], str] = {}

    def add(kind: str, *texts: Paragraphs) -> None:
        made = [article(" ".join(writer.phrase(8)), text, "zh" if unspaced else "en") for text in texts]
        articles.extend(made)
        kinds.update({(one.article_id, other.article_id): kind for one, other in combinations(made, 2)})

    changes = [one for one in (*COPIES, *UPDATES) if not unspaced or one not in (spelled, merged)]
    for change in changes:
        for _ in range(stories):
            story = writer.story()
            copy = change(writer, story)
            add(change.__name__, *((story, copy) if writer.random.random() < 0.5 else (copy, story)))
    legal = [
        [writer.paragraph(3)] + ([writer.paragraph(2)] if outlet % 2 else []) for outlet in range(max(stories // 16, 1))
    ]
    template = writer.story()[:3]
    for number in range(stories):
        add("other story", writer.story(), writer.story())
        one, other = writer.story(), writer.story()
        # What two reporters of one event share: a quotation, and the toll's phrase.
        quotation, phrase = writer.paragraph(1), writer.gap.join(writer.phrase(9))
        one[2], other[3] = quotation + writer.gap + one[2], quotation + writer.gap + other[3]
        add(
            "told independently", [phrase + writer.gap + one[0], *one[1:]], [phrase + writer.gap + other[0], *other[1:]]
        )
        add("same template", *([fill(writer, paragraph) for paragraph in template] for _ in range(2)))
        one, other, background = writer.story(), writer.story(), writer.story()
        most = min(len(one), len(other)) // 2
        add("same background", one + background[:most], other + background[:most])
        note = legal[number % len(legal)]
        add("same legal note", *([writer.paragraph(2), writer.paragraph(1), *note] for _ in range(2)))
    writer.random.shuffle(articles)
    return Planted(articles, kinds)


def fill(writer: Writer, paragraph: str) -> str:
    """Put other words into every sixth place: what a bulletin made by a program varies."""
    words = list(paragraph) if writer.unspaced else paragraph.split(" ")
    return writer.gap.join(writer.phrase(1)[0] if place % 6 == 2 else word for place, word in enumerate(words))


def article(title: str, paragraphs: Sequence[str], language: str = "en", caption: str | None = None) -> Article:
    """Make an article of a headline and paragraphs; its identifier is that of its words."""
    kinds = ["title", *("caption" for _ in (caption,) if caption), *("paragraph" for _ in paragraphs)]
    parts = [title, *((caption,) if caption else ()), *paragraphs]
    text = "\n\n".join(parts)
    ends = list(accumulate(len(part) + 2 for part in parts))
    blocks = tuple(
        Block(kind, end - 2 - len(part), end - 2) for kind, part, end in zip(kinds, parts, ends, strict=True)
    )
    digest = sha256(text.encode()).hexdigest()
    return Article(
        article_id=digest[:16], source_id="planted", url=None, title=title, bylines=(), published_date=None,
        published_at=None, modified_date=None, modified_at=None, dateline=None, agencies=(), section=None, keywords=(),
        language=language, text=text, blocks=blocks, credits=(), text_sha256=digest, raw_uri="planted",
        raw_format="text", raw_sha256=digest, cluster_id=digest[:16], cluster_reason=None, licence="CC0-1.0",
        is_withheld=False, normaliser="0.0.0",
    )  # fmt: skip


def cluster(articles: Sequence[Article]) -> list[Article]:
    """Cluster articles as a run does: bodies made, kept in a folder, and read from there."""
    stories = [story_of(one.title, one.language, one.text, one.blocks) for one in articles]
    keys = [paragraph_keys(story) for story in stories]
    hashes = np.array([key for one in keys for key in one], dtype=np.uint64)
    owners = np.repeat(np.arange(len(keys)), [len(one) for one in keys])
    rows = [{**row, "shard": 0, "row": number} for number, row in enumerate(table_rows(articles))]
    read = ReadBodies(repeated_paragraphs(lambda: [(hashes, owners)]).tolist())
    with TemporaryDirectory() as folder:
        write_bodies([read(pa.Table.from_pylist(rows))] if rows else [], Path(folder) / "bodies")
        places = np.array([(0, number) for number in range(len(rows))], dtype=np.int64).reshape(-1, 2)
        ids = np.array([int(one.article_id, 16) for one in articles], dtype=np.uint64)
        names, reasons = clusters.cluster(StoredBodies([Path(folder) / "bodies"], places), ids)
    return [
        replace(one, cluster_id=f"{name:016x}", cluster_reason=clusters.REASONS[reason])
        for one, name, reason in zip(articles, names.tolist(), reasons.tolist(), strict=True)
    ]


def measure(planted: Planted, clustered: Sequence[Article]) -> tuple[dict[str, Figures], float]:
    """Count each kind's pairs, and give the precision: of all pairs that share a cluster those that were planted so."""
    found = {one.article_id: one for one in clustered}
    figures: dict[str, Figures] = {}
    for (one, other), kind in planted.kinds.items():
        together = found[one].cluster_id == found[other].cluster_id
        update_told = together and "update" in (found[one].cluster_reason, found[other].cluster_reason)
        before = figures.get(kind, Figures(0, 0, 0))
        figures[kind] = Figures(before.pairs + 1, before.together + together, before.updates + update_told)
    sizes = Counter(one.cluster_id for one in clustered)
    pairs = sum(size * (size - 1) // 2 for size in sizes.values())
    right = sum(one.together for kind, one in figures.items() if kind not in UNLIKE)
    return figures, right / max(pairs, 1)


def report(stories: int, seed: int = 1, unspaced: bool = False) -> str:
    """Plant, cluster and measure: a line for each kind, as printed by the test and by the benchmark."""
    planted = plant(stories, seed, unspaced)
    started = time.process_time()
    clustered = cluster(planted.articles)
    seconds = time.process_time() - started
    figures, precision = measure(planted, clustered)
    lines = [f"{'kind':<26}{'pairs':>7}{'one cluster':>13}{'as update':>11}"]
    lines += [
        f"{kind.replace('_', ' '):<26}{one.pairs:>7}{one.together / one.pairs:>13.4f}{one.updates / one.pairs:>11.4f}"
        for kind, one in figures.items()
    ]
    lines.append(
        f"precision of all pairs in one cluster: {precision:.4f}; {len(clustered) / seconds:.0f} articles a second"
    )
    return "\n".join(lines)

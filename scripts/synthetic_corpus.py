"""Make a corpus of any size, with gold, for measuring: sentences of few words and many figures, of no real event."""

import datetime
import random
from collections.abc import Iterator
from typing import Any

import polars as pl

from tollwire.contracts.contract import Contracts
from tollwire.contracts.tables import make_frame
from tollwire.contracts.text import sha256_text
from tollwire.release.gather import Gathered

SENTENCES = 12  # of each article
MARKED = 0.41  # of them, beside the first: eleven spans an article
WORDS = (
    "officials residents market road bridge night morning convoy village river border school hospital statement "
    "shelling patrol checkpoint ridge valley station harbour column supply ceasefire talks envoy region district"
).split()
LINKS = "in near at after when on of and while before that its their from with by".split()
PLACES = "Orsk Vell Dorn Tarra Quill Dessa Mera".split()
MOMENT = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
Row = dict[str, Any]


def make_corpus(number: int, contracts: Contracts, withheld: float = 0.0) -> tuple[pl.DataFrame, Gathered]:
    """Make ``number`` articles and what was gathered on them: one labeller, whose word is gold."""
    rng = random.Random(7)
    rows: dict[str, list[Row]] = {
        table: [] for table in ("articles", "actors", "casualties", "relations", "annotations")
    }
    for article in range(number):
        for table, row in _article(rng, article, rng.random() < withheld):
            rows[table].append(row)
    articles = make_frame(rows.pop("articles"), contracts["articles"])
    said = {table: make_frame(found, contracts[table]) for table, found in rows.items()}
    gold = {table: frame.with_columns(annotator=pl.lit("gold")) for table, frame in said.items()}
    return articles, Gathered(said, gold, [], {"agreed": number}, {})


def _article(rng: random.Random, number: int, is_withheld: bool) -> Iterator[tuple[str, Row]]:
    article_id = f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"
    key = {"article_id": article_id, "annotator": "labeller-a"}
    blocks, text = [], ""
    for block in range(4):
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n" if text else ""
        for sentence in range(1 if block == 0 else SENTENCES // 3):
            words = [rng.choice(LINKS if place % 2 else WORDS) for place in range(9)]
            text += ("" if len(text) == start else " ") + " ".join([*words, rng.choice(PLACES)]).capitalize() + "."
            if block and ((block, sentence) == (1, 0) or rng.random() < MARKED):
                yield from _marked(rng, text, key)
                text += " Nine people died in Dorn, the army said."
        blocks.append({"kind": "title" if block == 0 else "paragraph", "start": start, "end": len(text)})
    yield "annotations", {
        **key, "status": "annotated", "text_sha256": sha256_text(text), "submitted_at": MOMENT, "seconds": 60.0,
        "batch": "001",
    }  # fmt: skip
    yield "articles", {
        "article_id": article_id, "source_id": "harbour_post", "url": f"https://harbourpost.example/{number}",
        "title": text[: blocks[0]["end"]], "bylines": [], "published_date": MOMENT.date(), "published_at": MOMENT,
        "modified_date": None, "modified_at": None, "dateline": None, "agencies": [], "section": None, "keywords": [],
        "language": "en", "text": text, "blocks": blocks, "credits": [], "text_sha256": sha256_text(text),
        "raw_uri": f"harbour_post/{number}.txt", "raw_format": "text", "raw_sha256": sha256_text(article_id),
        "cluster_id": article_id, "cluster_reason": None, "licence": "CC-BY-4.0", "is_withheld": is_withheld,
        "normaliser": "0.4.0",
    }  # fmt: skip


def _marked(rng: random.Random, before: str, key: Row) -> Iterator[tuple[str, Row]]:
    """Mark the sentence that follows: a figure, who says so, and that he does."""
    at = len(before) + 1
    figure = {"span_id": f"c{at}", "start": at, "end": at + 11, "surface": "Nine people"}
    values = {"harm": "killed", "bound": "exact", "low": 9, "best": 9, "high": 9, "victim_status": "unstated"}
    rest = {"victim_groups": [], "status": "reported", "scope": "incident", "incident": rng.choice([None, 1, 2])}
    yield "casualties", {**key, **figure, **values, **rest}
    said = at + len("Nine people died in Dorn, ")
    actor = {"span_id": f"a{said}", "start": said, "end": said + 8, "surface": "the army", "role": "source"}
    yield "actors", {**key, **actor, "kind": "state_forces", "name": None, "code": None, "incident": None}
    link = {"relation_id": f"r{at}", "kind": "claimed_by", "head_span_id": f"c{at}", "tail_span_id": f"a{said}"}
    yield "relations", {**key, **link}

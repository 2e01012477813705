"""A small span categoriser of spaCy, trained from scratch: no vectors and no model are fetched."""

import multiprocessing
import os
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

from tollwire.release.token_labels import LABELLED_BY, label_name

SEED = 1
# Chosen by time, not by scores: 1,000 words and 12 tokens took 0.6 seconds a step on two cores, and what is looked at
# grows with words x tokens; as many steps as stay under ten minutes on a machine half as fast.
STEPS = 1_000
WORDS = 500  # of a step
LONGEST = 10  # tokens of a span that is looked for; of 3,451 in 1.0.0 one is longer
EVALUATED = 32  # passages at a time
Article = dict[str, Any]
Span = tuple[int, int, str]  # start, end, label


class Passage(NamedTuple):
    """One block of an article: its text, where that starts in the article's, and its spans counted from there."""

    text: str
    start: int
    spans: list[Span]


class Learnt(NamedTuple):
    """What the model of one table found in each article, its number of weights, and the seconds of training."""

    spans: list[list[Span]]
    weights: int
    seconds: float


def learn_both(train: Sequence[Article], test: Sequence[Article], steps: int = STEPS) -> dict[str, Learnt]:
    """Train a model for each of the two tables of spans, each in a process of its own, and read ``test`` with it."""
    for library in ("OMP", "OPENBLAS", "MKL"):
        # A sum that threads share out depends on how many there are, and so would the scores.
        os.environ[f"{library}_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(len(LABELLED_BY), multiprocessing.get_context("spawn")) as pool:
        running = {table: pool.submit(learn, table, train, test, steps) for table in LABELLED_BY}
        return {table: one.result() for table, one in running.items()}


def learn(table: str, train: Sequence[Article], test: Sequence[Article], steps: int) -> Learnt:
    """Train the model of one table and read ``test`` with it. Where no article has such a span it finds none."""
    begun = time.perf_counter()
    known = [passage for article in train for passage in passages(article, table) if passage.text.strip()]
    if not any(passage.spans for passage in known):
        return Learnt([[] for _ in test], 0, 0.0)
    model = train_model(table, known, steps)
    seconds = time.perf_counter() - begun
    weights = sum(
        node.get_param(name).size
        for node in model.get_pipe(table).model.walk()
        for name in node.param_names
        if node.has_param(name)
    )
    return Learnt([list(find(model, table, article)) for article in test], int(weights), seconds)


def passages(article: Article, table: str) -> Iterator[Passage]:
    """Yield the blocks of an article with their spans of one table; no span crosses the end of a block."""
    column = LABELLED_BY[table]
    for block in article["blocks"]:
        first, last = block["start"], block["end"]
        spans = [
            (one["start"] - first, one["end"] - first, label_name(one[column], column))
            for one in article[table]
            if first <= one["start"] and one["end"] <= last
        ]
        yield Passage(article["text"][first:last], first, spans)


def train_model(table: str, known: Sequence[Passage], steps: int) -> Any:
    """Train for a fixed number of steps of about ``WORDS`` words each, so that time does not grow with the corpus."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(SEED)
    model = spacy.blank("en")
    suggester = {"@misc": "spacy.ngram_range_suggester.v1", "min_size": 1, "max_size": LONGEST}
    settings = {"spans_key": table, "suggester": suggester, "allow_overlap": False}
    model.add_pipe("spancat_singlelabel", name=table, config=settings)
    examples = []
    for passage in known:
        read, right = model.make_doc(passage.text), model.make_doc(passage.text)
        # A span that ends inside a token takes in the whole token.
        right.spans[table] = [right.char_span(*span, alignment_mode="expand") for span in passage.spans]
        examples.append(Example(read, right))
    optimizer = model.initialize(lambda: examples)
    batches = shuffled(examples)
    for _ in range(steps):
        model.update(next(batches), drop=0.1, sgd=optimizer)
    return model


def shuffled(examples: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield batches of about ``WORDS`` words without end, in another order each time round."""
    order = random.Random(SEED)
    batch: list[Any] = []
    words = 0
    while True:
        for example in order.sample(examples, len(examples)):
            batch.append(example)
            words += len(example.reference)
            if words >= WORDS:
                yield batch
                batch, words = [], 0


def find(model: Any, table: str, article: Article) -> Iterator[Span]:
    """Yield the spans that a model finds in an article, as places in its text."""
    blocks = list(passages({**article, table: []}, table))
    read = model.pipe((passage.text for passage in blocks), batch_size=EVALUATED)
    for passage, doc in zip(blocks, read, strict=True):
        for span in sorted(doc.spans[table]):
            yield passage.start + span.start_char, passage.start + span.end_char, span.label_

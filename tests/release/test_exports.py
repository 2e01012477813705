"""What is exported reads back as it was: spaCy's DocBin with all values, CoNLL columns with all that do not overlap."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from tollwire.release.exports import write_conll, write_spacy
from tollwire.release.rows import read_rows
from tollwire.release.token_labels import LABELLED_BY, flat_spans


def read_conll(path: Path) -> dict[str, dict[str, list[tuple[int, int, str]]]]:
    """Read what ``write_conll`` wrote: of each article, by layer, its spans as (start, end, label)."""
    articles: dict[str, dict[str, list[tuple[int, int, str]]]] = {}
    layers: dict[str, list[tuple[int, int, str]]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# article_id = "):
            layers = {table: [] for table in LABELLED_BY}
            articles[line.removeprefix("# article_id = ")] = layers
        elif line and not line.startswith("# "):
            _, start, end, *labels = line.split("\t")
            for table, label in zip(LABELLED_BY, labels, strict=True):
                if label.startswith("B-"):
                    layers[table].append((int(start), int(end), label[2:]))
                elif label.startswith("I-"):
                    layers[table][-1] = (layers[table][-1][0], int(end), label[2:])
    return articles


@pytest.fixture(scope="module")
def articles(built):
    return read_rows(built.release / "0.1.0")


def test_a_docbin_has_every_span_and_value(articles, tmp_path):
    assert write_spacy(articles, tmp_path / "gold.spacy") == len(articles) == 17

    docs = list(DocBin().from_disk(tmp_path / "gold.spacy").get_docs(spacy.blank("en").vocab))

    for doc, article in zip(docs, articles, strict=True):
        kept = json.loads(doc.user_data["tollwire"])
        assert doc.text == article["text"]
        assert {name: article[name] for name in kept} == kept
        for table, label in (("casualties", "harm"), ("actors", "role")):
            assert len(doc.spans[table]) == len(article[table])
            for span, row in zip(doc.spans[table], article[table], strict=True):
                assert span.label_ == row[label]
                assert row["surface"] in span.text


def test_conll_columns_have_every_span_that_overlaps_no_other(articles, tmp_path):
    assert write_conll(articles, tmp_path / "gold.conll") == 17

    read = read_conll(tmp_path / "gold.conll")

    assert read == {
        article["article_id"]: {table: list(flat_spans(article, table)) for table in ("casualties", "actors")}
        for article in articles
    }
    assert sum(len(spans) for one in read.values() for spans in one.values()) > 300


def test_every_token_of_the_columns_is_where_it_says(articles, tmp_path):
    write_conll(articles[:3], tmp_path / "gold.conll")
    texts = {article["article_id"]: article["text"] for article in articles}

    for line in (tmp_path / "gold.conll").read_text("utf-8").splitlines():
        if line.startswith("# article_id"):
            text = texts[line.split(" = ")[1]]
        elif line and not line.startswith("#"):
            token, start, end, *labels = line.split("\t")
            assert text[int(start) : int(end)] == token
            assert len(labels) == 2


def test_what_overlaps_is_counted_and_what_is_withheld_left_out(tmp_path):
    row = {
        "article_id": "a" * 16,
        "text": "Nine people died",
        "blocks": [{"start": 0, "end": 16}],
        "casualties": [{"start": 0, "end": 4, "harm": "killed"}, {"start": 0, "end": 11, "harm": "killed"}],
        "actors": [],
    }

    assert write_conll([row, {**row, "text": None}], tmp_path / "gold.conll") == 1

    assert (tmp_path / "gold.conll").read_text("utf-8") == (
        "# global.columns = token start end casualties actors\n\n"
        "# article_id = aaaaaaaaaaaaaaaa\n# left_out = 1\n"
        "Nine\t0\t4\tB-killed\tO\npeople\t5\t11\tI-killed\tO\ndied\t12\t16\tO\tO\n"
    )

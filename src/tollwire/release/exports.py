"""Gold in the formats that other tools train on: spaCy's DocBin, and CoNLL columns."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from tollwire.contracts.whole_files import write_whole, written_aside
from tollwire.release.token_labels import LABELLED_BY, OUTSIDE, flat_spans, label_name

Article = dict[str, Any]
WORD = re.compile(r"\w+|[^\w\s]")
COLUMNS = ("token", "start", "end", *LABELLED_BY)
ATTRIBUTES = "tollwire"  # the key of a Doc's user_data


def write_spacy(articles: Iterable[Article], path: Path) -> int:
    """
    Write articles as a DocBin of spaCy, for `spacy train`; withheld ones are left out. Returns how many are written.

    The spans are the span groups ``casualties`` and ``actors``, labelled with harm and role, so that they may overlap;
    a span that ends inside a token takes in the whole token. ``doc.user_data["tollwire"]`` has the article_id and all
    values of the spans and relations, with their exact places, as JSON.
    """
    import spacy
    from spacy.tokens import DocBin

    languages: dict[str, Any] = {}
    docs = DocBin(store_user_data=True)
    for article in _with_text(articles):
        code = article["language"].split("-")[0]
        if code not in languages:
            languages[code] = spacy.blank(code if _has(code) else "xx")
        doc = languages[code].make_doc(article["text"])
        for table, vocabulary in LABELLED_BY.items():
            doc.spans[table] = [
                doc.char_span(
                    one["start"], one["end"], label=label_name(one[vocabulary], vocabulary), alignment_mode="expand"
                )
                for one in article[table]
            ]
        kept = {name: article[name] for name in ("article_id", *LABELLED_BY, "relations")}
        doc.user_data[ATTRIBUTES] = json.dumps(kept, ensure_ascii=False)
        docs.add(doc)
    with written_aside(path) as aside:
        aside.write_bytes(docs.to_bytes())
    return len(docs)


def _has(code: str) -> bool:
    from spacy.util import get_lang_class

    try:
        get_lang_class(code)
    except ImportError:
        return False
    return True


def write_conll(articles: Iterable[Article], path: Path) -> int:
    """
    Write articles in columns: token, start, end, and a BIO label of each layer; withheld ones are left out.

    Blocks are parted by a blank line, and an article begins with ``# article_id = ...``. Tokens are words and single
    signs, cut where a span begins or ends. Of spans of one layer that overlap the longest stands (see ``to_bio``); how
    many do not stands in ``# left_out``. Returns how many articles are written.

    Source: the columns of CoNLL-2003, and the comments of CoNLL-U.
    """
    parts = [f"# global.columns = {' '.join(COLUMNS)}\n"]
    parts += ["\n".join(_conll(article)) for article in _with_text(articles)]
    write_whole(path, "\n".join(parts))
    return len(parts) - 1


def _with_text(articles: Iterable[Article]) -> Iterator[Article]:
    return (article for article in articles if article["text"] is not None)


def _conll(article: Article) -> Iterator[str]:
    layers = {table: list(flat_spans(article, table)) for table in LABELLED_BY}  # type: ignore[arg-type]
    left_out = sum(len(article[table]) - len(spans) for table, spans in layers.items())
    yield f"# article_id = {article['article_id']}"
    if left_out:
        yield f"# left_out = {left_out}"
    borders = sorted({place for spans in layers.values() for start, end, _ in spans for place in (start, end)})
    for block in article["blocks"]:
        for start, end in _tokens(article["text"], block["start"], block["end"], borders):
            labels = (_label(start, spans) for spans in layers.values())
            yield "\t".join((article["text"][start:end], str(start), str(end), *labels))
        yield ""


def _tokens(text: str, first: int, last: int, borders: list[int]) -> Iterator[tuple[int, int]]:
    for found in WORD.finditer(text, first, last):
        cuts = [found.start(), *(place for place in borders if found.start() < place < found.end()), found.end()]
        yield from pairwise(cuts)


def _label(start: int, spans: list[tuple[int, int, str]]) -> str:
    for first, end, label in spans:
        if first <= start < end:
            return f"{'B' if start == first else 'I'}-{label}"
    return OUTSIDE

"""Make entries of a batch's log from annotations that were made elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tollwire.annotations.anchors import find_again
from tollwire.annotations.foreign import Document
from tollwire.annotations.log import Entry
from tollwire.annotations.regions import Marks, Region, display_text
from tollwire.contracts.contract import Labels
from tollwire.contracts.references import RELATION_ENDS
from tollwire.contracts.text import sha256_text
from tollwire.problems import Problem, shown

if TYPE_CHECKING:
    import polars


@dataclass(frozen=True, slots=True)
class Imported:
    """The entries made of foreign annotations, how many spans they have, and what could not be taken over."""

    entries: list[Entry]
    spans: int
    problems: list[Problem]


def import_documents(
    documents: Iterable[Document],
    articles: "polars.DataFrame",
    labels: Labels,
    renamed: Mapping[str, str],
    annotator: str | None,
) -> Imported:
    """
    Take foreign annotations over: each to the article of the same text, or to the one that it names.

    ``renamed`` has our label of a foreign one, in small letters; a label that is ours needs none. Where the text of
    the article is another, each span goes where the same words stand without doubt. What cannot be taken over is
    listed, and the rest is. ``annotator`` is whom the annotations are said to be by, where the format does not say.
    """
    by_text = {digest: article_id for article_id, digest in articles.select("article_id", "text_sha256").iter_rows()}
    texts = dict(articles.select("article_id", "text").iter_rows())
    entries: list[Entry] = []
    problems: list[Problem] = []
    for one in documents:
        problems += one.problems
        article_id = by_text.get(sha256_text(one.text), one.name)
        text = texts.get(article_id)
        if text is None:
            fix = "normalise its page, or call the file by the id of its article"
            problems.append(Problem(one.where, "no-article", "no article of the corpus has this text", fix))
            continue
        who = annotator or one.annotator
        if who is None:
            fix = "say with --annotator whose they are"
            problems.append(Problem(one.where, "no-labeller", "the format does not say who made these", fix))
            continue
        marks, missed = _marks(one, text, labels, renamed)
        problems += missed
        entries.append(Entry(article_id, who, one.moment, None, False, sha256_text(text), marks))
    return Imported(entries, sum(len(one.marks.regions) for one in entries), problems)


def _marks(document: Document, text: str, labels: Labels, renamed: Mapping[str, str]) -> tuple[Marks, list[Problem]]:
    problems: list[Problem] = []
    regions: list[Region] = []
    places = find_again(document.text, text, [(one.start, one.end) for one in document.regions])
    for region, place in zip(document.regions, places, strict=True):
        where = f"{document.where}, span {region.start}-{region.end}"
        foreign, *incident = region.labels
        label = renamed.get(foreign, foreign)
        if label not in labels.harm and label not in labels.role:
            what = f"{shown(foreign)} is not a label of schemas/labels.toml"
            problems.append(Problem(where, "unknown-label", what, f"say what it is: --map {foreign}=killed"))
        elif place is None:
            what = f"{shown(region.text)} stands nowhere in the article without doubt"
            problems.append(Problem(where, "span-lost", what, "mark it again after importing"))
        else:
            surface = display_text(text[slice(*place)])
            moved = replace(region, start=place[0], end=place[1], text=surface, labels=(label, *incident))
            regions.append(moved)
    kept = {one.id for one in regions}
    relations = []
    for foreign, head, tail in document.relations:
        kind = renamed.get(foreign, foreign)
        where = f"{document.where}, relation from {head} to {tail}"
        if kind not in RELATION_ENDS:
            what = f"{shown(foreign)} is no kind of relation"
            problems.append(Problem(where, "unknown-label", what, f"say what it is: --map {foreign}=part_of"))
        elif not {head, tail} <= kept:
            what = "one of its ends was not taken over"
            problems.append(Problem(where, "relation-ends-exist", what, "draw it again after importing"))
        else:
            relations.append((kind, head, tail))
    ordered = sorted(regions, key=lambda one: (one.start, one.end, one.id))
    return Marks(tuple(ordered), tuple(sorted(relations)), tuple(document.choices)), problems

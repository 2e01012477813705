"""Gather what the report shows of a release or of a project's corpus: articles, gold, on what labellers differ."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.agreement import Agreement, measure
from tollwire.annotations.agreement_page import told_of
from tollwire.annotations.gold import GOLD, compare_all
from tollwire.annotations.matching import LABELS, TABLES, Row, Side, sides
from tollwire.contracts.contract import Contracts
from tollwire.project import Project
from tollwire.release.base import read_version
from tollwire.release.gather import gather
from tollwire.release.reading import read_release
from tollwire.release.shape import NESTED
from tollwire.release.splits import SPLITS, read_splits
from tollwire.release.standoff import read_standoff
from tollwire.release.tables import toll_frame
from tollwire.release.withheld import withhold_articles, withhold_spans

if TYPE_CHECKING:
    import polars

NO_SPLIT = "none yet"  # of an article that was in no release
ALIKE, NOT_COMPARED = "none", "not compared"  # labellers say the same; fewer than two finished the article
DIFFERING = ("verdict", "span", "label", "value", "relation", ALIKE, NOT_COMPARED)
OF_ARTICLE = ("language", "section", "dateline", "licence", "cluster_id", "cluster_reason", "url")

Vocabularies = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Report:
    """
    What the report shows: its name, the closed vocabularies, the articles by date, and how far labellers agree.

    An article is plain values, as the page has them: ``spans`` (start, end, table, label, bound, all else in words),
    ``relations`` (kind, the places of head and tail in spans), ``differences``, ``tolls``, and by which values of
    which filter it is found in ``facets``.
    """

    name: str
    vocabularies: Vocabularies
    articles: list[Row]
    agreement: list[Agreement]


def report_of_release(folder: Path) -> Report:
    """
    Gather the report of a release.

    Raises:
        TollwireError: a table or contract of it cannot be read.
    """
    release = read_release(folder)
    tables = release.tables
    said: dict[str, dict[str, Side]] = defaultdict(dict)
    for row in tables["annotations"].iter_rows(named=True):
        who = {"annotator": row["annotator"]}
        nested = {table: [inner | who for inner in row[table] or ()] for table in NESTED}
        said[row["article_id"]][row["annotator"]] = {"annotations": [row], **nested}
    gold: dict[str, Side] = defaultdict(_nothing)
    for table in NESTED:
        for row in tables[table].iter_rows(named=True):
            gold[row["article_id"]][table].append(row)
    name = f"Release {read_version(folder)}"
    return _report(name, release.schemas["labels.toml"], tables["articles"], gold, said, tables["tolls"])


def report_of_corpus(project: Project, articles: "polars.DataFrame", contracts: Contracts) -> Report:
    """
    Gather the report of normalised articles, with what is gold of them and what labellers said.

    What may not be passed on is withheld here too, for a page is easily passed on.

    Raises:
        TollwireError: the log of a batch has a line that is not what was written.
    """
    import polars as pl

    standoff = read_standoff(project, contracts)
    articles = standoff.added_to(articles)
    gathered = gather(project, articles, contracts, standoff=standoff)
    shown = withhold_articles(articles)
    ours, theirs = withhold_spans(gathered.gold, articles), withhold_spans(gathered.everybody, articles)
    tolls = toll_frame(ours, contracts["tolls"]).sort(contracts["tolls"].key)
    gold = defaultdict(_nothing, {article_id: one[GOLD] for article_id, one in sides(ours).items() if GOLD in one})
    frozen = read_splits(project.splits)
    splits = [frozen.get(article_id, NO_SPLIT) for article_id in shown["article_id"]]
    labels = contracts.labels.model_dump(exclude_none=True)
    return _report("Corpus", labels, shown.with_columns(pl.Series("split", splits)), gold, sides(theirs), tolls)


def _nothing() -> Side:
    return {table: [] for table in TABLES}


def _report(
    name: str,
    labels: Vocabularies,
    articles: "polars.DataFrame",
    gold: Mapping[str, Side],
    said: Mapping[str, dict[str, Side]],
    tolls: "polars.DataFrame",
) -> Report:
    sorted_rows = {article_id: _placed(labellers) for article_id, labellers in sorted(said.items())}
    differing = compare_all(sorted_rows)
    tolls_of: dict[str, list[list[Any]]] = defaultdict(list)
    for article_id, *values in tolls.select(
        "article_id", "incident", "harm", "low", "best", "high", "is_contested"
    ).iter_rows():
        tolls_of[article_id].append(values)
    rows = []
    lengths = {}
    for row in articles.iter_rows(named=True):
        article_id = row["article_id"]
        labellers = sorted_rows.get(article_id, {})
        article = _article(row, gold[article_id], labellers)
        article["tolls"] = tolls_of[article_id]
        article["differences"] = [[one.sort, one.start, one.end, one.what] for one in differing.get(article_id, ())]
        article["facets"] = _facets(article)
        lengths[article_id] = article["length"]
        rows.append(article)
    rows.sort(key=lambda one: (one["date"] or "9999", one["id"]))
    return Report(name, labels, rows, measure(sorted_rows, lengths))


def _placed(labellers: dict[str, Side]) -> dict[str, Side]:
    """Give spans without surface their place instead, so that differences can be told of withheld articles too."""
    return {
        annotator: side
        | {
            table: [
                row | {"surface": f"{row['start']}-{row['end']}"} if row["surface"] is None else row
                for row in side[table]
            ]
            for table in LABELS
        }
        for annotator, side in labellers.items()
    }


def _article(row: Row, gold: Side, labellers: Mapping[str, Side]) -> Row:
    spans = [one | {"table": table, "label": one[column]} for table, column in LABELS.items() for one in gold[table]]
    # Those that hold others come first, so that the page draws them beneath.
    spans.sort(key=lambda one: (one["start"], -one["end"], one["table"], one["span_id"]))
    places = {one["span_id"]: place for place, one in enumerate(spans)}
    return {
        "id": row["article_id"],
        "title": row["title"],
        "outlet": row["source_id"],
        "split": row["split"],
        "date": row["published_date"].isoformat() if row["published_date"] else None,
        "text": row["text"],
        "length": len(row["text"])
        if row["text"] is not None
        else max((one["end"] for one in row["blocks"]), default=0),
        "about": {name: row[name] for name in OF_ARTICLE if row.get(name) is not None},
        "labellers": {name: side["annotations"][0]["status"] for name, side in sorted(labellers.items())},
        "spans": [
            [one["start"], one["end"], one["table"], one["label"], one.get("bound", ""), _said(one)] for one in spans
        ],
        "relations": sorted(
            [one["kind"], places[one["head_span_id"]], places[one["tail_span_id"]]] for one in gold["relations"]
        ),
    }


def _said(span: Row) -> str:
    left_out = ("table", "label")
    return told_of(
        {
            name: ", ".join(value) if value and isinstance(value, list) else value
            for name, value in span.items()
            if name not in left_out
        }
    )


def _facets(article: Row) -> dict[str, list[str]]:
    compared = sum(status != "skipped" for status in article["labellers"].values()) > 1
    sorts = {one[0] for one in article["differences"]} or {ALIKE if compared else NOT_COMPARED}
    return {
        "label": sorted({one[3] for one in article["spans"]}),
        "bound": sorted({one[4] for one in article["spans"]} - {""}),
        "outlet": [article["outlet"]],
        "split": [article["split"]],
        "differs": [one for one in DIFFERING if one in sorts],
    }


def facets_of(report: Report) -> dict[str, list[str]]:
    """Give the values of each filter that find an article, in the order in which they are shown."""
    labels = report.vocabularies
    known = {
        "label": [*labels["harm"], *labels["role"]],
        "bound": list(labels["bound"]),
        "outlet": sorted({one["outlet"] for one in report.articles}),
        "split": [*SPLITS, NO_SPLIT],
        "differs": list(DIFFERING),
    }
    used = {name: {value for one in report.articles for value in one["facets"][name]} for name in known}
    return {name: [value for value in values if value in used[name]] for name, values in known.items()}

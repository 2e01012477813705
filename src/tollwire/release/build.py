"""Build a release: gold and everybody's annotations as checked Parquet, with card, contracts and manifest."""

import re
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.gold import GOLD
from tollwire.contracts.contract import Contracts, read_contracts
from tollwire.contracts.records import Casualty, Relation
from tollwire.contracts.references import reference_problems
from tollwire.contracts.tables import check_frame, make_frame, read_table, to_arrow, write_parquet
from tollwire.figures.tolls import incident_tolls
from tollwire.problems import Problem, TollwireError, UsageError
from tollwire.project import Project
from tollwire.release.card import Facts, read_in_short, write_card
from tollwire.release.gather import Frames, Gathered, gather
from tollwire.release.manifest import write_manifest
from tollwire.release.shape import CONFIGS, nest, release_contract
from tollwire.release.splits import SPLITS, split_of

if TYPE_CHECKING:
    import polars

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
COPIED = ("DATASHEET.md", "CHANGELOG.md", "LICENSE-DATA")


@dataclass(frozen=True, slots=True)
class Built:
    """What a release holds, and what had to be left out of it: articles by reason."""

    folder: Path
    rows: dict[str, int]
    left_out: dict[str, int]


def build_release(project: Project, version: str, corpus: Path) -> Built:
    """
    Build ``release/<version>/`` aside and put it in its place as a whole.

    ``corpus`` is the folder with ``articles.parquet``. The same inputs give the same bytes, on any day.

    Raises:
        UsageError: the version is not one, or there is nothing to release.
        TollwireError: a table breaks its contract, or the tables do not fit each other.
    """
    if not VERSION.fullmatch(version):
        what, fix = f'"{version}" is not a version', "give three numbers, such as 0.1.0"
        raise UsageError(Problem("version", "bad-version", what, fix))
    if missing := [name for name in COPIED if not (project.root / name).is_file()]:
        fix = "write it: it goes into the release"
        raise UsageError(Problem(name, "missing-file", "the project has no such file", fix) for name in missing)
    in_short = read_in_short(project.root / "DATASHEET.md")
    contracts = read_contracts(project.schemas)
    articles = read_table(corpus / "articles.parquet", contracts["articles"])
    gathered = gather(project, articles, contracts)
    left_out = _left_out(articles, gathered)
    released = _released(articles, set(gathered.gold["annotations"]["article_id"]))
    if released.is_empty():
        fix = "pull a labelled batch and adjudicate it: `tollwire pull 001`, `tollwire adjudicate 001`"
        raise UsageError(Problem("release", "no-gold", "no article has gold annotations", fix))
    tables = _release_tables(released, gathered.gold, gathered.everybody, contracts)
    aside = project.release / f"{version}.tmp"
    shutil.rmtree(aside, ignore_errors=True)
    rows = _write(aside, tables, released, contracts)
    for name in COPIED:
        shutil.copyfile(project.root / name, aside / name)
    shutil.copytree(project.schemas, aside / "schemas")
    facts = Facts(version, in_short, rows, left_out, gathered.rules, gathered.agreement, _sources(released))
    write_card(aside, facts, tables, contracts)
    write_manifest(aside, version, {"rows": rows, "left_out": left_out, "gold_rules": gathered.rules})
    _put_in_place(aside, project.release / version)
    return Built(project.release / version, rows, left_out)


def _left_out(articles: "polars.DataFrame", gathered: Gathered) -> dict[str, int]:
    """Count the articles of the corpus that are not in the release, by reason."""
    labelled = set(gathered.gold["annotations"]["article_id"])
    reasons: Counter[str] = Counter()
    for article_id, is_withheld in articles.select("article_id", "is_withheld").iter_rows():
        if article_id not in labelled:
            reasons[gathered.open.get(article_id, "not labelled yet")] += 1
        elif is_withheld:
            reasons["text withheld"] += 1
    return dict(sorted(reasons.items()))


def _released(articles: "polars.DataFrame", labelled: set[str]) -> "polars.DataFrame":
    import polars as pl

    released = articles.filter(pl.col("article_id").is_in(sorted(labelled)) & ~pl.col("is_withheld"))
    splits = pl.Series("split", [split_of(cluster) for cluster in released["cluster_id"]], dtype=pl.String)
    return released.with_columns(splits)


def _release_tables(released: "polars.DataFrame", gold: Frames, everybody: Frames, contracts: Contracts) -> Frames:
    """Give the six tables of a release, checked each by itself and all against each other."""
    import polars as pl

    ids = pl.col("article_id").is_in(released["article_id"].implode())
    gold = {table: frame.filter(ids) for table, frame in gold.items()}
    everybody = {table: frame.filter(ids) for table, frame in everybody.items()}
    shapes = {table: release_contract(table, contracts) for table in CONFIGS}
    tables = {
        "articles": nest(released, gold, ("article_id",), shapes["articles"]),
        **{table: gold[table] for table in ("actors", "casualties", "relations")},
        "annotations": nest(everybody["annotations"], everybody, ("article_id", "annotator"), shapes["annotations"]),
        "tolls": make_frame(_toll_rows(gold), contracts["tolls"]),
    }
    for table, frame in tables.items():
        check_frame(frame, shapes[table], contracts.labels)
    problems = [problem for side in (gold, everybody) for problem in reference_problems({"articles": released, **side})]
    if problems:
        raise TollwireError(problems)
    return tables


def _toll_rows(gold: Frames) -> list[dict[str, Any]]:
    rows = []
    for article_id in gold["annotations"]["article_id"]:
        figures = [Casualty(**values) for values in _records(gold["casualties"], article_id)]
        figures = [replace(one, victim_groups=tuple(one.victim_groups)) for one in figures]
        links = [Relation(**values) for values in _records(gold["relations"], article_id)]
        for (incident, harm), toll in incident_tolls(figures, links).items():
            counts = {"low": toll.low, "best": toll.best, "high": toll.high, "is_contested": toll.is_contested}
            key = {"article_id": article_id, "incident": incident, "harm": harm}
            rows.append({**key, **counts, "span_ids": list(toll.span_ids)})
    return rows


def _records(frame: "polars.DataFrame", article_id: str) -> list[dict[str, Any]]:
    import polars as pl

    kept = frame.filter((pl.col("article_id") == article_id) & (pl.col("annotator") == GOLD))
    return kept.drop("article_id", "annotator").to_dicts()


def _write(folder: Path, tables: Frames, released: "polars.DataFrame", contracts: Contracts) -> dict[str, int]:
    """Write each table as one Parquet file a split; a table's rows are in the split of their article."""
    # load_dataset fails on a split without rows (datasets 5.2), so a table lacks the splits in which it has none.
    import polars as pl

    rows = {}
    for table in CONFIGS:
        contract = release_contract(table, contracts)
        for split in SPLITS:
            ids = released.filter(pl.col("split") == split)["article_id"]
            part = tables[table].filter(pl.col("article_id").is_in(ids.implode()))
            if part.height:
                write_parquet(to_arrow(part, contract), folder / table / f"{split}-00000-of-00001.parquet")
        rows[table] = tables[table].height
    return rows


def _sources(released: "polars.DataFrame") -> list[tuple[str, str, int]]:
    counted = released.group_by("source_id", "licence").len().sort("source_id", "licence")
    return [(source, licence, count) for source, licence, count in counted.iter_rows()]


def _put_in_place(aside: Path, folder: Path) -> None:
    """Put the finished release where it belongs; an older build of the same version is there until the new one is."""
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)

"""Build a release: gold and everybody's annotations as checked Parquet, with card, contracts and manifest."""

import shutil
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.contracts.contract import Contracts, read_contracts
from tollwire.contracts.forms import polars_schema
from tollwire.contracts.tables import read_table, to_arrow, write_parquet
from tollwire.problems import Problem, TollwireError, UsageError
from tollwire.project import Project
from tollwire.release.base import Base, changelog_with, find_base, settle_version
from tollwire.release.card import INTRODUCTION, Facts, SourceFacts, write_card
from tollwire.release.change_report import counted, paragraph
from tollwire.release.croissant import write_croissant
from tollwire.release.datasheet import read_baseline, read_in_short
from tollwire.release.diff import compare
from tollwire.release.gather import Gathered, gather
from tollwire.release.leaks import leak_problems
from tollwire.release.manifest import write_manifest
from tollwire.release.reading import read_release
from tollwire.release.shape import TOMBSTONES
from tollwire.release.splits import SPLITS, assign, clusters_of, count_clusters, freeze, read_splits
from tollwire.release.standoff import read_standoff
from tollwire.release.tables import release_tables
from tollwire.release.versions import Version
from tollwire.release.withdrawn import read_withdrawn, withdrawn_frame
from tollwire.release.withheld_runs import WithheldRuns
from tollwire.release.writing import COPIED, copy_documents, put_in_place, shipped_files, write_tables

if TYPE_CHECKING:
    import polars

NEEDED = (*COPIED, "CHANGELOG.md")
DIFF = "diff.parquet"


@dataclass(frozen=True, slots=True)
class Built:
    """
    What a release holds: rows by table, what had to be left out (articles by reason), what changed, in one paragraph.

    ``frozen`` counts the articles whose split was written to corpus/splits for the first time.
    """

    folder: Path
    version: str
    rows: dict[str, int]
    left_out: dict[str, int]
    changed: str
    frozen: int


def build_release(
    project: Project,
    version: str | None,
    corpus: Path,
    against: str | None = None,
    batches: Sequence[str] | None = None,
) -> Built:
    """
    Build ``release/<version>/`` aside and put it in its place as a whole; then freeze the splits of new articles.

    ``corpus`` is the folder with ``articles.parquet``. Without a version it is computed from what changed since the
    one before, which ``against`` names (by default the latest there is). Gold is that of ``batches``, by default of
    all. The same inputs give the same bytes, on any day.

    Raises:
        UsageError: the version is none, or too small for what changed; or there is nothing to release.
        TollwireError: a table breaks its contract, the tables do not fit each other, or a cluster is in two splits.
    """
    wanted = None if version is None else Version.read(version)
    if missing := [name for name in NEEDED if not (project.root / name).is_file()]:
        fix = "write it: it goes into the release"
        raise UsageError(Problem(name, "missing-file", "the project has no such file", fix) for name in missing)
    base = find_base(project, wanted, against)
    contracts = read_contracts(project.schemas)
    articles = read_table(corpus / "articles.parquet", contracts["articles"])
    standoff = read_standoff(project, contracts) if batches is None else None
    if standoff:
        articles = standoff.added_to(articles)
    gathered = gather(project, articles, contracts, batches, standoff)
    return assemble(project, wanted, base, articles, gathered, contracts, standoff.proofs if standoff else None)


def assemble(
    project: Project,
    wanted: Version | None,
    base: Base | None,
    articles: "polars.DataFrame",
    gathered: Gathered,
    contracts: Contracts,
    proofs: "polars.DataFrame | None" = None,
) -> Built:
    """
    Build a release of articles and what was gathered on them; all else is as of ``build_release``.

    ``proofs`` are of withheld texts that are not at hand.
    """
    in_short = read_in_short(project.root / "DATASHEET.md")
    withdrawn = withdrawn_frame(read_withdrawn(project.withdrawn), contracts[TOMBSTONES])
    labelled = set(gathered.gold["annotations"]["article_id"])
    gone = set(withdrawn["article_id"])
    left_out = _left_out(articles, gathered, labelled, gone)
    clusters = {one: cluster for one, cluster in clusters_of(articles).items() if one in labelled and one not in gone}
    if not clusters:
        fix = "pull a labelled batch and adjudicate it: `tollwire pull 001`, `tollwire adjudicate 001`"
        raise UsageError(Problem("release", "no-gold", "no article has gold annotations", fix))
    splits = assign(clusters, read_splits(project.splits))
    tables, said = release_tables(articles, gathered.gold, gathered.everybody, splits, contracts, proofs)
    if withdrawn.height:
        tables[TOMBSTONES] = withdrawn
    aside = project.release / "building.tmp"
    shutil.rmtree(aside, ignore_errors=True)
    write_tables(aside, tables, said, contracts)
    copy_documents(project, tables["articles"], aside)
    changes = _changes(base, aside, contracts)
    changelog = (project.root / "CHANGELOG.md").read_text("utf-8")
    settled = settle_version(wanted, base, changes, changelog)
    write_parquet(to_arrow(changes, contracts["changes"]), aside / DIFF)
    (aside / "CHANGELOG.md").write_text(changelog_with(changelog, settled, changes, base), "utf-8")
    facts = Facts(
        version=str(settled),
        in_short=in_short,
        rows={table: frame.height for table, frame in tables.items()},
        left_out=left_out,
        rules=dict(sorted(Counter(gathered.rules[one] for one in splits).items())),
        agreement=gathered.agreement,
        influence=gathered.influence,
        baseline=read_baseline(project.root / "DATASHEET.md"),
        sources=_sources(tables["articles"]),
        changed=paragraph(changes, str(base.version)) if base else "This is the first version.",
    )
    write_card(aside, facts, tables, contracts)
    write_croissant(aside, facts.version, INTRODUCTION, contracts)
    write_manifest(aside, facts.version, _facts_of(facts, base, changes, tables["articles"]))
    runs = WithheldRuns(articles.filter(articles["article_id"].is_in(list(splits))))
    if leaked := leak_problems(aside, runs, shipped_files()):
        raise TollwireError(leaked)
    folder = project.release / facts.version
    put_in_place(aside, folder)
    return Built(folder, facts.version, facts.rows, left_out, facts.changed, freeze(project.splits, splits))


def _left_out(
    articles: "polars.DataFrame", gathered: Gathered, labelled: Collection[str], withdrawn: Collection[str]
) -> dict[str, int]:
    """Count the articles of the corpus that are not in the release, by reason."""
    reasons: Counter[str] = Counter()
    for article_id in articles["article_id"]:
        if article_id in withdrawn:
            reasons["withdrawn"] += 1
        elif article_id not in labelled:
            reasons[gathered.open.get(article_id, "not labelled yet")] += 1
    return dict(sorted(reasons.items()))


def _changes(base: Base | None, folder: Path, contracts: Contracts) -> "polars.DataFrame":
    import polars as pl

    if base is None:
        return pl.DataFrame(schema=polars_schema(contracts["changes"]))
    return compare(read_release(base.folder), read_release(folder), contracts["changes"])


def _sources(released: "polars.DataFrame") -> list[SourceFacts]:
    counts = released.group_by("source_id", "licence", "is_withheld").len().sort("source_id", "licence", "is_withheld")
    return [
        SourceFacts(source, licence, count, "withheld" if is_withheld else "included")
        for source, licence, is_withheld, count in counts.iter_rows()
    ]


def _facts_of(
    facts: Facts, base: Base | None, changes: "polars.DataFrame", released: "polars.DataFrame"
) -> dict[str, object]:
    """What the manifest says beside the files: rows, splits and the leaks between them, what changed since when."""
    clusters, in_two = count_clusters(released)
    counts = {split: released.filter(released["split"] == split).height for split in SPLITS}
    return {
        "rows": facts.rows,
        "left_out": facts.left_out,
        "gold_rules": facts.rules,
        "splits": {**counts, "clusters": clusters, "clusters_in_two_splits": in_two},
        "diff": {
            "against": str(base.version) if base else None,
            "changes": [
                {"table": table, "change": change, "level": level, "count": count}
                for table, change, level, count in counted(changes)
            ],
        },
    }

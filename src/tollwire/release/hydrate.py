"""Put the withheld texts of a release back from somebody's own copies of the pages, each article with its verdict."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.gold import GOLD
from tollwire.contracts.contract import Contracts, read_contracts
from tollwire.contracts.references import SPANS
from tollwire.contracts.tables import make_frame
from tollwire.problems import Problem, TollwireError, UsageError
from tollwire.release.copies import read_copies
from tollwire.release.manifest import MANIFEST, manifest_problems, read_manifest, write_manifest
from tollwire.release.proofs import Place, block_digest
from tollwire.release.reading import read_release
from tollwire.release.rebuild import Rebuilt, Verdict, rebuild
from tollwire.release.shape import CONFIGS, NESTED, PROOFS, Frames, release_contract
from tollwire.release.writing import put_in_place, write_tables

if TYPE_CHECKING:
    import polars

VERDICTS = "hydration.json"
NOTE = """\
> **With the texts of others.** {rebuilt} of {withheld} withheld texts were put back from copies of their pages.
> They may not be passed on: keep this folder to yourself. `{verdicts}` says of each what was proven.
"""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ArticleVerdict:
    """What became of one withheld article; ``spans`` counts the places marked in it, ``lost`` those without a place."""

    article_id: str
    verdict: Verdict
    spans: int
    lost: int
    copy: str | None


@dataclass(frozen=True, slots=True)
class Hydrated:
    """The folder of the release with texts, the verdict on each withheld article, and the pages that were rejected."""

    folder: Path
    verdicts: list[ArticleVerdict]
    rejected: dict[str, int]


def hydrate(release: Path, pages: Path, out: Path, source_id: str | None = None) -> Hydrated:
    """
    Build a release with texts into ``out``, from a release without some and a folder of pages.

    A page is known by its address, else by its blocks. Of a text that is not the very same the spans are moved to
    where their words are in the copy; spans that are not proven there are left out, and relations with them. Nothing
    of an article that is lost or missing is changed. Tolls stay as they were released.

    Raises:
        UsageError: nothing is withheld in the release, or the pages cannot be told.
        TollwireError: a file of the release is not what was published.
    """
    if problems := manifest_problems(release):
        raise TollwireError(problems)
    if not (release / f"{PROOFS}.parquet").is_file():
        fix = "load it as it is"
        raise UsageError(Problem(str(release), "nothing-withheld", "no text is withheld in this release", fix))
    import polars as pl

    contracts = read_contracts(release / "schemas")
    tables = read_release(release).tables
    proofs = {row["article_id"]: row for row in pl.read_parquet(release / f"{PROOFS}.parquet").iter_rows(named=True)}
    withheld = tables["articles"].filter(pl.col("article_id").is_in(sorted(proofs)))
    copies, rejected = read_copies(release, sorted(set(withheld["source_id"])), pages, source_id)
    copy_of = _copies_by_article(copies, proofs)
    rebuilt: dict[str, Rebuilt] = {}
    verdicts = []
    for row in withheld.iter_rows(named=True):
        article_id = row["article_id"]
        copy = copy_of.get(article_id)
        rebuilt[article_id] = _rebuild(row, proofs[article_id], copy) if copy else Rebuilt("missing")
        one = rebuilt[article_id]
        spans = len(proofs[article_id]["spans"])
        lost = spans - len(one.places)
        verdicts.append(ArticleVerdict(article_id, one.verdict, spans, lost, copy["raw_uri"] if copy else None))
    found = {key: one for key, one in rebuilt.items() if one.verdict in ("exact", "re-anchored")}
    changed = _hydrated_tables(tables, found, copy_of, contracts)
    _write(release, out, {table: frame for table, frame in changed.items() if frame.width}, verdicts, contracts)
    return Hydrated(out, verdicts, rejected)


def _copies_by_article(copies: "polars.DataFrame", proofs: Mapping[str, Row]) -> dict[str, Row]:
    """Tell of which article each copy is: by its id, which is that of its address, else by the blocks that it has."""
    owners = {one["digest"]: key for key, proof in proofs.items() for one in proof["blocks"] if one["digest"]}
    by_id: dict[str, Row] = {}
    by_blocks: dict[str, tuple[int, Row]] = {}
    for row in copies.sort("article_id").iter_rows(named=True):
        if row["article_id"] in proofs:
            by_id[row["article_id"]] = row
            continue
        digests = (block_digest(row["text"][one["start"] : one["end"]]) for one in row["blocks"])
        counted = Counter(owners[one] for one in digests if one in owners)
        for article_id, shared in counted.most_common(1):
            if shared > by_blocks.get(article_id, (0, row))[0]:
                by_blocks[article_id] = (shared, row)
    return {article_id: row for article_id, (_, row) in by_blocks.items()} | by_id


def _rebuild(row: Row, proof: Row, copy: Row) -> Rebuilt:
    return rebuild(proof, _places(row["blocks"]), row["text_sha256"], copy["text"], _places(copy["blocks"]))


def _places(blocks: Sequence[Row]) -> list[Place]:
    return [(one["start"], one["end"]) for one in blocks]


def _hydrated_tables(
    tables: Frames, rebuilt: Mapping[str, Rebuilt], copies: Mapping[str, Row], contracts: Contracts
) -> Frames:
    """Give the tables with the rows of the articles that were rebuilt put in the place of those that were there."""
    import polars as pl

    new: dict[str, list[Row]] = {table: [] for table in ("articles", *NESTED, "annotations")}
    for table in ("articles", "annotations"):
        for row in tables[table].filter(pl.col("article_id").is_in(sorted(rebuilt))).iter_rows(named=True):
            article_id, copy = row["article_id"], copies[row["article_id"]]
            moved = _moved(row, rebuilt[article_id].places, copy["text"])
            if table == "articles":
                own = ("text", "title", "blocks", "text_sha256", "credits", "keywords")
                moved |= {name: copy[name] for name in own}
                for inner in NESTED:
                    new[inner] += [{"article_id": article_id, "annotator": GOLD, **one} for one in moved[inner]]
            new[table].append(moved)
    changed = dict(tables)
    for table, rows in new.items():
        frame = tables[table]
        order = frame.select("article_id").unique(maintain_order=True).with_row_index("place")
        kept = frame.filter(~pl.col("article_id").is_in(sorted(rebuilt)))
        made = make_frame(rows, release_contract(table, contracts)).cast(frame.schema)
        joined = pl.concat([kept, made]).join(order, on="article_id")
        changed[table] = joined.sort("place", maintain_order=True).drop("place")
    return changed


def _moved(row: Row, places: Mapping[Place, Place], text: str) -> Row:
    """Give a row with its spans where they are in the text, without those that have no place and their relations."""
    moved = dict(row)
    kept: set[str] = set()
    for table in SPANS:
        moved[table] = list(_placed(row[table], places, text))
        kept |= {one["span_id"] for one in moved[table]}
    moved["relations"] = [one for one in row["relations"] if {one["head_span_id"], one["tail_span_id"]} <= kept]
    return moved


def _placed(spans: Sequence[Row], places: Mapping[Place, Place], text: str) -> Iterator[Row]:
    for one in spans:
        if place := places.get((one["start"], one["end"])):
            yield {**one, "start": place[0], "end": place[1], "surface": text[place[0] : place[1]]}


def _write(release: Path, out: Path, tables: Frames, verdicts: list[ArticleVerdict], contracts: Contracts) -> None:
    aside = out.with_name(f"{out.name}.tmp")
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(release, aside, ignore=shutil.ignore_patterns(*CONFIGS, MANIFEST, ".*"))
    write_tables(aside, tables, {}, contracts)
    (aside / VERDICTS).write_text(json.dumps([asdict(one) for one in verdicts], indent=1) + "\n", "utf-8")
    card = (aside / "README.md").read_text("utf-8")
    rebuilt = sum(one.verdict in ("exact", "re-anchored") for one in verdicts)
    note = NOTE.format(rebuilt=rebuilt, withheld=len(verdicts), verdicts=VERDICTS)
    (aside / "README.md").write_text(card.replace("\n# ", f"\n{note}\n# ", 1), "utf-8")
    manifest = read_manifest(release)
    kept = {key: value for key, value in manifest.items() if key not in ("name", "version", "files")}
    write_manifest(
        aside, str(manifest["version"]), {**kept, "hydrated": dict(Counter(one.verdict for one in verdicts))}
    )
    put_in_place(aside, out)

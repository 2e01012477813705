"""Write the files of a release into a folder beside its place, and put it there as a whole."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.contracts.contract import Contract, Contracts
from tollwire.contracts.tables import ROWS_PER_GROUP, to_arrow, write_groups, write_parquet
from tollwire.project import Project, template_root
from tollwire.release.shape import CONFIGS, NESTED, PROOFS, TOMBSTONES, Frames, nest, release_contract
from tollwire.release.splits import SPLITS

if TYPE_CHECKING:
    import polars

WRITERS = 2  # files at once; each holds a copy of its rows
ONE_FILE = "00000-of-00001.parquet"
COPIED = ("DATASHEET.md", "LICENSE-DATA")


def write_tables(folder: Path, tables: Frames, said: Frames, contracts: Contracts) -> None:
    """
    Write each table as one Parquet file a split; its rows are in the order of the articles, and then of its key.

    ``said`` are everybody's spans, that are nested in ``annotations`` as those of ``tables`` are in ``articles``, where
    they are not yet. That is done row group by row group, for each is a copy of its own.
    """
    for table, path in ((PROOFS, f"{PROOFS}.parquet"), (TOMBSTONES, f"{TOMBSTONES}/{SPLITS[0]}-{ONE_FILE}")):
        # A tombstone belongs to no split; load_dataset wants to have it in one.
        if table in tables:
            write_parquet(to_arrow(tables[table], contracts[table]), folder / path)
    articles = tables["articles"]
    places = {
        split: articles.filter(articles["split"] == split).select("article_id").with_row_index("place")
        for split in SPLITS
    }

    def write(table: str, split: str) -> None:
        contract = release_contract(table, contracts)
        rows = _in_order(tables[table], places[split], contract.key)
        spans = said if table == "annotations" else tables
        # load_dataset fails on a split without rows (datasets 5.2): a table lacks those in which it has none.
        if rows.height:
            groups = (to_arrow(_nested(one, spans, contract), contract) for one in rows.iter_slices(ROWS_PER_GROUP))
            write_groups(groups, folder / table / f"{split}-{ONE_FILE}")

    # Arrow and Polars let go of the interpreter while they work, so that threads are enough.
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(write, table, split) for split in SPLITS for table in CONFIGS]:
            done.result()


def _in_order(frame: "polars.DataFrame", place: "polars.DataFrame", key: list[str]) -> "polars.DataFrame":
    rest = [name for name in key if name != "article_id"]
    return frame.join(place, on="article_id").sort("place", *rest).drop("place")


def _nested(rows: "polars.DataFrame", spans: Frames, contract: Contract) -> "polars.DataFrame":
    """Nest the spans of some rows into them, where the contract has them nested and they are not yet."""
    if set(contract.columns) <= set(rows.columns):
        return rows
    ids = rows["article_id"].implode()
    inner = {table: spans[table].filter(spans[table]["article_id"].is_in(ids)) for table in NESTED}
    return nest(rows, inner, tuple(contract.key), contract)


def copy_documents(project: Project, released: "polars.DataFrame", folder: Path) -> None:
    """
    Copy what a release has beside its tables: documents, contracts, and the records of the sources in it.

    With a source's record, and what was learnt of the outlet, whoever has its pages can normalise them alike.
    """
    for name in COPIED:
        shutil.copyfile(project.root / name, folder / name)
    shutil.copytree(project.schemas, folder / "schemas")
    (folder / "sources").mkdir()
    for source_id in sorted(set(released["source_id"])):
        for path in sorted(project.sources.glob(f"{source_id}.*")):
            shutil.copyfile(path, folder / "sources" / path.name)


def shipped_files() -> list[Path]:
    """List the files that come with the program, in whose words no article can be."""
    return [path for path in (template_root() / "schemas").rglob("*.toml") if path.is_file()]


def put_in_place(aside: Path, folder: Path) -> None:
    """Put a finished release where it belongs; an older build of the same version is there until the new one is."""
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)

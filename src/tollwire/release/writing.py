"""Write the files of a release into a folder beside its place, and put it there as a whole."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.contracts.contract import Contracts
from tollwire.contracts.tables import to_arrow, write_parquet
from tollwire.project import Project, template_root
from tollwire.release.shape import PROOFS, TOMBSTONES, Frames, release_contract
from tollwire.release.splits import SPLITS

if TYPE_CHECKING:
    import polars

COPIED = ("DATASHEET.md", "LICENSE-DATA")


def write_tables(folder: Path, tables: Frames, contracts: Contracts) -> None:
    """Write each table as one Parquet file a split; a table's rows are in the split of their article."""
    # load_dataset fails on a split without rows (datasets 5.2), so a table lacks the splits in which it has none.
    import polars as pl

    splits = tables["articles"].select("article_id", "split")
    for table, frame in tables.items():
        if table == PROOFS:
            write_parquet(to_arrow(frame, contracts[table]), folder / f"{table}.parquet")
            continue
        contract = release_contract(table, contracts)
        for split in SPLITS:
            ids = splits.filter(pl.col("split") == split)["article_id"]
            # A tombstone belongs to no split; load_dataset wants to have it in one.
            is_in = pl.lit(split == SPLITS[0]) if table == TOMBSTONES else pl.col("article_id").is_in(ids.implode())
            part = frame.filter(is_in)
            if part.height:
                write_parquet(to_arrow(part, contract), folder / table / f"{split}-00000-of-00001.parquet")


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

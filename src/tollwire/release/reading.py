"""Read a release that any version of the program built: tables as they are, contracts as plain values."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.gold import GOLD
from tollwire.problems import Problem, TollwireError, UsageError, shown
from tollwire.release.manifest import MANIFEST, read_manifest
from tollwire.release.shape import CONFIGS, NESTED, TOMBSTONES, Frames
from tollwire.release.splits import SPLITS
from tollwire.release.versions import built_versions

if TYPE_CHECKING:
    import polars


@dataclass(frozen=True, slots=True)
class Release:
    """One version of the dataset; ``documents`` are the texts beside the tables, by name."""

    folder: Path
    tables: Frames
    schemas: dict[str, dict[str, Any]]
    documents: dict[str, str]


def read_release(folder: Path) -> Release:
    """
    Read a release from its folder.

    Raises:
        TollwireError: a table or contract cannot be read.
    """
    import polars as pl

    tables = {}
    for table in (*CONFIGS, TOMBSTONES):
        paths = [path for split in SPLITS for path in sorted((folder / table).glob(f"{split}-*.parquet"))]
        try:
            tables[table] = pl.concat([pl.read_parquet(path) for path in paths]) if paths else pl.DataFrame()
        except (OSError, pl.exceptions.PolarsError) as error:
            where = f"{folder.name}/{table}"
            raise TollwireError(Problem(where, "not-parquet", shown(str(error)), "fetch it again")) from error
    for table in NESTED:
        if not tables[table].width:
            tables[table] = _none_of(table, tables["articles"])
    schemas = {path.relative_to(folder / "schemas").as_posix(): _toml(path) for path in _contracts(folder)}
    documents = {path.name: path.read_text("utf-8") for path in (folder / "DATASHEET.md", folder / "LICENSE-DATA")}
    return Release(folder, tables, schemas, documents)


def _none_of(table: str, articles: "polars.DataFrame") -> "polars.DataFrame":
    """Give a table of spans of which the release has no row, and so no file, as it is nested in the articles."""
    import polars as pl

    rows = articles.select("article_id", annotator=pl.lit(GOLD), spans=table).clear()
    return rows.explode("spans").unnest("spans")


def _contracts(folder: Path) -> list[Path]:
    return sorted((folder / "schemas").rglob("*.toml"))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise TollwireError(Problem(f"schemas/{path.name}", "not-toml", str(error), "fetch it again")) from error


def find_release(releases: Path, name: str) -> Path:
    """
    Find a release: a folder, or a version of which there is one in ``releases``.

    Raises:
        UsageError: there is neither.
    """
    for folder in (Path(name), releases / name):
        if (folder / MANIFEST).is_file():
            read_manifest(folder)
            return folder
    known = ", ".join(map(str, built_versions(releases))) or "none yet"
    fix = f"name the folder of a version, or a version in {releases.name}/ ({known})"
    raise UsageError(Problem(name, "not-a-release", f"there is no {MANIFEST} in it", fix))

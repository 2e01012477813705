"""What several commands take: a batch, the folder of the normalised corpus, that of the releases."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollwire.cli.app import project_of
from tollwire.problems import UsageError
from tollwire.project import Project

if TYPE_CHECKING:
    import polars

    from tollwire.contracts.contract import Contracts

BatchName = Annotated[str, typer.Argument(help="Name of the batch: three digits.")]
CorpusFolder = Annotated[Path | None, typer.Option(help="Folder of articles.parquet.", show_default="build/corpus")]


def releases_of(context: typer.Context) -> Path:
    """Give the folder in which versions are looked up: the project's, or ``release`` here where there is no project."""
    try:
        return project_of(context).release
    except UsageError:
        if context.obj is not None:
            raise
        return Path("release")


def read_corpus(project: Project, corpus: Path | None) -> "tuple[polars.DataFrame, Contracts]":
    """Read the articles that a command works on, and the contracts of the project."""
    from tollwire.contracts.contract import read_contracts
    from tollwire.contracts.tables import read_table

    contracts = read_contracts(project.schemas)
    return read_table((corpus or project.normalised) / "articles.parquet", contracts["articles"]), contracts

"""What several commands take: a batch, and the folder of the normalised corpus."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollwire.project import Project

if TYPE_CHECKING:
    import polars

    from tollwire.contracts.contract import Contracts

BatchName = Annotated[str, typer.Argument(help="Name of the batch: three digits.")]
CorpusFolder = Annotated[Path | None, typer.Option(help="Folder of articles.parquet.", show_default="build/corpus")]


def read_corpus(project: Project, corpus: Path | None) -> "tuple[polars.DataFrame, Contracts]":
    """Read the articles that a command works on, and the contracts of the project."""
    from tollwire.contracts.contract import read_contracts
    from tollwire.contracts.tables import read_table

    contracts = read_contracts(project.schemas)
    return read_table((corpus or project.normalised) / "articles.parquet", contracts["articles"]), contracts

"""Commands about releases: release."""

from typing import Annotated

import typer

from tollwire.cli.app import app, project_of
from tollwire.cli.inputs import CorpusFolder


@app.command(epilog="Example: tollwire release 0.1.0")
def release(
    context: typer.Context,
    version: Annotated[str, typer.Argument(help="Version of the release, such as 0.1.0.")],
    corpus: CorpusFolder = None,
) -> None:
    """Build release/VERSION: Parquet that load_dataset reads, with card, contracts and manifest."""
    from tollwire.release.build import build_release

    project = project_of(context)
    built = build_release(project, version, corpus or project.normalised)
    for table, rows in built.rows.items():
        print(f"{table}: {rows} rows")
    for reason, count in built.left_out.items():
        print(f"left out: {count} articles, {reason}")
    print(f'load_dataset("{built.folder.relative_to(project.root)}")')

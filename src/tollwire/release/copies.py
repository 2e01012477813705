"""Normalise somebody's own copies of the pages of a release, in the way in which the release's own were."""

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.tables import read_table
from tollwire.corpus.normalise import normalise
from tollwire.problems import Problem, UsageError
from tollwire.project import Project

if TYPE_CHECKING:
    import polars


def read_copies(
    release: Path, withheld: Sequence[str], pages: Path, source_id: str | None = None
) -> "tuple[polars.DataFrame, dict[str, int]]":
    """
    Read the articles in the folder ``pages``, which has a folder for each source; or is all of ``source_id``.

    ``withheld`` are the sources of the release whose texts are not in it. Of a release with one such source all pages
    may be in ``pages`` itself. Given beside the articles is how many pages were rejected, by rule.

    Raises:
        UsageError: there is no such folder, or it cannot be told of which source its pages are.
    """
    import polars as pl

    if not pages.is_dir():
        raise UsageError(Problem(str(pages), "no-such-path", "there is no such folder", "check the path"))
    folders = {name: pages / name for name in withheld if (pages / name).is_dir()}
    if source_id is not None or (not folders and len(withheld) == 1):
        folders = {source_id or withheld[0]: pages}
    if not folders:
        what = "it cannot be told of which source these pages are"
        fix = f"put them into folders called {', '.join(withheld)}, or name one with --source"
        raise UsageError(Problem(str(pages), "which-source", what, fix))
    with TemporaryDirectory(prefix="tollwire-") as folder:
        project = Project(Path(folder))
        shutil.copytree(release / "schemas", project.schemas)
        shutil.copytree(release / "sources", project.sources)
        contract = read_contracts(project.schemas)["articles"]
        frames, rejected = [], Counter[str]()
        for name, path in folders.items():
            counts = normalise(project, [path], project.build / name, name)
            frames.append(read_table(project.build / name / "articles.parquet", contract))
            rejected.update(counts.by_rule)
    return pl.concat(frames), dict(sorted(rejected.items()))

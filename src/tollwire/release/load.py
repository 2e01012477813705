"""Load a release for machine learning: checked against its manifest first, from a folder or from the Hub."""

from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.problems import TollwireError
from tollwire.release.manifest import manifest_problems

if TYPE_CHECKING:
    import datasets


def load(name_or_path: str, version: str | None = None, config: str = "articles") -> "datasets.DatasetDict":
    """
    Load one table of a release, by default the articles with their spans.

    A folder is one version (``release/0.1.0``) or holds several, of which ``version`` names one. Anything else is the
    name of a dataset on the Hub, fetched at the tag of ``version``: ``load_dataset`` itself ignores the revision when
    it works offline (datasets, issue 7928).

    Raises:
        TollwireError: a file is missing or is not what was published.
    """
    import datasets

    folder = Path(name_or_path)
    if folder.is_dir():
        folder = folder / version if version and (folder / version).is_dir() else folder
    else:
        from huggingface_hub import snapshot_download

        revision = f"v{version}" if version else None
        folder = Path(snapshot_download(name_or_path, repo_type="dataset", revision=revision))
    if problems := manifest_problems(folder):
        raise TollwireError(problems)
    loaded: datasets.DatasetDict = datasets.load_dataset(str(folder), config)
    return loaded

"""Load a release for machine learning: checked against its manifest first, from a folder, a store or the Hub."""

from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.problems import Problem, TollwireError, UsageError
from tollwire.release.manifest import MANIFEST, manifest_problems, read_manifest
from tollwire.release.publish import SCHEME

if TYPE_CHECKING:
    import datasets


def load(name_or_path: str, version: str | None = None, config: str = "articles") -> "datasets.DatasetDict":
    """
    Load one table of a release, by default the articles with their spans.

    A folder is one version (``release/0.1.0``) or holds several, of which ``version`` names one; the same holds of an
    address such as ``s3://bucket/prefix``, from which it is fetched. Anything else is the name of a dataset on the
    Hub, fetched at the tag of ``version``, or found in the Hub's cache when there is no network: ``load_dataset``
    itself ignores the revision then (datasets, issue 7928).

    Raises:
        UsageError: there is no such folder or version.
        TollwireError: a file is missing or is not what was published; each one is named.
    """
    import datasets

    folder = _folder(name_or_path, version)
    if problems := manifest_problems(folder):
        raise TollwireError(problems)
    found = read_manifest(folder).get("version")
    if version is not None and found != version:
        fix = "leave the version out, or name the folder that holds it"
        raise UsageError(Problem(str(folder), "other-version", f"it holds {found}, not {version}", fix))
    loaded: datasets.DatasetDict = datasets.load_dataset(str(folder), config)
    return loaded


def _folder(name: str, version: str | None) -> Path:
    if SCHEME.match(name):
        from tollwire.release.store import fetch_release

        return fetch_release(name, version)
    folder = Path(name)
    if not folder.is_dir():
        return _from_hub(name, version)
    for part in (version, f"v{version}") if version else ():
        if (folder / part / MANIFEST).is_file():
            return folder / part
    return folder


def _from_hub(name: str, version: str | None) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        HFValidationError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    where = f"hf://datasets/{name}"
    try:
        return Path(snapshot_download(name, repo_type="dataset", revision=f"v{version}" if version else None))
    except (HFValidationError, RepositoryNotFoundError) as error:
        fix = "name a folder that is there, or a dataset as OWNER/NAME"
        raise UsageError(Problem(name, "no-such-dataset", "there is no such folder, nor dataset", fix)) from error
    except RevisionNotFoundError as error:
        what = f"it has no version {version}"
        raise UsageError(Problem(where, "no-such-version", what, "look at its tags on the Hub")) from error
    except LocalEntryNotFoundError as error:
        what = f"{version or 'it'} was not fetched before, and the Hub cannot be reached"
        raise TollwireError(Problem(where, "not-fetched", what, "load it once with a network")) from error

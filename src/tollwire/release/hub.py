"""
Publish to the Hugging Face Hub: one commit on the head that was seen, read back byte by byte, and the tag last.

A version is there when its tag is. ``push_to_hub`` and ``upload_folder`` make several commits, and a fault between two
of them leaves half a version; so neither is used.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from tollwire.problems import Problem, ServiceError, TollwireError
from tollwire.release.hub_client import Retries, client, is_conflict, is_stale, telling
from tollwire.release.manifest import MANIFEST, manifest_problems
from tollwire.release.publish import Plan, files_of, size_of, version_taken

if TYPE_CHECKING:
    from huggingface_hub import HfApi

KEPT = (".gitattributes",)  # files of the Hub's own
Result = TypeVar("Result")


class Hub:
    """A dataset on the Hub, by its owner and name; ``seconds`` are waited for each answer."""

    def __init__(
        self, name: str, retries: Retries | None = None, endpoint: str | None = None, seconds: float = 60
    ) -> None:
        self._name, self._where = name, f"hf://datasets/{name}"
        self._endpoint, self._seconds = endpoint, seconds
        self._retries = retries or Retries()

    def plan(self, release: Path, version: str) -> Plan:
        with telling(self._where), client(self._endpoint, self._seconds) as api:
            tagged = self._again(lambda: self._tagged(api, version))
            if tagged is not None:
                self._again(lambda: self._prove(api, release, version, tagged))
                return Plan(self._where, version, True)
            head = self._again(lambda: self._head(api))
            added, removed = self._again(lambda: self._changes(api, release, head))
        return Plan(self._where, version, False, tuple(added), tuple(removed), size_of(release, added), head)

    def publish(self, release: Path, plan: Plan, tell: Callable[[str], None]) -> str:
        version, head = plan.version, plan.head
        with telling(self._where), client(self._endpoint, self._seconds) as api:
            if head is None:
                self._again(lambda: api.create_repo(self._name, repo_type="dataset", exist_ok=True))
                head = self._again(lambda: self._head(api))
            commit = self._again(lambda: self._commit(api, release, version, head))
            tell(f"committed as {commit[:12]}")
            self._again(lambda: self._prove(api, release, version, commit))
            tell("every file was read back and is as it was built")
            self._again(lambda: self._tag(api, version, commit))
            if self._again(lambda: self._tagged(api, version)) != commit:
                raise version_taken(self._where, version)
        return f'tollwire.load("{self._name}", "{version}")'

    def _again(self, step: Callable[[], Result]) -> Result:
        return self._retries.run(step)

    def _head(self, api: "HfApi") -> str | None:
        """Give the commit that the main branch is at; None when there is no such dataset yet."""
        from huggingface_hub.errors import RepositoryNotFoundError

        try:
            return str(api.dataset_info(self._name).sha)
        except RepositoryNotFoundError:
            return None

    def _tagged(self, api: "HfApi", version: str) -> str | None:
        """Give the commit that the version's tag is at; None when there is no such tag."""
        from huggingface_hub.errors import RepositoryNotFoundError

        try:
            refs = api.list_repo_refs(self._name, repo_type="dataset")
        except RepositoryNotFoundError:
            return None
        return next((tag.target_commit for tag in refs.tags if tag.name == f"v{version}"), None)

    def _changes(self, api: "HfApi", release: Path, head: str | None) -> tuple[list[str], list[str]]:
        """List the files that have to be written and taken away, so that a commit holds this release and no other."""
        ours = {name: release / name for name in files_of(release)}
        there = {} if head is None else self._tree(api, head)
        added = [name for name, path in ours.items() if not _is_same(there.get(name), path)]
        return added, sorted(there.keys() - ours.keys() - set(KEPT))

    def _tree(self, api: "HfApi", commit: str) -> dict[str, Any]:
        from huggingface_hub.hf_api import RepoFile

        entries = api.list_repo_tree(self._name, recursive=True, revision=commit, repo_type="dataset")
        return {entry.path: entry for entry in entries if isinstance(entry, RepoFile)}

    def _commit(self, api: "HfApi", release: Path, version: str, seen: str | None) -> str:
        """Commit the release on the head that was seen; when that run's commit is the head already, give it."""
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete
        from huggingface_hub.errors import HfHubHTTPError

        head = self._head(api)
        added, removed = self._changes(api, release, head)
        if head is not None and not added and not removed:
            return head
        if head != seen:
            raise self._moved()
        operations: list[CommitOperationAdd | CommitOperationDelete] = [
            *(CommitOperationAdd(name, str(release / name)) for name in added),
            *(CommitOperationDelete(name) for name in removed),
        ]
        message = f"Version {version}"
        try:
            done = api.create_commit(
                self._name, operations, commit_message=message, repo_type="dataset", parent_commit=head
            )
        except HfHubHTTPError as error:
            if is_stale(error):
                raise self._moved() from error
            raise
        return str(done.oid)

    def _moved(self) -> TollwireError:
        what = "somebody else has committed to it meanwhile"
        return TollwireError(Problem(self._where, "head-moved", what, "look at what they did, then publish again"))

    def _prove(self, api: "HfApi", release: Path, version: str, commit: str) -> None:
        """Fetch every file of a commit and check it; the manifest has to be this release's own."""
        with TemporaryDirectory(prefix="tollwire-") as folder:
            fetched = Path(api.snapshot_download(self._name, repo_type="dataset", revision=commit, local_dir=folder))
            if (
                not (fetched / MANIFEST).is_file()
                or (fetched / MANIFEST).read_bytes() != (release / MANIFEST).read_bytes()
            ):
                raise version_taken(self._where, version)
            if problems := manifest_problems(fetched):
                raise ServiceError(problems)

    def _tag(self, api: "HfApi", version: str, commit: str) -> None:
        from huggingface_hub.errors import HfHubHTTPError

        try:
            api.create_tag(self._name, tag=f"v{version}", revision=commit, repo_type="dataset")
        except HfHubHTTPError as error:
            # The tag is there: ours, of which the answer was lost, or another's. Which one, is looked up next.
            if not is_conflict(error):
                raise


def _is_same(entry: Any, path: Path) -> bool:
    """Say whether a file of the Hub has the bytes of one here: by its SHA-256 where it is large, else as git has it."""
    import hashlib

    if entry is None or entry.size != path.stat().st_size:
        return False
    content = path.read_bytes()
    if entry.lfs is not None:
        return bool(entry.lfs.sha256 == hashlib.sha256(content).hexdigest())
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return bool(entry.blob_id == blob.hexdigest())

"""Publish to an object store through fsspec (``s3://bucket/prefix``): file by file, the manifest last."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from tollwire.contracts.whole_files import file_sha256
from tollwire.corpus.stores import find_store, store_failures
from tollwire.problems import Problem, ServiceError, UsageError
from tollwire.release.manifest import MANIFEST, read_manifest
from tollwire.release.publish import Plan, files_of, size_of, version_taken

CHUNK = 1 << 20  # bytes


class Store:
    """
    A place in an object store; a version is there as soon as its manifest is.

    Files that are as they should be are not sent again, so that a run that broke off is gone on with.
    """

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._files, self._root = find_store(self._address, "--to")

    def plan(self, release: Path, version: str) -> Plan:
        place = f"{self._root}/v{version}"
        where = f"{self._address}/v{version}"
        with self._told():
            self._files.invalidate_cache()
            there = self._files.exists(f"{place}/{MANIFEST}")
            if there and self._files.cat_file(f"{place}/{MANIFEST}") != (release / MANIFEST).read_bytes():
                raise version_taken(where, version)
            if there:
                self._prove(release, place)
                return Plan(where, version, True)
            names = [name for name in files_of(release) if not self._is_there(f"{place}/{name}", release / name)]
        return Plan(where, version, False, tuple(names), size=size_of(release, names))

    def publish(self, release: Path, plan: Plan, tell: Callable[[str], None]) -> str:
        place = f"{self._root}/v{plan.version}"
        with self._told():
            for name in plan.written[:-1]:  # the manifest waits until the others are proven
                self._files.put_file(str(release / name), f"{place}/{name}")
                tell(f"{name} is sent")
            self._prove(release, place)
            self._files.put_file(str(release / MANIFEST), f"{place}/{MANIFEST}")
            if self._files.cat_file(f"{place}/{MANIFEST}") != (release / MANIFEST).read_bytes():
                raise version_taken(f"{self._address}/v{plan.version}", plan.version)
        return f'tollwire.load("{self._address}", "{plan.version}")'

    def _is_there(self, path: str, file: Path) -> bool:
        if not self._files.exists(path) or self._files.size(path) != file.stat().st_size:
            return False
        return self._digest(path) == file_sha256(file)

    def _digest(self, path: str) -> str:
        digest = hashlib.sha256()
        with self._files.open(path, "rb") as opened:
            while chunk := opened.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def _prove(self, release: Path, place: str) -> None:
        self._files.invalidate_cache()
        for entry in read_manifest(release)["files"]:
            if self._digest(f"{place}/{entry['path']}") != entry["sha256"]:
                what = f"{entry['path']} came back with other bytes"
                raise ServiceError(Problem(self._address, "other-bytes", what, "publish again"))

    def fetch(self, folder: Path, version: str | None) -> None:
        """Fetch a version, or what is at the address itself, into a folder."""
        with self._told():
            place = (
                f"{self._root}/v{version}" if version and self._files.exists(f"{self._root}/v{version}") else self._root
            )
            if not self._files.exists(f"{place}/{MANIFEST}"):
                what = f"there is no version {version}" if version else "there is no manifest"
                raise UsageError(Problem(self._address, "no-such-version", what, "name another, or publish it"))
            # File by file as the manifest has them, whose paths stay in the folder; the store may hold others.
            self._files.get_file(f"{place}/{MANIFEST}", str(folder / MANIFEST))
            for name in files_of(folder)[:-1]:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                self._files.get_file(f"{place}/{name}", str(folder / name))

    def _told(self) -> AbstractContextManager[None]:
        return store_failures(self._address, "run it again")


def fetch_release(address: str, version: str | None) -> Path:
    """Fetch a release from a store into the cache of ``datasets``, once for each manifest. Returns its folder."""
    import datasets

    cache = Path(datasets.config.HF_DATASETS_CACHE) / "tollwire"
    cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache) as fetched:
        Store(address).fetch(Path(fetched), version)
        folder = cache / hashlib.sha256((Path(fetched) / MANIFEST).read_bytes()).hexdigest()
        if not folder.is_dir():
            Path(fetched).rename(folder)
            Path(fetched).mkdir()
    return folder

"""What a loopback Hub keeps: datasets as commits of files, small files as git blobs, large ones by LFS or Xet."""

import hashlib
import struct
import threading
import uuid
from dataclasses import dataclass
from pathlib import Path


class HubError(Exception):
    """An answer that refuses: its status, message and the Hub's own code."""

    def __init__(self, status: int, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.code = status, message, code


@dataclass(frozen=True)
class Entry:
    """One file of a commit; ``sha256`` and ``xet`` are those of a large one."""

    blob: str
    size: int
    sha256: str | None = None
    xet: str | None = None

    def described(self, path: str) -> dict:
        told = {"type": "file", "path": path, "oid": self.blob, "size": self.size}
        if self.sha256:
            told["lfs"] = {"oid": self.sha256, "size": self.size, "pointerSize": 130}
        return told | ({"xetHash": self.xet} if self.xet else {})


def _blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


class Repo:
    """One dataset: its commits, the head of main, and its tags."""

    def __init__(self, first: dict[str, Entry]) -> None:
        self.lock = threading.RLock()
        self.trees: dict[str, dict[str, Entry]] = {}
        self.messages: list[str] = []
        self.tags: dict[str, str] = {}
        self.head = ""
        self.commit(first, "initial commit")

    def commit(self, tree: dict[str, Entry], message: str) -> str:
        self.head = hashlib.sha1(uuid.uuid4().bytes, usedforsecurity=False).hexdigest()
        self.trees[self.head] = tree
        self.messages.append(message)
        return self.head

    def based_on(self, parent: str | None) -> dict[str, Entry]:
        if parent and parent != self.head:
            raise HubError(412, "A commit has happened since. Please refresh and try again.")
        return dict(self.trees[self.head])

    def revision(self, name: str) -> str:
        commit = self.head if name == "main" else self.tags.get(name, name)
        if commit not in self.trees:
            raise HubError(404, f"Invalid rev id: {name}", "RevisionNotFound")
        return commit

    def tree(self, revision: str) -> dict[str, Entry]:
        return self.trees[self.revision(revision)]


class Store:
    """All datasets of the Hub and the content of their files."""

    def __init__(self, folder: Path, has_xet: bool) -> None:
        self.has_xet, self.cas = has_xet, folder / "cas"
        self._lfs = folder / "lfs"
        for one in (self.cas, self._lfs):
            one.mkdir(parents=True, exist_ok=True)
        self._repos: dict[str, Repo] = {}
        self._blobs: dict[str, bytes] = {}

    def create(self, name: str) -> bool:
        """Make a dataset; False when it is there already."""
        if name in self._repos:
            return False
        self._repos[name] = Repo({".gitattributes": self.put(b"*.parquet filter=lfs diff=lfs merge=lfs -text\n")})
        return True

    def repo(self, name: str) -> Repo:
        if name not in self._repos:
            raise HubError(404, "Repository not found", "RepoNotFound")
        return self._repos[name]

    def put(self, content: bytes) -> Entry:
        self._blobs[_blob(content)] = content
        return Entry(_blob(content), len(content))

    def has_large(self, digest: str) -> bool:
        return (self._lfs / digest).exists()

    def put_large(self, digest: str, content: bytes) -> None:
        if hashlib.sha256(content).hexdigest() != digest:
            raise HubError(400, "the content has another digest")
        (self._lfs / digest).write_bytes(content)

    def large(self, digest: str, size: int | None) -> Entry:
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {size}\n"
        if self.has_large(digest):
            return Entry(_blob(pointer.encode()), (self._lfs / digest).stat().st_size, digest)
        xet = self._xet_hash(digest)
        if xet is None or size is None:
            raise HubError(400, f"LFS pointer pointed to a file that does not exist: {digest}")
        return Entry(_blob(pointer.encode()), size, digest, xet)

    def content(self, entry: Entry) -> bytes:
        if entry.sha256 is None:
            return self._blobs[entry.blob]
        path = self._lfs / entry.sha256
        if path.exists():
            return path.read_bytes()
        import hf_xet

        group = hf_xet.XetSession().new_file_download_group(endpoint=f"local://{self.cas}")
        fetched = self.cas.parent / uuid.uuid4().hex
        group.start_download_file(hf_xet.XetFileInfo(entry.xet, entry.size), str(fetched))
        group.wait_to_finish() if hasattr(group, "wait_to_finish") else group.finish()
        content = fetched.read_bytes()
        fetched.unlink()
        return content

    def _xet_hash(self, digest: str) -> str | None:
        """
        Look a file's Xet hash up by its SHA-256 in the shards of the content store.

        A shard's file section: a header of 48 bytes, then of each file its hash, flags and number of entries, the
        entries of 48 bytes, as many verification entries (flag 31) and one of metadata with the SHA-256 (flag 30).
        Hashes are four little-endian words.
        """
        wanted = _words_swapped(bytes.fromhex(digest))
        for path in self.cas.rglob("*.mdb"):
            shard = path.read_bytes()
            offset = 48
            while offset + 48 <= len(shard) and shard[offset : offset + 32] != b"\xff" * 32:
                flags, entries = struct.unpack_from("<II", shard, offset + 32)
                after = offset + 48 + 48 * entries * (2 if flags >> 31 & 1 else 1)
                if flags >> 30 & 1:
                    if shard[after : after + 32] == wanted:
                        return _words_swapped(shard[offset : offset + 32]).hex()
                    after += 48
                offset = after
        return None


def _words_swapped(digest: bytes) -> bytes:
    return b"".join(digest[place : place + 8][::-1] for place in range(0, 32, 8))

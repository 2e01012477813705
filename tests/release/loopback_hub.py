"""
A Hub on the loopback, for the real client to publish to and load from: a stand-in, for the Hub itself cannot run here.

It speaks the requests of huggingface_hub that publishing makes, with large files by LFS, or by Xet with the content
store in a folder. Faults are injected by the number of the request.
"""

import base64
import json
import re
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from hub_store import HubError, Repo, Store

LARGE = (".parquet",)  # what the Hub keeps as large files, by its .gitattributes
Fault = Callable[[int, str, str], str | None]


class LoopbackHub:
    """
    The server. ``fault`` is asked about each request (its number, method and path) and may name what goes wrong.

    ``error``: 503 before anything is done. ``drop``: the line breaks after half of what was sent. ``lost``: it is done,
    and the line breaks before the answer. ``slow``: no answer for ``patience`` seconds, then the line breaks.
    """

    def __init__(self, folder: Path, xet: bool = False, patience: float = 2) -> None:
        self.store = Store(folder, xet)
        self.fault: Fault = lambda number, method, path: None
        self.requests: list[tuple[str, str]] = []
        self.patience = patience
        self.token = "hf_loopback"
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "LoopbackHub":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def next_fault(self, method: str, path: str) -> str | None:
        with self._lock:
            number = len(self.requests)
            self.requests.append((method, path))
        return self.fault(number, method, path)


def _handler(hub: LoopbackHub) -> type[BaseHTTPRequestHandler]:
    class Handler(_Requests):
        pass

    Handler.hub = hub
    return Handler


class _Requests(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # an answer is sent as a whole
    hub: LoopbackHub

    def log_message(self, *args: object) -> None:
        """Be quiet."""

    def _any(self) -> None:
        fault = self.hub.next_fault(self.command, self.path)
        if fault in ("drop", "slow"):
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length // 2)
            if fault == "slow":
                time.sleep(self.hub.patience)
            self._break()
            return
        body = self._body()
        if fault == "error":
            self._send(503, {"error": "injected"})
            return
        try:
            answer = self._route(body)
        except HubError as error:
            headers = {"X-Error-Message": error.message} | ({"X-Error-Code": error.code} if error.code else {})
            answer = (error.status, {"error": error.message}, headers)
        if fault == "lost":
            self._break()
        else:
            self._send(*answer)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _any  # noqa: N815

    def _break(self) -> None:
        # With a linger of nothing the other side sees a reset, as of a line that broke.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()
        self.wfile = self.rfile  # nothing is flushed to a line that is gone

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _send(self, status: int, answer: object = None, headers: dict[str, object] | None = None) -> None:
        headers = headers or {}
        body = answer if isinstance(answer, bytes) else b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _route(self, body: bytes) -> tuple:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        is_write = self.command in ("POST", "PUT", "DELETE") and not path.startswith("/_lfs/")
        if is_write and self.headers.get("Authorization") != f"Bearer {self.hub.token}":
            raise HubError(401, "Invalid credentials in Authorization header")
        is_json = re.fullmatch(r"application/(.+\+)?json.*", self.headers.get("Content-Type") or "")
        given = json.loads(body) if is_json and body else {}
        for pattern, answer in ROUTES:
            if found := re.fullmatch(pattern, path):
                parts = [unquote(part or "") for part in found.groups()]
                return answer(self, given, body, query, *parts)
        raise HubError(404, f"no route {self.command} {path}")


def _login(self: _Requests, *_: object) -> tuple:
    return 200, {"type": "user", "name": "tester", "auth": {"type": "access_token"}}


def _valid(self: _Requests, *_: object) -> tuple:
    return 200, {"errors": [], "warnings": []}


def _create(self: _Requests, given: dict, body: bytes, query: dict) -> tuple:
    name = f"{given.get('organization') or 'tester'}/{given['name']}"
    is_new = self.hub.store.create(name)
    answer = {"url": f"{self.hub.url}/datasets/{name}", "id": name, "name": name}
    return (200, answer) if is_new else (409, {**answer, "error": "You already created this dataset repo"})


def _batch(self: _Requests, given: dict, body: bytes, query: dict, name: str) -> tuple:
    self.hub.store.repo(name)
    objects = []
    for one in given["objects"]:
        entry = {"oid": one["oid"], "size": one["size"]}
        if not self.hub.store.has_large(one["oid"]):
            entry["actions"] = {"upload": {"href": f"{self.hub.url}/_lfs/{one['oid']}"}}
        objects.append(entry)
    return 200, {"transfer": "basic", "objects": objects}, {"Content-Type": "application/vnd.git-lfs+json"}


def _large(self: _Requests, given: dict, body: bytes, query: dict, digest: str) -> tuple:
    self.hub.store.put_large(digest, body)
    return 200, {}


def _resolve(self: _Requests, given: dict, body: bytes, query: dict, name: str, revision: str, file: str) -> tuple:
    repo = self.hub.store.repo(name)
    commit = repo.revision(revision)
    entry = repo.trees[commit].get(file)
    if entry is None:
        raise HubError(404, "Entry not found", "EntryNotFound")
    headers: dict[str, object] = {"X-Repo-Commit": commit, "ETag": f'"{entry.sha256 or entry.blob}"'}
    headers["Accept-Ranges"] = "bytes"
    if entry.sha256:
        headers |= {"X-Linked-Etag": f'"{entry.sha256}"', "X-Linked-Size": entry.size}
    if entry.xet:
        auth = f"{self.hub.url}/api/datasets/{name}/xet-read-token/{commit}"
        headers |= {"X-Xet-Hash": entry.xet, "Link": f'<{auth}>; rel="xet-auth"'}
    if self.command == "HEAD":
        return 200, None, {**headers, "Content-Length": entry.size}
    content = self.hub.store.content(entry)
    if found := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or ""):
        first, last = int(found[1]), int(found[2] or len(content) - 1)
        headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
        return 206, content[first : last + 1], headers
    return 200, content, headers


def _info(self: _Requests, given: dict, body: bytes, query: dict, name: str, revision: str = "main") -> tuple:
    repo = self.hub.store.repo(name)
    commit = repo.revision(revision or "main")
    files = [{"rfilename": path} for path in sorted(repo.trees[commit])]
    dates = dict.fromkeys(("lastModified", "createdAt"), "2026-01-01T00:00:00.000Z")
    return 200, {"_id": "0", "id": name, "sha": commit, "private": False, "tags": [], "siblings": files, **dates}


def _preupload(self: _Requests, given: dict, body: bytes, query: dict, name: str, revision: str) -> tuple:
    tree = self.hub.store.repo(name).tree(revision)
    ignored = (given.get("gitIgnore") or "").split()
    files = []
    for one in given["files"]:
        path, entry = one["path"], tree.get(one["path"])
        mode = "lfs" if path.endswith(LARGE) or one["size"] > 10_000_000 else "regular"
        is_ignored = any(fnmatch(path, pattern) for pattern in ignored)
        oid = (entry.sha256 or entry.blob) if entry else None
        files.append({"path": path, "uploadMode": mode, "shouldIgnore": is_ignored, "oid": oid})
    return 200, {"files": files}


def _xet_token(self: _Requests, given: dict, body: bytes, query: dict, name: str, kind: str, revision: str) -> tuple:
    if not self.hub.store.has_xet:
        raise HubError(404, "xet is off")
    address, until = f"local://{self.hub.store.cas}", int(time.time()) + 3600
    headers = {"X-Xet-Cas-Url": address, "X-Xet-Access-Token": "t", "X-Xet-Token-Expiration": until}
    return 200, {"accessToken": "t", "exp": until, "casUrl": address}, headers


def _commit(self: _Requests, given: dict, body: bytes, query: dict, name: str, branch: str) -> tuple:
    lines = [json.loads(line) for line in body.splitlines() if line.strip()]
    header, *operations = [(line["key"], line["value"]) for line in lines]
    repo = self.hub.store.repo(name)
    with repo.lock:
        tree = repo.based_on(header[1].get("parentCommit"))
        for key, value in operations:
            if key == "file":
                tree[value["path"]] = self.hub.store.put(base64.b64decode(value["content"]))
            elif key == "lfsFile":
                tree[value["path"]] = self.hub.store.large(value["oid"], value.get("size"))
            elif tree.pop(value["path"], None) is None:
                raise HubError(404, "A file with this name doesn't exist", "EntryNotFound")
        commit = repo.commit(tree, header[1]["summary"])
    return 200, {"success": True, "commitOid": commit, "commitUrl": f"{self.hub.url}/datasets/{name}/commit/{commit}"}


def _tag(self: _Requests, given: dict, body: bytes, query: dict, name: str, revision: str) -> tuple:
    repo: Repo = self.hub.store.repo(name)
    with repo.lock:
        if given["tag"] in repo.tags:
            raise HubError(409, f"Tag reference exists already: refs/tags/{given['tag']}")
        repo.tags[given["tag"]] = repo.revision(revision)
    return 200, {}


def _refs(self: _Requests, given: dict, body: bytes, query: dict, name: str) -> tuple:
    repo = self.hub.store.repo(name)
    tags = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": at} for tag, at in repo.tags.items()]
    branches = [{"name": "main", "ref": "refs/heads/main", "targetCommit": repo.head}]
    return 200, {"branches": branches, "tags": tags, "converts": [], "pullRequests": []}


def _listing(self: _Requests, given: dict, body: bytes, query: dict, name: str, revision: str, folder: str) -> tuple:
    repo = self.hub.store.repo(name)
    prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""
    found = {path: one for path, one in repo.tree(revision).items() if path.startswith(prefix)}
    if prefix and not found:
        raise HubError(404, f"{folder} does not exist", "EntryNotFound")
    is_deep = query.get("recursive", ["false"])[0].lower() in ("true", "1")
    below = {prefix + path.removeprefix(prefix).split("/")[0] for path in found}
    if is_deep:
        below = {str(parent) for path in found for parent in Path(path).parents if str(parent) != "."} | set(found)
    described = [found[path].described(path) for path in sorted(below & found.keys())]
    folders = [{"type": "directory", "path": path, "oid": uuid.uuid4().hex, "size": 0} for path in below - found.keys()]
    return 200, [*folders, *described], {"X-Repo-Commit": repo.revision(revision)}


def _paths_info(self: _Requests, given: dict, body: bytes, query: dict, name: str, revision: str) -> tuple:
    wanted = given.get("paths") or parse_qs(body.decode()).get("paths", [])
    tree = self.hub.store.repo(name).tree(revision)
    return 200, [tree[path].described(path) for path in wanted if path in tree]


DATASET = "/api/datasets/([^/]+/[^/]+)"
ROUTES = [
    ("/api/whoami-v2", _login),
    ("/api/validate-yaml", _valid),
    ("/api/repos/create", _create),
    (r"/datasets/([^/]+/[^/]+?)\.git/info/lfs/objects/batch", _batch),
    ("/_lfs/([0-9a-f]{64})", _large),
    ("/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", _resolve),
    (DATASET, _info),
    (f"{DATASET}/revision/([^/]+)", _info),
    (f"{DATASET}/preupload/([^/]+)", _preupload),
    (f"{DATASET}/xet-(write|read)-token/([^/]+)", _xet_token),
    (f"{DATASET}/commit/([^/]+)", _commit),
    (f"{DATASET}/tag/([^/]+)", _tag),
    (f"{DATASET}/refs", _refs),
    (f"{DATASET}/tree/([^/]+)(/.*)?", _listing),
    (f"{DATASET}/paths-info/([^/]+)", _paths_info),
]

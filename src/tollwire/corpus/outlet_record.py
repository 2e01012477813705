"""Keep what was learnt of an outlet beside its source record, ``corpus/sources/<source_id>.outlet.json``."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from tollwire.contracts.strict import StrictModel, check_model
from tollwire.contracts.whole_files import written_aside
from tollwire.corpus.outlet import Outlet, common
from tollwire.corpus.page_keys import BODY_STEPS, HEAD, MIDDLE, TAIL, PageKeys
from tollwire.problems import Problem, TollwireError

VERSION = 1  # of the file; goes up whenever a line's hash would be another
PLACES = {"head": HEAD, "middle": MIDDLE, "tail": TAIL}

Hash = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
Number = Annotated[int, Field(ge=0)]  # of a hash in the file's list of them


class _Page(StrictModel):
    page: Hash
    story: list[Hash]
    head: list[Number]
    middle: list[Number]
    tail: list[Number]
    paths: list[Number]
    body: list[Annotated[int, Field(ge=0, le=BODY_STEPS)]]


class _Record(StrictModel):
    version: int
    lines: list[Hash]
    paths: list[Hash]
    pages: list[_Page]

    @field_validator("version")
    @classmethod
    def _version_is_ours(cls, version: int) -> int:
        if version != VERSION:
            raise ValueError(f"this program reads version {VERSION}; learn it again: tollwire normalise --learn")
        return version

    @field_validator("pages")
    @classmethod
    def _numbers_exist(cls, pages: list[_Page], info: ValidationInfo) -> list[_Page]:
        lines, paths = len(info.data.get("lines", ())), len(info.data.get("paths", ()))
        for page in pages:
            if max((*page.head, *page.middle, *page.tail), default=-1) >= lines:
                raise ValueError(f"page {page.page} names a line that is not in the list of {lines}")
            if max(page.paths, default=-1) >= paths or len(page.paths) != len(page.body):
                raise ValueError(f"page {page.page} does not give one share of body to each of its {paths} paths")
        return pages


def outlet_path(sources: Path, source_id: str) -> Path:
    """Say where the knowledge of an outlet is kept."""
    return sources / f"{source_id}.outlet.json"


def read_outlet(path: Path) -> Outlet:
    """
    Read what was learnt of an outlet.

    Raises:
        TollwireError: the file cannot be read, is no JSON, or is not as ``write_outlet`` writes it.
    """
    where = f"sources/{path.name}"
    try:
        value = json.loads(path.read_bytes())
    except OSError as error:
        fix = "check that it is there"
        raise TollwireError(Problem(where, "unreadable-file", error.strerror or str(error), fix)) from error
    except (ValueError, RecursionError) as error:
        fix = "delete it and learn it again: tollwire normalise --learn"
        raise TollwireError(Problem(where, "broken-json", f"not JSON: {error}", fix)) from error
    if not isinstance(value, dict):
        raise TollwireError(Problem(where, "broken-json", "not a JSON object", "delete it and learn it again"))
    record = check_model(value, _Record, where)
    lines = [int(key, 16) for key in record.lines]
    paths = [int(key, 16) for key in record.paths]
    return Outlet({int(page.page, 16): _keys(page, lines, paths) for page in record.pages})


def known_outlet(path: Path) -> Outlet | None:
    """Give what is known of an outlet, None where nothing is. A file is read once, and again when it has changed."""
    try:
        state = path.stat()
    except OSError:
        return None
    return _read_once(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _read_once(path: Path, changed_ns: int, size: int) -> Outlet:
    return read_outlet(path)


def write_outlet(outlet: Outlet, path: Path) -> None:
    """Write what was learnt of an outlet, beside its place first, so that no half file is ever seen."""
    with written_aside(path) as aside:
        aside.write_bytes(outlet_bytes(outlet))


def outlet_bytes(outlet: Outlet) -> bytes:
    """
    Write down what was learnt of an outlet, as JSON.

    Lines and paths that only one story has are left out. The same knowledge gives the same bytes.
    """
    learnt = common(outlet).learnt
    pages = [learnt[page] for page in sorted(learnt)]
    lines = sorted({key for page in pages for key in page.lines})
    paths = sorted({key for page in pages for key in page.paths})
    head = {"version": VERSION, "lines": [f"{key:016x}" for key in lines], "paths": [f"{key:016x}" for key in paths]}
    body = ",\n".join(_line(_page(page, lines, paths)) for page in pages)
    text = f'{_line(head)[:-1]},"pages":[\n{body}\n]}}\n'
    return text.encode("ascii")


def _keys(page: _Page, lines: Sequence[int], paths: Sequence[int]) -> PageKeys:
    stands: dict[int, int] = {}
    for name, place in PLACES.items():
        for number in getattr(page, name):
            stands[lines[number]] = stands.get(lines[number], 0) | place
    body = {paths[number]: tenths for number, tenths in zip(page.paths, page.body, strict=True)}
    return PageKeys(int(page.page, 16), frozenset(int(key, 16) for key in page.story), stands, body)


def _page(page: PageKeys, lines: Sequence[int], paths: Sequence[int]) -> dict[str, object]:
    places = {
        name: [number for number, key in enumerate(lines) if page.lines.get(key, 0) & place]
        for name, place in PLACES.items()
    }
    numbers = [number for number, key in enumerate(paths) if key in page.paths]
    return {
        "page": f"{page.page:016x}",
        "story": sorted(f"{key:016x}" for key in page.story),
        **places,
        "paths": numbers,
        "body": [page.paths[paths[number]] for number in numbers],
    }


def _line(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))

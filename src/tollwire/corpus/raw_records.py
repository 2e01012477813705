"""Which raw records a run reads: the paths that it was given, each with its source and its place in ``raw_uri``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from tollwire.contracts.records import Rejection
from tollwire.corpus.page import RawPage
from tollwire.corpus.raw_files import RawFile, file_uri, find_again, find_files, find_stored_files
from tollwire.corpus.readers import read_file
from tollwire.corpus.sources import Source, find_source
from tollwire.corpus.stores import is_address
from tollwire.problems import Problem, UsageError
from tollwire.project import Project


@dataclass(frozen=True, slots=True)
class Part:
    """
    A file or folder whose raw records are all of one source; ``base`` heads their ``raw_uri``.

    ``place`` is a path of this machine, or an address of fsspec.
    """

    place: str
    base: str
    source: Source

    def files(self) -> Iterator[RawFile | Rejection]:
        """
        List the files, as often as it is asked, always in the same order.

        Raises:
            UsageError: there is nothing at an address, or no library that could read it.
            ServiceError: the store cannot be reached.
        """
        if is_address(self.place):
            return find_stored_files(self.place, self.base)
        return find_files(Path(self.place), self.base)

    def files_again(self, listed: Iterable[tuple[str, int]]) -> Iterator[RawFile | Rejection]:
        """
        Give files once more whose ``raw_uri`` and size ``files`` gave before, those of this machine without a listing.

        Raises:
            UsageError, ServiceError: as ``files`` does.
        """
        if is_address(self.place):
            wanted = {raw_uri for raw_uri, _ in listed}
            return (one for one in self.files() if one.raw_uri in wanted)
        return (find_again(Path(self.place), self.base, raw_uri, size) for raw_uri, size in listed)

    def read(self) -> Iterator[RawPage | Rejection]:
        """Read all raw records."""
        for file in self.files():
            if isinstance(file, Rejection):
                yield file
            else:
                yield from read_file(file, self.source.fields)


def find_parts(project: Project, paths: Sequence[str | Path], source_id: str | None) -> list[Part]:
    """
    Tell what is to be read, in an order that does not hang on how the paths were given.

    Without a ``source_id`` each page belongs to the source whose folder in ``corpus/raw`` it is in.

    Raises:
        UsageError: a path does not exist, a source is not known or cannot be told.
        TollwireError: a source record has mistakes.
    """
    raw = project.raw.resolve()
    named: dict[str, str] = {}
    for path in map(str, paths):
        for place in _by_source(path, raw, source_id):
            named[place] = source_id or Path(place).relative_to(raw).parts[0]
    places = sorted(named)
    sources = {name: find_source(project.sources, name) for name in dict.fromkeys(named.values())}
    bases = _bases(places, raw)
    return [Part(place, base, sources[named[place]]) for place, base in zip(places, bases, strict=True)]


def _by_source(path: str, raw: Path, source_id: str | None) -> list[str]:
    """Split ``corpus/raw`` itself into the folders of its sources; every other path stays whole."""
    if is_address(path):
        if source_id:
            return [path.rstrip("/")]
    elif not Path(path).exists():
        raise UsageError(Problem(path, "no-such-path", "there is no such file or folder", "check the path"))
    else:
        place = Path(path).resolve()
        if place == raw and not source_id:
            return [str(one) for one in raw.iterdir() if not one.name.startswith(".")]
        if source_id or place.is_relative_to(raw):
            return [str(place)]
    fix = "name one with --source, or put the pages into corpus/raw/<source_id>/"
    raise UsageError(Problem(path, "which-source", "it cannot be told which source these pages come from", fix))


def _bases(places: Sequence[str], raw: Path) -> list[str]:
    """
    Name the places as ``raw_uri`` does, without the machine's own folders.

    A path in corpus/raw is named from there; the others by as many of their last parts as tell them apart.
    """
    depth = 1
    while True:
        bases = [_base(place, raw, depth) for place in places]
        if len(set(bases)) == len(places):
            return bases
        depth += 1


def _base(place: str, raw: Path, depth: int) -> str:
    if is_address(place):
        return quote(str(PurePosixPath(*PurePosixPath(place.split("://", 1)[1]).parts[-depth:])))
    path = Path(place)
    return file_uri(path.relative_to(raw) if path.is_relative_to(raw) and path != raw else Path(*path.parts[-depth:]))

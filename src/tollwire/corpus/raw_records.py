"""Which raw records a run reads: the paths that it was given, each with its source and its place in ``raw_uri``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tollwire.contracts.records import Rejection
from tollwire.corpus.page import RawPage
from tollwire.corpus.readers import file_uri, read_file, read_folder
from tollwire.corpus.sources import Source, find_source
from tollwire.problems import Problem, UsageError
from tollwire.project import Project


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder whose raw records are all of one source; ``base`` heads their ``raw_uri``."""

    path: Path
    base: str
    source: Source

    def read(self) -> Iterator[RawPage | Rejection]:
        """Read the raw records, as often as it is asked."""
        if self.path.is_dir():
            return read_folder(self.path, self.base, self.source.fields)
        return read_file(self.path, self.base, self.path.parent, self.source.fields)


def find_parts(project: Project, paths: Sequence[Path], source_id: str | None) -> list[Part]:
    """
    Tell what is to be read, in an order that does not hang on how the paths were given.

    Without a ``source_id`` each page belongs to the source whose folder in ``corpus/raw`` it is in.

    Raises:
        UsageError: a path does not exist, a source is not known or cannot be told.
        TollwireError: a source record has mistakes.
    """
    parts: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(Problem(str(path), "no-such-path", "there is no such file or folder", "check the path"))
        parts += [part for part in _by_source(project, path.resolve(), source_id) if part not in parts]
    parts.sort()
    raw = project.raw.resolve()
    names = [source_id or part.relative_to(raw).parts[0] for part in parts]
    sources = {name: find_source(project.sources, name) for name in dict.fromkeys(names)}
    return [Part(*one) for one in zip(parts, _bases(parts, raw), map(sources.__getitem__, names), strict=True)]


def _by_source(project: Project, path: Path, source_id: str | None) -> list[Path]:
    """Split ``corpus/raw`` itself into the folders of its sources; every other path stays whole."""
    raw = project.raw.resolve()
    if source_id:
        return [path]
    if path == raw:
        return sorted(one for one in raw.iterdir() if not one.name.startswith("."))
    if path.is_relative_to(raw):
        return [path]
    fix = "name one with --source, or put the pages into corpus/raw/<source_id>/"
    raise UsageError(Problem(str(path), "which-source", "it cannot be told which source these pages come from", fix))


def _bases(parts: Sequence[Path], raw: Path) -> list[str]:
    """
    Name the paths as ``raw_uri`` does, without the machine's own folders.

    A path in corpus/raw is named from there; the others by as many of their last parts as tell them apart.
    """
    depth = 1
    while True:
        bases = [
            file_uri(part.relative_to(raw) if part.is_relative_to(raw) and part != raw else Path(*part.parts[-depth:]))
            for part in parts
        ]
        if len(set(bases)) == len(parts):
            return bases
        depth += 1

"""Normalise folders of pages into the tables articles and rejected: every raw record ends in exactly one of the two."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.records import Article, Rejection
from tollwire.contracts.tables import make_frame, table_rows, write_table
from tollwire.corpus.clusters import cluster
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.readers import file_uri, read_file, read_folder
from tollwire.corpus.sources import Source, find_source
from tollwire.problems import Problem, UsageError
from tollwire.project import Project


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the raw records: ``records`` in, ``articles`` and ``rejected`` out, the latter also by rule."""

    records: int
    articles: int
    rejected: int
    by_rule: dict[str, int]


def normalise(
    project: Project,
    paths: Sequence[Path],
    out: Path,
    source_id: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Counts:
    """
    Normalise pages and write ``articles.parquet`` and ``rejected.parquet`` into ``out``.

    Without a ``source_id`` each page belongs to the source whose folder in ``corpus/raw`` it is in.
    ``progress`` is called with the number of records done so far.

    Raises:
        UsageError: a path does not exist, a source is not known or cannot be told.
        TollwireError: a source record or a contract has mistakes.
    """
    contracts = read_contracts(project.schemas)
    articles: dict[str, Article] = {}
    rejections: list[Rejection] = []
    for done, (page, source) in enumerate(_pages(project, paths, source_id), start=1):
        outcome = page if isinstance(page, Rejection) else normalise_record(page, source)
        if isinstance(outcome, Article) and outcome.article_id not in articles:
            articles[outcome.article_id] = outcome
        else:
            rejections.append(_twice(page, outcome, articles) if isinstance(outcome, Article) else outcome)
        progress(done)
    clustered = cluster(list(articles.values()))
    for table, rows in (("articles", table_rows(clustered)), ("rejected", table_rows(rejections))):
        frame = make_frame(rows, contracts[table])
        write_table(frame, contracts[table], contracts.labels, out / f"{table}.parquet")
    by_rule = Counter(rejection.rule for rejection in rejections)
    return Counts(len(articles) + len(rejections), len(articles), len(rejections), dict(sorted(by_rule.items())))


def _twice(page: RawPage | Rejection, again: Article, articles: dict[str, Article]) -> Rejection:
    detail = f"the same page as {articles[again.article_id].raw_uri}: article {again.article_id}"
    return Rejection(page.raw_uri, page.record, "duplicate-page", detail, again.raw_sha256)


def _pages(
    project: Project, paths: Sequence[Path], source_id: str | None
) -> Iterator[tuple[RawPage | Rejection, Source]]:
    """Read the raw records of all paths, each with its source; what can be wrong with a path is checked first."""
    parts: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(Problem(str(path), "no-such-path", "there is no such file or folder", "check the path"))
        parts += [part for part in _by_source(project, path.resolve(), source_id) if part not in parts]
    # Of a page that is there twice the first is kept; which one that is must not hang on how the paths were given.
    parts.sort()
    raw = project.raw.resolve()
    sources = [find_source(project.sources, source_id or part.relative_to(raw).parts[0]) for part in parts]
    for part, base, source in zip(parts, _bases(parts, raw), sources, strict=True):
        records = read_folder(part, base) if part.is_dir() else read_file(part, base, part.parent)
        for record in records:
            yield record, source


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

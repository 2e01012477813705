"""Normalise folders of pages into the tables articles and rejected: every raw record ends in exactly one of the two."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.records import Article, Rejection
from tollwire.contracts.tables import make_frame, table_rows, write_table
from tollwire.corpus.clusters import cluster
from tollwire.corpus.learning import learn_outlets
from tollwire.corpus.outlet_record import known_outlet, outlet_path, write_outlet
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.raw_records import Part, find_parts
from tollwire.corpus.sources import Source
from tollwire.corpus.workers import Workers
from tollwire.problems import Problem, TollwireError, shown
from tollwire.project import Project


@dataclass(frozen=True, slots=True)
class Counts:
    """
    What became of the raw records: ``records`` in, ``articles`` and ``rejected`` out, the latter also by rule.

    ``learnt`` says of the outlets whose knowledge was saved from how many pages that is.
    """

    records: int
    articles: int
    rejected: int
    by_rule: dict[str, int]
    learnt: dict[str, int] = field(default_factory=dict)


def normalise(
    project: Project,
    paths: Sequence[Path],
    out: Path,
    source_id: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
    workers: int = 1,
    learn: bool = False,
) -> Counts:
    """
    Normalise pages and write ``articles.parquet`` and ``rejected.parquet`` into ``out``.

    Without a ``source_id`` each page belongs to the source whose folder in ``corpus/raw`` it is in. What an outlet
    puts on all its pages is learnt from the pages of this run, and from what was saved of it before; with ``learn`` it
    is saved. ``progress`` is called with the number of records done so far. The tables are the same whatever the
    order of the paths and the number of ``workers``, the processes that share the work.

    Raises:
        UsageError: a path does not exist, a source is not known or cannot be told.
        TollwireError: a source record, what was saved of its outlet, or a contract has mistakes.
    """
    contracts = read_contracts(project.schemas)
    parts = find_parts(project, paths, source_id)
    outcomes: list[_Outcome] = []
    with Workers(workers) as pool, TemporaryDirectory(prefix="tollwire-") as folder:
        outlets = learn_outlets(parts, project.sources, pool)
        # Through files, so that a process reads an outlet once and not with each of its pages.
        for name, outlet in outlets.items():
            write_outlet(outlet, outlet_path(Path(folder), name))
        for done, outcome in enumerate(pool.map(_normalise, _tasks(parts, Path(folder))), start=1):
            if isinstance(outcome.result, Problem):
                raise TollwireError(outcome.result)
            outcomes.append(outcome)
            progress(done)
    articles, rejections = _told_apart(outcomes)
    clustered = cluster(list(articles.values()))
    for table, rows in (("articles", table_rows(clustered)), ("rejected", table_rows(rejections))):
        frame = make_frame(rows, contracts[table])
        write_table(frame, contracts[table], contracts.labels, out / f"{table}.parquet")
    if learn:
        for name, outlet in outlets.items():
            write_outlet(outlet, outlet_path(project.sources, name))
    by_rule = dict(sorted(Counter(rejection.rule for rejection in rejections).items()))
    learnt = {name: outlet.pages for name, outlet in outlets.items()} if learn else {}
    return Counts(len(outcomes), len(articles), len(rejections), by_rule, learnt)


@dataclass(frozen=True, slots=True)
class _Task:
    page: RawPage | Rejection
    source: Source
    outlet: Path


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a raw record became, or what went wrong with the program on it."""

    raw_uri: str
    record: int
    result: Article | Rejection | Problem


def _tasks(parts: Sequence[Part], outlets: Path) -> Iterator[_Task]:
    for part in parts:
        for page in part.read():
            yield _Task(page, part.source, outlet_path(outlets, part.source.source_id))


def _normalise(task: _Task) -> _Outcome:
    page = task.page
    result: Article | Rejection | Problem
    try:
        result = page if isinstance(page, Rejection) else normalise_record(page, task.source, known_outlet(task.outlet))
    except Exception as error:  # whatever it is, it has to be told with the page that it came of
        what = f"the program failed on record {page.record}: {type(error).__name__}: {shown(str(error), 200)}"
        result = Problem(
            page.raw_uri, "internal-error", what, "report it with the page; without the page the run works"
        )
    return _Outcome(page.raw_uri, page.record, result)


def _told_apart(outcomes: Sequence[_Outcome]) -> tuple[dict[str, Article], list[Rejection]]:
    """Part articles from rejections; of pages that are the same article the first by its ``raw_uri`` is kept."""
    articles: dict[str, Article] = {}
    rejections: list[Rejection] = []
    for outcome in sorted(outcomes, key=lambda outcome: (outcome.raw_uri, outcome.record)):
        result = outcome.result
        if isinstance(result, Rejection):
            rejections.append(result)
        elif isinstance(result, Article) and (first := articles.setdefault(result.article_id, result)) is not result:
            detail = f"the same page as {first.raw_uri}: article {first.article_id}"
            rejections.append(Rejection(outcome.raw_uri, outcome.record, "duplicate-page", detail, result.raw_sha256))
    return articles, rejections

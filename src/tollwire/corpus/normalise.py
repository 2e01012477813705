"""Normalise pages into the tables articles and rejected: every raw record ends in exactly one of the two."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Protocol

from tollwire.contracts.contract import read_contracts
from tollwire.contracts.forms import arrow_schema
from tollwire.corpus.engine import Engine, Here
from tollwire.corpus.finished_run import FinishedRun, circumstances_of
from tollwire.corpus.gathering import gather
from tollwire.corpus.known_files import keep_files, known_files
from tollwire.corpus.latest_table import LatestTable
from tollwire.corpus.learning import learn_outlets
from tollwire.corpus.likeness import find_clusters
from tollwire.corpus.outlet import Outlet
from tollwire.corpus.outlet_record import outlet_path, write_outlet
from tollwire.corpus.page_work import NormalisePages
from tollwire.corpus.raw_records import Part, find_parts
from tollwire.corpus.raw_tables import to_tables
from tollwire.corpus.reading_again import read_again
from tollwire.corpus.run_record import RunRecord
from tollwire.corpus.stock import Stock
from tollwire.corpus.survey import Survey, survey
from tollwire.corpus.writing import write_articles, write_rejected
from tollwire.problems import Problem, TollwireError
from tollwire.project import Project

if TYPE_CHECKING:
    import pyarrow as pa

SHARDS = ".shards"  # in the folder of the tables: what the next run, or this one when it is stopped, goes on from


class Tell(Protocol):
    """Is told how far a run is."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Take the stage, how much of it is done, and of how much if that is known."""
        ...


def _quiet(stage: str, done: int, total: int | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Counts:
    """
    What became of the raw records: ``records`` in, ``articles`` and ``rejected`` out, the latter also by rule.

    ``kept`` are the records of which an earlier run had found what becomes of them. ``learnt`` says of the outlets
    whose knowledge was saved from how many pages that is.
    """

    records: int
    articles: int
    rejected: int
    by_rule: dict[str, int]
    kept: int = 0
    learnt: dict[str, int] = field(default_factory=dict)


def normalise(
    project: Project,
    paths: Sequence[str | Path],
    out: Path,
    source_id: str | None = None,
    tell: Tell = _quiet,
    engine: Engine | None = None,
    learn: bool = False,
    fresh: bool = False,
    verify: bool = False,
) -> Counts:
    """
    Normalise pages and write ``articles.parquet``, ``rejected.parquet`` and ``run.json`` into ``out``.

    ``paths`` are of this machine, or addresses of fsspec. Without a ``source_id`` each page belongs to the source whose
    folder in ``corpus/raw`` it is in. What an outlet puts on all its pages is learnt from the pages of this run, and
    from what was saved of it before; with ``learn`` it is saved.

    What becomes of each record is kept in ``out``. A run that was stopped, by whatever, is gone on with when it is
    started again; one over more pages does only what is new; a ``fresh`` one forgets all that. A file that has the
    size, times and number that it had is not read again, unless the run is to ``verify`` that its bytes are the same.
    The tables are the same bytes whatever the order of the paths, the ``engine`` (none: this process), and how often
    the run was stopped.

    ``tell`` is called with the stage, how much of it is done, and of how much if that is known.

    Raises:
        UsageError: a path does not exist, a source is not known or cannot be told.
        ServiceError: a store that pages are in fails.
        TollwireError: a source record, what was saved of its outlet, or a contract has mistakes; a file was changed
            while it was read; another run writes there.
    """
    contracts = read_contracts(project.schemas)
    parts = find_parts(project, paths, source_id)
    engine = engine or Here()
    kept = out / SHARDS
    with _alone(kept):
        if fresh:
            rmtree(kept)
            kept.mkdir()
        run = RunRecord(out / "run.json", [part.base for part in parts])
        run.write("running")
        with run.timed("reading"):
            known = known_files(kept)
            surveyed = survey(parts, partial(tell, "reading", total=None), None if verify else known)
            is_known = keep_files(kept, surveyed.tables, known)
            circumstances = circumstances_of(parts, contracts, project.sources)
            finished = FinishedRun(out, kept, circumstances)
            result = finished.result() if is_known and not learn else None
        if result is not None:
            run.write("finished", **result)
            return Counts(**{**result["counts"], "kept": surveyed.records.num_rows, "learnt": {}})
        with run.timed("learning"):
            outlets = learn_outlets(parts, surveyed, project.sources, kept, engine)
        articles = arrow_schema(contracts["articles"]).remove_metadata()
        with run.timed("normalising"):
            stock = Stock(kept, parts, surveyed, outlets, articles)
            _normalise(parts, surveyed, outlets, articles, stock, engine, tell)
        with run.timed("comparing"):
            shards, places = stock.places()
            gathered = gather(surveyed, shards, places)
            total = len(gathered.ids)
            clusters = find_clusters(shards, gathered, engine, kept, partial(tell, "comparing", total=total))
        with run.timed("writing"):
            latest = LatestTable(out / "articles.parquet", kept, circumstances)
            tell_written = partial(tell, "writing", total=total)
            write_articles(latest, contracts, surveyed, shards, gathered, clusters, tell_written)
            by_rule = write_rejected(out, contracts, gathered.rejected)
        stock.discard_all_but([shards[number] for number in set(places[:, 0].tolist())])
        if learn:
            for name, outlet in outlets.items():
                write_outlet(outlet, outlet_path(project.sources, name))
        learnt = {name: outlet.pages for name, outlet in outlets.items()} if learn else {}
        rejected = gathered.rejected.num_rows
        counts = Counts(surveyed.total, total, rejected, by_rule, stock.kept, learnt)
        result = {"counts": asdict(counts), "outlets": {name: one.pages for name, one in outlets.items()}}
        finished.keep(result, by_rule)
        run.write("finished", **result)
    return counts


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other run write in the same folder; the lock goes with the process, however it ends."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=0):
            yield
    except Timeout as error:
        what = "another run writes there"
        raise TollwireError(Problem(str(folder.parent), "run-going-on", what, "wait, or name another --out")) from error


def _normalise(
    parts: Sequence[Part],
    surveyed: Survey,
    outlets: Mapping[str, Outlet],
    articles: "pa.Schema",
    stock: Stock,
    engine: Engine,
    tell: Tell,
) -> None:
    """Normalise what no shard has yet, source by source."""
    done, total = 0, int(stock.missing.sum())
    for name, source in {part.source.source_id: part.source for part in parts}.items():
        records = ((key, page) for _, key, page in read_again(parts, surveyed, stock.missing_of(name)))
        work = NormalisePages(source, outlets.get(name), articles)
        for rows in stock.shelves[name].write(engine.map(work, to_tables(records))):
            done += rows
            tell("normalising", done, total)

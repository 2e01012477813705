"""Commands about pages and articles: normalise, suggest, show, check."""

import sys
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollwire.cli.app import app, project_of, stages
from tollwire.cli.inputs import CorpusFolder, read_corpus, releases_of
from tollwire.problems import Problem, TollwireError, UsageError

if TYPE_CHECKING:
    from tollwire.contracts.records import Casualty
    from tollwire.corpus.ray_engine import RayEngine
    from tollwire.corpus.workers import Workers
    from tollwire.figures.tolls import Toll


class EngineName(StrEnum):
    """What can do the work of normalising."""

    LOCAL = "local"
    RAY = "ray"


@app.command(epilog="Example: tollwire init my-corpus")
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")]) -> None:
    """Make a new project for a corpus of your own."""
    from tollwire.project import make_project

    project = make_project(folder)
    print(f"{project.root}: put a record into corpus/sources/ and its pages into corpus/raw/<source_id>/, then")
    print(f"tollwire --project {folder} normalise {folder}/corpus/raw")


@app.command(epilog="Example: tollwire normalise corpus/raw --out build/corpus")
def normalise(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Folders or files of raw pages, or addresses such as s3://..."),
    ],
    source: Annotated[
        str | None,
        typer.Option(help="Source record of all these pages; by default told by their folder in corpus/raw."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for articles.parquet and rejected.parquet.", show_default="build/corpus")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that share the work.", show_default="one for each core")
    ] = None,
    learn: Annotated[
        bool, typer.Option("--learn", help="Save what the pages teach of their outlets, in corpus/sources.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Write nothing; print each page line by line, kept or dropped, and why.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Do everything again, also what an earlier run has done.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read all files again, also those whose size and times are as they were.")
    ] = False,
    page_seconds: Annotated[
        float, typer.Option(min=1, help="After so long a page is given up and rejected as too-slow.")
    ] = 30,
    engine: Annotated[
        EngineName, typer.Option(help="What does the work: processes of this machine, or a Ray cluster.")
    ] = EngineName.LOCAL,
    ray_address: Annotated[
        str | None,
        typer.Option(
            help="Of a Ray cluster whose nodes have this version of tollwire.", show_default="one of this machine"
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when any record was rejected.")] = False,
) -> None:
    """
    Turn raw pages into articles; every page ends in a table, rejected ones with the rule that says why.

    A run that was stopped goes on where it was when it is started again; what was done before is not done again.
    """
    from tollwire.corpus.normalise import normalise as run

    project = project_of(context)
    if explain:
        from tollwire.cli.explaining import print_explained

        print_explained(project, sources, source)
        return
    with stages() as tell, _started(engine, ray_address, workers, page_seconds) as started:
        counts = run(project, sources, out or project.normalised, source, tell, started, learn, fresh, verify)
    kept = f", {counts.kept} of them known from an earlier run" if counts.kept else ""
    print(f"{counts.records} in, {counts.articles} articles, {counts.rejected} rejected{kept}")
    for rule, count in counts.by_rule.items():
        print(f"  {count} [{rule}]")
    for name, pages in counts.learnt.items():
        print(f"corpus/sources/{name}.outlet.json: learnt from {pages} pages")
    if strict and counts.rejected:
        raise typer.Exit(1)


def _started(
    engine: EngineName, ray_address: str | None, workers: int | None, page_seconds: float
) -> "Workers | RayEngine":
    from tollwire.corpus.workers import Workers, count_cores

    if engine is EngineName.LOCAL and ray_address is None:
        return Workers(workers or count_cores(), page_seconds)
    from tollwire.corpus.ray_engine import RayEngine

    return RayEngine(ray_address, page_seconds, workers)


@app.command(epilog='Example: echo "Gunmen killed at least nine people." | tollwire suggest -')
def suggest(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A text file, or - for standard input.")],
    language: Annotated[str, typer.Option(help="Language of the text (BCP 47).")] = "en",
    profile: Annotated[str, typer.Option(help="Rule book for vague words in the toll: acled or isaf_aan.")] = "acled",
) -> None:
    """Show the casualty figures and actors that the machine finds in a text, and what the figures add up to."""
    from tollwire.corpus.charset import decode
    from tollwire.corpus.clean import clean_line, split_lines
    from tollwire.corpus.extract import NoArticle
    from tollwire.figures.suggest import suggest as run
    from tollwire.figures.tolls import document_toll

    if path != "-" and not Path(path).is_file():
        raise UsageError(Problem(path, "no-such-path", "there is no such file", "check the path"))
    raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    try:
        lines = split_lines(decode(raw, "text"))
    except NoArticle as reason:
        raise TollwireError(Problem(path, reason.rule, reason.detail, "give a text file")) from reason
    text = "\n\n".join(line for part in lines if (line := clean_line(part)))
    found = run(text, None, language)
    for figure in found.casualties:
        print(f"{figure.start}-{figure.end}\t{figure.surface}\t{figure.harm}\t{figure.bound}\t{_bounds(figure)}")
    for actor in found.actors:
        print(f"{actor.start}-{actor.end}\t{actor.surface}\t{actor.role}\t{actor.kind or ''}\t{actor.name or ''}")
    for harm, toll in document_toll(found.casualties, found.relations, profile).items():
        print(f"toll\t{harm}\t{_bounds(toll)}{' contested' if toll.is_contested else ''}")


def _bounds(one: "Casualty | Toll") -> str:
    names = ("low", "best", "high")
    return " ".join(f"{name} {value}" for name in names if (value := getattr(one, name)) is not None)


@app.command(epilog="Example: tollwire show 1f0c")
def show(
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="An article_id, or how it begins; or words of a title.")],
    corpus: CorpusFolder = None,
    release: Annotated[
        str | None,
        typer.Option(help="Show the gold of a release: its folder, or a version in release/.", metavar="DIR"),
    ] = None,
) -> None:
    """Show one article as a labeller reads it, in colour: what the machine suggests, or the gold of a release."""
    from tollwire.cli.showing import print_gold, print_suggested

    if release is None:
        print_suggested(*read_corpus(project_of(context), corpus), article)
        return
    if corpus is not None:
        what = "a release has articles of its own"
        raise UsageError(Problem("--corpus", "two-inputs", what, "name either a release or the folder of a corpus"))
    from tollwire.release.reading import find_release

    print_gold(find_release(releases_of(context), release), article)


@app.command(epilog="Example: tollwire check")
def check(context: typer.Context) -> None:
    """Check what people write by hand: contracts, source records, interface, batches and their logs."""
    from tollwire.annotations.batches import adjudication_path, find_batch, log_path
    from tollwire.annotations.interface import interface_problems
    from tollwire.annotations.log import read_log
    from tollwire.contracts.contract import read_contracts
    from tollwire.corpus.outlet_record import read_outlet
    from tollwire.corpus.sources import read_source
    from tollwire.release.splits import read_splits
    from tollwire.release.standoff import read_standoff
    from tollwire.release.withdrawn import read_withdrawn

    project = project_of(context)
    contracts = read_contracts(project.schemas)
    batches = [path.name for path in sorted(project.batches.glob("[0-9]*")) if path.is_dir()]
    readings: list[Callable[[], object]] = [
        *(partial(read_source, path) for path in sorted(project.sources.glob("*.toml"))),
        *(partial(read_outlet, path) for path in sorted(project.sources.glob("*.outlet.json"))),
        partial(read_splits, project.splits),
        partial(read_withdrawn, project.withdrawn),
        *(partial(find_batch, project, name) for name in batches),
        *(partial(read_log, log_path(project, name)) for name in batches),
        *(partial(read_log, adjudication_path(project, name)) for name in batches),
        *([partial(read_standoff, project, contracts)] if project.standoff.is_dir() else []),
    ]
    problems = interface_problems(project.interface.read_text("utf-8"), contracts.labels)
    for read in readings:
        try:
            read()
        except TollwireError as error:
            problems += error.problems
    if problems:
        raise TollwireError(problems)
    print(f"{len(contracts.tables)} contracts, the interface and {len(readings)} records: nothing wrong")

"""Commands about labelling: push, pull, agreement, adjudicate."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollwire.cli.app import app, counting, project_of, say
from tollwire.cli.inputs import BatchName, CorpusFolder, read_corpus
from tollwire.problems import Problem, TollwireError
from tollwire.project import Project

if TYPE_CHECKING:
    import polars

    from tollwire.annotations.pull import Tables
    from tollwire.contracts.contract import Contracts


@app.command(epilog="Example: tollwire push 001")
def push(
    context: typer.Context,
    batch: BatchName,
    corpus: CorpusFolder = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the interface and make the tasks, and send nothing.")
    ] = False,
) -> None:
    """Send a batch of articles to Label Studio, with suggestions; doing it again adds nothing."""
    from tollwire.annotations.batches import find_batch
    from tollwire.annotations.connection import connect
    from tollwire.annotations.interface import check_interface
    from tollwire.annotations.push import choose_articles, make_tasks, sent_before
    from tollwire.annotations.push import push as run

    project = project_of(context)
    found = find_batch(project, batch)
    articles, contracts = read_corpus(project, corpus)
    chosen = choose_articles(articles, found)
    tasks = []
    with counting("suggesting", chosen.height) as progress:
        for task in make_tasks(chosen, found, sent_before(project, found)):
            tasks.append(task)
            progress(len(tasks))
    if dry_run:
        if problems := check_interface(project.interface.read_text("utf-8"), contracts.labels):
            raise TollwireError(problems)
        suggested = sum(len(one["result"]) for task in tasks for one in task["predictions"])
        print(f"{len(tasks)} tasks with {suggested} entries of suggestions are ready; nothing was sent")
        return
    with connect(project) as studio, counting("pushing", len(tasks)) as progress:
        pushed = run(studio, project, contracts, found, tasks, progress)
    print(f"{pushed.created} tasks pushed, {pushed.present} were there already")
    print(f"label at {pushed.url}")


@app.command(epilog="Example: tollwire pull 001")
def pull(
    context: typer.Context,
    batch: BatchName,
    corpus: CorpusFolder = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the span tables.", show_default="build/annotations/BATCH")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, and write nothing.")] = False,
) -> None:
    """Fetch what was labelled into the batch's log and tables, every span checked against its text."""
    from tollwire.annotations.batches import find_batch, log_path, news, read_log, write_log
    from tollwire.annotations.connection import connect
    from tollwire.annotations.pull import fetch, tables_of, write_tables

    project = project_of(context)
    found = find_batch(project, batch)
    articles, contracts = read_corpus(project, corpus)
    with connect(project) as studio:
        received = fetch(studio, found)
    path = log_path(project, batch)
    log = read_log(path)
    new = news(log, received.entries)
    if new and not dry_run:
        write_log(path, [*log, *new])
    tables, problems = tables_of([*log, *new], articles, contracts, batch)
    if not dry_run:
        write_tables(tables, contracts, out or project.build / "annotations" / batch)
    print(f"{len(received.entries)} annotations on the server, {len(new)} new")
    print(", ".join(f"{frame.height} {table}" for table, frame in tables.items()))
    if problems := [*received.problems, *problems]:
        raise TollwireError(problems)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """What was said of a batch, and what it was said of; ``problems`` are what could not be read of it."""

    articles: "polars.DataFrame"
    contracts: "Contracts"
    tables: "Tables"
    problems: list[Problem]


def _read_labelled(project: Project, batch: str, corpus: Path | None) -> _Labelled:
    from tollwire.annotations.batches import find_batch, log_path, read_log
    from tollwire.annotations.pull import tables_of

    find_batch(project, batch)
    articles, contracts = read_corpus(project, corpus)
    tables, problems = tables_of(read_log(log_path(project, batch)), articles, contracts, batch)
    return _Labelled(articles, contracts, tables, problems)


@app.command(epilog="Example: tollwire agreement 001")
def agreement(context: typer.Context, batch: BatchName, corpus: CorpusFolder = None) -> None:
    """Measure how far the labellers of a batch agree: F1 of spans, exact and overlapping, for each label."""
    from rich.console import Console
    from rich.table import Table

    from tollwire.annotations.agreement import measure

    labelled = _read_labelled(project_of(context), batch, corpus)
    if problems := labelled.problems:
        say(f"{len(problems)} problems in the log: what they concern is left out; `tollwire pull {batch}` lists them")
    measured = measure(labelled.tables)
    if not measured:
        fix = "pull a batch that two have labelled"
        raise TollwireError(Problem(f"batch {batch}", "one-labeller", "no article was labelled by two", fix))
    table = Table(
        "labellers", "label", "articles", "spans", "exact F1", "overlapping F1", title=f"Agreement, batch {batch}"
    )
    for one in measured:
        scores = ("" if score is None else f"{score:.3f}" for score in (one.exact, one.overlapping))
        table.add_row(f"{one.first}, {one.second}", one.label, str(one.articles), "{} / {}".format(*one.spans), *scores)
    Console().print(table)


@app.command(epilog="Example: tollwire adjudicate 001")
def adjudicate(context: typer.Context, batch: BatchName, corpus: CorpusFolder = None) -> None:
    """Build gold of what the labellers agree on and of what was decided; list what is still open."""
    from tollwire.annotations.batches import adjudication_path, read_log
    from tollwire.annotations.gold import build_gold
    from tollwire.annotations.pull import write_tables

    project = project_of(context)
    labelled = _read_labelled(project, batch, corpus)
    decided = read_log(adjudication_path(project, batch))
    gold = build_gold(labelled.tables, decided, labelled.articles, labelled.contracts, batch)
    write_tables(gold.tables, labelled.contracts, project.build / "gold" / batch)
    rules = list(gold.rules.values())
    print(
        f"{len(rules)} articles are gold ({rules.count('agreed')} agreed, {rules.count('adjudicated')} adjudicated), "
        f"{len(gold.open)} are open, {len(gold.left_out)} left out"
    )
    for article_id, reason in gold.left_out.items():
        say(f"article {article_id}: {reason}")
    fix = f"decide it, and write the article's line into batches/{batch}/adjudicated.jsonl"
    problems = [
        Problem(f"article {article_id}, {one.start}-{one.end}", f"differ-{one.sort}", one.what, fix)
        for article_id, found in gold.open.items()
        for one in found
    ]
    if problems := [*gold.problems, *problems]:
        raise TollwireError(problems)

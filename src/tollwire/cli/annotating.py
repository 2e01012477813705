"""Commands about labelling: push, pull."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollwire.cli.app import app, counting, project_of
from tollwire.cli.inputs import BatchName, CorpusFolder, read_corpus
from tollwire.problems import TollwireError

if TYPE_CHECKING:
    pass


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

"""Commands about labelling: push, pull, reanchor, import."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollwire.cli.app import app, counting, project_of, say, stages
from tollwire.cli.inputs import BatchName, CorpusFolder, read_corpus
from tollwire.problems import Problem, TollwireError, UsageError, shown
from tollwire.project import Project

if TYPE_CHECKING:
    from tollwire.annotations.batches import Batch


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
    from tollwire.annotations.batches import choose_articles, find_batch, sent_before
    from tollwire.annotations.connection import connect
    from tollwire.annotations.interface import check_interface
    from tollwire.annotations.push import push as run
    from tollwire.annotations.tasks import make_tasks

    project = project_of(context)
    found = find_batch(project, batch)
    articles, contracts = read_corpus(project, corpus)
    chosen = choose_articles(articles, found)
    tasks = []
    with counting("suggesting", chosen.height) as progress:
        for task in make_tasks(chosen, found, sent_before(project, batch)):
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
    for url in pushed.urls:
        print(f"label at {url}")


@app.command(epilog="Example: tollwire pull 001")
def pull(
    context: typer.Context,
    batch: BatchName,
    corpus: CorpusFolder = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the span tables.", show_default="build/annotations/BATCH")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Fetch every task, not only those that changed since the last pull.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, and write nothing.")] = False,
) -> None:
    """Fetch what was labelled into the batch's log and tables, every span checked against its text."""
    from tollwire.annotations.batches import find_batch, log_path, project_titles
    from tollwire.annotations.connection import connect
    from tollwire.annotations.fetching import fetch, read_seen, write_seen
    from tollwire.annotations.log import read_log, write_log
    from tollwire.annotations.pull import Growing, write_tables
    from tollwire.annotations.regions import display_text

    project = project_of(context)
    found = find_batch(project, batch)
    articles, contracts = read_corpus(project, corpus)
    folder = out or project.build / "annotations" / batch
    path = log_path(project, batch)
    log = read_log(path)
    # Without a log everything has to be fetched, whatever was seen before.
    before = {} if everything or not log else read_seen(folder / "seen.json")
    growing = Growing(log, articles, contracts, batch)
    titles, command = project_titles(found), f"tollwire push {batch}"
    texts = {digest: display_text(text) for digest, text in articles.select("text_sha256", "text").iter_rows() if text}
    with connect(project) as studio, stages() as tell:
        progress = partial(tell, "pulling")
        received = fetch(studio, titles, command, before, found.interface_sha256, texts, progress, growing.take)
    tables, problems = growing.finish()
    if not dry_run:
        if growing.new:
            write_log(path, [*log, *growing.new])
        write_tables(tables, contracts, folder)
        if not received.problems:
            write_seen(folder / "seen.json", received.seen)
    for notice in received.notices:
        say(notice)
    print(
        f"{len(received.entries)} annotations of {received.fetched} tasks that changed, {len(growing.new)} new, "
        f"{received.drafts} drafts not submitted"
    )
    print(", ".join(f"{frame.height} {table}" for table, frame in tables.items()))
    if problems := [*received.problems, *problems]:
        raise TollwireError(problems)


@app.command(epilog="Example: tollwire reanchor 001 --old build/corpus-before")
def reanchor(
    context: typer.Context,
    batch: BatchName,
    corpus: CorpusFolder = None,
    old: Annotated[
        Path | None,
        typer.Option(help="Folder of the corpus that was labelled.", show_default="the texts that Label Studio has"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be moved, and write nothing.")] = False,
) -> None:
    """Move a batch's annotations to texts that were normalised again; list the spans that are not found there."""
    from tollwire.annotations.batches import adjudication_path, find_batch, log_path
    from tollwire.annotations.log import read_log, write_log
    from tollwire.annotations.reanchor import reanchor as run
    from tollwire.annotations.reanchor import stale

    project = project_of(context)
    found = find_batch(project, batch)
    articles, _ = read_corpus(project, corpus)
    logs = {path: read_log(path) for path in (log_path(project, batch), adjudication_path(project, batch))}
    waiting = [entry for log in logs.values() for entry in stale(log, articles)]
    if not waiting:
        print("every annotation is of the text of now; there is nothing to move")
        return
    texts = _old_texts(project, found, old)
    problems: list[Problem] = []
    spans = moved = 0
    for path, log in logs.items():
        result = run(log, texts, articles, batch)
        if result.moved and not dry_run:
            write_log(path, [*log, *result.moved])
        moved, spans, problems = moved + len(result.moved), spans + result.spans, [*problems, *result.problems]
    print(f"{moved} of {len(waiting)} annotations {'can be moved' if dry_run else 'moved'}, with {spans} spans")
    if problems:
        raise TollwireError(problems)


def _old_texts(project: Project, batch: "Batch", old: Path | None) -> dict[str, str]:
    """Give the texts that were labelled, as the editor shows them, by their digests."""
    from tollwire.annotations.connection import connect
    from tollwire.annotations.push import batch_tasks
    from tollwire.annotations.regions import display_text

    if old is not None:
        articles, _ = read_corpus(project, old)
        return {digest: display_text(text) for text, digest in articles.select("text", "text_sha256").iter_rows()}
    with connect(project) as studio:
        return {task["data"]["text_sha256"]: task["data"]["text"] for _, task in batch_tasks(studio, batch)}


@app.command("import", epilog="Example: tollwire import past/ --batch 002 --annotator labeller-a --map dead=killed")
def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files of annotations, or folders of them.")],
    batch: Annotated[str, typer.Option(help="Name of the batch that they are added to: three digits.")],
    corpus: CorpusFolder = None,
    annotator: Annotated[
        str | None, typer.Option(help="Pseudonym of who made them; Label Studio's exports say it themselves.")
    ] = None,
    renamed: Annotated[
        list[str] | None, typer.Option("--map", metavar="THEIRS=OURS", help="Our label of one of theirs; repeat it.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, and write nothing.")] = False,
) -> None:
    """Take over annotations made elsewhere: brat stand-off, UIMA CAS JSON (INCEpTION), Label Studio JSON."""
    from tollwire.annotations.batches import find_batch, log_path
    from tollwire.annotations.foreign import read_foreign
    from tollwire.annotations.importing import import_documents
    from tollwire.annotations.log import add_news, read_log
    from tollwire.annotations.pseudonyms import check_pseudonym

    project = project_of(context)
    find_batch(project, batch)
    if annotator:
        check_pseudonym(annotator, "--annotator")
    articles, contracts = read_corpus(project, corpus)
    pairs = dict(_pair(one) for one in renamed or ())
    found = import_documents(read_foreign(paths), articles, contracts.labels, pairs, annotator)
    path = log_path(project, batch)
    new = add_news(path, read_log(path), found.entries, is_dry=dry_run)
    print(f"{len(found.entries)} annotations with {found.spans} spans read, {len(new)} new in batch {batch}")
    if found.problems:
        raise TollwireError(found.problems)


def _pair(given: str) -> tuple[str, str]:
    theirs, is_pair, ours = given.partition("=")
    if not (is_pair and theirs and ours):
        fix = "write theirs=ours, e.g. --map dead=killed"
        raise UsageError(Problem("--map", "bad-map", f"{shown(given)} is not a pair of labels", fix))
    return theirs.lower(), ours

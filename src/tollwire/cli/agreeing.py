"""Commands about what labellers agree on: agreement, adjudicate."""

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

    from tollwire.annotations.gold import Gold
    from tollwire.annotations.pull import Tables
    from tollwire.contracts.contract import Contracts


@dataclass(frozen=True, slots=True)
class _Labelled:
    """What was said of a batch, and what it was said of; ``problems`` are what could not be read of it."""

    articles: "polars.DataFrame"
    contracts: "Contracts"
    tables: "Tables"
    problems: list[Problem]


def _read_labelled(project: Project, batch: str, corpus: Path | None) -> _Labelled:
    from tollwire.annotations.batches import find_batch, log_path
    from tollwire.annotations.log import read_log
    from tollwire.annotations.pull import tables_of

    find_batch(project, batch)
    articles, contracts = read_corpus(project, corpus)
    tables, problems = tables_of(read_log(log_path(project, batch)), articles, contracts, batch)
    return _Labelled(articles, contracts, tables, problems)


@app.command(epilog="Example: tollwire agreement 001")
def agreement(
    context: typer.Context,
    batch: BatchName,
    corpus: CorpusFolder = None,
    labeller: Annotated[
        str | None, typer.Option(help="Report on one labeller: agreement with gold, pace, use of the suggestions.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the page and the tables.", show_default="build/agreement/BATCH")
    ] = None,
    links: Annotated[bool, typer.Option("--links", help="Ask Label Studio where each article is edited.")] = False,
) -> None:
    """Measure how far the labellers of a batch agree; list on what they differ; write a page to look at it."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from tollwire.annotations.agreement import SECTIONS, Agreement, lengths_of, measure, section
    from tollwire.annotations.agreement_page import agreement_page
    from tollwire.annotations.differences import Difference
    from tollwire.annotations.gold import compare_all
    from tollwire.annotations.matching import sides
    from tollwire.contracts.tables import record_table, write_parquet

    project = project_of(context)
    labelled = _read_labelled(project, batch, corpus)
    if problems := labelled.problems:
        say(f"{len(problems)} problems in the log: what they concern is left out; `tollwire pull {batch}` lists them")
    if labeller:
        _report(project, batch, labelled, labeller)
        return
    sorted_rows = sides(labelled.tables)
    measured = measure(sorted_rows, lengths_of(labelled.articles))
    if not measured:
        fix = "pull a batch that two have labelled"
        raise TollwireError(Problem(f"batch {batch}", "one-labeller", "no article was labelled by two", fix))
    for pair in dict.fromkeys((one.first, one.second) for one in measured):
        theirs = [one for one in measured if (one.first, one.second) == pair]
        print(f"{pair[0]} and {pair[1]}, {theirs[0].articles} articles; in brackets the 95 % interval")
        for names in SECTIONS:
            table = Table("of", "units", *names, box=SIMPLE_HEAD, pad_edge=False)
            for row in section(theirs, names):
                table.add_row(*row)
            Console().print(table)
    differing = compare_all(sorted_rows)
    addresses = _addresses(project, batch) if links else {}
    folder = out or project.build / "agreement" / batch
    folder.mkdir(parents=True, exist_ok=True)
    listed = [one for found in differing.values() for one in found]
    write_parquet(record_table(measured, Agreement), folder / "measures.parquet")
    write_parquet(record_table(listed, Difference), folder / "differences.parquet")
    page = agreement_page(
        batch, labelled.articles, sorted_rows, measured, differing, labelled.contracts.labels, addresses
    )
    (folder / "index.html").write_text(page, "utf-8")
    print(f"{len(listed)} differences in {len(differing)} articles: {folder / 'index.html'}")


def _addresses(project: Project, batch: str) -> dict[str, str]:
    """Ask the server where each article of a batch is edited."""
    from tollwire.annotations.batches import find_batch
    from tollwire.annotations.connection import connect
    from tollwire.annotations.push import batch_tasks

    with connect(project) as studio:
        return {
            task["data"]["article_id"]: studio.task_url(target.id, task["id"])
            for target, task in batch_tasks(studio, find_batch(project, batch))
        }


def _report(project: Project, batch: str, labelled: _Labelled, labeller: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from tollwire.annotations.batches import find_batch, log_path, sent_before
    from tollwire.annotations.gold import gold_to_measure_by
    from tollwire.annotations.labellers import report
    from tollwire.annotations.log import read_log

    gold = gold_to_measure_by(project, batch, labelled.tables, labelled.articles, labelled.contracts)
    log = read_log(log_path(project, batch))
    shown = {} if labeller in find_batch(project, batch).hidden_from else sent_before(project, batch)
    found = report(labeller, log, labelled.tables, gold, shown)
    table = Table("what", "value", title=f"{labeller}, batch {batch}")
    for what, value in found:
        table.add_row(what, value)
    Console().print(table)


@app.command(epilog="Example: tollwire adjudicate 001 --push")
def adjudicate(
    context: typer.Context,
    batch: BatchName,
    corpus: CorpusFolder = None,
    push: Annotated[
        bool, typer.Option("--push", help="Send the articles on which labellers differ to Label Studio.")
    ] = False,
    pull: Annotated[bool, typer.Option("--pull", help="Fetch what was decided there first.")] = False,
) -> None:
    """Build gold of what the labellers agree on and of what was decided; list what is still open."""
    from tollwire.annotations.gold import SpanRule, gold_of
    from tollwire.annotations.pull import write_tables
    from tollwire.contracts.tables import record_table, write_parquet

    project = project_of(context)
    problems = _pull_decisions(project, batch) if pull else []
    articles, contracts = read_corpus(project, corpus)
    _, gold = gold_of(project, batch, articles, contracts)
    folder = project.build / "gold" / batch
    write_tables(gold.tables, contracts, folder)
    write_parquet(record_table(gold.span_rules, SpanRule), folder / "rules.parquet")
    rules = list(gold.rules.values())
    print(
        f"{len(rules)} articles are gold ({rules.count('agreed')} agreed, {rules.count('adjudicated')} adjudicated), "
        f"{len(gold.open)} are open, {len(gold.left_out)} left out"
    )
    for article_id, reason in gold.left_out.items():
        say(f"article {article_id}: {reason}")
    if push:
        _push_open(project, batch, articles, contracts, gold)
        return
    fix = f"decide it: tollwire adjudicate {batch} --push"
    problems += [
        Problem(f"article {article_id}, {one.start}-{one.end}", f"differ-{one.sort}", one.what, fix)
        for article_id, found in gold.open.items()
        for one in found
    ]
    if problems := [*gold.problems, *problems]:
        raise TollwireError(problems)


def _push_open(
    project: Project, batch: str, articles: "polars.DataFrame", contracts: "Contracts", gold: "Gold"
) -> None:
    from tollwire.annotations.adjudication import AGREED, adjudication_interface, adjudication_tasks
    from tollwire.annotations.batches import adjudication_title, find_batch, log_path
    from tollwire.annotations.connection import connect
    from tollwire.annotations.log import read_log
    from tollwire.annotations.push import send

    if not gold.open:
        print("there is nothing to decide; nothing was sent")
        return
    found = find_batch(project, batch)
    tasks = list(adjudication_tasks(gold.open, read_log(log_path(project, batch)), articles, found))
    with connect(project) as studio, counting("pushing", len(tasks)) as progress:
        pushed, _ = send(
            studio,
            project,
            contracts,
            adjudication_title(found),
            1,
            tasks,
            progress,
            adjudication_interface,
            model_version=AGREED,
        )
    print(f"{pushed.created} articles sent to be decided, {pushed.present} were there already")
    print(f"decide at {pushed.urls[0]}, then: tollwire adjudicate {batch} --pull")


def _pull_decisions(project: Project, batch: str) -> list[Problem]:
    from tollwire.annotations.batches import adjudication_path, adjudication_title, find_batch
    from tollwire.annotations.connection import connect
    from tollwire.annotations.fetching import fetch
    from tollwire.annotations.log import add_news, read_log

    title = adjudication_title(find_batch(project, batch))
    with connect(project) as studio:
        received = fetch(studio, [title], f"tollwire adjudicate {batch} --push")
    path = adjudication_path(project, batch)
    new = add_news(path, read_log(path), received.entries)
    print(f"{len(received.entries)} decisions on the server, {len(new)} new")
    return received.problems

"""Commands about what is labelled next: batch."""

from typing import Annotated

import typer

from tollwire.cli.app import app, counting, project_of
from tollwire.cli.inputs import BatchName, CorpusFolder, read_corpus
from tollwire.problems import Problem, UsageError


@app.command(epilog='Example: tollwire batch 002 --title "June" --size 50 --labeller labeller-a --labeller labeller-b')
def batch(
    context: typer.Context,
    batch: BatchName,
    title: Annotated[str, typer.Option(help="What the labellers see it called.")],
    size: Annotated[int, typer.Option(min=1, help="How many articles, the most doubtful first.")] = 50,
    labellers: Annotated[
        list[str] | None, typer.Option("--labeller", metavar="NAME", help="Pseudonym of who labels it; repeat it.")
    ] = None,
    each: Annotated[int, typer.Option("--labellers-per-article", min=1, help="How many label each article.")] = 2,
    one_project_each: Annotated[
        bool, typer.Option("--one-project-each", help="Give each labeller a project of their own.")
    ] = False,
    hide_suggestions: Annotated[
        bool, typer.Option("--hide-suggestions", help="Let them label without the machine's suggestions.")
    ] = False,
    hidden_from: Annotated[
        list[str] | None,
        typer.Option("--hide-from", metavar="NAME", help="Let this labeller alone label without them; repeat it."),
    ] = None,
    gold_tasks: Annotated[
        int, typer.Option(min=0, help="How many articles that are gold already to mix in, to measure the labellers.")
    ] = 0,
    corpus: CorpusFolder = None,
) -> None:
    """Plan a batch: choose its articles, of clusters that no batch has yet, and write its record."""
    from tollwire.annotations.batches import Batch, find_batch, record_path, write_batch
    from tollwire.annotations.planning import choose_gold_tasks, choose_next, taken_articles
    from tollwire.annotations.pseudonyms import check_pseudonym

    project = project_of(context)
    find_batch(project, batch)
    path = record_path(project, batch)
    if path.exists():
        what, fix = "it has a record already", f"edit {path.relative_to(project.root)}, or name another batch"
        raise UsageError(Problem(f"batch {batch}", "batch-exists", what, fix))
    if one_project_each and not labellers:
        raise UsageError(Problem("--one-project-each", "no-names", "nobody is named", "add --labeller NAME"))
    if hidden_from and not one_project_each:
        what = "in one project all see the same"
        raise UsageError(Problem("--hide-from", "one-project", what, "add --one-project-each"))
    for name in labellers or ():
        check_pseudonym(name, "--labeller")
    for name in hidden_from or ():
        if name not in (labellers or ()):
            what = f"{name} is none of the labellers"
            raise UsageError(Problem("--hide-from", "no-such-labeller", what, f"add --labeller {name}"))
    articles, contracts = read_corpus(project, corpus)
    measuring = choose_gold_tasks(project, articles, contracts, batch, gold_tasks) if gold_tasks else []
    with counting("choosing", articles.height) as progress:
        chosen = choose_next(articles, taken_articles(project, articles), size, progress)
    record = Batch(
        batch=batch,
        title=title,
        labellers_per_article=len(labellers or ()) if one_project_each else each,
        show_suggestions=not hide_suggestions,
        labellers=labellers or [],
        one_project_each=one_project_each,
        hidden_from=hidden_from or [],
        articles=sorted([*chosen, *measuring]),
        gold_tasks=measuring,
    )
    write_batch(project, record)
    also = f" and {len(measuring)} gold tasks" if measuring else ""
    print(f"{len(chosen)} articles{also} in {path.relative_to(project.root)}; send them: tollwire push {batch}")

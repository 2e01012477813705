"""Commands about releases: release, report, diff, withdraw, hydrate, publish, export."""

from pathlib import Path
from typing import Annotated

import typer

from tollwire.cli.app import app, project_of
from tollwire.cli.inputs import CorpusFolder, read_corpus, releases_of


@app.command(epilog="Example: tollwire release")
def release(
    context: typer.Context,
    version: Annotated[
        str | None, typer.Argument(help="Its version, such as 0.1.0.", show_default="computed from what changed")
    ] = None,
    corpus: CorpusFolder = None,
    against: Annotated[
        str | None,
        typer.Option(help="The version before: a folder, a version in release/, or none.", show_default="the latest"),
    ] = None,
    batches: Annotated[
        list[str] | None,
        typer.Option(
            "--batch", metavar="NNN", help="What was labelled in this batch alone; repeat it.", show_default="all"
        ),
    ] = None,
) -> None:
    """Build release/VERSION: Parquet that load_dataset reads, with card, contracts, what changed, and manifest."""
    from tollwire.release.build import build_release

    project = project_of(context)
    built = build_release(project, version, corpus or project.normalised, against, batches)
    for table, rows in built.rows.items():
        print(f"{table}: {rows:,} rows")
    for reason, count in built.left_out.items():
        print(f"left out: {count:,} articles, {reason}")
    print(built.changed)
    if built.frozen:
        print(f"corpus/splits: {built.frozen:,} articles have their split for good; commit the files")
    print(f'load_dataset("{built.folder.relative_to(project.root)}")')


@app.command(epilog="Example: tollwire report 0.1.0 --out report.html")
def report(
    context: typer.Context,
    release: Annotated[
        str | None,
        typer.Argument(
            help="A release: its folder, or a version in release/.", show_default="the corpus with what is gold of it"
        ),
    ] = None,
    corpus: CorpusFolder = None,
    out: Annotated[
        Path | None, typer.Option(help="The file to write.", show_default="build/report.html of the project")
    ] = None,
) -> None:
    """Write one HTML file, to be opened without a network, in which all articles are found, read and compared."""
    from tollwire.contracts.whole_files import write_whole
    from tollwire.problems import Problem, UsageError
    from tollwire.release.reading import find_release
    from tollwire.release.report import report_of_corpus, report_of_release
    from tollwire.release.report_page import report_page

    if release is not None and corpus is not None:
        what = "a release has articles of its own"
        raise UsageError(Problem("--corpus", "two-inputs", what, "name either a release or the folder of a corpus"))
    if out is not None and out.is_dir():
        raise UsageError(Problem(f"--out {out}", "is-a-folder", "this is a folder", "name a file: --out report.html"))
    if release is not None:
        # Of a release nothing but its folder is needed, so that whoever has only that needs no project.
        found = report_of_release(find_release(releases_of(context), release))
        to = out or releases_of(context).parent / "build" / "report.html"
    else:
        project = project_of(context)
        found = report_of_corpus(project, *read_corpus(project, corpus))
        to = out or project.build / "report.html"
    write_whole(to, report_page(found))
    print(f"{len(found.articles):,} articles: {to}, {to.stat().st_size:,} bytes")


@app.command(epilog="Example: tollwire diff 0.1.0 0.2.0")
def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="The version before: a folder, or a version in release/.")],
    new: Annotated[str, typer.Argument(help="The version after.")],
    out: Annotated[Path | None, typer.Option(help="Write every change to this Parquet file.")] = None,
    most: Annotated[int, typer.Option(min=0, help="Changes that are listed one by one.")] = 20,
) -> None:
    """Show what differs between two versions, thing by thing, and how large a version it takes."""
    from rich.console import Console
    from rich.table import Table

    from tollwire.contracts.contract import read_contracts
    from tollwire.contracts.tables import to_arrow, write_parquet
    from tollwire.release.base import read_version
    from tollwire.release.change_report import counted, lines, paragraph
    from tollwire.release.diff import compare
    from tollwire.release.reading import find_release, read_release
    from tollwire.release.versions import Version, greatest_level

    before, after = (find_release(releases_of(context), name) for name in (old, new))
    contract = read_contracts()["changes"]
    changes = compare(read_release(before), read_release(after), contract)
    if out is not None:
        write_parquet(to_arrow(changes, contract), out)
    table = Table("table", "change", "level", "count")
    for name, change, level, count in counted(changes):
        table.add_row(name, change, level, f"{count:,}")
    if changes.height:
        Console().print(table)
    for line in lines(changes, most) if most else ():
        print(line)
    version = read_version(before)
    print(paragraph(changes, version))
    if needed := greatest_level(changes["level"].unique()):
        print(f"After {version} this takes at least {Version.read(version).after(needed)} ({needed}).")


@app.command(epilog="Example: tollwire standoff --batch 900")
def standoff(
    context: typer.Context,
    corpus: CorpusFolder = None,
    batches: Annotated[
        list[str] | None,
        typer.Option("--batch", metavar="NNN", help="What was labelled in this batch alone.", show_default="all"),
    ] = None,
) -> None:
    """Write the gold of withheld articles to annotations/standoff: places, values, proofs, and no word of them."""
    from tollwire.release.gather import gather
    from tollwire.release.standoff import write_standoff

    project = project_of(context)
    articles, contracts = read_corpus(project, corpus)
    written = write_standoff(project, articles, gather(project, articles, contracts, batches), contracts)
    for source_id, count in written.items():
        print(f"{count:,} articles in annotations/standoff/{source_id}.jsonl")
    if not written:
        print("no withheld article at hand is gold: normalise its page, label it in a batch, adjudicate")


@app.command(epilog='Example: tollwire withdraw 1f0c2a3b4c5d6e7f --reason "The publisher asked for it."')
def withdraw(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="ARTICLE_ID", help="The article that is taken out for good.")],
    reason: Annotated[str, typer.Option(help="Why, in one line; it is published.")],
) -> None:
    """Take an article out of all releases to come: its id stays known, its text and annotations go."""
    from datetime import UTC, datetime

    from tollwire.release.withdrawn import withdraw as run

    project = project_of(context)
    run(project.withdrawn, article, reason, datetime.now(UTC).date())
    print(f"corpus/withdrawn.toml: {article} is in no release from now on; run `tollwire release`")
    print("Published versions still have it: whoever hosts them has to delete these.")


@app.command(epilog="Example: tollwire hydrate release/0.1.0 --pages my-pages")
def hydrate(
    context: typer.Context,
    release: Annotated[
        str, typer.Argument(help="A release in which texts are withheld: its folder, or a version in release/.")
    ],
    pages: Annotated[Path, typer.Option(help="Your own copies of the pages, in a folder for each source.")],
    source: Annotated[str | None, typer.Option(help="The source of all these pages.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to.", show_default="RELEASE-hydrated")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a text could not be put back.")] = False,
) -> None:
    """Put withheld texts back from your own copies of the pages: each article proven exact, re-anchored, or told."""
    from collections import Counter

    from tollwire.release.hydrate import hydrate as run
    from tollwire.release.reading import find_release

    folder = find_release(releases_of(context), release)
    done = run(folder, pages, out or folder.with_name(f"{folder.name}-hydrated"), source)
    for one in done.verdicts:
        if one.verdict != "exact":
            told = f", {one.spans - one.lost} of {one.spans} spans" if one.verdict == "re-anchored" else ""
            print(f"{one.article_id} {one.verdict}{told}{f' ({one.copy})' if one.copy else ''}")
    print(", ".join(f"{count:,} {verdict}" for verdict, count in Counter(one.verdict for one in done.verdicts).items()))
    for rule, count in done.rejected.items():
        print(f"{count:,} pages were rejected [{rule}]")
    print(f'load_dataset("{done.folder}")')
    if strict and any(one.verdict in ("lost", "missing") for one in done.verdicts):
        raise typer.Exit(1)


@app.command(epilog="Example: tollwire publish 0.1.0 --to hf://datasets/owner/name --dry-run")
def publish(
    context: typer.Context,
    release: Annotated[str, typer.Argument(help="A release: its folder, or a version in release/.")],
    to: Annotated[str, typer.Option(help="hf://datasets/OWNER/NAME, a folder, or an address such as s3://bucket/x.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")] = False,
) -> None:
    """Publish a release: whole or not at all, read back, and never over another one of the same version."""
    from tollwire.cli.app import say
    from tollwire.release.publish import find_target
    from tollwire.release.publish import publish as run
    from tollwire.release.reading import find_release

    plan, how = run(find_release(releases_of(context), release), find_target(to), dry_run, say)
    if plan.is_there:
        print(f"{plan.where}: {plan.version} is there already, as it is here")
        return
    print(f"{plan.where}: {len(plan.written):,} files, {plan.size:,} bytes {'to be written' if dry_run else 'written'}")
    for name in plan.written if dry_run else ():
        print(f"  + {name}")
    for name in plan.removed:
        print(f"  - {name}")
    if how:
        print(how)


@app.command(epilog="Example: tollwire export 0.1.0 --to gold.spacy")
def export(
    context: typer.Context,
    release: Annotated[str, typer.Argument(help="A release: its folder, or a version in release/.")],
    to: Annotated[Path, typer.Option(help="The file: .spacy for a DocBin of spaCy, .conll for columns.")],
    split: Annotated[str | None, typer.Option(help="Only train, validation or test.")] = None,
) -> None:
    """Write the gold of a release for other tools: spaCy's DocBin, or CoNLL columns."""
    from tollwire.problems import Problem, UsageError
    from tollwire.release.exports import write_conll, write_spacy
    from tollwire.release.reading import find_release
    from tollwire.release.rows import read_rows

    writers = {".spacy": write_spacy, ".conll": write_conll}
    if to.suffix not in writers:
        what = f'"{to.suffix}" is not a format that can be written'
        raise UsageError(Problem("--to", "unknown-format", what, f"name a file that ends in {' or '.join(writers)}"))
    articles = read_rows(find_release(releases_of(context), release))
    kept = [one for one in articles if split is None or one.get("split") == split]
    written = writers[to.suffix](kept, to)
    print(f"{to}: {written:,} articles" + (f", {len(kept) - written:,} withheld left out" * (written < len(kept))))

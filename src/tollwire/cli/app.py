"""The application and what all its commands share: which project, how progress is shown."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollwire.problems import Problem, UsageError
from tollwire.project import Project, find_project

if TYPE_CHECKING:
    from tollwire.corpus.normalise import Tell

REFRESH = 0.1  # seconds after which a line of progress is written again

app = typer.Typer(
    name="tollwire",
    help="An annotated news corpus about armed violence, from raw pages to a versioned dataset.",
    epilog="Start with: tollwire normalise corpus/raw",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("tollwire"))
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Option(help="The project; by default the nearest folder upward with schemas/ and corpus/.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = project


def project_of(context: typer.Context) -> Project:
    """Find the project that the command works on. Raises UsageError when there is none."""
    named: Path | None = context.obj
    if named is not None and not named.is_dir():
        raise UsageError(Problem("--project", "no-such-path", f"{named} is not a folder", "check the path"))
    return find_project(named)


@contextmanager
def counting(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how much of one thing is done, as ``stages`` does. Yields the function to tell it."""
    with stages() as tell:
        tell(what, 0, total)
        yield lambda done: tell(what, done, total)


@contextmanager
def stages() -> Iterator["Tell"]:
    """
    Show on a terminal one line for the stage that long work is in: how much is done, how fast, and the time left.

    Yields the function to tell it: the stage, how much is done, and of how much if that is known. Quiet in a pipe.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    text = TextColumn("{task.description} {task.fields[done]} · {task.fields[rate]}")
    console = Console(stderr=True)
    with Progress(text, BarColumn(), TimeRemainingColumn(), console=console, transient=True,
                  disable=not sys.stderr.isatty()) as bar:  # fmt: skip
        task = bar.add_task("", total=None, done="", rate="")
        current, began, told = "", 0.0, 0.0

        def tell(stage: str, done: int, total: int | None) -> None:
            nonlocal current, began, told
            moment = time.monotonic()
            if stage != current:
                current, began, told = stage, moment, 0.0
                bar.reset(task, description=stage, total=total)
            if moment - told < REFRESH and done != total:
                return
            told = moment
            of = f"{done:,}" if total is None else f"{done:,} of {total:,}"
            bar.update(task, completed=done, total=total, done=of, rate=f"{done / max(moment - began, REFRESH):,.0f}/s")

        yield tell


def say(line: str) -> None:
    """Tell on stderr what goes on, where stdout is for the result."""
    print(line, file=sys.stderr, flush=True)

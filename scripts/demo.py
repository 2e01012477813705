"""The whole path on the pages of corpus/raw: normalise, label in a real Label Studio, release, load_dataset."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from tollwire.annotations.accounts import add_user
from tollwire.annotations.batches import Batch, batch_names, find_batch, log_path, project_titles
from tollwire.annotations.client import Studio
from tollwire.annotations.connection import connect
from tollwire.annotations.fetching import fetch
from tollwire.annotations.log import Entry, latest, read_log
from tollwire.annotations.pseudonyms import address_of
from tollwire.annotations.regions import to_result
from tollwire.annotations.server import server_status
from tollwire.problems import TollwireError
from tollwire.project import Project, find_project

# The version of each batch of texts; the last holds all of them, and tells what changed since the one before.
FIRST, FIRST_BATCH, VERSION = "0.1.0", "001", "1.0.0"
STARTED = time.monotonic()


def main() -> int:
    """Run the demo; the exit code is that of the first step that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave Label Studio running")
    keep = parser.parse_args().keep
    project = find_project(Path(__file__).parent)
    was_running = server_status(project).url is not None
    try:
        step("Raw pages become articles", "normalise", "corpus/raw")
        step("Label Studio starts on this machine", "studio", "up")
        for batch in batch_names(project):
            step(f"The articles of batch {batch} are sent to it, with suggestions", "push", batch)
            replay(project, find_batch(project, batch))
            step("What they marked is fetched, every span checked against its text", "pull", batch)
            step("How far they agree", "agreement", batch)
            step("Gold: what they agree on, and what adjudication settled", "adjudicate", batch)
        step("The first texts are released", "release", FIRST, "--batch", FIRST_BATCH)
        step("All texts are released, with what changed", "release", VERSION, "--against", FIRST)
        step("A page to look at", "report", VERSION)
        load(project)
        say_what_next(project, keep or was_running)
    except subprocess.CalledProcessError as error:
        return error.returncode
    except TollwireError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    finally:
        if not (keep or was_running):
            tollwire("studio", "down")
    return 0


def step(what: str, *command: str) -> None:
    """Announce a step and run its command, as a user would type it."""
    announce(what)
    print(f"$ tollwire {' '.join(command)}", flush=True)
    tollwire(*command)


def announce(what: str) -> None:
    """Say what comes, and how long the demo has run."""
    print(f"\n[{time.monotonic() - STARTED:4.0f} s] {what}", flush=True)


def tollwire(*command: str) -> None:
    """Run one command of the program in this project."""
    program = Path(sys.executable).parent / "tollwire"
    subprocess.run([str(program), *command], check=True, cwd=Path(__file__).parents[1])


def replay(project: Project, batch: Batch) -> None:
    """Submit the recorded annotations of the batch again, each by its own labeller's account."""
    announce("Two labellers submit what is recorded of them, each under an account of their own")
    said = latest(read_log(log_path(project, batch.batch)))
    titles = list(project_titles(batch))
    with connect(project) as studio:
        present = {one.digest for one in fetch(studio, titles, f"tollwire push {batch.batch}").entries}
    for labeller in sorted({annotator for _, annotator in said}):
        add_user(project, address_of(labeller))
        entries = [one for (_, annotator), one in said.items() if annotator == labeller and one.digest not in present]
        title = titles[batch.labellers.index(labeller)] if batch.one_project_each else titles[0]
        with connect(project, address_of(labeller)) as account:
            target = account.find_project(title)
            assert target is not None
            submit(account, entries, {task["data"]["article_id"]: task["id"] for task in account.export_all(target.id)})
        print(f"{labeller}: {len(entries)} annotations submitted as {address_of(labeller)}", flush=True)


def submit(account: Studio, entries: list[Entry], task_ids: dict[str, int]) -> None:
    """Write each annotation through the API, as the editor does."""
    for one in entries:
        account.create_annotation(
            task_ids[one.article_id], to_result(one.marks), lead_time=one.seconds, was_cancelled=one.is_skipped
        )


def load(project: Project) -> None:
    """Load the release as its users do."""
    announce("The release is loaded")
    os.environ["HF_HUB_OFFLINE"] = "1"
    from datasets import disable_progress_bars, load_dataset

    disable_progress_bars()
    folder = str(project.release / VERSION)
    print(load_dataset(folder))
    figures = load_dataset(folder, "casualties", split="train")
    harm = figures.features["harm"]
    for row in figures.select(range(min(5, len(figures)))):
        bounds = ", ".join(f"{name} {row[name]}" for name in ("low", "best", "high"))
        print(f"  {row['surface']!r}: {harm.int2str(row['harm'])}, {bounds}")


def say_what_next(project: Project, keep: bool) -> None:
    """Say what a user can do now."""
    announce("Done. What you can do next")
    print(f'in Python:  from datasets import load_dataset; load_dataset("release/{VERSION}")')
    print(f"to read:    release/{VERSION}/README.md, annotations/GUIDELINES.md")
    if keep:
        status = server_status(project)
        print(f"to label:   {status.url} as {status.email}; the password is in .studio/credentials.json")
        print("to stop it: .venv/bin/tollwire studio down")
    else:
        print("to label:   make demo KEEP=1, or .venv/bin/tollwire studio up", flush=True)


if __name__ == "__main__":
    sys.exit(main())

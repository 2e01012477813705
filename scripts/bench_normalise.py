"""Measure how pages are normalised: public sets in their published schemes, ours and the peers side by side."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from normalising_report import report, write_report
from peers import PEERS, Found, Peer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from scorecards import Results, score
from sets import FOLDS, SETS, SHARED, Page, fold_of

SCRIPTS = Path(__file__).parent
WEIGHTS = SCRIPTS.parent / "src" / "tollwire" / "corpus" / "weights"
FOLDERS = SCRIPTS.parent / "build" / "folds"  # in each the weights that were trained without one fold of outlets
BRING_DATA = "set TOLLWIRE_SHARED to the folder whose data/ has it, see docs/normalising.md"
QUICK = 5  # with --quick every so-manieth page
LONGEST = 1_200  # seconds that one tool may take for one set
# Sets of pages that speed is measured on, and every how-manieth page of them: news pages, as in a corpus.
SPEED_SETS = {"html": ("FP", 2), "text": ("FPD", 1)}


@dataclass(frozen=True, slots=True)
class Task:
    """One tool on one set, for quality or for speed."""

    peer: Peer
    name: str
    folder: Path
    pages: Sequence[Page]
    weights: Path | None = None
    is_speed: bool = False

    def __str__(self) -> str:
        return f"{self.peer.name}, {'speed' if self.is_speed else self.name}"


def main() -> int:
    """Run what is here, say what is not, print the figures; write the document when everything was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="tools whose name starts so")
    parser.add_argument("--write", action="store_true", help="write the document also without the tools left out")
    parser.add_argument("--sets", nargs="+", choices=[one.name for one in SETS], help="these sets only")
    parser.add_argument("--quick", action="store_true", help=f"every {QUICK}th page")
    parser.add_argument("--no-speed", action="store_true", help="quality alone")
    parser.add_argument("--jobs", type=int, default=2, help="tools that run at a time while speed is not measured")
    given = parser.parse_args()
    console = Console(stderr=True)
    wanted = [one for one in SETS if not given.sets or one.name in given.sets]
    here = [one for one in wanted if one.find()]
    # Where nothing is trained, nothing can have been trained on the pages that it meets.
    expected = [one for one in PEERS if not one.is_out_of_fold or any(WEIGHTS.glob("*.json"))]
    peers = [one for one in expected if not given.only or one.name.startswith(tuple(given.only))]
    installed = [one for one in peers if find_version(one.package) and (not one.is_out_of_fold or FOLDERS.is_dir())]
    for one in wanted:
        if one not in here:
            print(f"not measured: {one.name} ({one.title}): {SHARED / 'data' / one.folder} is not here; {BRING_DATA}")
    for one in peers:
        if not find_version(one.package):
            print(f"not measured: {one.name}: {one.package} is not installed; run `pip install -e '.[bench]'`")
        elif one not in installed:
            print(f"not measured: {one.name}: the weights of the folds are not here; run `make folds`")
    if not here or not installed:
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        pages = {one.name: one.load()[:: QUICK if given.quick else 1] for one in here}
        results = measure(pages, installed, Path(temporary), given.jobs, not given.no_speed, console)
    print(report(results))
    is_whole = here == list(SETS) and not given.quick and not given.no_speed
    if is_whole and (installed == expected or given.write):
        write_report(results)
    else:
        print("docs/normalising.md is as it was: it is written when every set and every tool is measured in whole")
    return 0


def find_version(package: str) -> str | None:
    """Give the version of an installed package; None where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def measure(
    pages: dict[str, list[Page]], peers: Sequence[Peer], temporary: Path, jobs: int, with_speed: bool, console: Console
) -> Results:
    """Let every tool read every set that has something for it, each in a process of its own."""
    results = Results({one.name: find_version(one.package) or "" for one in peers})
    tasks = list(plan(pages, peers, temporary))
    speed = list(plan_speed(pages, peers, temporary)) if with_speed else []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        shown = progress.add_task("quality", total=len(tasks) + len(speed))

        def run(task: Task) -> dict | None:
            progress.update(shown, description=str(task))
            outcome = run_child(task, temporary)
            progress.advance(shown)
            return outcome

        with ThreadPoolExecutor(jobs) as pool:
            done = list(zip(tasks, pool.map(run, tasks), strict=True))
        for peer, name in dict.fromkeys((task.peer, task.name) for task in tasks):
            parts = [one for one in done if one[0].peer == peer and one[0].name == name]
            if all(outcome is not None for _, outcome in parts):
                found = [Found(**one) for _, outcome in parts for one in outcome["found"]]
                scored = [page for task, _ in parts for page in task.pages]
                results.figures[peer.name, name] = score(scored, found, peer.gives)
                results.errors[peer.name, name] = [text for _, one in parts for text in one["errors"].values()]
        for task in speed:  # one at a time: two share the machine's memory and caches
            outcome = run(task)
            if outcome is not None:
                results.speed[task.peer.name] = outcome["pages_per_second"], outcome["peak_mb"]
    return results


def plan(pages: dict[str, list[Page]], peers: Sequence[Peer], temporary: Path) -> Iterator[Task]:
    """Write the sets as folders of plain files and pair them with the tools that can read them."""
    for name, stored in pages.items():
        folder = store(stored, temporary / name)
        has_body = any(page.gold.body is not None or page.gold.segments for page in stored)
        readers = [
            peer for peer in peers if peer.raw_format == stored[0].raw_format and (has_body or "day" in peer.gives)
        ]
        for peer in readers:
            if not peer.is_out_of_fold:
                yield Task(peer, name, folder, stored)
        for fold in range(FOLDS):
            held_out = [page for page in stored if fold_of(page.outlet) == fold]
            for peer in readers:
                if peer.is_out_of_fold and held_out:
                    folder = store(held_out, temporary / f"{name}-{fold}")
                    yield Task(peer, name, folder, held_out, FOLDERS / str(fold))


def plan_speed(pages: dict[str, list[Page]], peers: Sequence[Peer], temporary: Path) -> Iterator[Task]:
    """Pair every tool with the pages of its format that speed is measured on."""
    for raw_format, (name, every) in SPEED_SETS.items():
        if name in pages:
            timed = pages[name][::every]
            folder = store(timed, temporary / f"speed-{raw_format}")
            for peer in peers:
                if peer.raw_format == raw_format and not peer.is_out_of_fold:
                    yield Task(peer, name, folder, timed, is_speed=True)


def store(pages: Sequence[Page], folder: Path) -> Path:
    """Write pages as files that a child process reads one by one; their gold stays here."""
    folder.mkdir()
    lines = []
    for number, page in enumerate(pages):
        (folder / str(number)).write_bytes(page.raw)
        lines.append(json.dumps({"file": str(number), "outlet": page.outlet}))
    (folder / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def run_child(task: Task, temporary: Path) -> dict | None:
    """Run one tool in a process of its own; None, and a line that says why, when it did not come to an end."""
    result = temporary / f"{PEERS.index(task.peer)}-{task.folder.name}.json"
    command = [sys.executable, str(SCRIPTS / "peer_process.py"), task.peer.name, str(task.folder), str(result)]
    command += ["--speed"] if task.is_speed else ["--weights", str(task.weights)] if task.weights else []
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.DEVNULL,  # some tools print what they think of a page
            stderr=subprocess.PIPE,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"not measured: {task}: not done after {LONGEST} seconds")
        return None
    if done.returncode:
        print(f"not measured: {task}: {(done.stderr.strip().splitlines() or [f'exit {done.returncode}'])[-1][:300]}")
        return None
    return json.loads(result.read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())

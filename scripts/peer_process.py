"""The process in which one tool meets one set, alone with its memory; ``bench_normalise.py`` starts it."""

import argparse
import itertools
import json
import re
import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from peers import PEERS, Found, Peer, Stored

WARM_UP = 10  # pages before the clock starts: imports, compiled patterns, tables read at first use
REPETITIONS = 3  # the median of these is the speed


def run(peer: Peer, folder: Path) -> dict[str, Any]:
    """Let a tool read every page; a page on which it fails counts as one where it found nothing."""
    if peer.prepare_all:
        return {"found": list(map(asdict, peer.prepare_all()(list(stored_pages(folder))))), "errors": {}}
    work = peer.prepare()
    found, errors = [], {}
    for number, page in enumerate(stored_pages(folder)):
        try:
            found.append(asdict(work(page)))
        except Exception as error:  # whatever a tool raises, a user would have no page
            found.append(asdict(Found()))
            errors[number] = f"{type(error).__name__}: {error}"[:200]
    return {"found": found, "errors": errors}


def measure_speed(peer: Peer, folder: Path) -> dict[str, Any]:
    """Measure pages a second of process time, the median of the repetitions, with one page in memory at a time."""
    if peer.prepare_all:
        return measure_run(peer, folder)
    work = peer.prepare()

    def attempt(page: Stored) -> float:
        started = time.process_time()
        try:
            work(page)
        except Exception:
            return time.process_time() - started  # a failure takes time too
        return time.process_time() - started

    for page in itertools.islice(stored_pages(folder), WARM_UP):
        attempt(page)
    rates = []
    for _ in range(REPETITIONS):
        times = [attempt(page) for page in stored_pages(folder)]
        rates.append(len(times) / sum(times))
    return {"pages_per_second": statistics.median(rates), "peak_mb": peak_mb()}


def measure_run(peer: Peer, folder: Path) -> dict[str, Any]:
    """Measure a tool that is given all pages at once: first pass, second pass and the tables it writes."""
    work = peer.prepare_all()
    pages = list(stored_pages(folder))
    work(pages[:WARM_UP])
    started = time.process_time()
    work(pages)
    return {"pages_per_second": len(pages) / (time.process_time() - started), "peak_mb": peak_mb()}


def stored_pages(folder: Path) -> Iterator[Stored]:
    """Read the pages of a folder that ``bench_normalise.py`` wrote, one at a time."""
    for line in (folder / "pages.jsonl").read_text("utf-8").splitlines():
        stated = json.loads(line)
        yield Stored((folder / stated["file"]).read_bytes(), stated["outlet"])


def peak_mb() -> float:
    """Most memory that this process held, in MB of 10^6 bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage also counts what the parent held before this program was loaded
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text("ascii"))[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def use_weights(folder: Path) -> None:
    """Let the classifiers read their weights elsewhere; every file that the package has must be there."""
    from tollwire.corpus import trees

    missing = sorted({path.name for path in trees.WEIGHTS.iterdir()} - {path.name for path in folder.iterdir()})
    if missing:
        raise SystemExit(f"{folder} has no {', '.join(missing)}: run `make folds`")
    trees.WEIGHTS = folder


def main() -> None:
    """Run one tool on one folder of pages and write what came of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("folder", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--weights", type=Path, help="use these weights in place of those of the package")
    given = parser.parse_args()
    if given.weights:
        use_weights(given.weights)
    peer = next(one for one in PEERS if one.name == given.name)
    result = (measure_speed if given.speed else run)(peer, given.folder)
    given.result.write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()

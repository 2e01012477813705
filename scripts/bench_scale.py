"""Measure how normalising grows with the number of pages, and what processes, a second run and a cluster bring."""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl
import psutil
from synthetic_pages import write_pages

from tollwire.contracts.contract import read_contracts
from tollwire.corpus.outlet_record import read_outlet
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.sources import find_source
from tollwire.project import find_project

CHECKOUT = Path(__file__).parents[1]
SOURCE = "harbour_post"
STEP = 0.5  # seconds between two looks at the memory of a run
SAMPLED = 20_000  # planted copies whose likeness is computed


@dataclass
class Run:
    """One run: pages, seconds on the clock and of processors, bytes of all its processes at their most, its record."""

    pages: int
    seconds: float
    processor: float
    memory: int
    stages: dict[str, float]
    said: str


def run(pages: Path, out: Path, *options: str) -> Run:
    """Run the command on a folder of pages and watch what it takes."""
    command = [Path(sys.executable).with_name("tollwire"), "--project", CHECKOUT, "normalise", pages]
    started = time.monotonic()
    with subprocess.Popen(
        [*command, "--source", SOURCE, "--out", out, *options], stdout=subprocess.PIPE, text=True
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        said, _ = process.communicate()
        watch.stop()
    if process.returncode:
        sys.exit(f"the run over {pages} failed")
    record = json.loads((out / "run.json").read_text("utf-8"))
    seconds = time.monotonic() - started
    return Run(
        record["counts"]["records"], seconds, watch.processor, watch.memory, record["seconds"], said.splitlines()[0]
    )


class Watch(threading.Thread):
    """Adds up the memory and the processor time of a process and all below it, while they live."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.memory = 0
        self._root = psutil.Process(pid)
        self._processor: dict[int, float] = {}
        self._stopped = threading.Event()

    @property
    def processor(self) -> float:
        """Seconds of processors that were seen to be taken."""
        return sum(self._processor.values())

    def run(self) -> None:
        """Look at the processes again and again."""
        while not self._stopped.wait(STEP):
            memory = 0
            try:
                processes = [self._root, *self._root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            for process in processes:
                try:
                    memory += process.memory_info().rss
                    times = process.cpu_times()
                except psutil.Error:
                    continue
                self._processor[process.pid] = times.user + times.system
            self.memory = max(self.memory, memory)

    def stop(self) -> None:
        """End the watch."""
        self._stopped.set()
        self.join()


def recall(pages: Path, out: Path) -> dict[str, float]:
    """Say which of the planted copies share a cluster, and whether any other articles do."""
    table = pl.read_parquet(out / "articles.parquet", columns=["raw_uri", "cluster_id"])
    clusters = dict(zip(table["raw_uri"].str.strip_prefix(f"{pages.name}/"), table["cluster_id"], strict=True))
    with pages.with_suffix(".copies.csv").open(newline="") as stream:
        pairs = [(one, other) for one, other in csv.reader(stream)]
    leader: dict[str, str] = {}

    def root(name: str) -> str:
        while leader.get(name, name) != name:
            name = leader[name]
        return name

    for one, other in pairs:
        leader[root(one)] = root(other)
    stories: dict[str, set[str]] = {}
    for name, cluster in clusters.items():
        stories.setdefault(cluster, set()).add(root(name))
    alike = [pair for pair in pairs[:SAMPLED] if likeness(*(pages / name for name in pair)) >= 0.8]
    found = sum(clusters[one] == clusters[other] for one, other in alike)
    return {
        "pairs": len(pairs),
        "together": sum(clusters[one] == clusters[other] for one, other in pairs) / len(pairs),
        "alike": len(alike),
        "alike_together": found / len(alike),
        "glued": sum(len(one) > 1 for one in stories.values()),
    }


def likeness(one: Path, other: Path) -> float:
    """Compute the Jaccard likeness of two pages' runs of five words, without the furniture of the outlet."""
    runs = []
    for path in (one, other):
        words = " ".join(path.read_text("ascii").splitlines()[10:18]).split()
        runs.append({tuple(words[at : at + 5]) for at in range(len(words) - 4)})
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def overhead(pages: Path, out: Path) -> dict[str, float]:
    """Compare the processor time of a run, without the search for copies, with that of a bare loop over the pages."""
    project = find_project(CHECKOUT)
    read_contracts(project.schemas)
    source = find_source(project.sources, SOURCE)
    outlet = read_outlet(out / ".shards" / f"{SOURCE}.outlet.json")
    raw = [RawPage(path.read_bytes(), "text", "-") for path in sorted(pages.rglob("*.txt"))[:2000]]
    for page in raw[:100]:
        normalise_record(page, source, outlet)
    started = time.process_time()
    for page in raw:
        normalise_record(page, source, outlet)
    return {"bare": (time.process_time() - started) / len(raw)}


def main() -> None:
    """Measure one size after the other and keep what was found in a JSON file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "scale", help="folder for pages and tables")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    results = arguments.work / "results.json"
    found = json.loads(results.read_text("utf-8")) if results.exists() else {}
    for size in arguments.sizes:
        pages, out = arguments.work / f"pages-{size}", arguments.work / f"out-{size}"
        if not pages.with_suffix(".copies.csv").exists() or not pages.exists():
            write_pages(pages, size)
        shutil.rmtree(out, ignore_errors=True)
        first = run(pages, out)
        again = run(pages, out)
        found[f"growth-{size}"] = {"first": asdict(first), "again": asdict(again), **recall(pages, out)}
        found[f"growth-{size}"] |= overhead(pages, out)
        results.write_text(json.dumps(found, indent=1), "utf-8")
        print(size, json.dumps(found[f"growth-{size}"]), flush=True)


if __name__ == "__main__":
    main()

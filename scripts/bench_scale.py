"""Measure how normalising grows with the number of pages, and what processes, a second run and a cluster bring."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from growth_chart import draw_growth
from measured_page import put
from planted import recall
from synthetic_pages import write_pages
from watch import Watch, adopt, living_seconds, processor_seconds

from tollwire.corpus.engine import Engine, Here, Work
from tollwire.corpus.normalise import normalise
from tollwire.corpus.outlet_record import read_outlet
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.page_work import NormalisePages
from tollwire.corpus.raw_files import SETTLED
from tollwire.corpus.sources import find_source
from tollwire.corpus.workers import Workers
from tollwire.project import find_project

if TYPE_CHECKING:
    import pyarrow as pa

CHECKOUT = Path(__file__).parents[1]
DOCUMENT = CHECKOUT / "docs" / "benchmarks.md"
PICTURE = DOCUMENT.with_name("growth.svg")
SOURCE = "harbour_post"
FEW = 20_000  # pages on which processes and engines are compared
LOOPED = 2_000  # pages of the bare loop, which is run before and after what it is compared with
PARTS = ("growth", "again", "engines")
Measured = dict[str, Any]


def main() -> None:
    """Measure one thing after the other; what was measured at another size before stays."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = [1_000, 10_000, 100_000]
    parser.add_argument("--sizes", type=int, nargs="*", default=sizes, help="pages; 1000000 takes 45 minutes and 20 GB")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "scale", help="for pages, tables and results")
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="of the page, what to measure and write"
    )
    arguments = parser.parse_args()
    adopt()
    arguments.work.mkdir(parents=True, exist_ok=True)
    kept = arguments.work / "results.json"
    found: dict[str, Measured] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    measures = {"growth": grow, "again": run_again, "engines": compare_engines}
    for part in arguments.parts:
        for size in arguments.sizes if part != "engines" else [FEW]:
            found.setdefault(part, {})[f"{size}"] = one = measures[part](arguments.work, size)
            print(f"{part}, {size:,} pages: {json.dumps(one)}", flush=True)
            kept.write_text(json.dumps(found, indent=1), "utf-8")
        by_size = {int(size): one for size, one in sorted(found[part].items(), key=lambda pair: int(pair[0]))}
        tables = {"growth": growth_table, "again": again_table, "engines": engines_table}
        put(DOCUMENT, f"{Path(__file__).name} --parts {part}", "\n".join(tables[part](by_size)))
        if part == "growth":
            PICTURE.write_text(picture(by_size), "utf-8")


def pages_of(work: Path, size: int) -> Path:
    """Make the pages of a size, unless they are there."""
    pages = work / f"pages-{size}"
    if not pages.is_dir():
        aside = work / f"making-{size}"
        shutil.rmtree(aside, ignore_errors=True)
        write_pages(aside, size)
        aside.with_suffix(".copies.csv").rename(pages.with_suffix(".copies.csv"))
        aside.rename(pages)
    return pages


def grow(work: Path, size: int) -> Measured:
    """Run over so many pages, and look at the copies that were found."""
    pages, out = pages_of(work, size), work / f"out-{size}"
    shutil.rmtree(out, ignore_errors=True)
    return {"first": run(pages, out), **recall(pages, out)}


def run_again(work: Path, size: int) -> Measured:
    """Run over so many pages, again with nothing new, and with one page more in a hundred."""
    pages, out, more = pages_of(work, size), work / f"again-{size}", work / f"more-{size}"
    for folder in (out, more, pages / "more"):
        shutil.rmtree(folder, ignore_errors=True)
    settle()
    first, again = run(pages, out), run(pages, out)
    write_pages(more, max(size // 100, 1), seed=2)
    shutil.move(more, pages / "more")
    settle()
    try:
        return {"first": first, "again": again, "more": run(pages, out)}
    finally:
        shutil.rmtree(pages / "more")


def settle() -> None:
    """Wait until files that were just written are old enough to be known by their times."""
    time.sleep(2 * SETTLED / 1e9)


def run(pages: Path, out: Path, *options: str) -> Measured:
    """Run the command over a folder of pages, and watch what it takes."""
    program = Path(sys.executable).with_name("tollwire")
    command = [program, "--project", CHECKOUT, "normalise", pages, "--source", SOURCE, "--out", out, *options]
    before, started = processor_seconds(), time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process, Watch(process.pid) as watch:
        process.communicate()
    seconds = time.monotonic() - started
    if process.returncode:
        sys.exit(f"the run over {pages} failed")
    record = json.loads((out / "run.json").read_text("utf-8"))
    taken = {"seconds": seconds, "processor": processor_seconds() - before, "memory": watch.memory}
    return {**taken, "stages": record["seconds"], "counts": record["counts"]}


def compare_engines(work: Path, size: int) -> Measured:
    """Compare one process with two, a run with a bare loop, and Ray with processes."""
    pages = pages_of(work, size)
    with tempfile.TemporaryDirectory(dir=work) as folder:
        outs = {name: Path(folder) / name for name in ("one", "two", "ray", "start")}
        found: Measured = {
            "start": run(pages / "000000" / "000.txt", outs["start"]),
            "one": run(pages, outs["one"], "--workers", "1"),
            "two": run(pages, outs["two"], "--workers", "2"),
            "here": overhead(pages, Path(folder) / "here", Here()),
        }
        with Workers(2) as workers:
            found["processes"] = overhead(pages, Path(folder) / "processes", workers)
        processor_seconds()
        found["ray"] = run(pages, outs["ray"], "--engine", "ray", "--workers", "2")
        tables = [(outs[name] / "articles.parquet").read_bytes() for name in ("one", "ray")]
        assert tables[0] == tables[1], "Ray made other bytes"
    return found


class Metered:
    """An engine, of which is told how many seconds of processors its processes took to normalise pages."""

    def __init__(self, engine: Engine) -> None:
        self.seconds = 0.0
        self._engine = engine

    def map(self, work: Work, tables: "Iterable[pa.Table]") -> "Iterator[pa.Table]":
        """Do the work on each table."""
        before = living_seconds()
        yield from self._engine.map(work, tables)
        if isinstance(work, NormalisePages):
            self.seconds += living_seconds() - before


def overhead(pages: Path, out: Path, engine: Engine) -> float:
    """
    Compare the processor time of a run with that of a bare loop over the extractor on pages that are in memory.

    What is compared is reading (twice), batching, sending, normalising, checking and writing, by whatever process;
    neither the first pass over a sample of the pages nor the search for copies, which a bare loop does not have, nor
    the start of processes, which are there before. The loop is run before and after, for the machine is not always
    as fast.
    """
    project = find_project(CHECKOUT)
    normalise(project, [pages / "000000"], out / "warm", SOURCE, engine=engine)
    source = find_source(project.sources, SOURCE)
    outlet = read_outlet(out / "warm" / ".shards" / f"{SOURCE}.outlet.json")
    raw = [RawPage(path.read_bytes(), "text", "-") for path in sorted(pages.rglob("*.txt"))[:LOOPED]]

    def bare() -> float:
        started = time.process_time()
        for page in raw:
            normalise_record(page, source, outlet)
        return (time.process_time() - started) / len(raw)

    before, metered = bare(), Metered(engine)
    normalise(project, [pages], out / "run", SOURCE, engine=metered)
    record = json.loads((out / "run" / "run.json").read_text("utf-8"))
    taken = metered.seconds + sum(record["processor_seconds"][name] for name in ("reading", "normalising", "writing"))
    return taken / record["counts"]["records"] / ((before + bare()) / 2)


def growth_table(grown: dict[int, Measured]) -> list[str]:
    """Write what was measured at each size."""
    lines = [
        "| pages | seconds | pages a second | processor, ms a page | peak memory, GB | of which comparing, s "
        "| copies of likeness .8 found | clusters of unlike articles |",
        f"|{'---:|' * 8}",
    ]
    for size, one in sorted(grown.items()):
        first = one["first"]
        lines.append(
            f"| {size:,} | {first['seconds']:,.0f} | {size / first['seconds']:,.0f} "
            f"| {1000 * first['processor'] / size:.2f} | {first['memory'] / 1e9:.2f} "
            f"| {first['stages']['comparing']:,.0f} "
            f"| {one['alike_together']:.4f} of {one['alike']:,} | {one['glued']} |"
        )
    return lines


def again_table(found: dict[int, Measured]) -> list[str]:
    """Write what runs take of which an earlier one did most."""
    lines = [
        "| pages | first run, processor s | nothing new, processor s | share of the first "
        "| 1 % more pages, processor s | share of the first | share of the pages that were normalised |",
        f"|{'---:|' * 7}",
    ]
    for size, one in found.items():
        first, again, more = (one[name]["processor"] for name in ("first", "again", "more"))
        counts = one["more"]["counts"]
        lines.append(
            f"| {size:,} | {first:,.1f} | {again:,.1f} | {again / first:.3f} | {more:,.1f} | {more / first:.3f} "
            f"| {1 - counts['kept'] / counts['records']:.4f} |"
        )
    return lines


def engines_table(found: dict[int, Measured]) -> list[str]:
    """Write what processes and a cluster bring, and what is done beside extracting."""
    measured = found[FEW]
    one, two, ray = (measured[name] for name in ("one", "two", "ray"))
    rate = one["stages"]["normalising"] / two["stages"]["normalising"]
    what = "reading, batching, checking and writing, times a bare loop, in processor time"
    return [
        f"| on {FEW:,} pages | measured | bar |",
        "|---|---:|---:|",
        f"| two processes, times one, while normalising | {rate:.2f} | 1.7 |",
        f"| two processes, times one, whole run | {one['seconds'] / two['seconds']:.2f} | |",
        f"| {what}: in one process | {measured['here']:.2f} | 1.15 |",
        f"| the same, by all of three processes | {measured['processes']:.2f} | 1.15 |",
        f"| start of the command and its processes, for one page, processor seconds | "
        f"{measured['start']['processor']:.1f} | |",
        f"| Ray on this machine, to the same bytes, seconds | {ray['seconds']:.0f} | |",
        f"| two processes, seconds | {two['seconds']:.0f} | |",
    ]


def picture(grown: dict[int, Measured]) -> str:
    """Draw seconds, pages a second and memory by size."""
    runs = {size: one["first"] for size, one in sorted(grown.items())}
    return draw_growth(
        {
            "seconds": [(size, one["seconds"]) for size, one in runs.items()],
            "pages a second": [(size, size / one["seconds"]) for size, one in runs.items()],
            "peak memory of all processes, GB": [(size, one["memory"] / 1e9) for size, one in runs.items()],
        },
        "How normalising grows",
    )


if __name__ == "__main__":
    main()

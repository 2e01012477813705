"""Measure how normalising grows with the number of pages, and what processes, a second run and a cluster bring."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from growth_chart import draw_growth
from measured_page import put
from planted import recall
from synthetic_pages import write_pages
from watch import Watch

from tollwire.corpus.normalise import normalise
from tollwire.corpus.outlet_record import read_outlet
from tollwire.corpus.page import RawPage, normalise_record
from tollwire.corpus.sources import find_source
from tollwire.project import find_project

CHECKOUT = Path(__file__).parents[1]
DOCUMENT = CHECKOUT / "docs" / "benchmarks.md"
PICTURE = DOCUMENT.with_name("growth.svg")
SOURCE = "harbour_post"
FEW = 20_000  # pages on which processes and engines are compared
LOOPED = 5_000  # pages of the bare loop
Measured = dict[str, Any]


def main() -> None:
    """Measure one thing after the other; what was measured at another size before stays."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = [1_000, 10_000, 100_000]
    parser.add_argument("--sizes", type=int, nargs="*", default=sizes, help="pages; 1000000 takes 45 minutes and 20 GB")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "scale", help="for pages, tables and results")
    parser.add_argument("--without-engines", action="store_true", help="measure growth only")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    kept = arguments.work / "results.json"
    found: Measured = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    for size in arguments.sizes:
        found[f"{size}"] = grow(arguments.work, size)
        kept.write_text(json.dumps(found, indent=1), "utf-8")
    if not arguments.without_engines:
        found["engines"] = compare_engines(arguments.work)
        kept.write_text(json.dumps(found, indent=1), "utf-8")
    grown = {int(size): one for size, one in found.items() if size.isdigit()}
    put(DOCUMENT, Path(__file__).name, "\n".join([*growth_table(grown), "", *engines_table(found.get("engines", {}))]))
    PICTURE.write_text(picture(grown), "utf-8")


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
    """Run over so many pages, run again, and look at the copies that were found."""
    pages, out = pages_of(work, size), work / f"out-{size}"
    shutil.rmtree(out, ignore_errors=True)
    first, again = run(pages, out), run(pages, out)
    measured = {"first": first, "again": again, **recall(pages, out)}
    print(f"{size:,} pages: {json.dumps(measured)}", flush=True)
    return measured


def run(pages: Path, out: Path, *options: str) -> Measured:
    """Run the command over a folder of pages, and watch what it takes."""
    program = Path(sys.executable).with_name("tollwire")
    command = [program, "--project", CHECKOUT, "normalise", pages, "--source", SOURCE, "--out", out, *options]
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process, Watch(process.pid) as watch:
        process.communicate()
    seconds = time.monotonic() - started
    if process.returncode:
        sys.exit(f"the run over {pages} failed")
    record = json.loads((out / "run.json").read_text("utf-8"))
    taken = {"seconds": seconds, "processor": watch.processor, "memory": watch.memory}
    return {**taken, "stages": record["seconds"], "counts": record["counts"]}


def compare_engines(work: Path) -> Measured:
    """Compare one process with two, a run with a bare loop, more pages with all, and Ray with processes."""
    pages = pages_of(work, FEW)
    with tempfile.TemporaryDirectory(dir=work) as folder:
        outs = {name: Path(folder) / name for name in ("one", "two", "ray")}
        found = {
            "one": run(pages, outs["one"], "--workers", "1"),
            "two": run(pages, outs["two"], "--workers", "2"),
            "overhead": overhead(pages, Path(folder) / "overhead"),
        }
        grown = Path(folder) / pages.name
        shutil.copytree(pages, grown)
        write_pages(Path(folder) / "more", FEW // 100, seed=2)
        shutil.move(Path(folder) / "more" / "000000", grown / "more")
        found["more"] = run(grown, outs["two"])
        found["ray"] = run(pages, outs["ray"], "--engine", "ray", "--workers", "2")
        tables = [(outs[name] / "articles.parquet").read_bytes() for name in ("one", "ray")]
        assert tables[0] == tables[1], "Ray made other bytes"
    return found


def overhead(pages: Path, out: Path) -> float:
    """
    Compare a run in one process, all in this one, with a bare loop over the extractor on the same pages.

    What is compared is reading, normalising, checking and writing; neither the first pass over a sample of the pages
    nor the search for copies, which a bare loop does not have.
    """
    project = find_project(CHECKOUT)
    normalise(project, [pages / "000000"], out / "warm", SOURCE)
    normalise(project, [pages], out / "run", SOURCE)
    stages = json.loads((out / "run" / "run.json").read_text("utf-8"))["seconds"]
    source, outlet = (
        find_source(project.sources, SOURCE),
        read_outlet(out / "run" / ".shards" / f"{SOURCE}.outlet.json"),
    )
    raw = [RawPage(path.read_bytes(), "text", "-") for path in sorted(pages.rglob("*.txt"))[:LOOPED]]
    started = time.monotonic()
    for page in raw:
        normalise_record(page, source, outlet)
    bare = (time.monotonic() - started) / len(raw)
    return sum(stages[name] for name in ("reading", "normalising", "writing")) / FEW / bare


def growth_table(grown: dict[int, Measured]) -> list[str]:
    """Write what was measured at each size."""
    lines = [
        "| pages | seconds | pages a second | processor, ms a page | peak memory, GB | of which comparing, s "
        "| a second run, s | copies of likeness .8 found | clusters of unlike articles |",
        f"|{'---:|' * 9}",
    ]
    for size, one in sorted(grown.items()):
        first = one["first"]
        lines.append(
            f"| {size:,} | {first['seconds']:,.0f} | {size / first['seconds']:,.0f} "
            f"| {1000 * first['processor'] / size:.2f} | {first['memory'] / 1e9:.2f} "
            f"| {first['stages']['comparing']:,.0f} | {one['again']['seconds']:,.0f} "
            f"| {one['alike_together']:.4f} of {one['alike']:,} | {one['glued']} |"
        )
    return lines


def engines_table(found: Measured) -> list[str]:
    """Write what processes, a second run and a cluster bring."""
    if not found:
        return []
    one, two, more, ray = (found[name] for name in ("one", "two", "more", "ray"))
    rate = one["stages"]["normalising"] / two["stages"]["normalising"]
    return [
        f"| on {FEW:,} pages | measured | bar |",
        "|---|---:|---:|",
        f"| two processes, times one, while normalising | {rate:.2f} | 1.7 |",
        f"| two processes, times one, whole run | {one['seconds'] / two['seconds']:.2f} | |",
        f"| reading, normalising, checking and writing, times a bare loop | {found['overhead']:.2f} | 1.15 |",
        f"| 1 % more pages: share of the pages that were normalised | "
        f"{1 - more['counts']['kept'] / more['counts']['records']:.4f} | 0.01 |",
        f"| 1 % more pages: share of the seconds of the first run | {more['seconds'] / two['seconds']:.2f} | |",
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

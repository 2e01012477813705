"""Measure building and loading a release at size, beside a bare read of the same Parquet files in the same run."""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measured_page import put

CHECKOUT = Path(__file__).parents[1]
DOCUMENT = CHECKOUT / "docs" / "releases.md"
RUNS = 3  # of each loading, every one in a process of its own
Row = tuple[str, str, str]


def main() -> None:
    """Print the table; write it into docs/releases.md when it was measured at full size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000, metavar="N", help="how many (default: 100,000)")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(STEPS[options.step](options.folder, options.articles)))
        return
    rows = measure(options.articles)
    head = ("what", "measured", "bar")
    lines = [f"| {' | '.join(head)} |", "|---|---:|---:|", *(f"| {' | '.join(row)} |" for row in rows)]
    print("\n".join(lines))
    if options.articles == parser.get_default("articles"):
        put(DOCUMENT, Path(__file__).name, "\n".join(lines))


def measure(number: int) -> list[Row]:
    """Make the corpus, build its release, and load it cold and warm; each step in its own process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = step("make", folder, number)
        built = step("build", folder, number)
        again = step("diff", folder, number)
        bare = [step("bare", folder, number) for _ in range(RUNS)]
        cold = []
        for _ in range(RUNS):
            shutil.rmtree(folder / "cache", ignore_errors=True)
            cold.append(step("load", folder, number))
        warm = [step("load", folder, number) for _ in range(RUNS)]
    middle = [statistics.median(one["seconds"] for one in runs) for runs in (bare, cold, warm)]
    return [
        ("articles, spans", f"{number:,}, {made['spans']:,}", "100,000, 1,100,000"),
        ("size of the release, MB", f"{built['bytes'] / 1e6:.0f}", ""),
        ("release, articles a second", f"{number / built['seconds']:,.0f}", "10,000"),
        ("release, peak memory, GB", f"{built['memory']:.2f}", "1.5"),
        ("diff of two such releases, seconds", f"{again['seconds']:.1f}", ""),
        ("bare read of the articles, seconds", f"{middle[0]:.2f}", ""),
        ("`load_dataset`, cold, seconds", f"{middle[1]:.2f}", "2"),
        ("`load_dataset`, cold, times the bare read", f"{middle[1] / middle[0]:.1f}", "1.3"),
        ("`load_dataset`, a second time, seconds", f"{middle[2]:.2f}", ""),
    ]


def step(name: str, folder: Path, number: int) -> dict[str, float]:
    """Run one step in a process of its own, so that its time and memory are nobody else's."""
    command = [sys.executable, __file__, "--step", name, "--folder", str(folder), "--articles", str(number)]
    print(f"{name} ...", file=sys.stderr, flush=True)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def make(folder: Path, number: int) -> dict[str, float]:
    """Make the synthetic corpus and what was gathered on it, as Parquet."""
    from synthetic_corpus import make_corpus

    from tollwire.contracts.contract import read_contracts

    articles, gathered = make_corpus(number, read_contracts())
    articles.write_parquet(folder / "articles.parquet")
    for table, frame in gathered.gold.items():
        frame.write_parquet(folder / f"{table}.parquet")
    return {"spans": gathered.gold["actors"].height + gathered.gold["casualties"].height}


def build(folder: Path, number: int) -> dict[str, float]:
    """Build the release of what is normalised and gathered."""
    import polars as pl

    from tollwire.contracts.contract import read_contracts
    from tollwire.project import Project
    from tollwire.release.build import assemble
    from tollwire.release.gather import Gathered
    from tollwire.release.versions import Version

    project = Project(folder / "project")
    for name in ("schemas", "corpus/sources"):
        shutil.copytree(CHECKOUT / name, project.root / name)
    for name in ("DATASHEET.md", "CHANGELOG.md", "LICENSE-DATA"):
        shutil.copy(CHECKOUT / name, project.root / name)
    contracts = read_contracts(project.schemas)
    tables = ("actors", "casualties", "relations", "annotations")
    gold = {table: pl.read_parquet(folder / f"{table}.parquet") for table in tables}
    said = {table: frame.with_columns(annotator=pl.lit("labeller-a")) for table, frame in gold.items()}
    articles = pl.read_parquet(folder / "articles.parquet")
    begun = time.perf_counter()
    built = assemble(
        project, Version(0, 1, 0), None, articles, Gathered(said, gold, [], {"agreed": number}, {}), contracts
    )
    seconds = time.perf_counter() - begun
    size = sum(path.stat().st_size for path in built.folder.rglob("*") if path.is_file())
    return {"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, "bytes": size}


def diff(folder: Path, number: int) -> dict[str, float]:
    """Compare the release with itself, every row of it."""
    from tollwire.contracts.contract import read_contracts
    from tollwire.release.diff import compare
    from tollwire.release.reading import read_release

    release = folder / "project" / "release" / "0.1.0"
    begun = time.perf_counter()
    changes = compare(read_release(release), read_release(release), read_contracts()["changes"])
    assert changes.is_empty()
    return {"seconds": time.perf_counter() - begun}


def bare(folder: Path, number: int) -> dict[str, float]:
    """Read the files of the default config with pyarrow, every column."""
    import pyarrow.parquet as parquet

    begun = time.perf_counter()
    paths = sorted((folder / "project" / "release" / "0.1.0" / "articles").glob("*.parquet"))
    rows = sum(parquet.read_table(path).num_rows for path in paths)
    assert rows == number
    return {"seconds": time.perf_counter() - begun}


def load(folder: Path, number: int) -> dict[str, float]:
    """Load the default config as a user does."""
    import datasets

    datasets.config.HF_DATASETS_CACHE = folder / "cache"
    datasets.disable_progress_bars()
    begun = time.perf_counter()
    loaded = datasets.load_dataset(str(folder / "project" / "release" / "0.1.0"), cache_dir=str(folder / "cache"))
    assert sum(map(len, loaded.values())) == number
    return {"seconds": time.perf_counter() - begun}


STEPS = {"make": make, "build": build, "diff": diff, "bare": bare, "load": load}

if __name__ == "__main__":
    main()

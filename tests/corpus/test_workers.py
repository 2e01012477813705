"""Work spread over processes: all of it done, bounded, and a row that kills or hangs a process costs that row."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pyarrow as pa
import pytest

from tollwire.corpus import workers as module
from tollwire.corpus.workers import Workers
from tollwire.problems import TollwireError


def tables(count: int, rows: int = 4) -> Iterator[pa.Table]:
    for number in range(count):
        yield pa.table({"number": list(range(number * rows, (number + 1) * rows))})


class Double:
    """Doubles numbers; does to its process what the number says when it is one of those that hurt."""

    def __init__(self, kills: tuple[int, ...] = (), hangs: tuple[int, ...] = (), hungry: tuple[int, ...] = ()) -> None:
        self.kills, self.hangs, self.hungry = kills, hangs, hungry

    def __call__(self, table: pa.Table) -> pa.Table:
        numbers = table["number"].to_pylist()
        if set(numbers) & set(self.kills):
            os.kill(os.getpid(), signal.SIGSEGV)
        if set(numbers) & set(self.hangs):
            time.sleep(600)
        if set(numbers) & set(self.hungry):
            bytearray(100_000_000_000)
        return pa.table({"number": numbers, "result": [str(2 * number) for number in numbers]})

    def lost(self, row: pa.Table, rule: str, detail: str) -> pa.Table:
        assert row.num_rows == 1
        assert len(detail) > 10
        return pa.table({"number": row["number"], "result": [rule]})


def results(engine: Workers, work: Double, count: int) -> dict[int, str]:
    done = [row for table in engine.map(work, tables(count)) for row in table.to_pylist()]
    assert len(done) == 4 * count
    return {row["number"]: row["result"] for row in done}


@pytest.mark.parametrize("count", [1, 2])
def test_all_work_is_done_once(count: int) -> None:
    with Workers(count) as engine:
        assert results(engine, Double(), 50) == {number: str(2 * number) for number in range(200)}
        assert results(engine, Double(), 0) == {}


def test_a_row_that_kills_hangs_or_overfills_a_process_costs_itself_only() -> None:
    with Workers(2, seconds=4) as engine:
        found = results(engine, Double(kills=(5, 6, 70), hangs=(33,), hungry=(90,)), 30)
    lost = {number: rule for number, rule in found.items() if not rule.isdigit()}
    assert lost == dict.fromkeys((5, 6, 70, 90), "worker-died") | {33: "too-slow"}


def test_many_rows_that_kill_are_told_from_processes_that_do_not_live(monkeypatch: pytest.MonkeyPatch) -> None:
    with Workers(2) as engine:
        assert set(results(engine, Double(kills=tuple(range(40))), 10).values()) == {"worker-died"}
    monkeypatch.setattr(module, "PRELOADED", [])
    monkeypatch.setattr(module, "_start", os.abort)
    with Workers(2) as engine, pytest.raises(TollwireError, match=r"^--workers: \[worker-died\] .*; try --workers 1$"):
        results(engine, Double(), 10)


def test_no_more_is_taken_than_is_being_done() -> None:
    taken = 0

    def counted() -> Iterator[pa.Table]:
        nonlocal taken
        for table in tables(1_000):
            taken += 1
            yield table

    with Workers(2) as engine:
        done = engine.map(Double(), counted())
        next(done)
        assert taken <= 2 * module.AHEAD + 1


STARTS_AND_WAITS = """
import sys, time
sys.path.insert(0, sys.argv[1])
import pyarrow as pa
from test_workers import Double
from tollwire.corpus.workers import Workers
if __name__ == "__main__":
    with Workers(2) as engine:
        for _ in engine.map(Double(hangs=(7,)), [pa.table({"number": [number]}) for number in range(8)]):
            print("done", flush=True)
"""


def test_no_process_outlives_the_one_that_started_it_not_even_one_that_hangs(tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(STARTS_AND_WAITS.replace("Workers(2)", "Workers(2, seconds=2)"))
    command = [sys.executable, str(script), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        started.stdout.readline()
        children = psutil.Process(started.pid).children(recursive=True)
        started.kill()
    assert len(children) >= 3
    _, alive = psutil.wait_procs(children, timeout=2 + module.GRACE + 10)
    assert not alive

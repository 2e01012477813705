"""Work spread over processes: in order, bounded, and one line when a process dies."""

import os
from collections.abc import Iterator

import pytest

from tollwire.corpus import workers as module
from tollwire.corpus.workers import Workers
from tollwire.problems import TollwireError


def double(number: int) -> int:
    return 2 * number


def process_of(number: int) -> int:
    return os.getpid()


def die(number: int) -> int:
    os._exit(1)


@pytest.mark.parametrize("count", [1, 2])
def test_results_come_in_the_order_of_the_work(count: int) -> None:
    with Workers(count) as workers:
        assert list(workers.map(double, range(200))) == [2 * number for number in range(200)]
        assert list(workers.map(double, [])) == []


def test_few_pages_start_no_process_and_many_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 10)
    with Workers(2) as workers:
        assert set(workers.map(process_of, range(4))) == {os.getpid()}
        found = list(workers.map(process_of, range(40)))
    assert {*found[:6]} == {os.getpid()}
    assert os.getpid() not in found[6:]


def test_no_more_is_read_than_is_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    read = 0

    def numbers() -> Iterator[int]:
        nonlocal read
        while read < 1_000:
            read += 1
            yield read

    with Workers(2) as workers:
        results = workers.map(double, numbers())
        next(results)
        assert read <= 2 * module.AHEAD * module.CHUNK
        results.close()


def test_a_process_that_dies_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    with pytest.raises(TollwireError, match=r"^--workers: \[worker-died\] .*; try --workers 1$"), Workers(2) as workers:
        list(workers.map(die, range(3)))

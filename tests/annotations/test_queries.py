from datetime import datetime, timedelta, timezone
from threading import Event

import pytest

from tollwire.annotations.queries import one_ahead, task_filters


def test_each_piece_is_begun_while_the_caller_looks_at_the_one_before() -> None:
    begun = [Event() for _ in range(3)]

    def work(item: list[int]) -> list[int]:
        begun[item[0]].set()
        return [10 * item[0]]

    done = []
    for place, one in enumerate(one_ahead(work, ([number] for number in range(3)))):
        done.append(one)
        assert begun[min(place + 1, 2)].wait(5)

    assert done == [[0], [10], [20]]
    assert list(one_ahead(work, [])) == []


def test_what_goes_wrong_in_a_piece_is_raised_where_it_is_looked_at() -> None:
    def work(item: list[int]) -> list[int]:
        return [1 // item[0]]

    pieces = one_ahead(work, [[1], [0], [1]])

    assert next(pieces) == [1]
    with pytest.raises(ZeroDivisionError):
        next(pieces)


def test_a_time_is_written_as_the_server_reads_it() -> None:
    moment = datetime(2024, 5, 1, 14, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))

    (only,) = task_filters(updated_after=moment)

    assert (only["filter"], only["value"]) == ("filter:tasks:updated_at", "2024-05-01T12:00:00.000005Z")
    assert task_filters() == []
    assert [one["filter"] for one in task_filters(after=0, more_annotations_than=0)] == [
        "filter:tasks:id", "filter:tasks:total_annotations",
    ]  # fmt: skip

"""Results come in the order of the things, each as soon as it can, whoever is done first."""

import threading
from collections.abc import Iterator
from threading import Barrier, Event

import pytest

from materiel.cli.in_order import AHEAD, in_order


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_the_order_is_that_of_the_things(threads: int) -> None:
    assert list(in_order(lambda n: n * n, range(100), threads)) == [n * n for n in range(100)]
    assert list(in_order(lambda n: n, [], threads)) == []


def test_the_first_waits_for_its_turn_though_the_last_is_done() -> None:
    last = Event()

    def work(n: int) -> int:
        if n == 2:
            last.set()
        else:
            assert last.wait(30)
        return n

    assert list(in_order(work, range(3), 3)) == [0, 1, 2]


def test_threads_work_at_once() -> None:
    meet = Barrier(4)
    assert list(in_order(lambda _: meet.wait(30) >= 0, range(8), 4)) == [True] * 8


@pytest.mark.parametrize("threads", [1, 3])
def test_what_work_raises_is_raised_in_its_place(threads: int) -> None:
    results = in_order(lambda n: 6 // n, [3, 2, 0, 1], threads)
    assert [next(results), next(results)] == [2, 3]
    with pytest.raises(ZeroDivisionError):
        next(results)


@pytest.mark.parametrize("threads", [1, 3])
def test_what_the_things_raise_is_raised_after_those_before(threads: int) -> None:
    def things() -> Iterator[int]:
        yield 1
        raise OSError("disk")

    results = in_order(lambda n: n, things(), threads)
    assert next(results) == 1
    with pytest.raises(OSError, match="disk"):
        next(results)


def test_a_result_does_not_wait_for_the_next_thing() -> None:
    taken = Event()

    def things() -> Iterator[int]:
        yield 1
        assert taken.wait(30)
        yield 2

    results = in_order(lambda n: n, things(), 2)
    assert next(results) == 1
    taken.set()
    assert list(results) == [2]


def test_only_a_few_things_are_taken_ahead_and_none_after_the_end() -> None:
    given: list[int] = []

    def things() -> Iterator[int]:
        for n in range(1000):
            given.append(n)
            yield n

    results = in_order(lambda n: n, things(), 2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    for thread in threading.enumerate():
        if thread.name.endswith("(feed)"):
            thread.join(30)
    assert len(given) <= 2 * AHEAD + 3

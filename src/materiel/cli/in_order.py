"""In order: work on things in several threads; the results come in the order of the things, each as soon as it can."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2  # things begun for each thread before the first result is taken
GLANCE = 0.1  # seconds between two looks at whether anybody still takes results


def in_order(work: Callable[[T], R], things: Iterable[T], threads: int) -> Iterator[R]:
    """`work` of each thing; with one thread, in this one. What `work` or `things` raises is raised in its place.

    The things are taken in a thread of their own, so that one who is slow to give the next holds back no result.
    All threads are daemons: who stops taking results waits for none of them.
    """
    if threads == 1:
        yield from map(work, things)
        return
    crew = _Crew(work, threads)
    Thread(target=crew.feed, args=(things,), daemon=True).start()
    for _ in range(threads):
        Thread(target=crew.toil, daemon=True).start()
    try:
        while (result := crew.results.get()) is not None:
            yield result.result()
    finally:
        crew.stopped.set()


class _Crew(Generic[T, R]):
    """The queues between who feeds, who works and who takes; None is the end of each."""

    def __init__(self, work: Callable[[T], R], threads: int) -> None:
        self.work = work
        self.threads = threads
        self.jobs: Queue[tuple[T, Future[R]] | None] = Queue()
        self.results: Queue[Future[R] | None] = Queue(AHEAD * threads)
        self.stopped = Event()

    def feed(self, things: Iterable[T]) -> None:
        """Give out each thing, in its order."""
        try:
            for thing in things:
                future: Future[R] = Future()
                if not self._promise(future):
                    break
                self.jobs.put((thing, future))
        except BaseException as error:  # raised again by who takes the results
            failed: Future[R] = Future()
            failed.set_exception(error)
            self._promise(failed)
        self._promise(None)
        for _ in range(self.threads):
            self.jobs.put(None)

    def toil(self) -> None:
        """Work until nothing is left."""
        while (job := self.jobs.get()) is not None:
            thing, future = job
            if self.stopped.is_set():
                continue
            try:
                future.set_result(self.work(thing))
            except BaseException as error:  # raised again by who takes the results
                future.set_exception(error)

    def _promise(self, result: Future[R] | None) -> bool:
        """Queue a result to come, once there is room; False if nobody takes results any more."""
        while not self.stopped.is_set():
            try:
                self.results.put(result, timeout=GLANCE)
            except Full:
                continue
            return True
        return False

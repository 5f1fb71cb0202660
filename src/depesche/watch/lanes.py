"""Several hosts at a time, one question at a time to each."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from depesche.errors import FetchError
from depesche.fetch.urls import host_of
from depesche.model.response import Response

T = TypeVar("T")


def exchanges(
    jobs: Sequence[T], url_of: Callable[[T], str], fetch: Callable[[T], Response], lanes: int
) -> Iterator[tuple[T, Response | FetchError]]:
    """What came of each job, as it comes. Jobs at one host are done one after the other, in their order.

    Threads are daemons: who stops taking results, as when interrupted, need not wait for the slowest server.
    """
    by_host: dict[str, list[T]] = {}
    for job in jobs:
        by_host.setdefault(host_of(url_of(job)), []).append(job)
    if lanes == 1:
        for queued in by_host.values():
            yield from ((job, _outcome(fetch, job)) for job in queued)
        return
    yield from _in_threads(list(by_host.values()), fetch, min(lanes, len(by_host)))


def _in_threads(
    lines: list[list[T]], fetch: Callable[[T], Response], lanes: int
) -> Iterator[tuple[T, Response | FetchError]]:
    waiting: queue.SimpleQueue[list[T]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[T, Response | Exception]] = queue.SimpleQueue()
    left = threading.Event()
    for line in lines:
        waiting.put(line)

    def work() -> None:
        while not left.is_set():
            try:
                line = waiting.get_nowait()
            except queue.Empty:  # nothing left to do
                return
            for job in line:
                if left.is_set():
                    return
                try:
                    done.put((job, _outcome(fetch, job)))
                except Exception as error:  # noqa: BLE001 - raised again below, where somebody waits for it
                    done.put((job, error))

    for _ in range(lanes):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in range(sum(map(len, lines))):
            job, outcome = done.get()
            if isinstance(outcome, Exception) and not isinstance(outcome, FetchError):
                raise outcome
            yield job, outcome
    finally:
        left.set()


def _outcome(fetch: Callable[[T], Response], job: T) -> Response | FetchError:
    try:
        return fetch(job)
    except FetchError as error:
        return error

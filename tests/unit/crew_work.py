"""Work for a crew of processes to be tested with: functions that other processes can import."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path

from depesche.crew import Crew
from depesche.errors import PackError
from depesche.model.page import Page, Unread
from depesche.pipeline import _reader_elsewhere
from depesche.store import PageRows


def doubling() -> Callable[[int], int]:
    return lambda number: number * 2


def dying_at_three() -> Callable[[int], int]:
    """The process that is given a 3 is killed."""

    def double(number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number * 2

    return double


def dying_once(mark: Path) -> Callable[[int], int]:
    """The first process that is given a 3 ends; the file remembers it."""

    def double(number: int) -> int:
        if number == 3 and not mark.exists():
            mark.touch()
            os._exit(7)
        return number * 2

    return double


def raising() -> Callable[[int], int]:
    def complain(number: int) -> int:
        raise PackError(f"times.toml: {number} is too many")

    return complain


def unprepared() -> Callable[[int], int]:
    raise PackError("times.toml: no such key")


def stillborn() -> Callable[[int], int]:
    os._exit(5)


def pids() -> Callable[[int], int]:
    return lambda _: os.getpid()


def reader_dying_at_bote(not_after: None, version: object) -> Callable[[Page], PageRows | Unread]:
    """Reads pages as the pipeline does, except that "bote" kills the process."""
    reader = _reader_elsewhere(not_after, version)  # type: ignore[arg-type]

    def read(page: Page) -> PageRows | Unread:
        if page.doc == "bote":
            os.kill(os.getpid(), signal.SIGKILL)
        return reader(page)

    return read


def main() -> None:
    """Prints the ids of two processes that wait for work, and never gives them any more."""
    crew: Crew[int, int] = Crew(2, pids)
    for number, _ in enumerate(crew.map(range(1000))):
        if number > 20 and len(active_children()) == 2:
            break
    os.write(1, (" ".join(str(child.pid) for child in active_children()) + "\n").encode())
    time.sleep(600)


if __name__ == "__main__":
    sys.exit(main())

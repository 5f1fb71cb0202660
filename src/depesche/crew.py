"""Several processes that do one kind of work, each on one item at a time.

    items ──▶ one waiting for each process ──▶ processes ──▶ what became of them, as it is done

So few items are in memory at a time, however many there are. A process that ends before its work is done costs no
more than that: the item gets a second chance in a new one, and is given back as `Lost` where that ends, too. The
processes are started afresh ("spawn"), hold no file, and end with the one that started them, however it ends.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, TypeVar

import msgspec

from depesche.errors import DepescheError

Item = TypeVar("Item")
Done = TypeVar("Done")

CHANCES = 2
"""How often an item is tried whose process ends."""

PATIENCE = 5.0
"""Seconds that an idle process is given to end by itself."""


class Lost(msgspec.Struct, frozen=True):
    """What became of an item whose process ended every time, as if the system or a library had killed it."""

    how: str


class _Raised(msgspec.Struct, frozen=True):
    error: Exception


_READY = "ready"


class _Hand(Generic[Item, Done]):
    """One process and the way to it. `item` is what it is at work on; None while it starts or has nothing to do."""

    def __init__(self, prepare: Callable[[], Callable[[Item], Done]]) -> None:
        context = get_context("spawn")
        self.way, far = context.Pipe()
        self.process = context.Process(target=_work, args=(far, prepare), daemon=True)
        with _deaf_to_interrupts():
            self.process.start()
        far.close()
        self.started = False
        self.item: tuple[Item, int] | None = None

    def end(self, *, at_once: bool) -> None:
        self.way.close()
        if at_once:
            self.process.terminate()
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()

    def how_it_ended(self) -> str:
        """ "signal 9" or "exit code 3", once its end of the way is closed."""
        self.process.join(PATIENCE)
        code = self.process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


class Crew(Generic[Item, Done]):
    """So many processes that do what `prepare` gives, which is called once in each of them and must be picklable.

    To be closed, best by `with`.
    """

    def __init__(self, size: int, prepare: Callable[[], Callable[[Item], Done]]) -> None:
        self._prepare = prepare
        self._size = size
        self._hands: list[_Hand[Item, Done]] = []
        self._waiting: deque[tuple[Item, int]] = deque()

    def __enter__(self) -> Crew[Item, Done]:
        """The crew itself, to be closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the processes; at once where an error ends the block."""
        hands, self._hands = self._hands, []
        for hand in hands:
            hand.end(at_once=kind is not None)

    def map(self, items: Iterable[Item]) -> Iterator[tuple[Item, Done | Lost]]:
        """Each item with what became of it, in the order in which they are done.

        What the work raises is raised here. DepescheError where no process can be started.
        """
        coming = iter(items)
        while True:
            self._fill(coming)
            if not self._waiting and not self._busy():
                return
            self._give_out()
            for hand in self._answering():
                became = self._hear(hand)
                self._give_out()  # before the caller takes its time with what became of the last one
                if became is not None:
                    yield became

    def _fill(self, coming: Iterator[Item]) -> None:
        while len(self._waiting) < self._size:
            for item in coming:
                self._waiting.append((item, 1))
                break
            else:
                return

    def _busy(self) -> list[_Hand[Item, Done]]:
        return [hand for hand in self._hands if hand.item is not None]

    def _give_out(self) -> None:
        """Gives a waiting item to each process that has none; starts processes as long as there are items for them."""
        free = [hand for hand in self._hands if hand.started and hand.item is None]
        starting = sum(not hand.started for hand in self._hands)
        while len(free) + starting < len(self._waiting) and len(self._hands) < self._size:
            self._hands.append(_Hand(self._prepare))
            starting += 1
        for hand in free[: len(self._waiting)]:
            hand.item = self._waiting.popleft()
            with suppress(ConnectionError):  # it has just ended; that is heard at the other end of the way
                hand.way.send(hand.item[0])

    def _answering(self) -> list[_Hand[Item, Done]]:
        heard = wait([hand.way for hand in self._hands])
        return [hand for hand in self._hands if hand.way in heard]

    def _hear(self, hand: _Hand[Item, Done]) -> tuple[Item, Done | Lost] | None:
        try:
            answer = hand.way.recv()
        except (EOFError, ConnectionError):
            return self._ended(hand)
        if isinstance(answer, _Raised):
            raise answer.error
        if hand.item is None:
            hand.started = True
            return None
        item, hand.item = hand.item[0], None
        return item, answer

    def _ended(self, hand: _Hand[Item, Done]) -> tuple[Item, Lost] | None:
        """Takes a process that has ended out; its item waits for another chance, or is lost."""
        how = hand.how_it_ended()
        self._hands.remove(hand)
        hand.end(at_once=True)
        if not hand.started:
            raise DepescheError(f"a process that was to help could not start ({how}); fewer --workers may work")
        if hand.item is None:
            return None
        item, chance = hand.item
        if chance >= CHANCES:
            return item, Lost(how)
        self._waiting.appendleft((item, chance + 1))
        return None


def _work(way: Connection, prepare: Callable[[], Callable[[Item], Done]]) -> None:
    """What a process does: prepares itself, then takes items until the way to it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted crew is ended by the one that started it
    does = _tried(prepare)
    with suppress(EOFError, ConnectionError):  # nobody is there any more
        if isinstance(does, _Raised):
            way.send(does)
            return
        way.send(_READY)
        while True:
            way.send(_tried(partial(does, way.recv())))


def _tried(work: Callable[[], Done]) -> Done | _Raised:
    """What the work gives, or what it raises, to be raised again where it is heard."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - raised again by the crew
        return _Raised(error)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started inside hears no Ctrl-C, not even before it is ready; we hear it right after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # else it is started inside, and lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""How hosts want to be asked: one question at a time, with pauses, where robots.txt lets us, and not too early."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import msgspec
from protego import Protego

from depesche.errors import FetchError
from depesche.fetch.clock import Clock
from depesche.model.watching import HostState

ROBOTS_BYTES = 512_000
"""How much of a robots.txt is read (RFC 9309 asks for 500 KiB at least)."""

ROBOTS_KEPT = timedelta(hours=24)
ROBOTS_RETRIED = timedelta(minutes=30)
"""How long a robots.txt is good, and after how long one that could not be had is asked for again."""


class Manners(msgspec.Struct, frozen=True):
    """How to ask: our name, the pause between two questions to one host, and how many seconds are waited for at most.

    A host that wants longer pauses (Crawl-delay, Retry-After) than `patience` is left for a later round.
    """

    agent: str = "Depesche"
    delay: float = 3
    patience: float = 30

    @property
    def token(self) -> str:
        """The name by which a robots.txt speaks to us."""
        return self.agent.partition("/")[0].partition(" ")[0]


class Hosts:
    """The hosts, as they were left by the last round and as this round found them. Threads may share it."""

    def __init__(self, clock: Clock, manners: Manners, known: Mapping[str, HostState]) -> None:
        self._clock = clock
        self._manners = manners
        self._known = dict(known)
        self._changed: set[str] = set()
        self._rules: dict[str, Protego] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._lock = threading.Lock()

    def changed(self) -> list[HostState]:
        """Those of which something new is known, once."""
        with self._lock:
            found = [self._known[host] for host in sorted(self._changed)]
            self._changed.clear()
        return found

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Our turn to ask the host, alone, after its pause; FetchError where it wants to be left alone for long."""
        with self._lock:
            lock = self._turns.setdefault(host, threading.Lock())
        with lock:
            self._await(host)
            try:
                yield
            finally:
                self._last[host] = self._clock.monotonic()

    def _await(self, host: str) -> None:
        state = self._known.get(host)
        until = state.not_before if state else None
        wait = (until - self._clock.now()).total_seconds() if until else 0
        if host in self._last:
            wait = max(wait, self._last[host] + self._pause(host) - self._clock.monotonic())
        if wait > self._manners.patience:
            raise FetchError(f"{host} wants to be asked again after {_shown(wait)}", wait=wait)
        if wait > 0:
            self._clock.sleep(wait)

    def _pause(self, host: str) -> float:
        """The seconds between two questions: ours, or what its robots.txt asks for if that is more."""
        rules = self._rules.get(host)
        wanted = float((rules.crawl_delay(self._manners.token) if rules else None) or 0)
        return max(self._manners.delay, wanted if math.isfinite(wanted) else 0)

    def put_off(self, host: str, seconds: float) -> None:
        """Remembers that the host is not to be asked for so many seconds."""
        until = self._clock.now() + timedelta(seconds=seconds)
        self._put(msgspec.structs.replace(self._known.get(host, HostState(host)), not_before=until))

    def needs_robots(self, host: str) -> bool:
        """Whether the robots.txt has to be read, or read again."""
        state = self._known.get(host)
        if state is None or state.read is None:
            return True
        age = self._clock.now() - state.read
        return age > (ROBOTS_KEPT if state.robots is not None else ROBOTS_RETRIED)

    def put_robots(self, host: str, text: str | None, says: str = "") -> None:
        """Remembers a robots.txt; None for one that could not be had, and why."""
        state = self._known.get(host, HostState(host))
        self._put(msgspec.structs.replace(state, robots=text, read=self._clock.now(), says=says))
        self._rules.pop(host, None)

    def check(self, host: str, url: str) -> None:
        """FetchError where the robots.txt forbids the address, or is not to be had."""
        state = self._known.get(host)
        if state is None or state.robots is None:
            wait = ROBOTS_RETRIED.total_seconds()
            why = f" ({state.says})" if state and state.says else ""
            raise FetchError(f"nothing is asked there while its robots.txt cannot be had{why}", wait=wait)
        if host not in self._rules:
            self._rules[host] = Protego.parse(state.robots)
        if not self._rules[host].can_fetch(url, self._manners.token):
            raise FetchError(f"the robots.txt of {host} forbids it", lasting=True)

    def _put(self, state: HostState) -> None:
        with self._lock:
            self._known[state.host] = state
            self._changed.add(state.host)


def _shown(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"

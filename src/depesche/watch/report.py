"""What a round of watching tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from depesche.model.watching import FeedState, Standing
from depesche.pipeline import BuildReport
from depesche.watch.standing import is_late


class Missed(msgspec.Struct, frozen=True):
    """A page that could not be fetched or read; `again` is when it is tried again, None where it is given up."""

    url: str
    feed: str
    says: str
    again: datetime | None = None


class FeedLine(msgspec.Struct, frozen=True):
    """How a feed stands: "ok", "late", "failed", "gone", "new" (not asked yet), and what came of it in this round.

    `waiting` pages are still to be fetched.
    """

    url: str
    title: str | None
    state: str
    named: int
    arrived: int
    failed: int
    waiting: int
    checked: datetime | None
    due: datetime | None
    newest: datetime | None
    says: str


class Arrived(msgspec.Struct, frozen=True):
    """A page that was fetched: the address its feed gave, and the name it has in the store."""

    url: str
    feed: str
    doc: str


class Report(msgspec.Struct, frozen=True):
    """What a round brought; `built` is None where there was nothing to build."""

    feeds: tuple[FeedLine, ...]
    arrived: tuple[Arrived, ...] = ()
    missed: tuple[Missed, ...] = ()
    built: BuildReport | None = None


def feed_lines(
    states: Iterable[FeedState],
    waiting: Mapping[str, Mapping[Standing, int]],
    named: Counter[str],
    arrived: Iterable[Arrived],
    missed: Iterable[Missed],
    now: datetime,
) -> tuple[FeedLine, ...]:
    """A line a feed, in their order."""
    came = Counter(page.feed for page in arrived)
    failed = Counter(page.feed for page in missed)
    return tuple(
        FeedLine(
            state.url,
            state.title,
            _state(state, now),
            named[state.url],
            came[state.url],
            failed[state.url],
            waiting[state.url][Standing.WAITING],
            state.checked,
            state.due,
            state.newest,
            state.says,
        )
        for state in states
    )


def _state(state: FeedState, now: datetime) -> str:
    if state.gone:
        return "gone"
    if state.failures:
        return "failed"
    if state.checked is None:
        return "new"
    return "late" if is_late(state, now) else "ok"

"""What happened, what is coming, and what was announced and never reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from depesche.answers.asof import known_on
from depesche.model.linkage import Entry
from depesche.model.reading import Status
from depesche.store import EVERYTHING, ChronicleFilter, View

__all__ = ["EVERYTHING", "ChronicleFilter", "chronicle", "overdue", "upcoming"]

MOVED = timedelta(days=366)
"""How far the days of a plan can lie from the days that its entry has in the end."""


def chronicle(view: View, filter: ChronicleFilter = EVERYTHING) -> Iterator[Entry]:
    """The entries that the filter keeps, by first day, last day and id; what has no day comes last."""
    return view.entries(filter)


def upcoming(view: View, day: date, prefixes: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """What was to come, as the pages that were out on that day tell it: planned for that day or later.

    Each entry is as it stood on that day (`known_on`, which says what `prefixes` are): a visit that was moved or
    called off later is still planned for its first days. By first day, last day and id.
    """
    start = day - MOVED if day - date.min > MOVED else None
    return _planned(view, ChronicleFilter(start=start, announced=True), day, prefixes, _to_come)


def overdue(view: View, day: date, prefixes: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """What was announced for days before that day, and of which no page told by then that it was held or called off.

    Each entry is as it stood on that day (`known_on`, which says what `prefixes` are). By first day, last day and id.
    """
    end = day + MOVED if date.max - day > MOVED else None
    return _planned(view, ChronicleFilter(end=end, announced=True), day, prefixes, _past)


def _planned(
    view: View,
    filter: ChronicleFilter,
    day: date,
    prefixes: Mapping[str, str] | None,
    wanted: Callable[[Entry, date], bool],
) -> Iterator[Entry]:
    stood = (known_on(entry, day, prefixes) for entry in view.entries(filter))
    found = [entry for entry in stood if entry and entry.status == Status.PLANNED and wanted(entry, day)]
    return iter(sorted(found, key=_in_time))


def _to_come(entry: Entry, day: date) -> bool:
    """Whether the entry lies on that day or later; not if it may do so only because its end is not known."""
    first, last = entry.days.first, entry.days.last
    return last >= day if last else first is not None and first >= day


def _past(entry: Entry, day: date) -> bool:
    return entry.days.last is not None and entry.days.last < day


def _in_time(entry: Entry) -> tuple[date, date, str]:
    first, last = entry.days.first, entry.days.last
    return first or last or date.max, last or date.max, entry.id

"""What happened, what is coming, and what was announced and never reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from depesche.model.linkage import Entry
from depesche.model.reading import Status
from depesche.store import EVERYTHING, ChronicleFilter, View

__all__ = ["EVERYTHING", "ChronicleFilter", "chronicle", "overdue", "upcoming"]


def chronicle(view: View, filter: ChronicleFilter = EVERYTHING) -> Iterator[Entry]:
    """The entries that the filter keeps, by first day, last day and id; what has no day comes last."""
    return view.entries(filter)


def upcoming(view: View, day: date) -> Iterator[Entry]:
    """What is planned for that day or later."""
    planned = view.entries(ChronicleFilter(start=day, status=Status.PLANNED))
    return (entry for entry in planned if not _open_since(entry, day))


def overdue(view: View, day: date) -> Iterator[Entry]:
    """What was announced for days before that day, and of which no page says that it happened or was called off.

    What happened is no longer planned: linking puts the announcement and the report into one entry.
    """
    planned = view.entries(ChronicleFilter(end=day, status=Status.PLANNED))
    return (entry for entry in planned if entry.days.last and entry.days.last < day)


def _open_since(entry: Entry, day: date) -> bool:
    """Whether the entry may lie after the day only because its end is not known."""
    return entry.days.last is None and entry.days.first is not None and entry.days.first < day

"""Days known with more or less precision."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import msgspec


class Precision(StrEnum):
    """How closely a time is told. `OPEN` means that one end is not known."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"
    OPEN = "open"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Where a time points that names no year or week: into the past, the future, or to the nearest."""

    PAST = "past"
    FUTURE = "future"
    NEAREST = "nearest"


class Days(msgspec.Struct, frozen=True):
    """A closed range of days, `first <= last`; an end that is None is open. Both None: nothing is known."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        """Refuses days that run backwards."""
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"days run backwards: {self.first} to {self.last}")

    @property
    def known(self) -> bool:
        """Whether at least one end is known."""
        return self.first is not None or self.last is not None

    @property
    def length(self) -> int | None:
        """Number of days, None where an end is open."""
        if self.first is None or self.last is None:
            return None
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether the day can lie in the range."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: Days) -> bool:
        """Whether both ranges have a day in common, as far as is known."""
        apart = self.last and other.first and self.last < other.first
        return not (apart or (other.last and self.first and other.last < self.first))

    def meet(self, other: Days) -> Days | None:
        """What both ranges have in common; None if nothing."""
        first, last = self.first, self.last
        if first is None or (other.first is not None and other.first > first):
            first = other.first
        if last is None or (other.last is not None and other.last < last):
            last = other.last
        if first and last and first > last:
            return None
        return Days(first, last)

    def hull(self, other: Days) -> Days:
        """The smallest range that holds both; open where either is."""
        first = min(self.first, other.first) if self.first and other.first else None
        last = max(self.last, other.last) if self.last and other.last else None
        return Days(first, last)

    def gap(self, other: Days) -> int:
        """Days between the two ranges; 0 where they touch or overlap."""
        if self.last and other.first and self.last < other.first:
            return (other.first - self.last).days
        if other.last and self.first and other.last < self.first:
            return (self.first - other.last).days
        return 0


def one_day(day: date) -> Days:
    """The range of a single day."""
    return Days(day, day)


def later(day: date, days: int) -> date:
    """So many days after it; the last day that there is, where the calendar ends before."""
    return day + timedelta(days=days) if days <= (date.max - day).days else date.max


def month_of(year: int, month: int) -> Days:
    """First to last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Days(date(year, month, 1), following - timedelta(days=1))


def iso(day: date | None) -> str | None:
    """The day as text, None for None."""
    return day.isoformat() if day else None

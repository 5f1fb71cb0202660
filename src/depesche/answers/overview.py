"""What there is in chosen entries: counts by field, and how they lie in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec
import numpy as np

from depesche.answers.catalogue import EVER, NEVER, STATUSES, Catalogue, Mask, Positions
from depesche.model.days import month_of
from depesche.model.reading import Status

MOST = 12
"""Values of a field that are named."""

MOST_DAYS, MOST_MONTHS = 93, 100
"""Above so many of them the next greater unit is counted by."""


class Facet(msgspec.Struct, frozen=True):
    """A value of a field, how a person calls it, and in how many of the chosen entries it stands."""

    value: str
    name: str
    count: int


class Facets(msgspec.Struct, frozen=True):
    """Counts over the chosen entries, most first; of long lists only the most frequent values."""

    statuses: tuple[Facet, ...]
    types: tuple[Facet, ...]
    countries: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    parties: tuple[Facet, ...]


class Unit(StrEnum):
    """What a strip counts by."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Bucket(msgspec.Struct, frozen=True):
    """A day, month or year with the number of entries that begin in it, by status."""

    first: date
    last: date
    counts: dict[Status, int]

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.counts.values())


class Strip(msgspec.Struct, frozen=True):
    """How the chosen entries lie in time; `undated` ones lie nowhere."""

    unit: Unit
    buckets: tuple[Bucket, ...]
    undated: int

    @property
    def first(self) -> date | None:
        """Where it begins."""
        return self.buckets[0].first if self.buckets else None

    @property
    def last(self) -> date | None:
        """Where it ends."""
        return self.buckets[-1].last if self.buckets else None


def facets(all: Catalogue, mask: Mask) -> Facets:
    """What there is among the entries under the mask."""
    by_status = np.bincount(all.statuses[mask], minlength=len(STATUSES))
    return Facets(
        statuses=tuple(Facet(s.value, s.value, int(n)) for s, n in zip(STATUSES, by_status, strict=True) if n),
        types=_named(all.by_type.counts(mask)),
        countries=_named(all.by_country.counts(mask, MOST)),
        outlets=_named(all.by_outlet.counts(mask, MOST)),
        parties=tuple(Facet(id, all.known[id].name, n) for id, n in all.parties.counts(mask, MOST)),
    )


def _named(counts: Iterable[tuple[str, int]]) -> tuple[Facet, ...]:
    return tuple(Facet(value, value, count) for value, count in counts)


def strip(all: Catalogue, places: Positions) -> Strip:
    """How the entries at these places lie in time, each by the first day that is known of it."""
    first, last = all.first[places], all.last[places]
    begin = np.where(first > EVER, first, last)
    known = (begin > EVER) & (begin < NEVER)
    days, statuses = begin[known], all.statuses[places][known]
    undated = int(len(places) - known.sum())
    if not len(days):
        return Strip(Unit.MONTH, (), undated)
    low, high = date.fromordinal(int(days.min())), date.fromordinal(int(days.max()))
    unit = unit_for(low, high)
    number = numbers(days, unit)
    start = int(number.min())
    table = np.zeros((int(number.max()) - start + 1, len(STATUSES)), np.int64)
    np.add.at(table, (number - start, statuses), 1)
    buckets = (
        Bucket(*period(unit, start + i), {s: int(n) for s, n in zip(STATUSES, row, strict=True) if n})
        for i, row in enumerate(table)
    )
    return Strip(unit, tuple(buckets), undated)


def unit_for(low: date, high: date) -> Unit:
    """By what to count between two days so that there are not too many bars."""
    if (high - low).days < MOST_DAYS:
        return Unit.DAY
    months = (high.year - low.year) * 12 + high.month - low.month
    return Unit.MONTH if months < MOST_MONTHS else Unit.YEAR


def numbers(days: Positions, unit: Unit) -> Positions:
    """The number of each day's day, month or year, as `period` takes it."""
    if unit is Unit.DAY:
        return days
    offset = date(1970, 1, 1).toordinal()
    moments = (days - offset).astype("datetime64[D]")
    letter, base = ("M", 1970 * 12) if unit is Unit.MONTH else ("Y", 1970)
    found: Positions = moments.astype(f"datetime64[{letter}]").astype(np.int32) + np.int32(base)
    return found


def period(unit: Unit, number: int) -> tuple[date, date]:
    """First and last day of the day, month or year of that number."""
    match unit:
        case Unit.DAY:
            return date.fromordinal(number), date.fromordinal(number)
        case Unit.MONTH:
            days = month_of(number // 12, number % 12 + 1)
            return days.first or date.min, days.last or date.max
        case Unit.YEAR:
            return date(number, 1, 1), date(number, 12, 31)

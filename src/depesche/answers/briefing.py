"""What a day brought: what pages of that day told first, what they changed, and what is coming."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from depesche.answers.asof import known_on
from depesche.answers.browse import Row, row_of
from depesche.answers.catalogue import NOBODY, Catalogue
from depesche.answers.chronicle import upcoming
from depesche.model.days import Days
from depesche.model.linkage import Entry
from depesche.model.reading import Status
from depesche.store import View

AHEAD = 30
"""Days that count as coming."""

MOST = 60
"""Entries of a kind that are listed."""


class Changed(msgspec.Struct, frozen=True):
    """An entry that pages of the day told otherwise: how it stood the day before, and now."""

    row: Row
    status_before: Status
    days_before: Days


class Briefing(msgspec.Struct, frozen=True):
    """The news of a day, as the pages told that were out by its end. `again` counts what was only told once more.

    `earlier` and `later` are the nearest days with news. Of each kind at most `MOST` are listed.
    """

    day: date
    new: tuple[Row, ...]
    changed: tuple[Changed, ...]
    again: int
    coming: tuple[Row, ...]
    earlier: date | None
    later: date | None


def briefing(view: View, all: Catalogue, day: date, prefixes: Mapping[str, str]) -> Briefing:
    """What that day brought; `prefixes` are what titles begin with by status (see `known_on`)."""
    places = all.told_on.get(day, NOBODY)
    new: list[Row] = []
    changed: list[Changed] = []
    again = 0
    for entry in view.numbered([int(number) for number in all.numbers[places]]):
        now, before = known_on(entry, day, prefixes), _before(entry, day, prefixes)
        if now is None:
            continue
        if before is None:
            new.append(row_of(now))
        elif (before.status, before.days) != (now.status, now.days):
            changed.append(Changed(row_of(now), before.status, before.days))
        else:
            again += 1
    days = sorted(all.told_on)
    return Briefing(
        day=day,
        new=tuple(new[:MOST]),
        changed=tuple(changed[:MOST]),
        again=again,
        coming=tuple(_coming(view, day, prefixes)),
        earlier=max((one for one in days if one < day), default=None),
        later=min((one for one in days if one > day), default=None),
    )


def _before(entry: Entry, day: date, prefixes: Mapping[str, str]) -> Entry | None:
    return known_on(entry, day - timedelta(days=1), prefixes) if day > date.min else None


def _coming(view: View, day: date, prefixes: Mapping[str, str]) -> list[Row]:
    limit = date.fromordinal(min(day.toordinal() + AHEAD, date.max.toordinal()))
    near = (entry for entry in upcoming(view, day, prefixes) if entry.days.first and entry.days.first <= limit)
    return [row_of(entry) for entry, _ in zip(near, range(MOST), strict=False)]


class Announced(msgspec.Struct, frozen=True):
    """What was planned, seen from a day; `total` counts also what is not listed."""

    day: date
    total: int
    rows: tuple[Row, ...]


MOST_ANNOUNCED = 200


def announced(day: date, entries: list[Entry]) -> Announced:
    """Entries that are to come or overdue, seen from that day, as rows."""
    return Announced(day, len(entries), tuple(row_of(entry) for entry in entries[:MOST_ANNOUNCED]))

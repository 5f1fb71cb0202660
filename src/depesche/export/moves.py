"""What an entry's history tells: when it was first and last told of, and the days it was moved from."""

from __future__ import annotations

from datetime import date

from depesche.model.days import Days, Precision, month_of
from depesche.model.linkage import Change, Entry, Step

NEVER = "1970-01-01"
"""Stands where a form demands a day and no page that tells of an entry is dated. A clock is never asked."""

_MOVES = {Change.MOVED, Change.POSTPONED}
_CERTAIN = {Precision.DAY, Precision.DAYS}


def whole_day(told: str | None) -> str | None:
    """The day of a day or an instant as a page or its sidecar tells it; None for what is neither."""
    try:
        return date.fromisoformat(told[:10]).isoformat() if told and len(told) >= len(NEVER) else None
    except ValueError:
        return None


def certain(precision: Precision) -> bool:
    """Whether days of that precision are those on which it happened, not a range in which it lies somewhere."""
    return precision in _CERTAIN


def day_of(entry: Entry) -> date | None:
    """The day of an entry, or the first of its days; None where it is known less closely."""
    return entry.days.first if certain(entry.precision) else None


def in_short(entry: Entry) -> str | None:
    """The day, month or year of an entry in ISO form, as closely as it is told; None where that is no ISO date."""
    first, last = entry.days.first, entry.days.last
    if first is None or certain(entry.precision):
        return first.isoformat() if first else None
    if last and (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return f"{first.year:04}"
    return f"{first.year:04}-{first.month:02}" if entry.days == month_of(first.year, first.month) else None


def last_told(entry: Entry) -> str:
    """The latest day on which a page told of it: what forms call "updated" or "modified"."""
    return max((step.published or step.latest or NEVER for step in entry.history), default=NEVER)


def first_told(entry: Entry) -> str | None:
    """The earliest known day on which a page told of it."""
    return min((step.published for step in entry.history if step.published), default=None)


def last_change(entry: Entry) -> Step | None:
    """The latest dated step that changed something: not one that tells again what was known."""
    changed: Step | None = None
    for before, step in zip((None, *entry.history), entry.history, strict=False):
        new = before is None or step.change in _MOVES or step.change is not before.change
        if step.published and new and step.change is not Change.CONFIRMED:
            changed = step
    return changed


def moved_from(entry: Entry) -> tuple[Days, ...]:
    """The days that were announced and then given up for others, in the order of the history."""
    moves = [number for number, step in enumerate(entry.history) if step.change in _MOVES]
    if not moves:
        return ()
    close = {mention.event.id for mention in entry.mentions if certain(mention.event.precision)}
    told = [step.days for step in entry.history[: moves[-1]] if step.mention in close and step.days.first]
    return tuple(dict.fromkeys(days for days in told if days.first != entry.days.first))


def postponed(entry: Entry) -> bool:
    """Whether the latest that is told of a planned event is that it was put off."""
    return bool(entry.history) and entry.history[-1].change is Change.POSTPONED

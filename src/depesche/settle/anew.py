"""A page's times and events as they are once its day is known more closely."""

from __future__ import annotations

import msgspec

from depesche.model.anchoring import anchored_anew, read_ahead, up_to
from depesche.model.days import Days, Direction, Precision, iso, later
from depesche.model.expression import Anchored, resolve
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Reading, Status, Time
from depesche.model.reason import Reason
from depesche.model.text import Span

TO_COME = frozenset({Status.PLANNED, Status.CANCELLED})
BY_TENSE = "status.tense"
"""The rule of a status that nothing but tense and days gave."""


class _Known(msgspec.Struct, frozen=True):
    """What changes: the page's days before and now, and each time by its place, before and now."""

    before: Days
    now: Days
    times: dict[Span, tuple[Time, Time]]


def redated(reading: Reading, dateline: Dateline) -> Reading:
    """The reading on a page of these days: its times anchored anew, its events on the days of their times.

    What stands in an entry of a live blog whose day is known stays as it is.
    """
    line = reading.dateline
    before, now = Days(line.earliest, line.latest), Days(dateline.earliest, dateline.latest)
    times = anchored_anew(reading.times, now)
    pairs = zip(reading.times, times, strict=True)
    known = _Known(before, now, {Span(old.start, old.end): (old, new) for old, new in pairs})
    in_entries = frozenset(event.id for event in reading.events if line.post_at(event.trigger.start))
    events = tuple(event if event.id in in_entries else _event(event, known) for event in reading.events)
    return msgspec.structs.replace(reading, dateline=dateline, times=times, events=events)


def _event(event: EventMention, known: _Known) -> EventMention:
    pair = known.times.get(event.time_words) if event.time_words else None
    found = _days(event, *pair, known) if pair else None
    if found is not None and found.days != event.days:
        why = Reason("settle.redated", f"the page is of {_told(known.now)}", event.time_words)
        event = msgspec.structs.replace(
            event, days=found.days, precision=found.precision, reasons=(*event.reasons, why)
        )
    if event.status == Status.OCCURRED and _ahead(event, known.now):
        why = Reason("status.ahead", "its days lie after the page's")
        event = msgspec.structs.replace(event, status=Status.PLANNED, reasons=(*event.reasons, why))
    return event


def _days(event: EventMention, old: Time, new: Time, known: _Known) -> Anchored | None:
    """The event's days in the form in which it had them: the time's own, open from or up to it, or read ahead.

    None where the days are none of these, so that the time cannot tell them.
    """
    if event.days == old.days:
        return _planned(event, new, known.now)
    first, last = new.days.first, new.days.last
    if event.status in TO_COME and event.days.last is not None and event.days == _until(old, known.before):
        span = _until(new, known.now)
        return Anchored(new.value, span, Precision.OPEN if span.first is None else Precision.RANGE)
    if event.days == Days(None, old.days.last):
        return Anchored(new.value, Days(None, last), Precision.OPEN)
    if event.days == Days(old.days.first, None):
        return Anchored(new.value, Days(first, None), Precision.OPEN)
    if event.precision == Precision.DAYS and old.days.length == new.days.length == 1:
        return Anchored(new.value, _as_long(event.days, new.days), Precision.DAYS)
    if event.precision == Precision.RANGE and _since(old, known.before) == event.days:
        days = _since(new, known.now)
        return Anchored(new.value, days, Precision.RANGE) if days and first else None
    if event.status == Status.PLANNED and new.expression is not None:
        ahead = resolve(new.expression, known.before, Direction.FUTURE)
        return resolve(new.expression, known.now, Direction.FUTURE) if ahead.days == event.days else None
    return None


def _until(time: Time, published: Days) -> Days:
    """From the page's day up to the time, read ahead where it would else be over."""
    ahead = read_ahead(time.expression, time.days, published) if time.expression is not None else None
    last = (ahead.days if ahead is not None else time.days).last
    return up_to(last, published) if last is not None else Days()


def _as_long(days: Days, day: Days) -> Days:
    """As many days as before, from a new first one on."""
    if day.first is None or days.length is None:
        return day
    return Days(day.first, later(day.first, days.length - 1))


def _since(time: Time, published: Days) -> Days | None:
    """From the time up to the page's day; None where it has not come by then."""
    first, last = time.days.first, published.last
    return Days(first, last) if first and (last is None or last >= first) else None


def _planned(event: EventMention, new: Time, published: Days) -> Anchored:
    """The time's days; a plan's words point forward where its days would else be over."""
    found = Anchored(new.value, new.days, new.precision)
    if event.status != Status.PLANNED or new.expression is None:
        return found
    return read_ahead(new.expression, new.days, published) or found


def _ahead(event: EventMention, published: Days) -> bool:
    """Whether what was told without a sign of the future turns out to lie after the page's day."""
    first, last = event.days.first, published.last
    by_tense = any(reason.rule == BY_TENSE for reason in event.reasons)
    return by_tense and first is not None and last is not None and first > last


def _told(days: Days) -> str:
    return f"{iso(days.first)} to {iso(days.last)}"

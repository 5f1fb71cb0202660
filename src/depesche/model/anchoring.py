"""Time expressions as times: anchored once when a page is read, and anew when other pages tell more of its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from depesche.model import formula as f
from depesche.model.days import Days, Direction, Precision
from depesche.model.expression import Anchored, TimeExpression, resolve
from depesche.model.reading import Time
from depesche.model.reason import Reason

PRESENT = "PRESENT_REF"


def anchored_time(expression: TimeExpression, anchor: Days, direction: Direction) -> Time:
    """The time that an expression is, seen from a day that lies in `anchor`."""
    told = resolve(expression, anchor, direction)
    return Time(
        start=expression.start,
        end=expression.end,
        type=expression.type.value,
        value=told.value,
        days=told.days,
        precision=told.precision,
        mod=expression.mod,
        reason=Reason(f"time.{expression.rule}", note=direction.value),
        parts=_parts(expression, told, anchor, direction),
    )


def _parts(expression: TimeExpression, whole: Anchored, anchor: Days, direction: Direction) -> tuple[Time, ...]:
    """The two ends of a range as times of their own, with the values that they have in it."""
    if len(expression.parts) != 2 or not isinstance(expression.formula, f.Between):
        return ()
    values = whole.value.split("/")
    ends: list[Time] = []
    for part, value in zip(expression.parts, values, strict=False):
        told = resolve(part, anchor, direction)
        days = told.days
        if told.value != value:
            days = Days(whole.days.last, whole.days.last) if part is expression.parts[1] else whole.days
        ends.append(
            Time(
                part.start,
                part.end,
                part.type.value,
                value,
                days,
                told.precision,
                part.mod,
                Reason(f"time.{part.rule}"),
            )
        )
    return tuple(ends)


def anchored_anew(times: Sequence[Time], published: Days) -> tuple[Time, ...]:
    """The times of a page as they are once its day is known more closely.

    A time that keeps no expression stays as it is, and so does one that counts from another which is still no day.
    """
    anew: list[Time] = []
    for time in times:
        base = anew[time.counts_from] if 0 <= time.counts_from < len(anew) else None
        if base is None:
            anew.append(_anew(time, published))
        else:
            anew.append(_anew(time, base.days) if base.precision is Precision.DAY else time)
    return tuple(anew)


def _anew(time: Time, anchor: Days) -> Time:
    if time.expression is None or time.direction is None:
        return time
    told = anchored_time(time.expression, anchor, time.direction)
    return msgspec.structs.replace(
        time,
        value=time.value if time.value == PRESENT else told.value,
        days=told.days,
        precision=told.precision,
        parts=told.parts,
    )


def read_ahead(expression: TimeExpression, days: Days, published: Days) -> Anchored | None:
    """The same words read as pointing forward, where a plan would else lie before the page; None if the days stand."""
    if days.last is None or published.last is None or days.last >= published.last:
        return None
    return resolve(expression, published, Direction.FUTURE)


def up_to(last: date, published: Days) -> Days:
    """The days of what is to come and has an end only: from the page's day on; open where that end is over by then."""
    now = published.first
    return Days(now, last) if now is not None and last >= now else Days(None, last)

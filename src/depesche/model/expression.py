"""Time expressions that no day anchors yet, and how a day anchors them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from depesche.model.almanac import Anchored
from depesche.model.calendar import anchor as anchored
from depesche.model.calendar import blended, unanchored
from depesche.model.days import Days, Direction, Precision
from depesche.model.formula import Duration, Formula

__all__ = ["Anchored", "Reference", "TimeExpression", "TimexType", "resolve"]


class TimexType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Reference(StrEnum):
    """What a time expression counts from: the day of publication, or the time the passage tells of."""

    PUBLICATION = "publication"
    PASSAGE = "passage"


class TimeExpression(msgspec.Struct, frozen=True, omit_defaults=True):
    """A time as the text words it: recognised, typed, and not yet anchored to a day.

    `mod` is TIMEX3's (START, APPROX …). `direction` is set where the words themselves point somewhere
    ("kommenden Montag"). `parts` are the ends of a range as expressions of their own, as TIMEX3 has them.
    """

    start: int
    end: int
    rule: str
    type: TimexType
    formula: Formula = Duration("")
    mod: str | None = None
    direction: Direction | None = None
    reference: Reference = Reference.PUBLICATION
    parts: tuple[TimeExpression, ...] = ()


def resolve(expression: TimeExpression, anchor: Days, direction: Direction) -> Anchored:
    """The time as value and days, seen from a reference day that lies somewhere in `anchor`.

    Every formula moves forward with the reference day, so the two ends of the anchor give the widest range.
    """
    formula = expression.formula
    towards = expression.direction or direction
    first, last = anchor.first, anchor.last
    if first is None or last is None:
        return _half_known(formula, anchor, towards)
    early = anchored(formula, first, towards)
    if first == last:
        return early
    late = anchored(formula, last, towards)
    if early == late:
        return early
    days = _span(early.days.first, late.days.last)
    return Anchored(blended(formula, early, late), days, Precision.RANGE if days.length else Precision.OPEN)


def _half_known(formula: Formula, anchor: Days, direction: Direction) -> Anchored:
    blank = unanchored(formula)
    if blank.days.known or not anchor.known:
        return blank
    first = anchored(formula, anchor.first, direction).days.first if anchor.first else None
    last = anchored(formula, anchor.last, direction).days.last if anchor.last else None
    days = _span(first, last)
    return Anchored(blank.value, days, Precision.OPEN if days.known else blank.precision)


def _span(first: date | None, last: date | None) -> Days:
    return Days(first, last) if first is None or last is None or first <= last else Days(last, first)

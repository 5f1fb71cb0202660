"""What one piece of evidence says of the day of publication: the days on which it would be true."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from depesche.model.days import Days, Direction
from depesche.model.expression import TimeExpression, resolve
from depesche.model.formula import Between, CalendarDate, Distance, Formula, PartOf, Unit
from depesche.model.text import Span

FIRST = date(1990, 1, 1)
LAST = date(2060, 12, 31)
"""No page is older than the web. Later days stand for "open": nothing limits the day upwards."""

HARD = 1000
STRONG = 6
FAIR = 3
WEAK = 1

_ONE_DAY = timedelta(days=1)
_REACH = timedelta(days=5 * 366)
_UNIT_DAYS = {Unit.DAY: 1.0, Unit.WEEK: 7.0, Unit.MONTH: 30.44, Unit.YEAR: 365.25, Unit.DECADE: 3652.5}
_LOOSE = {Unit.DAY: 1, Unit.WEEK: 5, Unit.MONTH: 20, Unit.YEAR: 183, Unit.DECADE: 1000}
"""By how many days people miss when they say "vor einem Jahr"."""


class Constraint(msgspec.Struct, frozen=True):
    """Evidence: the days it allows, how much it weighs, and why, with the words it rests on.

    `span` is their place in the article's text; `words` are those of a header, which is no part of that.
    """

    rule: str
    note: str
    weight: int
    days: tuple[Days, ...]
    span: Span | None = None
    words: str | None = None


def from_day(first: date) -> tuple[Days, ...]:
    """Any day from this one on."""
    return (Days(max(first, FIRST), LAST),) if first <= LAST else ()


def to_day(last: date) -> tuple[Days, ...]:
    """Any day up to this one."""
    return (Days(FIRST, min(last, LAST)),) if last >= FIRST else ()


@lru_cache(maxsize=64)
def on_weekdays(day: int, more: int) -> tuple[Days, ...]:
    """Each such weekday (Monday 1) with so many days after it."""
    first = FIRST + timedelta(days=(day - FIRST.isoweekday()) % 7)
    weeks = (LAST - first).days // 7
    starts = (first + timedelta(days=7 * week) for week in range(weeks))
    return tuple(Days(start, start + timedelta(days=more)) for start in starts)


def each_year(stretch: Callable[[int], Days | None]) -> tuple[Days, ...]:
    """A stretch of days that comes every year."""
    return joined(days for year in range(FIRST.year - 1, LAST.year + 1) if (days := stretch(year)))


def joined(stretches: Iterable[Days]) -> tuple[Days, ...]:
    """The stretches in order, those that touch made one, cut to the days that count."""
    done: list[tuple[date, date]] = []
    for first, last in sorted((days.first or FIRST, days.last or LAST) for days in stretches):
        first, last = max(first, FIRST), min(last, LAST)
        if first > last:
            continue
        if done and first <= done[-1][1] + _ONE_DAY:
            done[-1] = (done[-1][0], max(done[-1][1], last))
        else:
            done.append((first, last))
    return tuple(Days(first, last) for first, last in done)


def days_when(expression: TimeExpression, target: Days, direction: Direction) -> Days | None:
    """The days on which the expression, read in this direction, would mean the target."""
    first, last = target.first, target.last
    if first is None or last is None:
        return None
    formula = bare(expression.formula)
    if isinstance(formula, Distance):
        return _ago(formula, first, last)
    if isinstance(formula, CalendarDate) and formula.year is not None:
        return None
    low = _moved(first, -_REACH)
    high = _moved(last, _REACH * 12)
    start = _first_day(low, high, lambda day: _reaches(expression, day, direction, first))
    end = _first_day(low, high, lambda day: _passes(expression, day, direction, last))
    if start is None or end is None or end <= start:
        return None
    return Days(start, end - timedelta(days=1))


def bare(formula: Formula) -> Formula:
    """The formula without "Anfang" or "Ende"; the end of a range."""
    if isinstance(formula, Between):
        return bare(formula.last)
    return bare(formula.whole) if isinstance(formula, PartOf) else formula


def _ago(formula: Distance, first: date, last: date) -> Days | None:
    if formula.count is None or formula.unit not in _UNIT_DAYS or not 0 < formula.count < 100:
        return None
    away = formula.count * _UNIT_DAYS[formula.unit] * -formula.sign
    loose = _LOOSE[formula.unit] * max(1.0, formula.count / 8)
    days = Days(_moved(first, timedelta(days=away - loose)), _moved(last, timedelta(days=away + loose)))
    return days.hull(_calendar_years(formula, first, last)) if formula.unit is Unit.YEAR else days


def _calendar_years(formula: Distance, first: date, last: date) -> Days:
    """People also count calendar years: in spring 2007 the end of 2004 is "vor drei Jahren"."""
    years = round(formula.count or 0) * -formula.sign
    early, late = min(max(first.year + years, 1900), 2150), min(max(last.year + years, 1900), 2150)
    return Days(date(early, 1, 1), date(late, 12, 31))


def _reaches(expression: TimeExpression, day: date, direction: Direction, target: date) -> bool:
    end = resolve(expression, Days(day, day), direction).days.last
    return end is not None and end >= target


def _passes(expression: TimeExpression, day: date, direction: Direction, target: date) -> bool:
    start = resolve(expression, Days(day, day), direction).days.first
    return start is None or start > target


def _first_day(low: date, high: date, holds: Callable[[date], bool]) -> date | None:
    """The first day on which it holds; times move forward with the day they are seen from, so halving finds it."""
    if not holds(high):
        return None
    span = (high - low).days
    below, above = -1, span
    while above - below > 1:
        middle = (below + above) // 2
        if holds(low + timedelta(days=middle)):
            above = middle
        else:
            below = middle
    return low + timedelta(days=above)


def _moved(day: date, by: timedelta) -> date:
    try:
        return min(max(day + by, date(1900, 1, 1)), date(2150, 1, 1))
    except OverflowError:
        return date(2150, 1, 1) if by > timedelta(0) else date(1900, 1, 1)

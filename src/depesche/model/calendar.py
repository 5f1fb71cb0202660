"""Calendar arithmetic: which days a formula means, seen from one reference day.

Every formula moves forward with the reference day, so the ends of a range of reference days give the widest range.
"""

from __future__ import annotations

from datetime import date

from depesche.model import formula as f
from depesche.model.almanac import (
    Anchored,
    clamped,
    days_in_year,
    every_year,
    in_year,
    month_days,
    month_length,
    months_on,
    moved,
    open_value,
    ordered,
    stretch,
    week_value,
)
from depesche.model.days import Days, Direction, Precision

_VAGUE_COUNT = 4
_FARTHEST = {f.Unit.SECOND: 1, f.Unit.MINUTE: 1, f.Unit.HOUR: 2, f.Unit.DAY: 13, f.Unit.WEEK: 90}
"""Days that "some days ago" or "some weeks ago" can lie back at most."""
_FOREVER = 4_000_000
"""More days than the calendar has."""
_LEAP_GAP = 8
"""Years to search for a day that not every year has: eight lie between leap days around 1900."""
_AHEAD = 330
"""Days: a date further ahead is told with its year; without one, it is the date that has just gone by."""


def anchor(formula: f.Formula, day: date, direction: Direction) -> Anchored:
    """The time that the formula means on a reference day."""
    match formula:
        case f.Offset():
            return _period(formula.unit, day, formula.count)
        case f.Weekday() | f.Weekend():
            return _in_week(formula, day, direction)
        case f.CalendarDate() | f.Season() | f.Quarter() | f.Half() | f.Week() | f.Holiday():
            return _in_some_year(formula, day, direction)
        case f.DayOfMonth():
            return _in_month(formula, day, direction)
        case f.Distance():
            return _distance(formula, day)
        case f.Window():
            return _window(formula, day)
        case f.PartOf():
            whole = anchor(formula.whole, day, direction)
            return Anchored(whole.value, part_of(whole, formula.part), _part_precision(whole.precision))
        case f.Clock() | f.DayPart():
            on = anchor(formula.day, day, direction) if formula.day else _period(f.Unit.DAY, day, 0)
            return Anchored(f"{on.value}{_suffix(formula)}", on.days, on.precision)
        case f.Between():
            return _between(formula, day, direction)
        case f.Vague():
            return Anchored(formula.value, _vague_days(formula.value, day), Precision.OPEN)
        case _:
            return unanchored(formula)


def unanchored(formula: f.Formula) -> Anchored:
    """The time as far as it can be told without a reference day: "XXXX-WXX-1"."""
    match formula:
        case f.CalendarDate() | f.Season() | f.Quarter() | f.Half() | f.Week() | f.Holiday():
            if formula.year is not None:
                return in_year(formula, formula.year)
            return Anchored(open_value(formula))
        case f.Weekday():
            return Anchored(f"XXXX-WXX-{formula.day}")
        case f.Weekend():
            return Anchored("XXXX-WXX-WE")
        case f.DayOfMonth():
            return Anchored(f"XXXX-XX-{formula.day:02d}")
        case f.Offset():
            return Anchored(_OPEN[formula.unit])
        case f.Era():
            days = Days(date(clamped(formula.first), 1, 1), date(clamped(formula.last), 12, 31))
            return Anchored(formula.value, days, Precision.DECADE if len(formula.value) == 3 else Precision.CENTURY)
        case f.PartOf():
            whole = unanchored(formula.whole)
            return Anchored(whole.value, part_of(whole, formula.part), _part_precision(whole.precision))
        case f.Clock() | f.DayPart():
            on = unanchored(formula.day) if formula.day else Anchored("XXXX-XX-XX")
            return Anchored(f"{on.value}{_suffix(formula)}", on.days, on.precision)
        case f.Between():
            return _joined(unanchored(formula.first), unanchored(formula.last))
        case _:
            return Anchored(formula.value)


_OPEN = {
    f.Unit.SECOND: "XXXX-XX-XX",
    f.Unit.MINUTE: "XXXX-XX-XX",
    f.Unit.HOUR: "XXXX-XX-XX",
    f.Unit.DAY: "XXXX-XX-XX",
    f.Unit.WEEK: "XXXX-WXX",
    f.Unit.MONTH: "XXXX-XX",
    f.Unit.QUARTER: "XXXX-QX",
    f.Unit.HALF: "XXXX-HX",
    f.Unit.YEAR: "XXXX",
    f.Unit.DECADE: "XXX",
    f.Unit.CENTURY: "XX",
    f.Unit.MILLENNIUM: "X",
}


_PER_DAY = {f.Unit.HOUR: 24, f.Unit.MINUTE: 1440, f.Unit.SECOND: 86400}


# --- periods counted from the reference day


def _period(unit: f.Unit, day: date, count: int) -> Anchored:
    match unit:
        case f.Unit.WEEK:
            monday = moved(day, 7 * count - day.weekday())
            return Anchored(week_value(monday), stretch(monday, 7), Precision.WEEK)
        case f.Unit.MONTH:
            year, month = months_on(day, count)
            return Anchored(f"{year:04d}-{month:02d}", month_days(year, month), Precision.MONTH)
        case f.Unit.QUARTER:
            year, month = months_on(day, 3 * count)
            return in_year(f.Quarter((month + 2) // 3), year)
        case f.Unit.HALF:
            year, month = months_on(day, 6 * count)
            return in_year(f.Half(1 if month < 7 else 2), year)
        case f.Unit.YEAR:
            return in_year(f.CalendarDate(), day.year + count)
        case f.Unit.DECADE:
            first = (day.year // 10 + count) * 10
            return unanchored(f.Era(f"{clamped(first) // 10:03d}", first, first + 9))
        case f.Unit.CENTURY:
            first = ((day.year - 1) // 100 + count) * 100
            return unanchored(f.Era(f"{clamped(first) // 100:02d}", first + 1, first + 100))
        case _:
            there = moved(day, count if unit is f.Unit.DAY else 0)
            return Anchored(there.isoformat(), Days(there, there), Precision.DAY)


def _distance(formula: f.Distance, day: date) -> Anchored:
    if formula.count is None:
        return _vaguely_distant(formula, day)
    if formula.unit in _PER_DAY:
        there = moved(day, formula.sign * round(formula.count / _PER_DAY[formula.unit]))
        return Anchored(formula.value, ordered(there, day), Precision.DAYS if there != day else Precision.DAY)
    unit, count = _whole(formula.unit, formula.count)
    there_period = _period(unit, day, formula.sign * count)
    return Anchored(formula.value, there_period.days, there_period.precision)


def _vaguely_distant(formula: f.Distance, day: date) -> Anchored:
    """Some days or weeks off lies where people still count in days or weeks; some years off lies anywhere."""
    farthest = _FARTHEST.get(formula.unit)
    if farthest is None:
        days = Days(None, day) if formula.sign < 0 else Days(day, None)
        return Anchored(formula.value, days, Precision.OPEN)
    days = ordered(moved(day, formula.sign * farthest), day)
    return Anchored(formula.value, days, Precision.RANGE)


def _window(formula: f.Window, day: date) -> Anchored:
    unit, count = _whole(formula.unit, _VAGUE_COUNT if formula.count is None else formula.count)
    return Anchored(formula.value, ordered(_back(unit, day, formula.sign * count), day), Precision.RANGE)


def _whole(unit: f.Unit, count: float) -> tuple[f.Unit, int]:
    """The length in a unit that measures it without a fraction: a year and a half is eighteen months."""
    count = min(count, _FOREVER)
    if unit is f.Unit.MILLENNIUM:
        return f.Unit.CENTURY, round(10 * count)
    if count == int(count):
        return unit, int(count)
    if unit is f.Unit.YEAR:
        return f.Unit.MONTH, round(12 * count)
    if unit is f.Unit.WEEK:
        return f.Unit.DAY, round(7 * count)
    return unit, round(count)


def _back(unit: f.Unit, day: date, count: int) -> date:
    months = {f.Unit.MONTH: 1, f.Unit.QUARTER: 3, f.Unit.HALF: 6, f.Unit.YEAR: 12, f.Unit.DECADE: 120}
    months |= {f.Unit.CENTURY: 1200}
    if unit in months:
        year, month = months_on(day, months[unit] * count)
        return date(year, month, min(day.day, month_length(year, month)))
    return moved(day, count * {f.Unit.DAY: 1, f.Unit.WEEK: 7}.get(unit, 0))


def _vague_days(value: str, day: date) -> Days:
    if value.startswith("PAST"):
        return Days(None, day)
    return Days(day, None) if value.startswith("FUTURE") else Days(day, day)


# --- days and weekends


def _in_week(formula: f.Weekday | f.Weekend, day: date, direction: Direction) -> Anchored:
    first, length = (formula.day, 1) if isinstance(formula, f.Weekday) else (6, 2)
    here = moved(day, first - day.isoweekday())
    if formula.week_shift is not None:
        there = moved(here, 7 * formula.week_shift)
    else:
        weeks = [Days(moved(here, 7 * n), moved(here, 7 * n + length - 1)) for n in (-2, -1, 0, 1, 2)]
        there = _chosen(weeks, day, direction, formula.step).first or here
    if isinstance(formula, f.Weekend):
        return Anchored(f"{week_value(there)}-WE", stretch(there, 2), Precision.DAYS)
    return Anchored(there.isoformat(), Days(there, there), Precision.DAY)


def _in_month(formula: f.DayOfMonth, day: date, direction: Direction) -> Anchored:
    shifts = (-2, -1, 0, 1, 2) if formula.month_shift is None else (formula.month_shift,)
    found = []
    for shift in shifts:
        year, month = months_on(day, shift)
        there = date(year, month, min(formula.day, month_length(year, month)))
        if there.day == formula.day or len(shifts) == 1:
            found.append(Days(there, there))
    days = _chosen(found, day, direction, 0)
    return Anchored(str(days.first), days, Precision.DAY)


def _chosen(candidates: list[Days], day: date, direction: Direction, step: int) -> Days:
    """The occurrence that step or direction ask for, of several in order of time."""
    before = [days for days in candidates if days.last and days.last < day]
    after = [days for days in candidates if days.first and days.first > day]
    if step < 0:
        return (before or candidates)[max(step, -len(before or candidates))]
    if step > 0:
        return (after or candidates)[min(step, len(after or candidates)) - 1]
    if direction is Direction.PAST:
        begun = candidates[: len(candidates) - len(after)]
        return (begun or candidates)[-1 if begun else 0]
    if direction is Direction.FUTURE:
        open_still = candidates[len(before) :]
        return (open_still or candidates)[0 if open_still else -1]
    return min(candidates, key=lambda days: days.gap(Days(day, day)))


# --- parts of a year


def _in_some_year(formula: f.InYear, day: date, direction: Direction) -> Anchored:
    if formula.year is not None:
        return in_year(formula, formula.year)
    if formula.year_shift is not None:
        return in_year(formula, day.year + formula.year_shift)
    reach = 2 if every_year(formula) else _LEAP_GAP
    years = range(clamped(day.year - reach), clamped(day.year + reach) + 1)
    fits = [(year, days) for year in years if (days := days_in_year(formula, year)) is not None]
    if not fits:
        return in_year(formula, day.year)
    if isinstance(formula, f.CalendarDate) and formula.weekday is not None:
        fits = [(y, days) for y, days in fits if days.first and days.first.isoweekday() == formula.weekday] or fits
        direction = Direction.NEAREST
    candidates = [days for _, days in fits]
    chosen = _chosen(candidates, day, direction, formula.step)
    if _tells_a_day(formula) and direction is Direction.FUTURE and chosen.gap(Days(day, day)) > _AHEAD:
        chosen = _chosen(candidates, day, Direction.NEAREST, formula.step)
    return in_year(formula, next(year for year, days in fits if days == chosen))


def _tells_a_day(formula: f.InYear) -> bool:
    """Whether it tells a day by its date, as "am 7. Mai" does."""
    return isinstance(formula, f.CalendarDate) and formula.day is not None


# --- parts of a period, ranges


def part_of(whole: Anchored, part: f.Part) -> Days:
    """Beginning, middle or end of a period, in the parts that people mean by it."""
    first, last = whole.days.first, whole.days.last
    if first is None or last is None or first == last:
        return whole.days
    length = (last - first).days + 1
    match whole.precision:
        case Precision.MONTH:
            cuts = (10, 20)
        case Precision.WEEK:
            cuts = (3, 4)
        case Precision.YEAR | Precision.CENTURY | Precision.DECADE:
            cuts = (length // 4, length - length // 4)
            if whole.precision is Precision.YEAR:
                cuts = (length - 275, length - 92)
        case _:
            cuts = (length // 3, length - length // 3)
    match part:
        case f.Part.START:
            return Days(first, moved(first, max(cuts[0], 1) - 1))
        case f.Part.MID:
            return Days(moved(first, cuts[0]), moved(first, max(cuts[1], cuts[0] + 1) - 1))
        case _:
            return Days(moved(first, min(cuts[1], length - 1)), last)


def _part_precision(whole: Precision) -> Precision:
    steps = {Precision.MONTH: Precision.DAYS, Precision.WEEK: Precision.DAYS, Precision.YEAR: Precision.QUARTER}
    return steps.get(whole, Precision.RANGE if whole is not Precision.UNKNOWN else whole)


def _between(formula: f.Between, day: date, direction: Direction) -> Anchored:
    first = anchor(formula.first, day, direction)
    start = first.days.first
    if start is None:
        return _joined(first, anchor(formula.last, day, direction))
    last = anchor(formula.last, day, direction)
    if last.days.last is None or last.days.last < start or _floats(formula.last):
        last = anchor(formula.last, start, Direction.FUTURE)
    return _joined(first, last)


def _floats(formula: f.Formula) -> bool:
    """Whether the place of a time depends on the direction that one looks in."""
    match formula:
        case f.PartOf():
            return _floats(formula.whole)
        case f.Clock() | f.DayPart():
            return formula.day is not None and _floats(formula.day)
        case f.Weekday() | f.Weekend():
            return formula.week_shift is None and formula.step == 0
        case f.CalendarDate() | f.Season() | f.Quarter() | f.Half() | f.Week() | f.Holiday():
            return formula.year is None and formula.year_shift is None and formula.step == 0
        case f.DayOfMonth():
            return formula.month_shift is None
        case _:
            return False


def _joined(first: Anchored, last: Anchored) -> Anchored:
    start, end = first.days.first, last.days.last
    days = Days(start, end) if start is None or end is None or start <= end else first.days
    if not days.known:
        precision = Precision.UNKNOWN
    elif days.length is None:
        precision = Precision.OPEN
    else:
        close = first.precision is Precision.DAY and last.precision is Precision.DAY
        precision = (Precision.DAY if days.length == 1 else Precision.DAYS) if close else Precision.RANGE
    return Anchored(f"{first.value}/{last.value}", days, precision)


def _suffix(formula: f.Clock | f.DayPart) -> str:
    if isinstance(formula, f.DayPart):
        return f"T{formula.part}"
    return f"T{formula.hour:02d}:{formula.minute:02d}"


def blended(formula: f.Formula, early: Anchored, late: Anchored) -> str:
    """The value seen from a range of reference days: what both ends agree on, the rest left open."""
    if early.value == late.value:
        return early.value
    blank = unanchored(formula).value
    ones, others = early.value.split("-"), late.value.split("-")
    if ones[0] != others[0] or len(ones) != 3 or len(others) != 3 or ones[1] != others[1] or "/" in early.value:
        return blank
    _, mark, time = ones[2].partition("T")
    return f"{ones[0]}-{ones[1]}-XX{mark}{time}"

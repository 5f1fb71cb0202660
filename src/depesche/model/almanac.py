"""The year and its parts: months, seasons, quarters, holidays; and moving about on the calendar.

No day outside the years 1 to 9999 is ever needed: what would lie outside is moved to the nearest end.
"""

from __future__ import annotations

from datetime import MAXYEAR, date
from functools import lru_cache

import msgspec

from depesche.model import formula as f
from depesche.model.days import Days, Precision

_LAST = date.max.toordinal()
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Anchored(msgspec.Struct, frozen=True):
    """A time on the calendar: its TIMEX3 value and the days that it can mean."""

    value: str
    days: Days = Days()
    precision: Precision = Precision.UNKNOWN


def every_year(formula: f.InYear) -> bool:
    """Whether every year has such a day: there is a 29 February, or a Monday 5 May, only now and then."""
    if not isinstance(formula, f.CalendarDate):
        return True
    return formula.weekday is None and not (formula.month == 2 and (formula.day or 0) > 28)


def in_year(formula: f.InYear, year: int) -> Anchored:
    """The formula in the year given."""
    year = clamped(year)
    match formula:
        case f.CalendarDate(month=None):
            return Anchored(f"{year:04d}", Days(date(year, 1, 1), date(year, 12, 31)), Precision.YEAR)
        case f.CalendarDate(month=int(month), day=None):
            return Anchored(f"{year:04d}-{month:02d}", month_days(year, month), Precision.MONTH)
        case f.CalendarDate(month=int(month), day=int(number)):
            there = date(year, month, min(number, month_length(year, month)))
            return Anchored(there.isoformat(), Days(there, there), Precision.DAY)
        case f.Season():
            days = _months(year, _SEASONS[formula.season], 3)
            return Anchored(f"{year:04d}-{formula.season}", days, Precision.SEASON)
        case f.Quarter():
            days = _months(year, 3 * formula.number - 2, 3)
            return Anchored(f"{year:04d}-Q{formula.number}", days, Precision.QUARTER)
        case f.Half():
            return Anchored(f"{year:04d}-H{formula.number}", _months(year, 6 * formula.number - 5, 6), Precision.HALF)
        case f.Week():
            monday = _monday(year, formula.number)
            return Anchored(week_value(monday), stretch(monday, 7), Precision.WEEK)
        case f.Holiday():
            days = _holiday(formula, year)
            return Anchored(str(days.first), days, Precision.DAY if formula.length == 1 else Precision.DAYS)
    return Anchored("")


def days_in_year(formula: f.InYear, year: int) -> Days | None:
    """The days of the formula in a year; None for a day that the year does not have."""
    if (
        isinstance(formula, f.CalendarDate)
        and formula.month
        and formula.day
        and formula.day > month_length(year, formula.month)
    ):
        return None
    return in_year(formula, year).days


def open_value(formula: f.InYear) -> str:
    """Its value where nobody knows the year."""
    match formula:
        case f.CalendarDate(month=None):
            return "XXXX"
        case f.CalendarDate(day=None):
            return f"XXXX-{formula.month:02d}"
        case f.CalendarDate():
            return f"XXXX-{formula.month:02d}-{formula.day:02d}"
        case f.Season():
            return f"XXXX-{formula.season}"
        case f.Quarter():
            return f"XXXX-Q{formula.number}"
        case f.Half():
            return f"XXXX-H{formula.number}"
        case f.Week():
            return f"XXXX-W{formula.number:02d}"
        case f.Holiday():
            month = f"{formula.month:02d}" if formula.month else "XX"
            return f"XXXX-{month}-{formula.day:02d}" if formula.day else f"XXXX-{month}-XX"
    return "XXXX"


@lru_cache(maxsize=512)
def easter(year: int) -> date:
    """Easter Sunday (Gregorian; after Meeus, Jones and Butcher)."""
    century = year // 100
    golden = year % 19
    skipped = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + skipped + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def _holiday(formula: f.Holiday, year: int) -> Days:
    if formula.month and formula.weekday:
        first = date(year, formula.month, 1)
        first = moved(first, (formula.weekday - first.isoweekday()) % 7 + 7 * (formula.nth - 1))
    elif formula.advent is not None:
        # The fourth Sunday in Advent is the last before Christmas Day.
        christmas = date(year, 12, 25)
        first = moved(christmas, formula.advent - 21 - christmas.isoweekday())
    elif formula.month:
        first = date(year, formula.month, min(formula.day or 1, month_length(year, formula.month)))
    else:
        first = moved(easter(year), formula.easter)
    return stretch(first, formula.length)


def _monday(year: int, week: int) -> date:
    """The first day of a week of the year, of its last week where it has no 53rd."""
    last = date(year, 12, 28).isocalendar().week
    return moved(date.fromisocalendar(year, 1, 1), 7 * (min(week, last) - 1))


# --- moving about


def moved(day: date, days: int) -> date:
    """The day so many days on."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), _LAST))


def stretch(first: date, length: int) -> Days:
    """So many days from the first on."""
    return Days(first, moved(first, length - 1))


def ordered(one: date, other: date) -> Days:
    """The range between two days in either order."""
    return Days(min(one, other), max(one, other))


def clamped(year: int) -> int:
    """The nearest year that the calendar has."""
    return min(max(year, 1), MAXYEAR)


def months_on(day: date, count: int) -> tuple[int, int]:
    """Year and month so many months on."""
    months = min(max(day.year * 12 + day.month - 1 + count, 12), MAXYEAR * 12 + 11)
    return months // 12, months % 12 + 1


def month_length(year: int, month: int) -> int:
    """Days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def month_days(year: int, month: int) -> Days:
    """First to last day of a month."""
    return Days(date(year, month, 1), date(year, month, month_length(year, month)))


def _months(year: int, month: int, count: int) -> Days:
    end_year, end_month = months_on(date(year, month, 1), count - 1)
    return Days(date(year, month, 1), date(end_year, end_month, month_length(end_year, end_month)))


def week_value(day: date) -> str:
    """The ISO week that holds the day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"

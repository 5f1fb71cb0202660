"""What filled templates of time rules come to: lengths as TIMEX3 writes them, eras, hours of half days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from depesche.model.formula import Unit

Scalar: TypeAlias = str | int | float | bool
Filled: TypeAlias = "Mapping[str, Scalar | Filled]"

_NOON = 12
_NIGHT = "NI"
_DEEP_NIGHT = 6
"""Hours told "at night" up to here lie after midnight, later ones before it."""


def measured(formula: Filled) -> Filled:
    """The formula in the words of depesche.model.formula, counts and units also as TIMEX3 has them: PT2H.

    A count of "X" is none. What makes no sense (hour 35) is left to be refused by the formula.
    """
    formula = {key: measured(part) if isinstance(part, Mapping) else part for key, part in formula.items()}
    made = _MADE.get(str(formula.get("type")))
    if made is not None:
        return made(formula)
    if "half_day" in formula:
        return {**formula, "hour": _hour_of_day(formula.get("hour"), formula["half_day"])}
    if "unit" not in formula or formula.get("type") == "offset":
        return formula
    value = _length(formula.get("count", 1), formula["unit"])
    if "unit2" in formula:
        value += _length(formula["count2"], formula["unit2"])[1:]
    told = {**formula, "value": value}
    if told.get("count") == "X":
        del told["count"]
    return told


def _length(count: object, unit: object) -> str:
    number = f"{count:g}" if isinstance(count, float) else str(count)
    if isinstance(unit, str) and unit in (Unit.SECOND, Unit.MINUTE, Unit.HOUR):
        return f"PT{number}{unit[1]}"
    return f"P{number}{unit}"


def _decade(formula: Filled) -> Filled:
    """A decade told by a year of it; "90er Jahre" is of the last century."""
    year = formula.get("year")
    if not isinstance(year, int):
        return {"type": "era"}
    first = year // 10 * 10 + (0 if year >= 100 else 1900 if year >= 20 else 2000)
    return {"type": "era", "value": str(first // 10), "first": first, "last": first + 9}


def _century(formula: Filled) -> Filled:
    """A century told by its number."""
    number = formula.get("number")
    if not isinstance(number, int):
        return {"type": "era"}
    return {"type": "era", "value": f"{number - 1:02d}", "first": number * 100 - 99, "last": number * 100}


def _year_pair(formula: Filled) -> Filled:
    """Two years of which the second is told by its last digits: "1925/26"."""
    first, last = formula.get("first"), formula.get("last")
    if not isinstance(first, int) or not isinstance(last, int):
        return {"type": "between"}
    year = first // 100 * 100 + last
    year += 100 if year < first else 0
    return {"type": "between", "first": {"type": "date", "year": first}, "last": {"type": "date", "year": year}}


def _clock_half(formula: Filled) -> Filled:
    """The half hour before an hour: "halb neun"."""
    return _before_or_after(formula, -1, 30)


def _clock_quarter(formula: Filled) -> Filled:
    """Some minutes before or after an hour, fifteen where none are told: "Viertel vor neun"."""
    side, minute = formula.get("side"), formula.get("minute", 15)
    return _before_or_after(formula, side, minute)


def _before_or_after(formula: Filled, side: object, minute: object) -> Filled:
    hour = formula.get("hour")
    if not isinstance(hour, int) or not isinstance(side, int) or not isinstance(minute, int):
        return {"type": "clock"}
    if side < 0:
        hour, minute = (hour - 1) % _NOON, 60 - minute
    if "half_day" in formula:
        hour = _hour_of_day(hour, formula["half_day"])
    return {"type": "clock", "hour": hour, "minute": minute}


def _hour_of_day(hour: object, half_day: object) -> int:
    """The hour of 24 from one of twelve, where the second half of the day begins with 12; -1 for what is no hour."""
    if not isinstance(hour, int):
        return -1
    if hour > _NOON:
        return hour
    if half_day == _NIGHT:
        half_day = 0 if hour <= _DEEP_NIGHT else _NOON
        return hour + half_day
    return hour % _NOON + half_day if isinstance(half_day, int) else -1


_MADE: Mapping[str, Callable[[Filled], Filled]] = {
    "decade": _decade,
    "century": _century,
    "year-pair": _year_pair,
    "clock-half": _clock_half,
    "clock-quarter": _clock_quarter,
}

from __future__ import annotations

from datetime import date

import pytest

from depesche.model import formula as f
from depesche.model.almanac import Anchored, easter
from depesche.model.days import Days, Direction, Precision, one_day
from depesche.model.expression import TimeExpression, TimexType, resolve

WEDNESDAY = date(2022, 12, 14)
ADVENT = Days(date(2022, 12, 1), date(2022, 12, 31))
PAST, FUTURE, NEAREST = Direction.PAST, Direction.FUTURE, Direction.NEAREST


def told(formula: f.Formula, anchor: date | Days = WEDNESDAY, direction: Direction = PAST) -> Anchored:
    days = one_day(anchor) if isinstance(anchor, date) else anchor
    return resolve(TimeExpression(0, 1, "rule", TimexType.DATE, formula), days, direction)


def days(first: str, last: str | None = None) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("formula", "direction", "value", "span"),
    [
        (f.Offset(f.Unit.DAY, -1), PAST, "2022-12-13", days("2022-12-13")),
        (f.Offset(f.Unit.WEEK, 0), PAST, "2022-W50", days("2022-12-12", "2022-12-18")),
        (f.Offset(f.Unit.WEEK, 1), PAST, "2022-W51", days("2022-12-19", "2022-12-25")),
        (f.Offset(f.Unit.MONTH, 1), PAST, "2023-01", days("2023-01-01", "2023-01-31")),
        (f.Offset(f.Unit.YEAR, -1), PAST, "2021", days("2021-01-01", "2021-12-31")),
        (f.Weekday(3), PAST, "2022-12-14", days("2022-12-14")),
        (f.Weekday(3), FUTURE, "2022-12-14", days("2022-12-14")),
        (f.Weekday(5), PAST, "2022-12-09", days("2022-12-09")),
        (f.Weekday(5), NEAREST, "2022-12-16", days("2022-12-16")),
        (f.Weekday(3, step=1), PAST, "2022-12-21", days("2022-12-21")),
        (f.Weekday(1, week_shift=1), PAST, "2022-12-19", days("2022-12-19")),
        (f.Weekend(), PAST, "2022-W49-WE", days("2022-12-10", "2022-12-11")),
        (f.CalendarDate(month=12), PAST, "2022-12", days("2022-12-01", "2022-12-31")),
        (f.CalendarDate(month=3), PAST, "2022-03", days("2022-03-01", "2022-03-31")),
        (f.CalendarDate(month=3), FUTURE, "2023-03", days("2023-03-01", "2023-03-31")),
        (f.CalendarDate(month=2, year_shift=-1), PAST, "2021-02", days("2021-02-01", "2021-02-28")),
        (f.CalendarDate(month=12, day=14), FUTURE, "2022-12-14", days("2022-12-14")),
        (f.CalendarDate(month=12, day=7), FUTURE, "2022-12-07", days("2022-12-07")),
        (f.CalendarDate(month=2, day=14), FUTURE, "2023-02-14", days("2023-02-14")),
        (f.CalendarDate(month=11), FUTURE, "2023-11", days("2023-11-01", "2023-11-30")),
        (f.CalendarDate(month=2, day=29), PAST, "2020-02-29", days("2020-02-29")),
        (f.CalendarDate(month=2, day=25, weekday=4), PAST, "2021-02-25", days("2021-02-25")),
        (f.Season("WI", year=2001), PAST, "2001-WI", days("2001-12-01", "2002-02-28")),
        (f.Season("SU", step=-1), PAST, "2022-SU", days("2022-06-01", "2022-08-31")),
        (f.Quarter(3), PAST, "2022-Q3", days("2022-07-01", "2022-09-30")),
        (f.DayOfMonth(31), PAST, "2022-10-31", days("2022-10-31")),
        (f.Holiday(easter=-7, year=1995), PAST, "1995-04-09", days("1995-04-09")),
        (f.Holiday(month=5, weekday=7, nth=2, year=2024), PAST, "2024-05-12", days("2024-05-12")),
        (f.Holiday(month=11, weekday=4, nth=4, year=2022), PAST, "2022-11-24", days("2022-11-24")),
        (f.Holiday(advent=0, year=2022), PAST, "2022-11-27", days("2022-11-27")),
        (f.Holiday(advent=0, year=2023), PAST, "2023-12-03", days("2023-12-03")),
        (f.Holiday(advent=21, year=2023), PAST, "2023-12-24", days("2023-12-24")),
        (f.Holiday(advent=-11, year=2023), PAST, "2023-11-22", days("2023-11-22")),
        (f.Week(1, year=2020), PAST, "2020-W01", days("2019-12-30", "2020-01-05")),
        (f.Week(53, year=2020), PAST, "2020-W53", days("2020-12-28", "2021-01-03")),
        (f.Week(53, year=2021), PAST, "2021-W52", days("2021-12-27", "2022-01-02")),
        (f.Distance("PXD", f.Unit.DAY, -1), PAST, "PXD", days("2022-12-01", "2022-12-14")),
        (f.Distance("P2Y", f.Unit.YEAR, -1, 2), PAST, "P2Y", days("2020-01-01", "2020-12-31")),
        (f.Distance("P1.5Y", f.Unit.YEAR, -1, 1.5), PAST, "P1.5Y", days("2021-06-01", "2021-06-30")),
        (f.Window("PXW", f.Unit.WEEK, -1), PAST, "PXW", days("2022-11-16", "2022-12-14")),
        (f.Window("P10Y", f.Unit.YEAR, -1, 10), PAST, "P10Y", days("2012-12-14", "2022-12-14")),
        (f.Era("199", 1990, 1999), PAST, "199", days("1990-01-01", "1999-12-31")),
        (f.PartOf(f.Part.START, f.Offset(f.Unit.WEEK, 0)), PAST, "2022-W50", days("2022-12-12", "2022-12-14")),
        (f.PartOf(f.Part.START, f.Offset(f.Unit.YEAR, 0)), PAST, "2022", days("2022-01-01", "2022-03-31")),
        (f.PartOf(f.Part.MID, f.Offset(f.Unit.YEAR, 0)), PAST, "2022", days("2022-04-01", "2022-09-30")),
        (f.PartOf(f.Part.END, f.Offset(f.Unit.YEAR, 0)), PAST, "2022", days("2022-10-01", "2022-12-31")),
        (f.PartOf(f.Part.START, f.CalendarDate(month=7)), PAST, "2022-07", days("2022-07-01", "2022-07-10")),
        (f.PartOf(f.Part.MID, f.CalendarDate(month=7)), PAST, "2022-07", days("2022-07-11", "2022-07-20")),
        (f.PartOf(f.Part.END, f.CalendarDate(month=7)), PAST, "2022-07", days("2022-07-21", "2022-07-31")),
        (f.Clock(20, 30, f.Weekday(1)), PAST, "2022-12-12T20:30", days("2022-12-12")),
        (f.DayPart("EV", f.Offset(f.Unit.DAY, -1)), PAST, "2022-12-13TEV", days("2022-12-13")),
        (f.Between(f.Weekday(4), f.Weekday(5)), FUTURE, "2022-12-15/2022-12-16", days("2022-12-15", "2022-12-16")),
        (
            f.Between(f.CalendarDate(month=12, day=12), f.CalendarDate(month=12, day=16)),
            FUTURE,
            "2022-12-12/2022-12-16",
            days("2022-12-12", "2022-12-16"),
        ),
        (
            f.Between(f.CalendarDate(month=12, day=28), f.CalendarDate(month=1, day=3)),
            FUTURE,
            "2022-12-28/2023-01-03",
            days("2022-12-28", "2023-01-03"),
        ),
    ],
)
def test_a_day_anchors_a_formula(formula: f.Formula, direction: Direction, value: str, span: Days) -> None:
    anchored = told(formula, direction=direction)
    assert (anchored.value, anchored.days) == (value, span)


def test_a_range_of_reference_days_gives_the_widest_range() -> None:
    monday = told(f.Weekday(1), ADVENT)
    assert monday == Anchored("XXXX-WXX-1", days("2022-11-28", "2022-12-26"), Precision.RANGE)
    assert told(f.CalendarDate(month=3), ADVENT) == Anchored(
        "2022-03", days("2022-03-01", "2022-03-31"), Precision.MONTH
    )
    assert told(f.Offset(f.Unit.DAY, 0), ADVENT).value == "2022-12-XX"


def test_the_hull_holds_what_every_single_day_of_the_anchor_gives() -> None:
    for formula in (f.Weekend(), f.Season("WI"), f.DayOfMonth(15), f.Between(f.Weekday(5), f.Weekday(1))):
        for direction in Direction:
            hull = told(formula, ADVENT, direction).days
            for number in range(1, 32):
                single = told(formula, date(2022, 12, number), direction).days
                assert hull.hull(single) == hull


def test_without_a_reference_day_only_what_is_absolute_has_days() -> None:
    assert told(f.Weekday(1), Days()) == Anchored("XXXX-WXX-1")
    assert told(f.CalendarDate(month=5, day=15), Days()).value == "XXXX-05-15"
    assert told(f.CalendarDate(month=5, year=2020), Days()).days == days("2020-05-01", "2020-05-31")
    assert told(f.Clock(20, 0), Days()).value == "XXXX-XX-XXT20:00"


def test_a_reference_range_with_one_open_end_leaves_that_end_open() -> None:
    anchored = told(f.Offset(f.Unit.DAY, -1), Days(None, WEDNESDAY))
    assert anchored.days == Days(None, date(2022, 12, 13))
    assert anchored.precision is Precision.OPEN


def test_the_words_own_direction_outweighs_that_of_the_clause() -> None:
    nearest = TimeExpression(0, 1, "rule", TimexType.DATE, f.Weekday(4), direction=NEAREST)
    assert resolve(nearest, one_day(WEDNESDAY), PAST).value == "2022-12-15"


def test_vague_times_are_open_on_their_side() -> None:
    assert told(f.Vague("PAST_REF")).days == Days(None, WEDNESDAY)
    assert told(f.Vague("FUTURE_REF")).days == Days(WEDNESDAY, None)
    assert told(f.Distance("PXY", f.Unit.YEAR, -1)).days == Days(None, WEDNESDAY)


@pytest.mark.parametrize(
    ("year", "day"), [(1818, "1818-03-22"), (1943, "1943-04-25"), (2000, "2000-04-23"), (2024, "2024-03-31")]
)
def test_easter(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(day)


def test_the_ends_of_the_calendar_are_not_crossed() -> None:
    assert told(f.Offset(f.Unit.YEAR, -5), date(1, 1, 3)).days.first == date.min
    assert told(f.Offset(f.Unit.CENTURY, 5), date.max).days.last == date.max
    assert told(f.Window("P9000Y", f.Unit.YEAR, -1, 9000), WEDNESDAY).days.first == date(1, 1, 14)


def test_a_coming_date_just_gone_by_makes_no_range_of_a_year() -> None:
    """A page dated to a range that holds the date tells of that one date, whichever of its days is the page's."""
    found = told(f.CalendarDate(month=5, day=7), days("2024-04-01", "2024-05-15"), FUTURE)
    assert found.days == days("2024-05-07")

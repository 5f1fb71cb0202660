"""Constraints on one unknown day, and the days that satisfy most of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from depesche.dating.constraints import Constraint, days_when, each_year, from_day, joined, on_weekdays, to_day
from depesche.dating.header import told_days, url_days
from depesche.dating.solve import solve
from depesche.model.days import Days, Direction, month_of
from depesche.model.expression import TimeExpression, TimexType, resolve
from depesche.model.formula import CalendarDate, Distance, Formula, Offset, Unit, Weekday

EVENT = Days(date(2024, 4, 20), date(2024, 4, 24))


def evidence(days: tuple[Days, ...], weight: int = 3) -> Constraint:
    return Constraint("x", "x", weight, days)


def when(formula: Formula, direction: Direction = Direction.PAST) -> Days | None:
    return days_when(TimeExpression(0, 1, "x", TimexType.DATE, formula), EVENT, direction)


@pytest.mark.parametrize(
    ("formula", "direction", "first", "last"),
    [
        (Offset(Unit.MONTH, -1), Direction.PAST, "2024-05-01", "2024-05-31"),
        (Offset(Unit.WEEK, -1), Direction.PAST, "2024-04-22", "2024-05-05"),
        (Offset(Unit.YEAR, -1), Direction.PAST, "2025-01-01", "2025-12-31"),
        (CalendarDate(month=4), Direction.PAST, "2024-04-01", "2025-03-31"),
        (CalendarDate(month=4), Direction.FUTURE, "2023-05-01", "2024-04-30"),
        (Weekday(2), Direction.PAST, "2024-04-23", "2024-04-29"),
        (Distance("P1Y", Unit.YEAR, -1, 1), Direction.PAST, "2024-10-19", "2025-12-31"),
        (Distance("P3Y", Unit.YEAR, -1, 3), Direction.PAST, "2026-10-19", "2027-12-31"),
        (Distance("P2M", Unit.MONTH, -1, 2), Direction.PAST, "2024-05-30", "2024-07-13"),
    ],
)
def test_days_on_which_a_time_means_the_event(formula: Formula, direction: Direction, first: str, last: str) -> None:
    days = when(formula, direction)
    assert days is not None
    assert (str(days.first), str(days.last)) == (first, last)


@pytest.mark.parametrize("formula", [Offset(Unit.MONTH, -1), CalendarDate(month=4), Weekday(3), Offset(Unit.DAY, -1)])
def test_search_agrees_with_trying_every_day(formula: Formula) -> None:
    expression = TimeExpression(0, 1, "x", TimexType.DATE, formula)
    tried = [
        day
        for day in (date(2023, 1, 1) + timedelta(days=n) for n in range(1100))
        if resolve(expression, Days(day, day), Direction.PAST).days.meet(EVENT)
    ]
    assert when(formula) == Days(tried[0], tried[-1])


def test_a_weekday_that_the_event_does_not_have_is_never_right() -> None:
    assert when(Weekday(5)) is None
    assert when(CalendarDate(month=4, year=2024)) is None


def test_heavier_evidence_wins_and_the_rest_is_named() -> None:
    strong, weak = evidence(from_day(date(2020, 1, 1)), 6), evidence(to_day(date(2019, 1, 1)), 3)
    solution = solve([strong, weak])
    assert solution.days == Days(date(2020, 1, 1), None)
    assert solution.used == (strong,)
    assert solution.overruled == (weak,)


def test_order_of_evidence_leaves_no_trace() -> None:
    all_of_it = [evidence(from_day(date(2020, 1, 5))), evidence(to_day(date(2020, 2, 9))), evidence(on_weekdays(2, 1))]
    assert solve(all_of_it).days == solve(all_of_it[::-1]).days == Days(date(2020, 1, 7), date(2020, 2, 5))


def test_runs_of_possible_days_are_as_long_as_they_can_be() -> None:
    january = evidence((Days(date(2020, 1, 1), date(2020, 1, 14)),), 6)
    split = [
        evidence((Days(date(2020, 1, 1), date(2020, 1, 4)),)),
        evidence((Days(date(2020, 1, 5), date(2020, 1, 6)),)),
    ]
    assert solve([january, *split]).groups == (Days(date(2020, 1, 1), date(2020, 1, 6)),)
    assert solve([january, evidence(on_weekdays(2, 0))]).groups == (
        Days(date(2020, 1, 7), date(2020, 1, 7)),
        Days(date(2020, 1, 14), date(2020, 1, 14)),
    )


def test_weekday_alone_leaves_the_day_open() -> None:
    assert solve([evidence(on_weekdays(2, 1))]).days == Days()


def test_nothing_at_all_leaves_the_day_open() -> None:
    assert solve([]).days == Days()


def test_yearly_stretches_resolved_by_a_year() -> None:
    may = evidence(each_year(lambda year: month_of(year, 5)))
    year = evidence((Days(date(2021, 1, 1), date(2021, 12, 31)),))
    assert solve([may, year]).days == month_of(2021, 5)


def test_joined_stretches_touch_no_other() -> None:
    first, second, third = (Days(date(2020, 1, n), date(2020, 1, n + 1)) for n in (1, 3, 8))
    assert joined([third, second, first]) == (Days(date(2020, 1, 1), date(2020, 1, 4)), third)


@pytest.mark.parametrize(
    ("url", "first", "last"),
    [
        ("https://a.example/2020/01/05/x", "2020-01-05", "2020-01-05"),
        ("https://a.example/x-2020-01-05", "2020-01-05", "2020-01-05"),
        ("https://a.example/20200105/x", "2020-01-05", "2020-01-05"),
        ("https://a.example/2020/01/x", "2020-01-01", "2020-01-31"),
    ],
)
def test_days_in_addresses(url: str, first: str, last: str) -> None:
    days = url_days(url)
    assert days is not None
    assert (str(days.first), str(days.last)) == (first, last)


@pytest.mark.parametrize(
    "url", [None, "", "https://a.example/id-20209999", "https://a.example/2020/x", "https://a.example/120200105"]
)
def test_numbers_in_addresses_that_are_no_days(url: str | None) -> None:
    assert url_days(url) is None


def test_prefixes_of_days() -> None:
    assert told_days("2020-02") == month_of(2020, 2)
    assert told_days("2020-02-30") is None
    assert told_days(None) is None

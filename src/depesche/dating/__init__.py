"""The day a page was published, or an honest range with reasons.

    metadata, address, header ──┐
    times told in the text ─────┼─▶ constraints on one unknown day ──solve──▶ Dateline
    events and offices known ───┘

Nothing outside the page and the named `not_after` counts: there is no clock, and an undated page stays undated.
"""

from __future__ import annotations

from datetime import date, timedelta

from depesche.dating.constraints import HARD, Constraint
from depesche.dating.header import beside
from depesche.dating.known import known_events
from depesche.dating.offices import known_offices
from depesche.dating.solve import Solution, solve
from depesche.dating.told import Telling, told_times
from depesche.model.days import Days
from depesche.model.page import Article, Dateline
from depesche.model.parse import Parse
from depesche.model.reason import Reason
from depesche.packs.dating import DatingRules
from depesche.packs.world import World

__all__ = ["date_article"]

_NATIVE = "de"
_MOST_RUNS = 120
"""Runs of days that a dateline lists: a weekday for two years."""


def date_article(article: Article, parse: Parse, world: World, not_after: date | None) -> Dateline:
    """When the article was published: one day where it is told, else the days that the evidence allows."""
    native = article.language in world.rules
    rules = world.rules[article.language if native else _NATIVE]
    hard = list(beside(article, rules, not_after))
    soft = _soft(parse, world, rules) if native and not _day_is_told(hard) else []
    solution = solve([*hard, *soft])
    if not any(constraint.days for constraint in [*hard, *soft]):
        return Dateline()
    days = _honest(solution)
    reasons = tuple(_reason(one, True) for one in solution.used) + tuple(
        _reason(one, False) for one in solution.overruled
    )
    day = days.first if days.length == 1 else None
    possible = _possible(solution) if days == solution.days else ()
    return Dateline(published=day, earliest=days.first, latest=days.last, reasons=reasons, possible=possible)


def _possible(solution: Solution) -> tuple[Days, ...]:
    """The runs of days that the range consists of; not told where it is one run, has an open end, or has too many."""
    return solution.groups if solution.days.length and 1 < len(solution.groups) <= _MOST_RUNS else ()


def _soft(parse: Parse, world: World, rules: DatingRules) -> list[Constraint]:
    telling = Telling(parse, rules)
    return [*told_times(telling), *known_events(telling, world), *known_offices(telling, world)]


def _day_is_told(hard: list[Constraint]) -> bool:
    """Whether metadata, header or address name the day, so that the text has nothing to add."""
    solution = solve(hard)
    return any(_names_a_day(one) for one in solution.used) and solution.days.length == 1


def _names_a_day(constraint: Constraint) -> bool:
    return constraint.weight >= HARD and len(constraint.days) == 1 and constraint.days[0].length == 1


def _honest(solution: Solution) -> Days:
    """The solution's days; a single day that no hard evidence names is given as the days around it."""
    days = solution.days
    if days.length != 1 or any(_names_a_day(one) for one in solution.used) or days.first is None:
        return days
    around = Days(days.first - timedelta(days=1), days.first + timedelta(days=1))
    for one in solution.used:
        if one.weight >= HARD and len(one.days) == 1:
            around = around.meet(one.days[0]) or around
    return around


def _reason(constraint: Constraint, used: bool) -> Reason:
    note = constraint.note if used else f"not used: {constraint.note}"
    return Reason(constraint.rule, note, constraint.span, constraint.weight)

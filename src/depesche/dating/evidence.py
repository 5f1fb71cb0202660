"""All evidence for the day of one article, and what it comes to."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from depesche.dating.constraints import HARD, Constraint
from depesche.dating.header import beside
from depesche.dating.known import known_events
from depesche.dating.offices import known_offices
from depesche.dating.solve import Solution, solve
from depesche.dating.told import Telling, told_times
from depesche.model.days import Days
from depesche.model.page import Article
from depesche.model.parse import Parse
from depesche.packs.dating import DatingRules
from depesche.packs.world import World

_NATIVE = "de"


class Evidence(msgspec.Struct, frozen=True):
    """The solution; `some` says whether any evidence allows a day. `not_needed` is what the text would have added."""

    solution: Solution
    some: bool
    not_needed: tuple[Constraint, ...] = ()


def rules_for(article: Article, world: World) -> DatingRules:
    """The rules of the article's language, or else the German ones, which know dates in figures."""
    return world.rules[article.language if article.language in world.rules else _NATIVE]


def asks_text(article: Article, world: World, not_after: date | None) -> bool:
    """Whether the text can add to the day: it is in a language that we date by, and no day is told beside it."""
    if article.language not in world.rules:
        return False
    return not _names_the_day(solve(list(beside(article, rules_for(article, world), not_after))))


def evidence_of(
    article: Article, parse: Parse, world: World, not_after: date | None, *, whole: bool = False
) -> Evidence:
    """The evidence solved. The text is not asked where the day is told beside it; `whole` asks it nevertheless."""
    native = article.language in world.rules
    rules = rules_for(article, world)
    hard = list(beside(article, rules, not_after))
    solution = solve(hard)
    told = _names_the_day(solution)
    soft = _soft(parse, world, rules) if native and (whole or not told) else []
    counted = hard if told else [*hard, *soft]
    some = any(constraint.days for constraint in counted)
    return Evidence(solution if told or not soft else solve(counted), some, tuple(soft) if told else ())


def names_a_day(constraint: Constraint) -> bool:
    """Whether the evidence stands beside the text and names one day."""
    return constraint.weight >= HARD and len(constraint.days) == 1 and constraint.days[0].length == 1


def honest(solution: Solution) -> Days:
    """The solution's days; a single day that no hard evidence names is given as the days around it."""
    days = solution.days
    if days.length != 1 or any(names_a_day(one) for one in solution.used) or days.first is None:
        return days
    around = Days(days.first - timedelta(days=1), days.first + timedelta(days=1))
    for one in solution.used:
        if one.weight >= HARD and len(one.days) == 1:
            around = around.meet(one.days[0]) or around
    return around


def _soft(parse: Parse, world: World, rules: DatingRules) -> list[Constraint]:
    telling = Telling(parse, rules)
    return [*told_times(telling), *known_events(telling, world), *known_offices(telling, world)]


def _names_the_day(solution: Solution) -> bool:
    """Whether what stands beside the text names the day, so that the text has nothing to add."""
    return any(names_a_day(one) for one in solution.used) and solution.days.length == 1

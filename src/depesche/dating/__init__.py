"""The day a page was published, or an honest range with reasons.

    metadata, address, header ──┐
    times told in the text ─────┼─▶ constraints on one unknown day ──solve──▶ Dateline
    events and offices known ───┘                                     └─weigh─▶ every piece of evidence with why

Nothing outside the page and the named `not_after` counts: there is no clock, and an undated page stays undated.
"""

from __future__ import annotations

from datetime import date

from depesche.dating.constraints import Constraint
from depesche.dating.evidence import asks_text, evidence_of, honest, rules_for
from depesche.dating.posts import date_posts
from depesche.dating.solve import Solution
from depesche.dating.weigh import weigh
from depesche.model.days import Days
from depesche.model.explained import Weighed
from depesche.model.page import Article, Dateline
from depesche.model.parse import Parse
from depesche.model.reason import Reason
from depesche.packs.world import World

__all__ = ["asks_text", "date_article", "weigh_article"]

_MOST_RUNS = 120
"""Runs of days that a dateline lists: a weekday for two years."""


def date_article(article: Article, parse: Parse, world: World, not_after: date | None) -> Dateline:
    """When the article was published: one day where it is told, else the days that the evidence allows."""
    evidence = evidence_of(article, parse, world, not_after)
    if not evidence.some:
        return Dateline(posts=date_posts(article, None, rules_for(article, world)))
    solution = evidence.solution
    days = honest(solution)
    reasons = tuple(_reason(one, True) for one in solution.used) + tuple(
        _reason(one, False) for one in solution.overruled
    )
    day = days.first if days.length == 1 else None
    possible = _possible(solution) if days == solution.days else ()
    posts = date_posts(article, day, rules_for(article, world))
    return Dateline(day, days.first, days.last, reasons, possible, posts)


def weigh_article(article: Article, parse: Parse, world: World, not_after: date | None, flat: str) -> Weighed:
    """Everything that speaks for a day of the article, and why the days of its dateline won."""
    evidence = evidence_of(article, parse, world, not_after, whole=True)
    return weigh(article, evidence, rules_for(article, world), flat)


def _possible(solution: Solution) -> tuple[Days, ...]:
    """The runs of days that the range consists of; not told where it is one run, has an open end, or has too many."""
    return solution.groups if solution.days.length and 1 < len(solution.groups) <= _MOST_RUNS else ()


def _reason(constraint: Constraint, used: bool) -> Reason:
    note = constraint.note if used else f"not used: {constraint.note}"
    return Reason(constraint.rule, note, constraint.span, constraint.weight)

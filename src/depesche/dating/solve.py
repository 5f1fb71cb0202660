"""The days on which most of the evidence would be true."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise

import msgspec

from depesche.dating.constraints import FIRST, LAST, Constraint
from depesche.model.days import Days

_OPEN = timedelta(days=800)
_ONE_DAY = timedelta(days=1)


class Solution(msgspec.Struct, frozen=True):
    """The days that satisfy the strongest set, what that set is, and what it overrules.

    `groups` are the runs of those days, as long as they can be; `days` reaches from the first to the last.
    """

    days: Days
    used: tuple[Constraint, ...]
    overruled: tuple[Constraint, ...]
    groups: tuple[Days, ...]


def solve(constraints: Sequence[Constraint]) -> Solution:
    """The range of days with the highest sum of weights; both ends open where nothing limits them."""
    some = [constraint for constraint in constraints if constraint.days]
    groups = _heaviest(some)
    used: list[Constraint] = []
    overruled = [constraint for constraint in constraints if not constraint.days]
    for constraint in some:
        (used if _meets(constraint, groups) else overruled).append(constraint)
    first, last = groups[0].first, groups[-1].last
    return Solution(
        days=Days(_end(first, FIRST), _end(last, LAST)),
        used=tuple(used),
        overruled=tuple(overruled),
        groups=groups,
    )


def _heaviest(constraints: Sequence[Constraint]) -> tuple[Days, ...]:
    """The runs of days that carry the highest sum, in order and as long as they can be."""
    steps: dict[date, int] = {FIRST: 0, LAST + _ONE_DAY: 0}
    for constraint in constraints:
        for days in constraint.days:
            first, last = max(days.first or FIRST, FIRST), min(days.last or LAST, LAST)
            if first <= last:
                steps[first] = steps.get(first, 0) + constraint.weight
                after = last + _ONE_DAY
                steps[after] = steps.get(after, 0) - constraint.weight
    edges = sorted(edge for edge, step in steps.items() if step or edge in (FIRST, LAST + _ONE_DAY))
    sums = list(accumulate(steps[edge] for edge in edges[:-1]))
    best = max(sums)
    return tuple(
        Days(first, after - _ONE_DAY)
        for (first, after), total in zip(pairwise(edges), sums, strict=True)
        if total == best
    )


def _meets(constraint: Constraint, groups: Sequence[Days]) -> bool:
    """Whether one of the constraint's stretches shares a day with one of the groups, which are in order and apart."""
    ends = [group.last or LAST for group in groups]
    return any(_meets_one(days, groups, bisect_left(ends, days.first or FIRST)) for days in constraint.days)


def _meets_one(days: Days, groups: Sequence[Days], following: int) -> bool:
    """Whether the stretch meets the first group that does not end before it; no later one does if that does not."""
    return following < len(groups) and days.meet(groups[following]) is not None


def _end(day: date | None, bound: date) -> date | None:
    """The end of the range; open where only a weekday or a season keeps it from the bound."""
    return None if day is None or abs(day - bound) < _OPEN else day

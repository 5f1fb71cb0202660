"""What widely known, dated events say of the day of publication of a text that tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from depesche.dating.constraints import (
    FAIR,
    FIRST,
    STRONG,
    WEAK,
    Constraint,
    bare,
    days_when,
    each_year,
    from_day,
    joined,
)
from depesche.dating.told import Moment, Outlook, Telling, soon, weekday_of
from depesche.model.days import Days, Direction
from depesche.model.formula import CalendarDate, Clock, DayPart, Duration, Offset, Recurrence, Vague, Window
from depesche.model.text import Span
from depesche.packs.world import Told, World, WorldEvent, tokens

_NEAR = 80
"""Characters between a time and the word of the event that it dates."""
_BEHIND = 40
"""The same where the event is itself a landmark ("nach der Wahl im März")."""
_AROUND = timedelta(days=10)


def known_events(telling: Telling, world: World) -> Iterator[Constraint]:
    """The evidence of world events that the text dates or takes for granted."""
    granted: dict[str, Constraint] = {}
    for number, sentence in enumerate(telling.parse.sentences):
        span = Span(sentence.start, sentence.end)
        told = world.told_in(telling.parse.text, span)
        if not told:
            continue
        real = telling.is_real(number)
        for kind in told:
            yield from _dated(telling, kind, number, real)
            if real and (landed := _granted(telling, kind, number)):
                granted.setdefault(kind.kind, landed)
    yield from sorted(granted.values(), key=lambda one: (one.days[0].first or FIRST, one.rule))[-2:]


def _granted(telling: Telling, told: Told, number: int) -> Constraint | None:
    """That an event which never recurs is told as a fact: the page is no older."""
    event = told.events[0]
    if len(told.events) > 1 or event.days.first is None or not _is_close(told):
        return None
    word = told.words[0]
    outlook = telling.outlook(telling.clause_at(word.start), number)
    before = telling.before(word.start, 4)
    if outlook is Outlook.AHEAD or any(telling.rules.awaited.hold(one) for one in before):
        return None
    over = outlook is Outlook.PAST or any(telling.rules.since.hold(one) for one in before)
    if event.expected and not over:
        return None
    note = f"tells of {event.title} ({event.days.first})"
    weight = FAIR if event.expected and outlook is Outlook.PAST else STRONG
    return Constraint(f"date.world.{event.id}", note, weight, from_day(event.days.first), word)


def _is_close(told: Told) -> bool:
    """Whether the words of the event stand near those of its parties."""
    if not told.parties:
        return True
    gaps = (max(a.start - b.end, b.start - a.end) for a in told.words for b in told.parties)
    return min(gaps) <= _NEAR


def _dated(telling: Telling, told: Told, number: int, real: bool) -> Iterator[Constraint]:
    """That a time beside an event dates it: the page is of a day on which the time means the event's."""
    moment = _beside(telling, told, number)
    if moment is None:
        return
    yearly = bool(_anniversary_words(telling, number))
    days: list[Days] = []
    for event in told.events:
        targets = _anniversaries(event) if yearly else (event.days,)
        days.extend(found for target in targets for found in _when(telling, moment, target, real))
    where = joined(days)
    if not where:
        return
    text = moment.span.of(telling.parse.text)
    names = told.events[0].title if len(told.events) == 1 else f"{told.events[0].title} and others of its kind"
    note = f"{text!r} dates {'the anniversary of ' if yearly else ''}{names}"
    today = isinstance(moment.expression.formula, Offset) and moment.expression.formula.count == 0
    rule = f"date.world.{told.events[0].id if len(told.events) == 1 else told.kind}"
    yield Constraint(rule, note, FAIR if today or not real else STRONG, where, moment.span)
    if _is_bare_month(moment) and _outlook(telling, moment) is Outlook.PAST:
        near = joined(soon(stretch) for stretch in where)
        yield Constraint("date.month-near", f"{text!r}: most likely of the same year", WEAK, near, moment.span)


def _beside(telling: Telling, told: Told, number: int) -> Moment | None:
    """The time nearest to the words of the event, in their clause."""
    best: tuple[int, Moment] | None = None
    yearly = _anniversary_words(telling, number)
    for moment in telling.moments_in(number):
        if _is_dateless(moment):
            continue
        for word in (*told.words, *yearly):
            gap = max(word.start - moment.span.end, moment.span.start - word.end, 0)
            if gap > _NEAR or telling.clause_at(word.start) != moment.clause:
                continue
            landmark = not yearly and any(
                telling.rules.landmark.hold(before) for before in telling.before(word.start, 3)
            )
            if landmark and not 0 <= moment.span.start - word.end <= _BEHIND:
                continue
            if best is None or gap < best[0]:
                best = (gap, moment)
    return best[1] if best else None


def _is_dateless(moment: Moment) -> bool:
    formula = bare(moment.expression.formula)
    if isinstance(formula, (Clock, DayPart)) and formula.day is None:
        return True
    return isinstance(formula, (Duration, Recurrence, Vague, Window))


def _anniversary_words(telling: Telling, number: int) -> tuple[Span, ...]:
    sentence = telling.parse.sentences[number]
    words = tokens(telling.parse.text, Span(sentence.start, sentence.end))
    return tuple(span for word, span in words if telling.rules.anniversary.hold(word))


def _anniversaries(event: WorldEvent) -> tuple[Days, ...]:
    first = event.days.first
    if first is None:
        return ()
    around = each_year(lambda year: _eve(first, year) if year > first.year else None)
    return around[:40]


def _eve(day: date, year: int) -> Days:
    there = date(year, day.month, min(day.day, 28))
    return Days(there - _AROUND, there + _AROUND)


def _when(telling: Telling, moment: Moment, target: Days, real: bool) -> Iterator[Days]:
    """The days on which the time would mean the target, in the directions that the clause allows."""
    outlook = _outlook(telling, moment)
    directions: tuple[Direction, ...] = (Direction.PAST, Direction.FUTURE)
    if outlook is Outlook.PAST and real:
        directions = (Direction.PAST,)
    for direction in directions:
        days = days_when(moment.expression, target, direction)
        if days is None:
            continue
        if direction is Direction.PAST and outlook is Outlook.PAST and real:
            days = days.meet(Days(_earliest(moment, target), None))
        if days is not None:
            yield days


def _earliest(moment: Moment, target: Days) -> date | None:
    """The first day on which an event is told as past; a bare month is no longer the present one."""
    first = target.first
    if first and _is_bare_month(moment):
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first


def _is_bare_month(moment: Moment) -> bool:
    formula = bare(moment.expression.formula)
    if not isinstance(formula, CalendarDate) or formula.month is None or formula.day or formula.step:
        return False
    return formula.year is None and formula.year_shift is None


def _outlook(telling: Telling, moment: Moment) -> Outlook:
    """The clause's outlook; the present tense beside "nach der Wahl" tells of a past election."""
    if moment.outlook is not Outlook.OPEN or weekday_of(moment.expression.formula):
        return moment.outlook
    before = telling.before(moment.span.start, 5)
    return Outlook.PAST if any(telling.rules.after.hold(word) for word in before) else Outlook.OPEN

"""Anchors time expressions: to the day of publication, or to the time that the passage tells of."""

from __future__ import annotations

from bisect import bisect_right

from depesche.model import formula as f
from depesche.model.days import Days, Direction, Precision
from depesche.model.expression import Anchored, Reference, TimeExpression, TimexType, resolve
from depesche.model.page import Dateline
from depesche.model.parse import Parse, Predicate, Tense
from depesche.model.reading import Time
from depesche.model.reason import Reason
from depesche.packs.times import TimeRules

_AHEAD = ("will", "wollen", "soll", "sollen", "werden", "möchten", "dürfen")
_REACH = 2
"""A day that a sentence names holds for the times of that sentence and of the next."""
_DAILY = 1
"""How many telling expressions make a text one that counts in days."""


def anchor_times(parse: Parse, dateline: Dateline, rules: TimeRules) -> tuple[Time, ...]:
    """The times of an article, anchored, in text order."""
    published = Days(dateline.earliest, dateline.latest)
    daily = sum(time.rule in rules.daily for time in parse.times) >= _DAILY
    times: list[Time] = []
    told, told_in = published, -_REACH
    for expression in parse.times:
        here = _sentence_of(parse, expression.start)
        passage = expression.reference is Reference.PASSAGE
        anchor = told if passage and here - told_in < _REACH else published
        time = _anchored(expression, anchor, direction_of(parse, expression, rules), daily)
        times.append(time)
        if _tells_a_day(expression, time):
            told, told_in = time.days, here
    return tuple(times)


def direction_of(parse: Parse, expression: TimeExpression, rules: TimeRules) -> Direction:
    """Where the clause around a time points: from its verb's tense, or from words that look ahead."""
    predicate = _predicate_of(parse, expression)
    if predicate is None:
        return _direction_of_words(parse, expression, rules)
    if predicate.tense is Tense.PAST:
        return Direction.PAST
    if predicate.tense is Tense.FUTURE or predicate.modal in _AHEAD:
        return Direction.FUTURE
    if predicate.tense is Tense.PRESENT:
        return _direction_of_words(parse, expression, rules)
    return Direction.PAST


def _direction_of_words(parse: Parse, expression: TimeExpression, rules: TimeRules) -> Direction:
    i = _sentence_of(parse, expression.start)
    if i < 0:
        return Direction.PAST
    start, end = parse.sentences[i].start, parse.sentences[i].end
    return Direction.FUTURE if rules.future.search(parse.text, start, end) else Direction.PAST


def _sentence_of(parse: Parse, offset: int) -> int:
    return bisect_right(parse.sentences, offset, key=lambda sentence: sentence.start) - 1


def _predicate_of(parse: Parse, expression: TimeExpression) -> Predicate | None:
    """The predicate of the innermost clause that holds the time."""
    word = bisect_right(parse.words, expression.start, key=lambda w: w.start) - 1
    holding = [
        (clause.last - clause.first, i) for i, clause in enumerate(parse.clauses) if clause.first <= word < clause.last
    ]
    for _, i in sorted(holding):
        for predicate in parse.predicates:
            if predicate.clause == i:
                return predicate
    return None


def _tells_a_day(expression: TimeExpression, time: Time) -> bool:
    """Whether the passage tells of this day from here on: a clock time alone does not move it."""
    formula = expression.formula
    bare = isinstance(formula, f.Clock | f.DayPart) and formula.day is None
    return time.precision is Precision.DAY and time.days.known and not bare and expression.type is not TimexType.SET


def _anchored(expression: TimeExpression, anchor: Days, direction: Direction, daily: bool) -> Time:
    told = resolve(expression, anchor, direction)
    value = told.value
    if expression.rule == "today" and not daily:
        value = "PRESENT_REF"
    return Time(
        start=expression.start,
        end=expression.end,
        type=expression.type.value,
        value=value,
        days=told.days,
        precision=told.precision,
        mod=expression.mod,
        reason=Reason(f"time.{expression.rule}", note=direction.value),
        parts=_parts(expression, told, anchor, direction),
    )


def _parts(expression: TimeExpression, whole: Anchored, anchor: Days, direction: Direction) -> tuple[Time, ...]:
    """The two ends of a range as times of their own, with the values that they have in it."""
    if len(expression.parts) != 2 or not isinstance(expression.formula, f.Between):
        return ()
    values = whole.value.split("/")
    ends: list[Time] = []
    for part, value in zip(expression.parts, values, strict=False):
        told = resolve(part, anchor, direction)
        days = told.days
        if told.value != value:
            days = Days(whole.days.last, whole.days.last) if part is expression.parts[1] else whole.days
        ends.append(
            Time(
                part.start,
                part.end,
                part.type.value,
                value,
                days,
                told.precision,
                part.mod,
                Reason(f"time.{part.rule}"),
            )
        )
    return tuple(ends)

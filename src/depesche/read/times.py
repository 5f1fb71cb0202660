"""Anchors time expressions: to the day of publication, or to the time that the passage tells of."""

from __future__ import annotations

from datetime import date

import msgspec

from depesche.model import formula as f
from depesche.model.anchoring import PRESENT, anchored_time
from depesche.model.days import Days, Direction, Precision, one_day
from depesche.model.expression import Reference, TimeExpression, TimexType, resolve
from depesche.model.page import Dateline
from depesche.model.parse import Parse
from depesche.model.reading import Time
from depesche.packs.times import TimeRules
from depesche.read.direction import Verbs, direction_of, sentence_of, verbs_of

_REACH = 6
"""Sentences over which "am nächsten Tag" may look back for the day it counts from."""
_SOME_DAY = one_day(date(2000, 1, 1))
_DAILY = 2
"""How many telling expressions make a text one that counts in days: only there is "heute" a day, not an age."""
_WIDEST = 366
"""Days of the longest time that "im Jahr darauf" may count from."""
_LONG = frozenset({f.Unit.MONTH, f.Unit.QUARTER, f.Unit.HALF, f.Unit.YEAR, f.Unit.DECADE})


class Told(msgspec.Struct, frozen=True):
    """The last time of a kind that the text has told, as index and sentence."""

    index: int = -1
    sentence: int = -2 * _REACH


class Passage(msgspec.Struct, frozen=True):
    """What a passage has told so far.

    `day` is the last time that tells a day, `maybe` the last that will once the page's day is known, `span` the last of
    a year at most, `place` the last that lies anywhere on the calendar.
    """

    day: Told = Told()
    maybe: Told = Told()
    span: Told = Told()
    place: Told = Told()


def anchor_times(parse: Parse, dateline: Dateline, rules: TimeRules) -> tuple[Time, ...]:
    """The times of an article, anchored, in text order."""
    daily = {sentence_of(parse, time.start) for time in parse.times if time.rule in rules.cues.daily}
    counts_in_days = sum(time.rule in rules.cues.daily for time in parse.times) >= _DAILY
    verbs = verbs_of(parse)
    times: list[Time] = []
    passage = Passage()
    direction = Direction.PAST
    post = None
    for i, expression in enumerate(parse.times):
        here, told = sentence_of(parse, expression.start), dateline.at(expression.start)
        published = Days(told.earliest, told.latest)
        if dateline.post_at(expression.start) != post:  # an entry of a live blog tells nothing of the day of another
            post, passage = dateline.post_at(expression.start), Passage()
        if not (i and _goes_on(parse, parse.times[i - 1], expression, rules)):
            direction = direction_of(parse, expression, verbs, rules.cues)
        base = _base(passage, expression, here, verbs)
        if direction is Direction.PAST and base.index >= 0 and _is_ahead(times[base.index].days, published):
            base = Told()  # "am Montag wollen sie beraten. Er gratulierte am Abend": that evening is none to come
        time = anchored_time(expression, times[base.index].days if base.index >= 0 else published, direction)
        if expression.rule in rules.cues.today and not counts_in_days and here not in daily:
            time = msgspec.structs.replace(time, value=PRESENT)
        if told.published is None:
            from_ = base if _is_wide(expression) else _within(passage.maybe, expression, here, verbs)
            time = msgspec.structs.replace(time, expression=expression, direction=direction, counts_from=from_.index)
        times.append(time)
        passage = _told(passage, expression, time, Told(i, here))
    return tuple(times)


def _is_ahead(days: Days, published: Days) -> bool:
    return days.first is not None and published.last is not None and days.first > published.last


def _goes_on(parse: Parse, before: TimeExpression, expression: TimeExpression, rules: TimeRules) -> bool:
    """Whether a time is one more of a list ("Ende Mai oder Anfang Juni"): it points where the one before does."""
    gap = parse.text[before.end : expression.start]
    return type(before.formula) is type(expression.formula) and rules.joins.list.fullmatch(gap) is not None


def _base(passage: Passage, expression: TimeExpression, here: int, verbs: Verbs) -> Told:
    """The time that an expression counts from; the index is -1 for the day of publication."""
    place = passage.place
    if expression.type is TimexType.TIME and place.index > passage.day.index and place.sentence == here:
        # "Vor einigen Tagen brannte am Abend …": no day is told, so it is not that of the page either.
        return _within(place, expression, here, verbs) if here in verbs.sentences else Told()
    return _within(passage.span if _is_wide(expression) else passage.day, expression, here, verbs)


def _within(told: Told, expression: TimeExpression, here: int, verbs: Verbs) -> Told:
    return told if told.sentence >= here - _reach(verbs, expression, here) else Told()


def _told(passage: Passage, expression: TimeExpression, time: Time, here: Told) -> Passage:
    """The passage with what one more time has told."""
    day, maybe, span, place = passage.day, passage.maybe, passage.span, passage.place
    if _tells_a_day(expression, resolve(expression, _SOME_DAY, Direction.PAST).precision):
        maybe = here
    if _tells_a_day(expression, time.precision) and time.days.known:
        day = here
    dated = isinstance(expression.formula, f.Distance) or (expression.type is TimexType.DATE and time.value != PRESENT)
    if dated and (time.days.length or 2 * _WIDEST) <= _WIDEST:
        span = place = here
    elif isinstance(expression.formula, f.Distance) and time.days.known:
        place = here
    return Passage(day, maybe, span, place)


def _is_wide(expression: TimeExpression) -> bool:
    """Whether it counts in months or years from what the passage tells of: "im Jahr darauf"."""
    if expression.reference is Reference.PUBLICATION:
        return False
    match expression.formula:
        case f.Offset() | f.Distance():
            return expression.formula.unit in _LONG
        case f.CalendarDate() | f.Season() | f.Quarter() | f.Half():
            return expression.formula.year_shift is not None
        case _:
            return False


def _reach(verbs: Verbs, expression: TimeExpression, sentence: int) -> int:
    """How many sentences back the day may stand that a time counts from; -1 if it counts from none."""
    if expression.reference is Reference.PUBLICATION:
        return -1
    if expression.type is not TimexType.TIME:
        return _REACH
    # An hour in a list without verbs ("im Forum, 20 Uhr") belongs to its own line, or to the day of the paper.
    if sentence not in verbs.sentences:
        return 0
    return _REACH if isinstance(expression.formula, f.DayPart) else int(sentence - 1 in verbs.sentences)


def _tells_a_day(expression: TimeExpression, precision: Precision) -> bool:
    """Whether the passage tells of this day from here on: a clock time alone does not move it."""
    formula = expression.formula
    bare = isinstance(formula, f.Clock | f.DayPart) and formula.day is None
    return precision is Precision.DAY and not bare and expression.type is not TimexType.SET

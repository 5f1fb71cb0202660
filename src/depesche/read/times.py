"""Anchors time expressions: to the day of publication, or to the time that the passage tells of."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

import msgspec

from depesche.model import formula as f
from depesche.model.anchoring import PRESENT, anchored_time
from depesche.model.days import Days, Direction, Precision, one_day
from depesche.model.expression import Reference, TimeExpression, TimexType, resolve
from depesche.model.page import Dateline
from depesche.model.parse import Parse, Predicate, Tense
from depesche.model.reading import Time
from depesche.packs.times import TimeRules

_LOOK_BACK = 20
_REACH = 6
"""Sentences over which "am nächsten Tag" may look back for the day it counts from."""
_SOME_DAY = one_day(date(2000, 1, 1))
_DAILY = 2
"""How many telling expressions make a text one that counts in days: only there is "heute" a day, not an age."""


class Told(msgspec.Struct, frozen=True):
    """The last time that tells a day, as index and sentence; or that will tell one once the page's day is known."""

    index: int = -1
    sentence: int = -2 * _REACH


class Verbs(msgspec.Struct, frozen=True):
    """The predicates of an article, by clause, and its clauses, by sentence: found once, asked for every time."""

    clauses: dict[int, list[int]]
    predicates: dict[int, Predicate]
    sentences: frozenset[int]


def verbs_of(parse: Parse) -> Verbs:
    """The article's predicates, ready to be asked for."""
    clauses: dict[int, list[int]] = {}
    for i, clause in enumerate(parse.clauses):
        clauses.setdefault(clause.sentence, []).append(i)
    predicates: dict[int, Predicate] = {}
    for predicate in parse.predicates:
        predicates.setdefault(predicate.clause, predicate)
    return Verbs(clauses, predicates, frozenset(predicate.sentence for predicate in parse.predicates))


def anchor_times(parse: Parse, dateline: Dateline, rules: TimeRules) -> tuple[Time, ...]:
    """The times of an article, anchored, in text order."""
    published = Days(dateline.earliest, dateline.latest)
    daily = [_sentence_of(parse, time.start) for time in parse.times if time.rule in rules.daily]
    verbs = verbs_of(parse)
    times: list[Time] = []
    told = maybe = Told()
    for expression in parse.times:
        here = _sentence_of(parse, expression.start)
        since = here - _reach(verbs, expression, here)
        direction = direction_of(parse, expression, verbs, rules)
        time = anchored_time(expression, times[told.index].days if told.sentence >= since else published, direction)
        if expression.rule in rules.today and len(daily) < _DAILY and here not in daily:
            time = msgspec.structs.replace(time, value=PRESENT)
        if dateline.published is None:
            from_ = maybe.index if maybe.sentence >= since else -1
            time = msgspec.structs.replace(time, expression=expression, direction=direction, counts_from=from_)
            if _tells_a_day(expression, resolve(expression, _SOME_DAY, direction).precision):
                maybe = Told(len(times), here)
        times.append(time)
        if _tells_a_day(expression, time.precision) and time.days.known:
            told = Told(len(times) - 1, here)
    return tuple(times)


def direction_of(parse: Parse, expression: TimeExpression, verbs: Verbs, rules: TimeRules) -> Direction:
    """Where the clause around a time points: from the word before the time, else from its verb."""
    lead = _word_before(parse.text, expression.start)
    if lead in rules.past_leads and not expression.parts:
        return Direction.PAST
    if lead in rules.future_leads:
        return Direction.FUTURE
    predicate = _predicate_of(parse, expression, verbs)
    if predicate is None:
        return _direction_of_words(parse, expression, rules)
    return _direction_of_verb(predicate, rules, of_a_week=_of_a_week(expression.formula))


def _direction_of_verb(predicate: Predicate, rules: TimeRules, *, of_a_week: bool) -> Direction:
    past = predicate.tense is Tense.PAST
    if predicate.tense is Tense.FUTURE or (predicate.modal in rules.ahead and not past):
        return Direction.FUTURE
    if predicate.lemma in rules.planning and not (past and of_a_week):
        return Direction.FUTURE
    if past or predicate.lemma in rules.reporting:
        return Direction.PAST
    return Direction.FUTURE if of_a_week else Direction.NEAREST


def _direction_of_words(parse: Parse, expression: TimeExpression, rules: TimeRules) -> Direction:
    """Where a fragment without a verb points: a headline, a caption, a list."""
    i = _sentence_of(parse, expression.start)
    if i >= 0 and rules.future.search(parse.text, parse.sentences[i].start, parse.sentences[i].end):
        return Direction.FUTURE
    return Direction.PAST


def _of_a_week(formula: f.Formula) -> bool:
    """Whether a time is told by its weekday: told in the present tense it lies ahead, while a date may lie anywhere."""
    match formula:
        case f.Weekday() | f.Weekend():
            return True
        case f.Between():
            return _of_a_week(formula.first)
        case f.DayPart() | f.Clock():
            return formula.day is not None and _of_a_week(formula.day)
        case _:
            return False


def _word_before(text: str, offset: int) -> str:
    words = text[max(0, offset - _LOOK_BACK) : offset].split()
    return words[-1].lower() if words else ""


def _sentence_of(parse: Parse, offset: int) -> int:
    return bisect_right(parse.sentences, offset, key=lambda sentence: sentence.start) - 1


def _predicate_of(parse: Parse, expression: TimeExpression, verbs: Verbs) -> Predicate | None:
    """The predicate of the innermost clause that holds the time."""
    word = bisect_right(parse.words, expression.start, key=lambda w: w.start) - 1
    holding: list[tuple[int, int]] = []
    for i in verbs.clauses.get(_sentence_of(parse, expression.start), ()):
        clause = parse.clauses[i]
        if clause.first <= word < clause.last and i in verbs.predicates:
            holding.append((clause.last - clause.first, i))
    return verbs.predicates[min(holding)[1]] if holding else None


def _reach(verbs: Verbs, expression: TimeExpression, sentence: int) -> int:
    """How many sentences back the day may stand that a time counts from; -1 if it counts from none."""
    if expression.reference is Reference.PUBLICATION:
        return -1
    if expression.type is not TimexType.TIME:
        return _REACH
    # An hour in a list without verbs ("im Forum, 20 Uhr") belongs to its own line, or to the day of the paper.
    return 1 if sentence in verbs.sentences else 0


def _tells_a_day(expression: TimeExpression, precision: Precision) -> bool:
    """Whether the passage tells of this day from here on: a clock time alone does not move it."""
    formula = expression.formula
    bare = isinstance(formula, f.Clock | f.DayPart) and formula.day is None
    return precision is Precision.DAY and not bare and expression.type is not TimexType.SET

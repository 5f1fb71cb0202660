"""What the times in the text say of the day of publication: it lies after what is told, before what is planned."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

import msgspec

from depesche.dating.constraints import FAIR, STRONG, WEAK, Constraint, bare, each_year, from_day, on_weekdays, to_day
from depesche.model.days import Days, Direction, month_of
from depesche.model.expression import Reference, TimeExpression, TimexType, resolve
from depesche.model.formula import Between, CalendarDate, Clock, DayPart, Distance, Era, Formula, PartOf, Weekday
from depesche.model.parse import Mood, Parse, Predicate, Sentence, Tense
from depesche.model.text import Span
from depesche.packs.dating import DatingRules
from depesche.packs.world import tokens, words_in

_MOST = 50
"""Times looked at in one sentence; more stand in no sentence that a person wrote."""
_COMING = 4
LEAD = 4
"""Sentences in which a weekday is that of the news."""
_A_MONTH = 31
_NEWS_LASTS = 2
_PLANNED_AHEAD = timedelta(days=270)
_HALF_A_YEAR = timedelta(days=183)
_NEAR_AHEAD = timedelta(days=120)
_STILL_AHEAD = timedelta(days=75)
_LATEST = date(2035, 1, 1)


class Outlook(StrEnum):
    """Whether a clause tells of what is over or of what is to come."""

    PAST = "past"
    AHEAD = "ahead"
    OPEN = "open"


class Moment(msgspec.Struct, frozen=True):
    """A time expression with its sentence, its clause (-1 where unknown) and the outlook there."""

    expression: TimeExpression
    sentence: int
    clause: int
    outlook: Outlook

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.expression.start, self.expression.end)


class Telling:
    """A parse with its times put into sentences and clauses; made once for a page."""

    def __init__(self, parse: Parse, rules: DatingRules) -> None:
        self.parse = parse
        self.rules = rules
        self._predicates: dict[int, list[Predicate]] = {}
        for predicate in parse.predicates:
            self._predicates.setdefault(predicate.clause, []).append(predicate)
        self._starts = {word.start: i for i, word in enumerate(parse.words)}
        self._vocabulary: dict[int, frozenset[str]] = {}
        self._sentence_starts = [sentence.start for sentence in parse.sentences]
        self.moments = tuple(self._moments())
        self._by_sentence: dict[int, list[Moment]] = {}
        for moment in self.moments:
            self._by_sentence.setdefault(moment.sentence, []).append(moment)

    def moments_in(self, number: int) -> list[Moment]:
        """The times of a sentence; only the first of a sentence without end."""
        return self._by_sentence.get(number, [])[:_MOST]

    def clause_at(self, offset: int) -> int:
        """The clause of the word that begins there, -1 where none does."""
        word = self._starts.get(offset, -1)
        return self.parse.owners[word] if 0 <= word < len(self.parse.owners) else -1

    def outlook(self, clause: int, number: int) -> Outlook:
        """Whether the clause tells of the past or of what is to come."""
        predicates = self._predicates.get(clause, [])
        words = self._words(number)
        told = [p for p in predicates if p.mood is not Mood.KONJUNKTIV_2 and not self._looks_ahead(p)]
        past = any(p.tense is Tense.PAST for p in told)
        ahead = any(p.tense is Tense.FUTURE or (self._looks_ahead(p) and not self._was(p)) for p in predicates)
        if ahead and any(self.rules.perfect.hold(word) for word in words):
            return Outlook.OPEN
        if any(self.rules.planned.hold(word) for word in words):
            return Outlook.OPEN if past else Outlook.AHEAD
        if past and not ahead:
            return Outlook.PAST
        return Outlook.AHEAD if ahead else Outlook.OPEN

    def is_real(self, number: int) -> bool:
        """Whether nothing in the sentence says that what it tells has not happened, or not yet."""
        return not any(self.rules.unreal.hold(word) for word in self._words(number))

    def _words(self, number: int) -> frozenset[str]:
        """The words of a sentence; only sentences with times or events are asked for."""
        known = self._vocabulary.get(number)
        if known is None:
            known = self._vocabulary[number] = words_in(self.parse.text, _span(self.parse.sentences[number]))
        return known

    def _looks_ahead(self, predicate: Predicate) -> bool:
        return self.rules.ahead_modals.hold(predicate.modal)

    def _was(self, predicate: Predicate) -> bool:
        """Whether the modal itself is past ("sollte stattfinden"): the plan is told of, not the day to come."""
        return predicate.finite >= 0 and self.rules.past_modals.hold(self.parse.word(predicate.finite).lower())

    def is_label(self, moment: Moment) -> bool:
        """Whether the date belongs to the noun before it or is itself spoken of ("Haushalt 2007", "das Jahr 2020")."""
        text = self.parse.text
        own = next((word for word, _ in tokens(text, moment.span)), "")
        if self.rules.nominative.hold(own):
            return True
        at = self._starts.get(moment.span.start, 0) - 1
        if at < 0:
            return False
        before = self.parse.words[at]
        form = text[before.start : before.end]
        return before.tag == "NN" or (form.isupper() and len(form) > 1)

    def before(self, offset: int, count: int) -> list[str]:
        """Up to so many words before a place, in small letters, nearest last."""
        sentence = max(bisect_right(self._sentence_starts, offset) - 1, 0)
        floor = self._sentence_starts[sentence] if self._sentence_starts else 0
        within = Span(max(floor, offset - 30 * count), offset)
        return [word for word, span in tokens(self.parse.text, within)][-count:]

    def _moments(self) -> Iterator[Moment]:
        sentences, at = self.parse.sentences, 0
        for expression in sorted(self.parse.times, key=lambda one: (one.start, one.end)):
            while at + 1 < len(sentences) and sentences[at].end <= expression.start:
                at += 1
            if not sentences or not _is_placed(expression):
                continue
            clause = self.clause_at(expression.start)
            lead = self.before(expression.start, 6)
            towards = any(self.rules.towards.hold(word) for word in lead[-1:]) and not any(
                map(self.rules.night.hold, lead)
            )
            towards = towards or any(self.rules.coming.hold(word) for word in lead[-_COMING:])
            yield Moment(expression, at, clause, Outlook.AHEAD if towards else self.outlook(clause, at))


def _span(sentence: Sentence) -> Span:
    return Span(sentence.start, sentence.end)


def _is_placed(expression: TimeExpression) -> bool:
    """Whether the time lies somewhere: "vor einem Jahr" does, "ein Jahr" and "jeden Montag" do not."""
    if isinstance(expression.formula, Distance):
        return expression.reference is Reference.PUBLICATION
    if expression.reference is Reference.PASSAGE or isinstance(expression.formula, Era):
        return False
    return expression.type not in (TimexType.DURATION, TimexType.SET)


def told_times(telling: Telling) -> Iterator[Constraint]:
    """The evidence of explicit dates, months without a year, and the weekday of the news."""
    yield from _explicit(telling)
    yield from _yearless(telling)
    yield from _news_day(telling)


def _explicit(telling: Telling) -> Iterator[Constraint]:
    past: dict[date, Constraint] = {}
    ahead: dict[date, Constraint] = {}
    for moment in telling.moments:
        days = resolve(moment.expression, Days(), Direction.NEAREST).days
        if days.first is None or days.last is None or days.first > _LATEST:
            continue
        text = moment.span.of(telling.parse.text)
        lead = telling.before(moment.span.start, 1)
        if any(telling.rules.ahead.hold(word) for word in lead) or telling.is_label(moment):
            continue
        if moment.outlook is Outlook.AHEAD:
            if days.length is not None and days.length <= _A_MONTH:
                note = f"{text!r} is still to come"
                ahead.setdefault(days.last, Constraint("date.plan", note, FAIR, to_day(days.last), moment.span))
        elif moment.outlook is Outlook.PAST or any(telling.rules.since.hold(word) for word in lead):
            note = f"{text!r} is told as past"
            weight = STRONG if days.length is not None and days.length <= _A_MONTH else FAIR
            past.setdefault(days.first, Constraint("date.explicit", note, weight, from_day(days.first), moment.span))
    yield from (ahead[day] for day in sorted(ahead)[:2])
    yield from (past[day] for day in sorted(past)[-2:])


def _yearless(telling: Telling) -> Iterator[Constraint]:
    seen: set[tuple[int, int | None, Outlook]] = set()
    planned = {moment.sentence for moment in telling.moments if moment.outlook is Outlook.AHEAD}
    for moment in telling.moments:
        formula = bare(moment.expression.formula)
        if not isinstance(formula, CalendarDate) or formula.month is None or formula.step:
            continue
        if formula.year is not None or formula.year_shift is not None or _beside_a_year(telling, moment):
            continue
        opening = moment.expression.formula.first if isinstance(moment.expression.formula, Between) else formula
        if moment.outlook is Outlook.AHEAD and isinstance(opening, CalendarDate) and opening.day:
            formula = opening
        month, day = formula.month or 1, formula.day
        text = moment.span.of(telling.parse.text)
        if (month, day, moment.outlook) in seen:
            continue
        seen.add((month, day, moment.outlook))
        if day and f"{month:02d}-{day:02d}" in telling.rules.named_days:
            continue
        still = any(telling.rules.still.hold(word) for word in telling.before(moment.span.start, 2))
        if moment.outlook is Outlook.AHEAD or (still and moment.outlook is Outlook.OPEN):
            reach = _STILL_AHEAD if still else _PLANNED_AHEAD
            days = each_year(partial(_ahead, month=month, day=day, reach=reach))
            yield Constraint("date.plan", f"{text!r} is still to come", FAIR, days, moment.span)
            near = each_year(partial(_ahead, month=month, day=day, reach=_NEAR_AHEAD))
            yield Constraint("date.plan-near", f"{text!r}: most likely soon", WEAK, near, moment.span)
        elif moment.outlook is Outlook.PAST and telling.is_real(moment.sentence) and moment.sentence not in planned:
            part = isinstance(moment.expression.formula, PartOf)
            note = f"{text!r} is told as past, without a year"
            days = each_year(partial(_behind, month=month, day=day, part=part))
            yield Constraint("date.month", note, FAIR, days, moment.span)
            near = each_year(partial(_soon_after, month=month, day=day, part=part))
            yield Constraint("date.month-near", f"{text!r}: most likely of the same year", WEAK, near, moment.span)


def _beside_a_year(telling: Telling, moment: Moment) -> bool:
    """Whether the passage tells of a year that it names: a month beside it is that year's."""
    for other in telling.moments:
        if moment.sentence - 2 <= other.sentence <= moment.sentence and other is not moment:
            formula = bare(other.expression.formula)
            if isinstance(formula, CalendarDate) and (formula.year or formula.year_shift):
                return True
    return False


def _news_day(telling: Telling) -> Iterator[Constraint]:
    for moment in telling.moments:
        if moment.sentence >= LEAD:
            return
        day = weekday_of(moment.expression.formula)
        if day and moment.outlook is Outlook.PAST:
            text = moment.span.of(telling.parse.text)
            note = f"the news is of {text!r}, at most {_NEWS_LASTS} days old"
            yield Constraint("date.weekday", note, FAIR, on_weekdays(day, _NEWS_LASTS), moment.span)
            return


def weekday_of(formula: Formula) -> int | None:
    """The weekday of a time that is just that ("am Dienstag", "am Dienstagabend")."""
    if isinstance(formula, (Clock, DayPart)) and formula.day is not None:
        return weekday_of(formula.day)
    if isinstance(formula, Weekday) and not formula.step and formula.week_shift is None:
        return formula.day
    return None


def _ahead(year: int, month: int, day: int | None, reach: timedelta) -> Days | None:
    last = _day(year, month, day)
    return Days(last - reach, last) if last else None


def _behind(year: int, month: int, day: int | None, part: bool) -> Days | None:
    if day is not None:
        first = _day(year, month, day)
        return Days(first, first + timedelta(days=330)) if first else None
    whole = month_of(year, month)
    if whole.first is None or whole.last is None:
        return None
    return Days(whole.first if part else whole.last + timedelta(days=1), month_of(year + 1, month).first)


def _soon_after(year: int, month: int, day: int | None, part: bool) -> Days | None:
    days = _behind(year, month, day, part)
    return soon(days) if days else None


def soon(days: Days) -> Days:
    """The part of the days after a bare month in which it is mostly used: the rest of the year, or half a year."""
    if days.first is None:
        return days
    until = max(date(days.first.year, 12, 31), days.first + _HALF_A_YEAR)
    return days.meet(Days(None, until)) or days


def _day(year: int, month: int, day: int | None) -> date | None:
    if day is None:
        return month_of(year, month).last
    try:
        return date(year, month, day)
    except ValueError:
        return None

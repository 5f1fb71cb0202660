"""Finds time expressions: the longest ones, without overlap, each within a sentence. No date is needed for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from depesche.model import formula as f
from depesche.model.expression import TimeExpression, TimexType
from depesche.model.parse import Sentence, Word
from depesche.packs.times import TimeRule, TimeRules

_JOINABLE = (
    f.CalendarDate,
    f.Weekday,
    f.Season,
    f.Quarter,
    f.Holiday,
    f.PartOf,
    f.DayPart,
    f.Era,
    f.DayOfMonth,
    f.Offset,
)
_LOOK_BACK = 20
_BLANK = re.compile(r"\s{0,3}")


def find_times(
    text: str, words: Sequence[Word], sentences: Sequence[Sentence], rules: TimeRules
) -> tuple[TimeExpression, ...]:
    """The time expressions of a text in order, ranges joined."""
    found: list[TimeExpression] = []
    for sentence in sentences:
        found += _on_days(_joined(_in_sentence(text, sentence.start, sentence.end, rules), text, rules), text, rules)
    return tuple(found)


def _in_sentence(text: str, start: int, end: int, rules: TimeRules) -> list[TimeExpression]:
    found: list[TimeExpression] = []
    at = start
    for begin in rules.start.finditer(text, start, end):
        if begin.start() >= at:
            best = _longest(text, begin.start(), end, rules)
            if best is not None:
                found.append(best)
                at = best.end
    return found


def _longest(text: str, at: int, end: int, rules: TimeRules) -> TimeExpression | None:
    part = rules.part.match(text, at, end)
    if part is not None:
        behind = _behind_part(text, part, end, rules)
        if behind is not None:
            return behind
    best = _longest_of(rules.rules.at(text, at), text, at, end)
    if best is None or best.start == at:
        return best
    # A rule that needs a word in front ("im Herbst") may have found less than one that needs none ("Herbst 1998").
    without = _longest(text, best.start, end, rules)
    return without if without is not None and without.end > best.end else best


def _longest_of(rules: Iterable[TimeRule], text: str, at: int, end: int) -> TimeExpression | None:
    best: TimeExpression | None = None
    for rule in rules:
        match = rule.pattern.match(text, at, end)
        if match is not None and (best is None or _span(match)[1] > best.end):
            best = _expression(rule, match) or best
    return best


def _behind_part(text: str, part: re.Match[str], end: int, rules: TimeRules) -> TimeExpression | None:
    """The period behind "Anfang", "Mitte", "Ende", made into that part of it."""
    told = rules.parts.get(" ".join(part["p"].lower().split()))
    blank = _BLANK.match(text, part.end(), end)
    at = blank.end() if blank else part.end()
    best = _longest_of(rules.behind_part.at(text, at), text, at, end)
    if best is None or told is None or best.type is not TimexType.DATE:
        return None
    if isinstance(best.formula, f.Vague | f.Between | f.PartOf):
        return None
    chosen = f.Part(told)
    return msgspec.structs.replace(
        best, start=part.start(), formula=f.PartOf(chosen, best.formula), mod=chosen.value, parts=()
    )


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("span") if "span" in match.re.groupindex else match.span()


def _expression(rule: TimeRule, match: re.Match[str]) -> TimeExpression | None:
    formula = rule.formula(match)
    if formula is None:
        return None
    start, end = _span(match)
    whole = TimeExpression(
        start=start,
        end=end,
        rule=rule.id,
        type=rule.type,
        formula=formula,
        mod=rule.modifier(match) or None,
        direction=rule.direction,
        reference=rule.reference,
    )
    if isinstance(formula, f.Between) and "a" in match.re.groupindex and "b" in match.re.groupindex:
        ends = ((match.span("a"), formula.first), (match.span("b"), formula.last))
        return msgspec.structs.replace(whole, parts=tuple(_end_of(whole, span, told) for span, told in ends))
    return whole


def _end_of(whole: TimeExpression, span: tuple[int, int], formula: f.Formula) -> TimeExpression:
    return msgspec.structs.replace(whole, start=span[0], end=span[1], formula=formula, mod=None, parts=())


# --- ranges of two expressions


def _joined(found: list[TimeExpression], text: str, rules: TimeRules) -> list[TimeExpression]:
    """The expressions with those made into one that stand as a range: "Montag bis Mittwoch"."""
    joined: list[TimeExpression] = []
    for time in found:
        whole = _range(joined[-1], time, text, rules) if joined else None
        if whole is None:
            joined.append(time)
        else:
            joined[-1] = whole
    return joined


def _range(first: TimeExpression, last: TimeExpression, text: str, rules: TimeRules) -> TimeExpression | None:
    if type(first.formula) is not type(last.formula) or not isinstance(first.formula, _JOINABLE):
        return None
    if isinstance(first.formula, f.Offset) and not _counts_days(first.formula, last.formula):
        return None
    told = _with_year(first.formula, last.formula)
    between = (first.end, last.start)
    if rules.joins.range.fullmatch(text, *between) is None:
        paired = rules.joins.next.fullmatch(text, *between) is not None
        if not paired or not (_follows(told, last.formula) or _word_before(text, first.start) == rules.joins.between):
            return None
    formula = f.Between(told, last.formula)
    parts = (msgspec.structs.replace(first, formula=told), last)
    return TimeExpression(
        start=first.start,
        end=last.end,
        rule=f"{first.rule}+{last.rule}",
        type=first.type,
        formula=formula,
        reference=first.reference,
        parts=parts,
    )


# --- hours and parts of days, and the day named right behind them


def _on_days(found: list[TimeExpression], text: str, rules: TimeRules) -> list[TimeExpression]:
    """The expressions; an hour counts from the day behind it ("um 8 Uhr am Montag"), which a part of a day takes in."""
    told: list[TimeExpression] = []
    for time in found:
        day = told[-1] if told else None
        if day is not None and _is_bare(day.formula) and _is_day(time.formula):
            gap = (day.end, time.start)
            of_day = rules.joins.of_day.match(text, day.end, time.end)
            if isinstance(day.formula, f.DayPart) and of_day is not None and of_day.end() >= time.start:
                formula = msgspec.structs.replace(day.formula, day=time.formula)
                rule = f"{day.rule}+{time.rule}"
                told[-1] = msgspec.structs.replace(
                    day, end=time.end, rule=rule, formula=formula, reference=time.reference
                )
                continue
            if rules.joins.on_day.fullmatch(text, *gap) is not None:
                told[-1] = _on(day, time.formula)
        told.append(time)
    return told


def _on(hour: TimeExpression, day: f.Formula) -> TimeExpression:
    parts = tuple(_on(part, day) for part in hour.parts)
    return msgspec.structs.replace(hour, formula=_of_day(hour.formula, day), parts=parts)


def _of_day(formula: f.Formula, day: f.Formula) -> f.Formula:
    match formula:
        case f.Between():
            return f.Between(_of_day(formula.first, day), _of_day(formula.last, day))
        case f.Clock() | f.DayPart():
            return msgspec.structs.replace(formula, day=day)
        case _:
            return formula


def _is_bare(formula: f.Formula) -> bool:
    """Whether it is an hour or a part of some day that it does not name."""
    match formula:
        case f.Between():
            return _is_bare(formula.first) and _is_bare(formula.last)
        case f.Clock() | f.DayPart():
            return formula.day is None
        case _:
            return False


def _is_day(formula: f.Formula) -> bool:
    match formula:
        case f.CalendarDate():
            return formula.day is not None
        case f.Offset():
            return formula.unit is f.Unit.DAY
        case f.Holiday():
            return formula.length == 1
        case f.Weekday() | f.DayOfMonth():
            return True
        case _:
            return False


def _counts_days(*formulas: f.Formula) -> bool:
    return all(isinstance(formula, f.Offset) and formula.unit is f.Unit.DAY for formula in formulas)


def _word_before(text: str, offset: int) -> str:
    words = text[max(0, offset - _LOOK_BACK) : offset].split()
    return words[-1].lower() if words else ""


def _with_year(first: f.Formula, last: f.Formula) -> f.Formula:
    """The first end of a range with the year that only the second names: "von März bis Mai 2020"."""
    if isinstance(first, f.PartOf):
        return msgspec.structs.replace(first, whole=_with_year(first.whole, last))
    if isinstance(last, f.PartOf):
        return _with_year(first, last.whole)
    if not isinstance(first, f.CalendarDate) or not isinstance(last, f.CalendarDate):
        return first
    if first.year is not None or first.year_shift is not None:
        return first
    before = int((first.month or 0) > (last.month or 0))
    year = None if last.year is None else last.year - before
    shift = None if last.year_shift is None else last.year_shift - before
    return msgspec.structs.replace(first, year=year or None, year_shift=shift)


def _follows(first: f.Formula, last: f.Formula) -> bool:
    """Whether the second is the day, month or year right after the first."""
    match first, last:
        case f.Weekday(), f.Weekday():
            return last.day == first.day % 7 + 1
        case f.Offset(), f.Offset():
            return first.unit is last.unit is f.Unit.DAY and last.count == first.count + 1
        case f.CalendarDate(), f.CalendarDate() if first.day is not None and last.day is not None:
            return first.month == last.month and last.day == first.day + 1
        case f.CalendarDate(), f.CalendarDate() if first.month is not None and last.month is not None:
            return first.day is last.day is None and last.month == first.month + 1
        case f.CalendarDate(), f.CalendarDate() if first.year is not None and last.year is not None:
            return first.month is last.month is None and last.year == first.year + 1
        case _:
            return False

"""Where a time points that names no year or week: told by the words around it, and by the tense of its clause."""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

from depesche.model import formula as f
from depesche.model.days import Direction
from depesche.model.expression import TimeExpression
from depesche.model.parse import Parse, Predicate, Tense
from depesche.packs.times import Cues

_LOOK_BACK = 20
_PHRASE = 120
"""Letters around a time that can tell which phrase it belongs to."""

_NESTED = 40
"""Clauses before a time among which the one is sought that holds it."""
_FRAGMENT = 240
"""Letters around a time that are its headline or its line of a list."""


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


def direction_of(parse: Parse, expression: TimeExpression, verbs: Verbs, cues: Cues) -> Direction:
    """Where the clause around a time points: from the word before the time, else from its verb."""
    lead = _word_before(parse.text, expression.start)
    if lead in cues.past_leads and not expression.parts:
        return Direction.PAST
    if lead in cues.future_leads and not isinstance(expression.formula, f.Quarter | f.Half):
        return Direction.FUTURE
    of_a_week = _of_a_week(expression.formula)
    attribute = _direction_of_attribute(parse.text, expression, cues)
    if attribute is not None and of_a_week:
        return attribute
    predicate = _predicate_of(parse, expression, verbs)
    plain = predicate is None or (predicate.tense is Tense.PRESENT and predicate.modal not in cues.ahead)
    if of_a_week and plain and _ends_before(cues.after, parse.text, expression.start):
        return Direction.PAST
    if predicate is None:
        return _direction_of_words(parse, expression, cues)
    if predicate.lemma in cues.promising and cues.infinitive.match(parse.text, expression.end, _end(parse, expression)):
        return Direction.FUTURE
    return _direction_of_verb(predicate, cues, of_a_week=of_a_week)


def _direction_of_attribute(text: str, expression: TimeExpression, cues: Cues) -> Direction | None:
    """Where the participle points that a time belongs to: "der am Montag beginnende Gipfel"; None without one."""
    if not _ends_before(cues.attribute, text, expression.start):
        return None
    if cues.to_come.match(text, expression.end):
        return Direction.FUTURE
    return Direction.PAST if cues.done.match(text, expression.end) else None


def _ends_before(pattern: re.Pattern[str], text: str, offset: int) -> bool:
    """Whether what the pattern matches stands right before a place."""
    first = max(0, offset - _PHRASE)
    return any(match.end() == offset for match in pattern.finditer(text, first, offset))


def _direction_of_verb(predicate: Predicate, cues: Cues, *, of_a_week: bool) -> Direction:
    past = predicate.tense is Tense.PAST
    if predicate.tense is Tense.FUTURE or (predicate.modal in cues.ahead and not past):
        return Direction.FUTURE
    if predicate.lemma in cues.planning and not (past and of_a_week):
        return Direction.FUTURE
    if past or predicate.lemma in cues.reporting:
        return Direction.PAST
    return Direction.FUTURE if of_a_week else Direction.NEAREST


def _direction_of_words(parse: Parse, expression: TimeExpression, cues: Cues) -> Direction:
    """Where a fragment without a verb points: a headline, a caption, a list."""
    i = sentence_of(parse, expression.start)
    if i < 0:
        return Direction.PAST
    first = max(parse.sentences[i].start, expression.start - _FRAGMENT)
    last = min(parse.sentences[i].end, expression.end + _FRAGMENT)
    return Direction.FUTURE if cues.future.search(parse.text, first, last) else Direction.PAST


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


def _end(parse: Parse, expression: TimeExpression) -> int:
    """Where the sentence ends that holds the time, or the reach of a phrase if that is nearer."""
    i = sentence_of(parse, expression.start)
    last = parse.sentences[i].end if i >= 0 else len(parse.text)
    return min(last, expression.end + _PHRASE)


def _word_before(text: str, offset: int) -> str:
    words = text[max(0, offset - _LOOK_BACK) : offset].split()
    return words[-1].lower() if words else ""


def sentence_of(parse: Parse, offset: int) -> int:
    """The number of the sentence that holds a place of the text, -1 before the first."""
    return bisect_right(parse.sentences, offset, key=lambda sentence: sentence.start) - 1


def _predicate_of(parse: Parse, expression: TimeExpression, verbs: Verbs) -> Predicate | None:
    """The predicate of the innermost clause that holds the time."""
    word = bisect_right(parse.words, expression.start, key=lambda w: w.start) - 1
    holding: list[tuple[int, int]] = []
    clauses = verbs.clauses.get(sentence_of(parse, expression.start), [])
    begun = bisect_right(clauses, word, key=lambda i: parse.clauses[i].first)
    for i in clauses[max(0, begun - _NESTED) : begun]:
        clause = parse.clauses[i]
        if clause.first <= word < clause.last and i in verbs.predicates:
            holding.append((clause.last - clause.first, i))
    return verbs.predicates[min(holding)[1]] if holding else None

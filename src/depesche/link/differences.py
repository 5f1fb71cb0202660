"""Where the sources of an entry differ: in days, place, numbers, status; which excludes which, which is closer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from depesche.link.exclusions import is_stance
from depesche.link.history import moved
from depesche.link.places import Nearness, compare_places
from depesche.link.tellings import Telling
from depesche.link.words import words_of
from depesche.model.days import Days
from depesche.model.linkage import Difference, DifferenceKind, Field, Value
from depesche.model.reading import Number, Status
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.packs.linking import LinkRules

LONG = 10**6
LONGEST_TEXT = 500
CLAUSE_ENDS = ",;:–—\n"
KINDS = (DifferenceKind.CONFLICT, DifferenceKind.REFINEMENT, DifferenceKind.DIFFERENT_SCOPE)
NOTES = {
    DifferenceKind.CONFLICT: "the values exclude each other",
    DifferenceKind.REFINEMENT: "one value is closer than the other",
    DifferenceKind.DIFFERENT_SCOPE: "the values speak of different things",
}

Judge = Callable[[Telling, Telling, LinkRules], DifferenceKind | None]
Show = Callable[[Telling], Value]


def find_differences(tellings: Sequence[Telling], mode: str | None, rules: LinkRules) -> tuple[Difference, ...]:
    """The differences within one entry, by field and kind."""
    lasting = mode in rules.types.lasting

    def dates(a: Telling, b: Telling, rules: LinkRules) -> DifferenceKind | None:
        return _dates(a.event.days, b.event.days, lasting, rules)

    told = sorted(tellings, key=Telling.order)
    dated = [telling for telling in told if telling.event.days.known]
    placed = [telling for telling in told if telling.event.told_place]
    found = _differences(Field.DATE, dated, dates, _date_value, rules)
    found += _differences(Field.PLACE, placed, _places, _place_value, rules)
    found += _differences(Field.STATUS, told, _statuses, _status_value, rules)
    found += _numbers(told)
    found += [denial for telling in told if (denial := _denial(telling, rules))]
    return tuple(found)


def compare_counts(counts: Sequence[Telling]) -> Difference | None:
    """What several counts of the same parties' doings say: each speaks of its own time and kind."""
    values = tuple(_count_value(telling) for telling in sorted(counts, key=Telling.order))
    if len({value.value for value in values}) < 2:
        return None
    return _difference(Field.NUMBER, DifferenceKind.DIFFERENT_SCOPE, values)


def _differences(field: Field, told: Sequence[Telling], judge: Judge, show: Show, rules: LinkRules) -> list[Difference]:
    """One difference a kind, with every mention that stands in a pair of that kind."""
    sides: dict[DifferenceKind, set[str]] = defaultdict(set)
    for a, b in combinations(told, 2):
        kind = judge(a, b, rules)
        if kind:
            sides[kind] |= {a.id, b.id}
    return [
        _difference(field, kind, _once(show(t) for t in told if t.id in sides[kind])) for kind in KINDS if kind in sides
    ]


def _once(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def _difference(field: Field, kind: DifferenceKind, values: tuple[Value, ...]) -> Difference:
    return Difference(field, kind, values, Reason(f"link.difference.{field}", NOTES[kind]))


def _dates(a: Days, b: Days, lasting: bool, rules: LinkRules) -> DifferenceKind | None:
    if a == b:
        return None
    close = max(a.length or LONG, b.length or LONG) <= rules.entries.stay
    if a.meet(b) is None or (close and moved(a, b)):
        return DifferenceKind.CONFLICT
    return DifferenceKind.DIFFERENT_SCOPE if close and lasting else DifferenceKind.REFINEMENT


def _places(a: Telling, b: Telling, rules: LinkRules) -> DifferenceKind | None:
    nearness = compare_places(a.event.told_place, b.event.told_place, rules)
    if nearness.contained:
        return DifferenceKind.REFINEMENT
    return DifferenceKind.CONFLICT if nearness in {Nearness.APART, Nearness.COUNTRY} else None


def _statuses(a: Telling, b: Telling, rules: LinkRules) -> DifferenceKind | None:
    if is_stance(a, b):
        return DifferenceKind.REFINEMENT
    denied = {a.event.status, b.event.status} == {Status.DENIED, Status.OCCURRED}
    return DifferenceKind.CONFLICT if denied else None


def _numbers(told: Sequence[Telling]) -> list[Difference]:
    """Figures of one kind ("Tote") that differ between pages."""
    figures: dict[tuple[str, str], list[tuple[Telling, Number]]] = defaultdict(list)
    for telling in told:
        for number in telling.event.numbers:
            figures[number.of.casefold(), number.unit.casefold()].append((telling, number))
    found = []
    for _, told_of in sorted(figures.items()):
        pages, values = {t.page for t, _ in told_of}, {number.value for _, number in told_of}
        if len(pages) > 1 and len(values) > 1:
            shown = _once(_value(t, _clause(t, number.span), number.value) for t, number in told_of)
            found.append(_difference(Field.NUMBER, DifferenceKind.CONFLICT, shown))
    return found


def _denial(telling: Telling, rules: LinkRules) -> Difference | None:
    """A claim that its own sentence denies ("…, was das Ministerium bestreitet")."""
    if telling.event.status == Status.DENIED:
        return None
    for clause in _clauses(telling, telling.sentence()):
        held = any(span.meets(clause) for span in telling.event.evidence)
        if not held and denies(telling.words(clause), rules):
            evidence = _value(telling, telling.passage, telling.event.status)
            return _difference(
                Field.STATUS, DifferenceKind.CONFLICT, (evidence, _value(telling, clause, Status.DENIED))
            )
    return None


def denies(text: str, rules: LinkRules) -> bool:
    """Whether the words deny something."""
    return any(word in rules.words.denial.words for word in words_of(text))


def _clauses(telling: Telling, sentence: Span) -> list[Span]:
    text, start, clauses = telling.words(sentence), 0, []
    for i, character in enumerate(text + CLAUSE_ENDS[0]):
        if character in CLAUSE_ENDS:
            piece = text[start:i]
            first = sentence.start + start + len(piece) - len(piece.lstrip())
            if piece.strip():
                clauses.append(Span(first, first + len(piece.strip())))
            start = i + 1
    return clauses


def _clause(telling: Telling, span: Span) -> Span:
    """The piece of evidence around a span; the span where there is none."""
    return next((piece for piece in telling.event.evidence if piece.holds(span)), span)


def _date_value(telling: Telling) -> Value:
    days, span = telling.event.days, telling.event.time_words or telling.sentence()
    ends = days.first or "", days.last or ""
    value = str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}/{ends[1]}"
    return _value(telling, span, value)


def _place_value(telling: Telling) -> Value:
    place = telling.event.told_place
    if place is None or place.span is None:
        return _value(telling, telling.sentence(), place.name if place else "")
    return _value(telling, place.span, place.name)


def _status_value(telling: Telling) -> Value:
    return _value(telling, telling.passage, telling.event.status)


def _count_value(telling: Telling) -> Value:
    number = next(iter(telling.event.numbers), None)
    if number is None:
        return _value(telling, telling.passage, telling.words(telling.passage))
    holding = next((span for span in telling.event.evidence if span.holds(number.span)), telling.passage)
    return _value(telling, holding, number.value)


def _value(telling: Telling, span: Span, value: str) -> Value:
    if span.end - span.start > LONGEST_TEXT:
        span = Span(span.start, span.start + LONGEST_TEXT)
    return Value(telling.page, telling.reading.doc, telling.words(span), str(value), span)

"""On which days of its range a page can have told of events that other pages date.

"am Donnerstag besucht er Peking"     told by a page of some day between April and December
a visit of the same two, 15–16 May    dated by another page
─▶ the days on which "am Donnerstag" means that visit, out of those that the page's own evidence allows
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

import msgspec

from depesche.model.anchoring import PRESENT, read_ahead
from depesche.model.days import Days, Direction, iso, one_day
from depesche.model.expression import TimeExpression, resolve
from depesche.model.facts import DatedEvent
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Reading, Status, Time
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.settle.calendar import Calendar
from depesche.settle.same import Told, can_be_same, told_of

AROUND = timedelta(days=400)
"""How far from an event a page may lie that tells its day by a weekday or a date without a year."""
CLOSE = 7
"""Days that a time may mean, seen from one day, to tell one event from the next of its kind."""
WIDE = 400
"""Days from which a range is too wide for one time alone to narrow it: events of a kind recur."""
LEAST_TOLD = 2
"""Times that must agree on a page of a wide range, or of none."""
MOST_LEFT = 31
"""Days that such a page may keep."""
MOVED = 1
"""Days by which a plan may differ from what is told elsewhere."""
MOST_RUNS = 120
MOST_MENTIONS = 200
"""Mentions of a page that are compared: no article tells more, and a pile of pages must not wait for one."""
MOST_NAMED = 3
"""Teaching mentions that a reason names."""


class Lesson(msgspec.Struct, frozen=True):
    """What one time of a page says of its day: the days on which the time means an event that others date."""

    words: Span
    days: frozenset[date]
    teachers: tuple[DatedEvent, ...]


def narrowed(reading: Reading, events: Calendar) -> Dateline | None:
    """The page's dateline narrowed by events that other pages date; None where it stays as it is.

    What is left is never given as the day of the page: a single day is given with the days around it.
    """
    line = reading.dateline
    if line.published is not None or not events:
        return None
    lessons = _lessons(reading, events)
    left = _left(lessons, Days(line.earliest, line.latest))
    if not left:
        return None
    runs = _honest(_runs(left), Days(line.earliest, line.latest))
    possible = runs if 1 < len(runs) <= MOST_RUNS else ()
    if (runs[0].first, runs[-1].last, possible) == (line.earliest, line.latest, line.possible):
        return None
    reasons = tuple(_reason(lesson, reading.text) for lesson in lessons)
    return Dateline(None, runs[0].first, runs[-1].last, (*line.reasons, *reasons), possible, line.posts)


def _lessons(reading: Reading, events: Calendar) -> list[Lesson]:
    times = {Span(time.start, time.end): time for time in reading.times if _counts_from_page(time)}
    lessons: dict[Span, Lesson] = {}
    for own, time in islice(_told(reading.events, times), MOST_MENTIONS):
        lesson = _lesson(reading, own, time, events)
        if lesson:
            known = lessons.get(lesson.words)
            lessons[lesson.words] = _both(known, lesson) if known else lesson
    return [lesson for _, lesson in sorted(lessons.items())]


def _told(mentions: Iterable[EventMention], times: Mapping[Span, Time]) -> Iterator[tuple[Told, Time]]:
    """The mentions that may tell the page's day, each with its time."""
    for mention in mentions:
        time = times.get(mention.time_words) if mention.time_words else None
        own = told_of(mention) if time else None
        if own and time:
            yield own, time


def _counts_from_page(time: Time) -> bool:
    """Whether the day of the page alone says which day is meant: "heute" may mean nowadays, "20 Uhr" another day."""
    return time.expression is not None and time.counts_from < 0 and time.value != PRESENT


def _both(one: Lesson, other: Lesson) -> Lesson:
    """Two events told with the same words are one piece of evidence, and have to agree."""
    teachers = {(t.page, t.mention): t for t in (*one.teachers, *other.teachers)}
    return Lesson(one.words, one.days & other.days, tuple(teacher for _, teacher in sorted(teachers.items())))


def _lesson(reading: Reading, own: Told, time: Time, events: Calendar) -> Lesson | None:
    """The days that the other pages leave for this mention; None where they leave all, none, or several happenings."""
    line, event = reading.dateline, own.event
    taught: dict[tuple[Days, int], frozenset[date]] = {}
    teachers: list[DatedEvent] = []
    first, last = (_moved(day, by) if day else None for day, by in ((line.earliest, -AROUND), (line.latest, AROUND)))
    for told in events.around(own, Days(first, last)):
        if told.page == reading.page or not can_be_same(own, told):
            continue
        moved = MOVED if Status.PLANNED in {event.status, told.status} else 0
        key = (told.days, moved)
        if key not in taught:
            fitting = _fitting(event, time, told.days, moved, line.runs)
            if fitting is None:
                return None
            taught[key] = fitting
        if taught[key]:
            teachers.append(told)
    if not teachers or not _one_happening([told.days for told in teachers]):
        return None
    return Lesson(Span(time.start, time.end), frozenset().union(*taught.values()), tuple(teachers))


def _fitting(event: EventMention, time: Time, told: Days, moved: int, runs: tuple[Days, ...]) -> frozenset[date] | None:
    """The possible days on which the time means the days told; None if the time tells nothing of the page's day."""
    if time.expression is None or told.first is None or told.last is None:
        return None
    window = Days(_moved(told.first, -AROUND), _moved(told.last, AROUND))
    days = [day for run in runs or (window,) if (cut := run.meet(window)) for day in _each(cut)]
    meant = [_meant(event, time, time.expression, day) for day in days]
    if not days or any((one.length or CLOSE + 1) > CLOSE for one in meant):
        return None
    fitting = frozenset(day for day, one in zip(days, meant, strict=True) if one.gap(told) <= moved)
    return None if len(fitting) == len(days) else fitting


def _meant(event: EventMention, time: Time, expression: TimeExpression, day: date) -> Days:
    """The days that a time would mean on a page of that day."""
    found = resolve(expression, one_day(day), time.direction or Direction.NEAREST).days
    ahead = read_ahead(expression, found, one_day(day)) if event.status == Status.PLANNED else None
    return ahead.days if ahead else found


def _one_happening(told: Iterable[Days]) -> bool:
    """Whether the days follow each other without a break, as those of one visit and of its plans do."""
    ordered = sorted(told, key=lambda days: (days.first or date.min, days.last or date.min))
    reached = ordered[0]
    for days in ordered[1:]:
        if reached.gap(days) > MOVED:
            return False
        reached = reached.hull(days)
    return True


def _left(lessons: Sequence[Lesson], range_: Days) -> frozenset[date]:
    """The days that all lessons leave; none where they contradict each other or are too few for the range."""
    if not lessons:
        return frozenset()
    left = frozenset.intersection(*(lesson.days for lesson in lessons))
    if (range_.length or WIDE + 1) <= WIDE:
        return left
    enough = len(lessons) >= LEAST_TOLD and len(left) <= MOST_LEFT
    return left if enough else frozenset()


def _runs(days: Iterable[date]) -> tuple[Days, ...]:
    runs: list[Days] = []
    for day in sorted(days):
        before = runs[-1].last if runs else None
        if before and day == before + timedelta(days=1):
            runs[-1] = Days(runs[-1].first, day)
        else:
            runs.append(one_day(day))
    return tuple(runs)


def _honest(runs: tuple[Days, ...], range_: Days) -> tuple[Days, ...]:
    """A single day is no fact where only other pages name it: it is given as the days around it, within the range."""
    day = runs[0].first
    if len(runs) > 1 or day is None or runs[0].length != 1:
        return runs
    around = Days(_moved(day, -timedelta(days=1)), _moved(day, timedelta(days=1)))
    return (around.meet(range_) or runs[0],)


def _each(days: Days) -> Iterator[date]:
    first = days.first or date.min
    return (first + timedelta(days=n) for n in range(days.length or 0))


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min


def _reason(lesson: Lesson, text: str) -> Reason:
    """Which words mean which event, and who dates it."""
    first = lesson.teachers[0]
    days = "/".join(sorted({iso(day) or "" for told in lesson.teachers for day in (told.days.first, told.days.last)}))
    by = ", ".join(f"{told.doc} ({told.mention})" for told in lesson.teachers[:MOST_NAMED])
    more = len(lesson.teachers) - MOST_NAMED
    told = f"{by} and {more} more" if more > 0 else by
    return Reason("settle.day", f"{lesson.words.of(text)!r} dates {first.type} of {days}, told by {told}", lesson.words)

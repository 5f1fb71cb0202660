"""A page of unknown day, narrowed by events that other pages date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.gather import gather
from depesche.model.anchoring import anchored_time
from depesche.model.days import Days, Direction, Precision, one_day
from depesche.model.expression import TimeExpression, TimexType
from depesche.model.facts import Facts
from depesche.model.formula import Between, CalendarDate, Distance, Formula, Offset, Unit, Weekday
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Participant, PartyKind, Place, Reading, Status, Time
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.settle import settle

SPRING = Days(date(2024, 4, 2), date(2024, 6, 30))
VISIT = Days(date(2024, 5, 16), date(2024, 5, 17))
THURSDAY_AND_FRIDAY = Between(Weekday(4), Weekday(5))
WORDS = Span(0, 10)
LATER_WORDS = Span(20, 30)

RUSSIAN = Participant(Span(0, 3), "A", "Anna Alt", PartyKind.PERSON, "RUS", "person:anna-alt")
CHINESE = Participant(Span(4, 7), "B", "Bo Bai", PartyKind.PERSON, "CHN", "person:bo-bai")
OTHER_CHINESE = Participant(Span(4, 7), "C", "Cai Chen", PartyKind.PERSON, "CHN", "person:cai-chen")
CHINA = Participant(Span(4, 7), "China", "China", PartyKind.COUNTRY, "CHN", "country:CHN")
BEIJING = Place("Peking", "Peking", country="CHN")


def event(days: Days, status: Status = Status.PLANNED, words: Span | None = WORDS, **more: object) -> EventMention:
    made = EventMention(
        "m-" + (str(words.start) if words else "x"), "CONSULT", Span(11, 15), (Span(0, 15),), status, mode="visit",
        actors=(RUSSIAN, CHINESE), time_words=words, days=days, precision=Precision.DAYS,
    )  # fmt: skip
    return msgspec.structs.replace(made, **more)


def told(formula: Formula, range_: Days, direction: Direction = Direction.FUTURE, words: Span = WORDS) -> Time:
    expression = TimeExpression(words.start, words.end, "x", TimexType.DATE, formula)
    time = anchored_time(expression, range_, direction)
    return msgspec.structs.replace(time, expression=expression, direction=direction)


def page(
    range_: Days = SPRING,
    formula: Formula = THURSDAY_AND_FRIDAY,
    direction: Direction = Direction.FUTURE,
    possible: tuple[Days, ...] = (),
    **more: object,
) -> Reading:
    """A page that tells of a visit with words that only the day of the page makes a date."""
    time = told(formula, range_, direction)
    dateline = Dateline(None, range_.first, range_.last, possible=possible)
    return Reading("p1", "p1", "x" * 40, dateline, times=(time,), events=(event(time.days, **more),))


def teacher(days: Days = VISIT, name: str = "t1", **more: object) -> Reading:
    return Reading(name, name, "y" * 40, Dateline(), events=(event(days, words=None, **more),))


def settled(reading: Reading, *teachers: Reading) -> Reading:
    return settle(reading, gather([reading, *teachers]))


def days_of(reading: Reading) -> tuple[str, str]:
    return str(reading.dateline.earliest), str(reading.dateline.latest)


def test_a_weekday_that_means_a_dated_visit_narrows_the_page() -> None:
    after = settled(page(), teacher())
    assert days_of(after) == ("2024-05-10", "2024-05-16")
    assert after.published is None


def test_only_days_that_the_pages_own_evidence_allows_are_left() -> None:
    tuesdays = tuple(
        Days(day, day + timedelta(days=1)) for day in (date(2024, 4, 2) + timedelta(7 * n) for n in range(9))
    )
    after = settled(page(possible=tuesdays), teacher())
    assert days_of(after) == ("2024-05-14", "2024-05-15")
    assert after.dateline.possible == ()


def test_times_and_events_are_read_anew_and_say_why() -> None:
    before = page()
    after = settled(before, teacher())
    assert before.events[0].days != VISIT
    assert (after.times[0].value, after.times[0].days) == ("2024-05-16/2024-05-17", VISIT)
    assert (after.events[0].days, after.events[0].precision) == (VISIT, Precision.DAYS)
    assert after.events[0].reasons[-1].rule == "settle.redated"
    reason = after.dateline.reasons[-1]
    assert (reason.rule, reason.span) == ("settle.day", WORDS)
    assert "t1 (m-x)" in reason.note


def test_a_plan_may_have_moved_by_a_day_and_what_happened_may_not() -> None:
    near = Days(date(2024, 5, 14), date(2024, 5, 15))
    assert days_of(settled(page(), teacher(near))) == ("2024-05-10", "2024-05-16")
    past = page(formula=Weekday(4), direction=Direction.PAST, status=Status.OCCURRED)
    assert settled(past, teacher(one_day(date(2024, 5, 15)), status=Status.OCCURRED)) is past
    assert days_of(settled(past, teacher(one_day(date(2024, 5, 16)), status=Status.OCCURRED))) == (
        "2024-05-16",
        "2024-05-22",
    )


def test_a_single_day_is_given_with_the_days_around_it() -> None:
    today = page(formula=Offset(Unit.DAY, 0), direction=Direction.PAST, status=Status.OCCURRED)
    after = settled(today, teacher(one_day(date(2024, 5, 16)), status=Status.OCCURRED))
    assert days_of(after) == ("2024-05-15", "2024-05-17")
    assert after.published is None
    edge = settled(page(Days(VISIT.first, SPRING.last), Offset(Unit.DAY, 0), status=Status.OCCURRED), teacher(
        one_day(date(2024, 5, 16)), status=Status.OCCURRED))  # fmt: skip
    assert days_of(edge) == ("2024-05-16", "2024-05-17")


@pytest.mark.parametrize(
    "other",
    [
        teacher(type="AGREE"),
        teacher(mode="phone"),
        teacher(actors=(RUSSIAN, OTHER_CHINESE)),
        teacher(actors=(RUSSIAN,)),
        teacher(aggregate=True),
        teacher(invitation=True),
        teacher(status=Status.DENIED),
        teacher(Days(date(2024, 5, 1), date(2024, 5, 31))),
        teacher(one_day(date(2024, 5, 13))),
        teacher(Days(date(2021, 5, 13), date(2021, 5, 14))),
        msgspec.structs.replace(teacher(), page="p1"),
    ],
)
def test_what_does_not_agree_in_everything_narrows_nothing(other: Reading) -> None:
    reading = page()
    assert settled(reading, other) is reading


def test_another_place_narrows_nothing() -> None:
    reading = page(place=BEIJING)
    assert settled(reading, teacher(place=Place("Sotschi", "Sotschi", country="RUS"))) is reading


def test_the_country_visited_may_be_party_or_place() -> None:
    host = teacher(actors=(RUSSIAN,), place=BEIJING)
    assert days_of(settled(page(actors=(RUSSIAN,), recipients=(CHINA,)), host)) == ("2024-05-10", "2024-05-16")
    # A visitor and a place on either side do not say that they met the same host.
    alone = page(actors=(RUSSIAN,), place=BEIJING)
    assert settled(alone, host) is alone


def test_two_visits_that_could_be_meant_narrow_nothing() -> None:
    reading = page()
    weeks_later = Days(date(2024, 6, 13), date(2024, 6, 14))
    assert settled(reading, teacher(), teacher(weeks_later, "t2")) is reading


def test_pages_that_contradict_each_other_narrow_nothing() -> None:
    first = page()
    time = told(Weekday(1), SPRING, words=LATER_WORDS)
    second = event(time.days, words=LATER_WORDS, mode="multilateral")
    reading = msgspec.structs.replace(first, times=(*first.times, time), events=(*first.events, second))
    summit = teacher(one_day(date(2024, 6, 10)), "t2", mode="multilateral")
    assert settled(reading, teacher(), summit) is reading
    assert days_of(settled(reading, teacher())) == ("2024-05-10", "2024-05-16")


def test_a_range_without_end_needs_two_times_that_agree() -> None:
    open_range = Days(date(2024, 1, 1), None)
    one = page(open_range)
    assert settled(one, teacher()) is one
    time = told(Weekday(1), open_range, words=LATER_WORDS)
    second = event(time.days, words=LATER_WORDS, mode="multilateral")
    both = msgspec.structs.replace(one, times=(*one.times, time), events=(*one.events, second))
    after = settled(both, teacher(), teacher(one_day(date(2024, 5, 20)), "t2", mode="multilateral"))
    assert days_of(after) == ("2024-05-14", "2024-05-16")


def test_a_time_that_names_its_year_says_nothing_of_the_page() -> None:
    reading = page(formula=CalendarDate(month=5, day=16, year=2024))
    assert settled(reading, teacher()) is reading


@pytest.mark.parametrize("change", [{"counts_from": 0}, {"value": "PRESENT_REF"}, {"expression": None}])
def test_a_time_that_does_not_count_from_the_page_says_nothing_of_it(change: dict[str, object]) -> None:
    reading = page()
    time = msgspec.structs.replace(reading.times[0], **change)
    reading = msgspec.structs.replace(reading, times=(time,))
    assert settled(reading, teacher()) is reading


def test_a_page_of_known_day_keeps_it() -> None:
    day = date(2024, 4, 9)
    reading = msgspec.structs.replace(page(one_day(day)), dateline=Dateline(day, day, day))
    assert settled(reading, teacher()) is reading


def test_days_open_up_to_the_page_follow_it() -> None:
    first = page()
    time = told(Distance("P1Y", Unit.YEAR, -1, 1), SPRING, Direction.PAST, LATER_WORDS)
    since = event(
        Days(time.days.first, SPRING.last), Status.OCCURRED, LATER_WORDS, type="ASSAULT", precision=Precision.RANGE
    )
    until = event(Days(None, time.days.last), Status.OCCURRED, LATER_WORDS, type="REJECT", precision=Precision.OPEN)
    reading = msgspec.structs.replace(first, times=(*first.times, time), events=(*first.events, since, until))
    after = settled(reading, teacher())
    assert after.events[1].days == Days(time.days.first, date(2024, 5, 16))
    assert after.events[2].days.first is None


def test_who_took_office_is_known_by_name_and_mode_alone() -> None:
    sworn_in = {"type": "OFFICE", "mode": "inauguration", "actors": (RUSSIAN,)}
    assert days_of(settled(page(**sworn_in), teacher(**sworn_in))) == ("2024-05-10", "2024-05-16")
    reading = page(**sworn_in)
    assert settled(reading, teacher(type="OFFICE", mode="resignation", actors=(RUSSIAN,))) is reading
    assert settled(reading, teacher(type="OFFICE", mode="inauguration", actors=(OTHER_CHINESE,))) is reading


def test_what_turns_out_to_lie_ahead_is_planned() -> None:
    by_tense = (Reason("status.tense"),)
    first = page()
    time = told(CalendarDate(month=5, day=25), SPRING, Direction.NEAREST, LATER_WORDS)
    ahead = event(time.days, Status.OCCURRED, LATER_WORDS, type="OFFICE", reasons=by_tense)
    reading = msgspec.structs.replace(first, times=(*first.times, time), events=(*first.events, ahead))
    assert settled(reading, teacher()).events[1].status == Status.PLANNED
    assert reading.events[1].status == Status.OCCURRED


@pytest.mark.parametrize(
    ("formula", "expected"),
    [(Weekday(4), one_day(date(2024, 5, 17))), (THURSDAY_AND_FRIDAY, Days(date(2024, 4, 5), date(2024, 7, 6)))],
)
def test_a_time_counted_from_another_follows_it_where_that_is_a_day(formula: Formula, expected: Days) -> None:
    first = page(formula=formula)
    next_day = told(Offset(Unit.DAY, 1), first.times[0].days, words=LATER_WORDS)
    next_day = msgspec.structs.replace(next_day, counts_from=0)
    reading = msgspec.structs.replace(first, times=(first.times[0], next_day))
    assert reading.times[1].days.first == date(2024, 4, 5)
    assert settled(reading, teacher()).times[1].days == expected


# --- whatever the pile

formulas = st.sampled_from(
    [THURSDAY_AND_FRIDAY, Weekday(1), Weekday(4), Offset(Unit.DAY, 0), Offset(Unit.WEEK, -1), CalendarDate(5, 16)]
)
starts = st.dates(date(2024, 4, 1), date(2024, 6, 1))
ranges = st.builds(lambda first, n: Days(first, first + timedelta(days=n)), starts, st.integers(1, 60))
pages = st.builds(
    page,
    ranges,
    formulas,
    st.sampled_from(Direction),
    status=st.sampled_from([Status.OCCURRED, Status.PLANNED]),
)
stretches = st.builds(lambda first, n: Days(first, first + timedelta(days=n)), starts, st.integers(0, 2))
teachers = st.lists(
    st.builds(teacher, stretches, st.sampled_from(["t1", "t2", "t3"]), status=st.sampled_from(Status)), max_size=4
)


@given(pages, teachers)
def test_the_new_range_lies_in_the_old_one_and_never_is_a_known_day(reading: Reading, others: list[Reading]) -> None:
    after = settled(reading, *others)
    line, old = after.dateline, reading.dateline
    assert line.published is None
    assert line.earliest and line.latest and old.earliest and old.latest
    assert old.earliest <= line.earliest <= line.latest <= old.latest
    assert all(Days(line.earliest, line.latest).meet(run) == run for run in line.possible)


@given(pages, teachers)
def test_settling_again_changes_nothing(reading: Reading, others: list[Reading]) -> None:
    facts = gather([reading, *others])
    after = settle(reading, facts)
    assert settle(reading, facts) == after
    assert settle(after, facts) is after


@given(pages, teachers, st.randoms())
def test_order_leaves_no_trace(reading: Reading, others: list[Reading], chance: object) -> None:
    shuffled: Sequence[Reading] = [*others, reading]
    assert isinstance(shuffled, list)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(reading, gather(shuffled)) == settled(reading, *others)


@given(pages)
def test_nothing_learnt_is_the_same_reading(reading: Reading) -> None:
    assert settle(reading, Facts()) is reading
    assert settle(reading, gather([reading])) is reading

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from depesche.gather import gather
from depesche.model.facts import Facts
from depesche.model.page import Dateline
from depesche.model.reading import (
    Attribution,
    EventMention,
    Participant,
    Party,
    PartyKind,
    Quote,
    QuoteType,
    Reading,
    Status,
)
from depesche.model.text import Span
from depesche.settle import settle

DAY = date(2023, 3, 17)
OPEN = "office:aussenminister:CHN"


def teacher(page: str = "t1", name: str = "Qin Gang", day: date = DAY) -> Reading:
    told = "person:" + name.lower().replace(" ", "-")
    party = Party(0, 20, 1, PartyKind.PERSON, name, told, "CHN", "Außenminister", "CHN", name_span=Span(12, 20))
    return Reading(page, page + ".txt", "Außenminister Qin Gang", Dateline(day, day, day), parties=(party,))


def pupil(day: date | None = DAY) -> Reading:
    span = Span(0, 29)
    party = Party(0, 29, 2, PartyKind.PERSON, "Außenminister", OPEN, "CHN", "Außenminister", "CHN")
    actor = Participant(span, "Der chinesische Außenminister", "Außenminister", PartyKind.PERSON, "CHN", OPEN)
    event = EventMention(
        "m-1", "REQUEST", Span(30, 38), (Span(0, 38),), Status.OCCURRED, actors=(actor,),
        attribution=Attribution(span, "Der chinesische Außenminister", None, OPEN),
    )  # fmt: skip
    quote = Quote(QuoteType.INDIRECT, (Span(40, 60),), (span,), "Außenminister", OPEN)
    return Reading(
        "p1", "p1.txt", "x" * 80, Dateline(day, day, day), parties=(party,), events=(event,), quotes=(quote,)
    )


def test_no_facts_give_the_same_reading() -> None:
    assert settle(pupil(), Facts()) is not None
    assert settle(pupil(), Facts()) == pupil()


def test_an_office_is_resolved_with_its_events_and_quotes() -> None:
    settled = settle(pupil(), gather([teacher(), pupil()]))
    assert settled.parties[0].name == "Qin Gang"
    assert settled.events[0].actors[0].id == "person:qin-gang"
    assert settled.events[0].attribution == Attribution(
        Span(0, 29), "Der chinesische Außenminister", "Qin Gang", "person:qin-gang"
    )
    assert settled.quotes[0].speaker_id == "person:qin-gang"


def test_the_reason_names_the_teaching_page() -> None:
    settled = settle(pupil(), gather([teacher()]))
    assert settled.parties[0].reason is not None
    assert "t1.txt" in settled.parties[0].reason.note
    assert "t1.txt" in settled.events[0].reasons[-1].note


def test_pages_that_disagree_settle_nothing() -> None:
    facts = gather([teacher(), teacher("t2", "Wang Yi")])
    assert settle(pupil(), facts) == pupil()


def test_a_page_of_another_year_or_without_a_day_is_left_alone() -> None:
    assert settle(pupil(), gather([teacher(day=DAY - timedelta(days=400))])) == pupil()
    assert settle(pupil(None), gather([teacher()])) == pupil(None)


def test_a_bare_surname_takes_the_full_name() -> None:
    party = Party(0, 4, 0, PartyKind.PERSON, "Qin", "person:qin")
    page = Reading("p2", "p2.txt", "Qin reist.", Dateline(DAY, DAY, DAY), parties=(party,))
    assert settle(page, gather([teacher()])).parties[0].id == "person:qin-gang"


PILE = [
    teacher(),
    teacher("t2", day=DAY - timedelta(days=20)),
    teacher("t3", "Wang Yi", DAY - timedelta(days=300)),
    pupil(),
]


@given(st.permutations(PILE))
def test_the_order_of_readings_leaves_no_trace(pile: list[Reading]) -> None:
    facts = gather(pile)
    assert [settle(r, facts) for r in PILE] == [settle(r, gather(PILE)) for r in PILE]
    assert settle(pupil(), facts).parties[0].name == "Qin Gang"

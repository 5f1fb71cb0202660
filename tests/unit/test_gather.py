from __future__ import annotations

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from depesche.gather import gather
from depesche.model.days import Days, Precision, month_of, one_day
from depesche.model.facts import Side, sides_of
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Participant, Party, PartyKind, Reading, Status
from depesche.model.text import Span

DAY = date(2023, 3, 17)


def holder(
    office: str = "Außenminister", name: str = "Qin Gang", country: str | None = "CHN", named: bool = True
) -> Party:
    told = "person:" + name.lower().replace(" ", "-")
    span = Span(8, 16) if named else None
    return Party(0, 16, 1, PartyKind.PERSON, name, told, country, office, country, name_span=span)


def meeting(
    id_: str = "m-1",
    days: Days = one_day(DAY),
    status: Status = Status.OCCURRED,
    aggregate: bool = False,
    invitation: bool = False,
) -> EventMention:
    actor = Participant(Span(0, 3), "Qin", "Qin Gang", PartyKind.PERSON, "CHN", "person:qin-gang")
    return EventMention(
        id_, "CONSULT", Span(4, 8), (Span(0, 8),), status, actors=(actor,), days=days, precision=Precision.DAY,
        aggregate=aggregate, invitation=invitation,
    )  # fmt: skip


def reading(
    page: str, published: date | None = DAY, parties: tuple[Party, ...] = (), events: tuple[EventMention, ...] = ()
) -> Reading:
    dateline = Dateline(published, published, published)
    return Reading(page, page + ".txt", "Minister Qin Gang", dateline, parties=parties, events=events)


def test_an_office_beside_a_full_name_is_a_fact() -> None:
    (fact,) = gather([reading("p1", parties=(holder(),))]).offices
    assert (fact.office, fact.country, fact.name, fact.earliest) == ("Außenminister", "CHN", "Qin Gang", "2023-03-17")
    assert (fact.page, fact.span) == ("p1", Span(0, 16))


def test_descriptions_surnames_and_offices_without_country_teach_nothing() -> None:
    parties = (holder(named=False), holder(name="Qin"), holder(country=None))
    assert gather([reading("p1", parties=parties)]).offices == ()


def test_events_of_known_days_are_facts_whatever_the_day_of_their_page() -> None:
    undated = meeting("m-2", days=Days(date(2024, 5, 15), date(2024, 5, 16)))
    facts = gather([reading("p1", events=(meeting(),)), reading("p2", None, events=(undated,))])
    assert [(e.page, e.doc, e.mention) for e in facts.events] == [
        ("p1", "p1.txt", "m-1"),
        ("p2", "p2.txt", "m-2"),
    ]
    assert facts.events[0].parties == ("person:qin-gang",)
    assert facts.events[0].sides == (Side("CHN", "person:qin-gang"),)


def test_months_counts_invitations_and_what_never_was_are_no_dated_events() -> None:
    events = (
        meeting(days=month_of(2023, 3)),
        meeting(days=Days(None, DAY)),
        meeting(days=Days()),
        meeting(status=Status.DENIED),
        meeting(aggregate=True),
        meeting(invitation=True),
    )
    assert gather([reading("p1", events=events)]).events == ()


def test_the_sides_of_an_event_are_countries_and_who_acts_for_them() -> None:
    span = Span(0, 3)
    parties = (
        Participant(span, "Qin", "Qin Gang", PartyKind.PERSON, "CHN", "person:qin-gang"),
        Participant(span, "China", "China", PartyKind.COUNTRY, "CHN", "country:CHN"),
        Participant(span, "ein Minister", "Minister", PartyKind.PERSON, "FRA", "description:minister"),
        Participant(span, "die NATO", "NATO", PartyKind.IGO, None, "igo:nato"),
        Participant(span, "Demonstranten", "Demonstranten", PartyKind.GROUP, None, "group:demonstranten"),
    )
    event = msgspec.structs.replace(meeting(), actors=parties)
    assert sides_of(event) == (Side("CHN", "person:qin-gang"), Side("FRA"), Side("igo:nato"))


PILE = [
    reading("p1", parties=(holder(),), events=(meeting(),)),
    reading("p2", parties=(holder("Präsident", "Xi Jinping"),)),
    reading("p3", None, parties=(holder(),)),
    reading("p4", events=(meeting(status=Status.PLANNED),)),
]


@given(st.permutations(PILE))
def test_the_order_of_readings_leaves_no_trace(pile: list[Reading]) -> None:
    assert gather(pile) == gather(PILE)

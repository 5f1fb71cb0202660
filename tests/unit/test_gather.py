from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from depesche.gather import gather
from depesche.model.days import Precision, one_day
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


def meeting(precision: Precision = Precision.DAY, status: Status = Status.OCCURRED) -> EventMention:
    actor = Participant(Span(0, 3), "Qin", "Qin Gang", PartyKind.PERSON, "CHN", "person:qin-gang")
    return EventMention(
        "m-1", "CONSULT", Span(4, 8), (Span(0, 8),), status, actors=(actor,), days=one_day(DAY), precision=precision
    )


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


def test_only_events_dated_to_the_day_on_dated_pages_are_facts() -> None:
    vague = meeting(Precision.MONTH)
    denied = meeting(status=Status.DENIED)
    facts = gather([reading("p1", events=(meeting(), vague, denied)), reading("p2", None, events=(meeting(),))])
    assert [(e.page, e.type, e.parties) for e in facts.events] == [("p1", "CONSULT", ("person:qin-gang",))]


PILE = [
    reading("p1", parties=(holder(),), events=(meeting(),)),
    reading("p2", parties=(holder("Präsident", "Xi Jinping"),)),
    reading("p3", None, parties=(holder(),)),
    reading("p4", events=(meeting(status=Status.PLANNED),)),
]


@given(st.permutations(PILE))
def test_the_order_of_readings_leaves_no_trace(pile: list[Reading]) -> None:
    assert gather(pile) == gather(PILE)

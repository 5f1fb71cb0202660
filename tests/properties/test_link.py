"""Laws that linking keeps whatever the pages say."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.link import link
from depesche.link.copies import find_copies
from depesche.model.days import Days, Precision
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Participant, PartyKind, Place, Reading, Status
from depesche.model.text import Span
from depesche.packs.linking import load_linking

RULES = load_linking("de")
START = date(2030, 1, 1)
COUNTRIES = ("AUT", "CZE", "FRA", "ITA")
TEXT = "Brandt reiste am Montag nach Prag, traf Novak und sprach über Kohle, Holz und Wein; was Wien bestreitet."

some_days = st.one_of(
    st.just(Days()),
    st.builds(
        lambda first, length: Days(START + timedelta(first), START + timedelta(first + length)),
        st.integers(0, 60),
        st.sampled_from([0, 0, 1, 2, 30]),
    ),
    st.builds(lambda day: Days(None, START + timedelta(day)), st.integers(0, 60)),
)
parties = st.builds(
    lambda country, kind, number: Participant(
        Span(0, 6), "Brandt", f"Name {country} {number}", kind, country, f"{kind}:{country}-{number}"
    ),
    st.sampled_from(COUNTRIES),
    st.sampled_from([PartyKind.PERSON, PartyKind.COUNTRY, PartyKind.GROUP]),
    st.integers(0, 1),
)
places = st.one_of(
    st.none(),
    st.builds(
        lambda country, name: Place(name, name, Span(29, 33), country), st.sampled_from(COUNTRIES), st.just("Prag")
    ),
    st.just(Place("Europa", "Europa")),
)
spans = st.builds(
    lambda start, length: Span(start, min(start + length, len(TEXT))), st.integers(0, 80), st.integers(5, 60)
)


@st.composite
def mentions(draw: st.DrawFn, number: int) -> EventMention:
    return EventMention(
        id=f"m-{number:04}",
        type=draw(st.sampled_from(["CONSULT", "ASSAULT", "REJECT", "ACCUSE", "REQUEST"])),
        trigger=Span(7, 13),
        evidence=(draw(spans),),
        status=draw(st.sampled_from(list(Status))),
        mode=draw(st.sampled_from([None, "visit", "phone", "disapprove"])),
        actors=tuple(draw(st.lists(parties, max_size=2))),
        recipients=tuple(draw(st.lists(parties, max_size=2))),
        place=draw(places),
        days=draw(some_days),
        precision=draw(st.sampled_from(list(Precision))),
        aggregate=draw(st.booleans()) and draw(st.booleans()),
        invitation=draw(st.booleans()) and draw(st.booleans()),
        lemma="reisen",
    )


ELSEWHERE = {  # the same pages about other parties and days, in other words
    TEXT: "Torres empfing gestern in Lima den Gast Okoro, lobte Zucker, Kaffee und Kakao, was Quito noch bezweifelt.",
    "Brandt": "Torres",
    "Prag": "Lima",
    "Europa": "Asien",
    "2030-": "2040-",
    '"m-': '"m-9',
} | dict(zip(COUNTRIES, ("JPN", "KEN", "BRA", "NOR"), strict=True))


def elsewhere(reading: Reading) -> Reading:
    written = msgspec.json.encode(msgspec.structs.replace(reading, page="", doc=f"other {reading.doc}")).decode()
    for here, there in ELSEWHERE.items():
        written = written.replace(here, there)
    return msgspec.structs.replace(msgspec.json.decode(written, type=Reading), page=f"q{reading.page}")


@st.composite
def piles(draw: st.DrawFn) -> list[Reading]:
    pile, number = [], 0
    for i in range(draw(st.integers(1, 5))):
        events = []
        for _ in range(draw(st.integers(0, 4))):
            number += 1
            events.append(draw(mentions(number * 37 % 101)))
        published = draw(st.one_of(st.none(), st.integers(0, 90).map(lambda day: START + timedelta(day))))
        pile.append(
            Reading(
                f"p{i}",
                f"doc{i}",
                TEXT,
                Dateline(published, published, published),
                outlet=draw(st.sampled_from([None, "Bote", "Kurier"])),
                events=tuple(events),
                sentences=(Span(0, len(TEXT)),),
            )
        )
    return pile


@settings(max_examples=60, deadline=None)
@given(piles(), st.randoms(use_true_random=False))
def test_order_of_pages_leaves_no_trace(pile: list[Reading], random: st.DataObject) -> None:
    shuffled = list(pile)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert link(pile, RULES) == link(shuffled, RULES)


@settings(max_examples=60, deadline=None)
@given(piles(), piles())
def test_pages_about_other_parties_and_days_leave_the_entries_as_they_were(
    pile: list[Reading], other: list[Reading]
) -> None:
    before = [msgspec.json.encode(entry) for entry in link(pile, RULES).entries]
    after = {msgspec.json.encode(entry) for entry in link([*pile, *map(elsewhere, other)], RULES).entries}
    assert [entry for entry in before if entry not in after] == []


@settings(max_examples=60, deadline=None)
@given(piles())
def test_every_mention_is_in_exactly_one_entry(pile: list[Reading]) -> None:
    entries = link(pile, RULES).entries
    told = sorted(mention.event.id for entry in entries for mention in entry.mentions)
    assert told == sorted(event.id for reading in pile for event in reading.events)
    assert len({entry.id for entry in entries}) == len(entries)


@settings(max_examples=60, deadline=None)
@given(piles())
def test_entries_are_sound(pile: list[Reading]) -> None:
    linkage = link(pile, RULES)
    known = {entry.id for entry in linkage.entries}
    for entry in linkage.entries:
        if entry.days.first and entry.days.last:
            assert entry.days.first <= entry.days.last
        assert 1 <= entry.origins <= len(entry.sources)
        assert len(entry.history) == len(entry.mentions)
        assert {relation.id for relation in entry.relations} <= known - {entry.id}
        statuses = {mention.event.status for mention in entry.mentions}
        assert entry.status in statuses
        assert not {Status.HYPOTHETICAL, Status.OCCURRED} <= statuses
        assert not {Status.CANCELLED, Status.OCCURRED} <= statuses


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=6))
def test_copies_of_any_text(texts: list[str]) -> None:
    documents = [(str(i), text) for i, text in enumerate(texts)]
    for copy in find_copies(documents, RULES.copies):
        assert copy.page != copy.of
        for here, there in copy.passages:
            assert here.of(texts[int(copy.page)]).split()
            assert there.of(texts[int(copy.of)]).split()

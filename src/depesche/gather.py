"""What the pages teach each other: who held which office when, and which events have a known day.

Set functions over all readings: the order of pages leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from depesche.model.days import Precision, iso
from depesche.model.facts import DatedEvent, Facts, OfficeFact
from depesche.model.reading import Party, PartyKind, Reading, Status

TOLD = (Status.OCCURRED, Status.PLANNED)


def gather(readings: Iterable[Reading]) -> Facts:
    """The facts that a pile of original (never settled) readings teaches, sorted."""
    offices: set[OfficeFact] = set()
    events: set[DatedEvent] = set()
    for reading in readings:
        offices.update(_offices(reading))
        events.update(_events(reading))
    return Facts(tuple(sorted(offices)), tuple(sorted(events, key=_order)))


def _offices(reading: Reading) -> Iterator[OfficeFact]:
    earliest, latest = iso(reading.dateline.earliest), iso(reading.dateline.latest)
    for party in reading.parties:
        if not _names_holder(party) or not party.office_country:
            continue
        yield OfficeFact(
            office=party.office,
            country=party.office_country,
            person=party.id,
            name=party.name,
            page=reading.page,
            doc=reading.doc,
            span=party.span,
            earliest=earliest or "",
            latest=latest or "",
        )


def _names_holder(party: Party) -> bool:
    """Whether the mention tells an office beside a full name ("Chinas neuer Außenminister Qin Gang")."""
    named = party.kind == PartyKind.PERSON and party.name_span is not None and party.id.startswith("person:")
    return named and bool(party.office) and " " in party.name


def _events(reading: Reading) -> Iterator[DatedEvent]:
    if reading.published is None:
        return
    for event in reading.events:
        if event.status in TOLD and event.precision == Precision.DAY and event.days.length == 1:
            parties = tuple(sorted({party.id for party in event.parties if party.id}))
            yield DatedEvent(event.type, event.mode, parties, event.days, event.status.value, reading.page, event.id)


def _order(event: DatedEvent) -> tuple[str, ...]:
    first = iso(event.days.first) or ""
    return (event.type, event.mode or "", first, *event.parties, event.status, event.page, event.mention)

"""What the pages teach each other: who is one person, who held which office when, which events have a known day.

Set functions over all readings: the order of pages leaves no trace. names.py finds the persons of several spellings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from depesche.gather.names import shared_names
from depesche.model.days import iso
from depesche.model.decisions import Decision
from depesche.model.facts import DatedEvent, Facts, Names, OfficeFact, sides_of
from depesche.model.reading import EventMention, Party, PartyKind, Reading, Status
from depesche.model.renaming import renamed
from depesche.packs.spellings import Spellings

TOLD = (Status.OCCURRED, Status.PLANNED)

BRIEF = 3
"""Days that an event may take, or leave open, to be dated to the day."""


def gather(
    readings: Iterable[Reading], spellings: Spellings | None = None, decisions: Sequence[Decision] = ()
) -> Facts:
    """The facts that a pile of original (never settled) readings teaches, sorted. It is gone through several times.

    Without `spellings` two spellings are two persons. `decisions` are those of people, in the order they were made.
    """
    names = shared_names(readings, spellings, decisions)
    meant = Names(names)
    offices: set[OfficeFact] = set()
    events: set[DatedEvent] = set()
    for original in readings:
        reading = renamed(original, meant.meant_on(original.page))
        offices.update(_offices(reading))
        events.update(_events(reading))
    return Facts(tuple(sorted(offices)), tuple(sorted(events, key=_order)), names)


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
    """The page's events of known days. These may be known where its own day is not: "am 15. Mai"."""
    for event in reading.events:
        if event.status in TOLD and (event.days.length or BRIEF + 1) <= BRIEF and not _counts_or_invites(event):
            yield DatedEvent(
                type=event.type,
                mode=event.mode,
                parties=tuple(sorted({party.id for side in event.ruled for party in side if party.id})),
                days=event.days,
                status=event.status.value,
                page=reading.page,
                mention=event.id,
                doc=reading.doc,
                sides=sides_of(event),
                place=event.told_place.country if event.told_place else None,
            )


def _counts_or_invites(event: EventMention) -> bool:
    """Whether its days are not those of one happening: a count over several, or an invitation to one."""
    return event.aggregate or event.invitation


def _order(event: DatedEvent) -> tuple[str, ...]:
    first, last = iso(event.days.first) or "", iso(event.days.last) or ""
    return (event.type, first, last, event.mode or "", *event.parties, event.status, event.page, event.mention)

"""Readings with what all pages together tell: who is one party, and on which days undated pages can have appeared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from depesche.gather.names import shared_names
from depesche.model.days import Days
from depesche.model.decisions import Decision, Split
from depesche.model.facts import Names
from depesche.model.parties import PartyRecord
from depesche.model.reading import Reading
from depesche.model.reason import Reason
from depesche.model.renaming import Meant, renamed
from depesche.settle.anew import redated
from depesche.store import View

SHARED = Reason("party.shared")


def settled_readings(view: View) -> Iterator[Reading]:
    """All readings by page id, one at a time, with the party ids and days that linking has settled."""
    decisions = [decision for _, decision in view.decisions()]
    shared, days = _shared(list(view.parties()), decisions), _days(view)
    for original in view.readings():
        reading = renamed(original, shared)
        if decisions:  # a split is of single pages, which the records of parties do not tell
            reading = renamed(reading, Names(shared_names([reading], None, decisions)).meant_on(reading.page))
        yield _dated(reading, days.get(reading.page))


def _shared(records: Sequence[PartyRecord], decisions: Sequence[Decision]) -> dict[str, Meant]:
    """Who is meant on all pages by ids that are no party of their own."""
    split = {decision.other for decision in decisions if isinstance(decision, Split)}
    known = {record.id: record for record in records}
    owners: dict[str, set[str]] = {}
    for record in records:
        for other, _ in record.others:
            owners.setdefault(other, set()).add(record.id)
    meant: dict[str, Meant] = {}
    for other, ids in owners.items():
        usual = ids if len(ids) == 1 else ids - split
        if len(usual) == 1 and other not in known:
            record = known[min(usual)]
            meant[other] = Meant(record.id, record.name, record.country, SHARED)
    return meant


def _days(view: View) -> Mapping[str, Days]:
    """The days of pages as linking knows them, of those that tell of entries."""
    return {
        mention.page: Days(_day(mention.earliest), _day(mention.latest))
        for entry in view.entries()
        for mention in entry.mentions
        if mention.earliest or mention.latest
    }


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _dated(reading: Reading, days: Days | None) -> Reading:
    """The reading on days that are known more closely, its times anchored anew."""
    line = reading.dateline
    if days is None or days == Days(line.earliest, line.latest):
        return reading
    published = days.first if days.first == days.last else None
    return redated(reading, msgspec.structs.replace(line, published=published, earliest=days.first, latest=days.last))

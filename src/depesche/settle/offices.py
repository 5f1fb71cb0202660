"""Who held the office that a page speaks of, where only other pages name them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from depesche.model.days import Days
from depesche.model.facts import OfficeFact
from depesche.model.reading import Attribution, EventMention, Participant, Party, PartyKind, Quote, Reading
from depesche.model.reason import Reason

REACH = 183
"""Days between two pages within which the one's holder of an office is taken for the other's."""

OPEN_OFFICE = "office:"
"""How the id begins of a person who is only described by office and country."""

Settled = dict[str, OfficeFact]


def with_offices(reading: Reading, offices: tuple[OfficeFact, ...]) -> Reading:
    """The reading with parties resolved that only other pages name; the same reading where nothing is learnt.

    A description by office and country, or a bare surname, is resolved where all pages published around
    the same time agree on one person.
    """
    settled = _resolved(reading, offices)
    if not settled:
        return reading
    return msgspec.structs.replace(
        reading,
        parties=tuple(_party(party, settled) for party in reading.parties),
        events=tuple(_event(event, settled) for event in reading.events),
        quotes=tuple(_quote(quote, settled) for quote in reading.quotes),
    )


def _resolved(reading: Reading, offices: tuple[OfficeFact, ...]) -> Settled:
    """The fact that resolves each open id of the page."""
    days = Days(reading.dateline.earliest, reading.dateline.latest)
    if days.first is None or days.last is None:
        return {}
    near = [fact for fact in offices if fact.page != reading.page and _near(fact, days)]
    settled: Settled = {}
    for party in reading.parties:
        fact = _unanimous(fact for fact in near if _answers(fact, party)) if _open(party) else None
        if fact:
            settled[party.id] = fact
    return settled


def _near(fact: OfficeFact, days: Days) -> bool:
    if not fact.earliest or not fact.latest:
        return False
    return days.gap(Days(date.fromisoformat(fact.earliest), date.fromisoformat(fact.latest))) <= REACH


def _open(party: Party) -> bool:
    """Whether the page names the party by its office alone, or by nothing but a surname."""
    if party.kind != PartyKind.PERSON:
        return False
    return party.id.startswith(OPEN_OFFICE) or (party.id.startswith("person:") and " " not in party.name)


def _answers(fact: OfficeFact, party: Party) -> bool:
    if party.id.startswith(OPEN_OFFICE):
        return fact.office == party.office and fact.country == party.office_country
    shares_name = party.name in (fact.name.split(" ")[0], fact.name.split(" ")[-1])
    return shares_name and party.country in (None, fact.country)


def _unanimous(facts: Iterable[OfficeFact]) -> OfficeFact | None:
    """The first of the facts, if they all name one person."""
    found = sorted(facts)
    return found[0] if len({fact.person for fact in found}) == 1 else None


def _reason(fact: OfficeFact) -> Reason:
    return Reason("settle.office", f"{fact.office} {fact.name} ({fact.country}), told by {fact.doc}")


def _party(party: Party, settled: Settled) -> Party:
    fact = settled.get(party.id)
    members = tuple(sorted(settled[m].person if m in settled else m for m in party.members))
    if fact is None:
        return msgspec.structs.replace(party, members=members) if members != party.members else party
    return msgspec.structs.replace(
        party,
        name=fact.name,
        id=fact.person,
        country=party.country or fact.country,
        members=members,
        reason=_reason(fact),
    )


def _participant(participant: Participant, settled: Settled) -> Participant:
    fact = settled.get(participant.id)
    if fact is None:
        return participant
    country = participant.country or fact.country
    return msgspec.structs.replace(participant, name=fact.name, id=fact.person, country=country)


def _event(event: EventMention, settled: Settled) -> EventMention:
    learnt = sorted({p.id for p in event.parties if p.id in settled} | _attributed(event, settled))
    if not learnt:
        return event
    return msgspec.structs.replace(
        event,
        actors=tuple(_participant(p, settled) for p in event.actors),
        recipients=tuple(_participant(p, settled) for p in event.recipients),
        attribution=_attribution(event.attribution, settled),
        reasons=(*event.reasons, *(_reason(settled[told]) for told in learnt)),
    )


def _attributed(event: EventMention, settled: Settled) -> set[str]:
    return {event.attribution.id} & set(settled) if event.attribution else set()


def _attribution(attribution: Attribution | None, settled: Settled) -> Attribution | None:
    fact = settled.get(attribution.id) if attribution else None
    if attribution is None or fact is None:
        return attribution
    return msgspec.structs.replace(attribution, name=fact.name, id=fact.person)


def _quote(quote: Quote, settled: Settled) -> Quote:
    fact = settled.get(quote.speaker_id) if quote.speaker_id else None
    if fact is None:
        return quote
    return msgspec.structs.replace(quote, speaker_name=fact.name, speaker_id=fact.person)

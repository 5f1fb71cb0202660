"""A reading in which some parties turn out to be others than the page alone could tell."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from depesche.model.reading import Attribution, EventMention, Participant, Party, Quote, Reading
from depesche.model.reason import Reason


class Meant(msgspec.Struct, frozen=True):
    """Who is meant by an id of a page, and why; `sure` where the country comes before what the page seemed to tell."""

    id: str
    name: str
    country: str | None
    reason: Reason
    sure: bool = False

    def of(self, country: str | None) -> str | None:
        """The country of a mention that has this one so far."""
        return self.country if self.sure else country or self.country


def renamed(reading: Reading, meant: Mapping[str, Meant]) -> Reading:
    """The reading with the ids in `meant` replaced, wherever it tells of them; the same one where there are none."""
    if not any(party.id in meant for party in reading.parties):
        return reading
    return msgspec.structs.replace(
        reading,
        parties=tuple(_party(party, meant) for party in reading.parties),
        events=tuple(_event(event, meant) for event in reading.events),
        quotes=tuple(_quote(quote, meant) for quote in reading.quotes),
    )


def _party(party: Party, meant: Mapping[str, Meant]) -> Party:
    one = meant.get(party.id)
    members = tuple(sorted(meant[m].id if m in meant else m for m in party.members))
    if one is None:
        return msgspec.structs.replace(party, members=members) if members != party.members else party
    country = one.of(party.country)
    return msgspec.structs.replace(party, name=one.name, id=one.id, country=country, members=members, reason=one.reason)


def _participant(participant: Participant, meant: Mapping[str, Meant]) -> Participant:
    one = meant.get(participant.id)
    if one is None:
        return participant
    return msgspec.structs.replace(participant, name=one.name, id=one.id, country=one.of(participant.country))


def _event(event: EventMention, meant: Mapping[str, Meant]) -> EventMention:
    told = {party.id for party in event.parties} | ({event.attribution.id} if event.attribution else set())
    learnt = sorted(told & meant.keys())
    if not learnt:
        return event
    return msgspec.structs.replace(
        event,
        actors=tuple(_participant(p, meant) for p in event.actors),
        recipients=tuple(_participant(p, meant) for p in event.recipients),
        attribution=_attribution(event.attribution, meant),
        reasons=(*event.reasons, *(meant[id].reason for id in learnt)),
    )


def _attribution(attribution: Attribution | None, meant: Mapping[str, Meant]) -> Attribution | None:
    one = meant.get(attribution.id) if attribution else None
    if attribution is None or one is None:
        return attribution
    return msgspec.structs.replace(attribution, name=one.name, id=one.id)


def _quote(quote: Quote, meant: Mapping[str, Meant]) -> Quote:
    one = meant.get(quote.speaker_id) if quote.speaker_id else None
    body = meant.get(quote.body_id) if quote.body_id else None
    if one is not None:
        quote = msgspec.structs.replace(quote, speaker_name=one.name, speaker_id=one.id)
    return quote if body is None else msgspec.structs.replace(quote, body_name=body.name, body_id=body.id)

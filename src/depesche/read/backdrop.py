"""The country that an article is set in, for what happens on the ground there without a word of where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from depesche.model.reading import EventMention, Party, PartyKind, Place
from depesche.model.reason import Reason
from depesche.read.passage import Passage

CLEAR = 0.6
"""The share of the parties' mentions that a country has at least where an article is set in it."""
FEWEST = 2
"""How many mentions make a setting at least."""
NAMING = (PartyKind.COUNTRY, PartyKind.PLACE, PartyKind.GOVERNMENT)


def country_of_backdrop(passage: Passage) -> str | None:
    """The country of most parties that the article names, each mention counted; None where it is not clear."""
    counts = Counter(party.country for party in passage.parties if party.country)
    if not counts:
        return None
    country, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return country if most >= FEWEST and most >= CLEAR * counts.total() else None


def set_in_backdrop(passage: Passage, events: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """The events, places that no list knows and acts on the ground without a place set in the article's country."""
    country = country_of_backdrop(passage)
    if country is None:
        return tuple(events)
    return tuple(_set_in(passage, event, country) for event in events)


def _set_in(passage: Passage, event: EventMention, country: str) -> EventMention:
    why = Reason("place.backdrop", "most parties of the article belong to this country")
    if event.place is not None:
        if event.place.country is not None:
            return event
        place = msgspec.structs.replace(event.place, country=country)
    else:
        named = _named_before(passage, event, country)
        if (event.type, event.mode) not in passage.knowledge.frames.on_the_ground or named is None:
            return event
        place = Place(named.span.of(passage.parse.text), named.name, named.span, country, assumed=True)
    return msgspec.structs.replace(event, place=place, reasons=(*event.reasons, why))


def _named_before(passage: Passage, event: EventMention, country: str) -> Party | None:
    """Where the text last named the country itself, or something in it, before the event; else where it first does."""
    for kinds in ((PartyKind.COUNTRY,), NAMING):
        named = [party for party in passage.parties if party.country == country and party.kind in kinds]
        if named:
            before = [party for party in named if party.start <= event.trigger.start]
            return before[-1] if before else named[0]
    return None

"""The chronicle as FollowTheMoney entities, as OpenAleph and its kin take them: a line of JSON each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from depesche.answers.selection import Card, Pages, Selection
from depesche.export.addresses import address
from depesche.export.countries import Codes, codes
from depesche.export.form import Tally
from depesche.export.moves import in_short, whole_day
from depesche.export.plain import json_line, plain
from depesche.export.words import differences_in_words, history_in_words, origins_in_words, place_in_words
from depesche.model.linkage import Entry, Mention, Relation
from depesche.model.reading import Participant, PartyKind

_SCHEMAS = {
    PartyKind.PERSON: "Person",
    PartyKind.COUNTRY: "PublicBody",
    PartyKind.GOVERNMENT: "PublicBody",
    PartyKind.MINISTRY: "PublicBody",
    PartyKind.IGO: "Organization",
    PartyKind.ORG: "Organization",
    PartyKind.MEDIA: "Organization",
    PartyKind.GROUP: "LegalEntity",
}
_LANGUAGES = {"de": "deu", "en": "eng"}
_PLACE = "a place is no legal entity, so it is a keyword of the event"

Values = Mapping[str, "str | list[str] | None"]


def ftm(selection: Selection, tally: Tally) -> Iterator[str]:
    """Events with their parties, links between events, then articles; every id once."""
    states, seen, pages = codes(), set[str](), Pages()
    for entry in selection.entries():
        pages.meet(entry)
        for entity in (*_parties(entry, states, tally), *_mentions(entry)):
            if entity["id"] not in seen:
                seen.add(str(entity["id"]))
                tally.wrote("entities")
                yield json_line(entity)
        for entity in (_event(entry, states), *_links(entry)):
            tally.wrote("entities")
            yield json_line(entity)
    for one in pages.sources(selection):
        tally.wrote("entities")
        yield json_line(_article(one.card))


def entity_id(kind: str, id: str) -> str:
    """The id of an entity: the same in every export, in letters that every program takes."""
    return f"depesche-{kind}-{sha256(id.encode('utf-8', 'replace')).hexdigest()[:24]}"


def _entity(id: str, schema: str, values: Values) -> dict[str, object]:
    """An entity without what is empty; every property is a list of texts."""
    properties: dict[str, list[str]] = {}
    for name, value in values.items():
        told = value if isinstance(value, list) else [value] if value else []
        if kept := list(dict.fromkeys(plain(one) for one in told if one.strip())):
            properties[name] = kept
    return {"id": id, "schema": schema, "properties": properties}


def _party_id(party: Participant) -> str:
    return entity_id("party", party.id or f"{party.kind.value}/{party.country or ''}/{party.name}")


def _country(alpha3: str | None, states: Mapping[str, Codes]) -> str | None:
    found = states.get(alpha3 or "")
    return found.alpha2.lower() if found else None


def _parties(entry: Entry, states: Mapping[str, Codes], tally: Tally) -> Iterator[dict[str, object]]:
    """Who takes part, and whoever else its mentions name in a role."""
    told = [one.participant for one in entry.participants]
    for party in told:
        if party.country and not _country(party.country, states):
            tally.left_out("countries", "they have no code of two letters, being states that are no more")
        if party.kind not in _SCHEMAS:
            tally.left_out("parties", _PLACE)
    for party in [*told, *(party for mention in entry.mentions for party in mention.event.parties)]:
        if schema := _SCHEMAS.get(party.kind):
            values = {
                "name": plain(party.name) or party.kind.value,
                "country": _country(party.country, states),
                "topics": _topics(party),
            }
            yield _entity(_party_id(party), schema, values)


def _topics(party: Participant) -> str | None:
    """What watch lists would call it: states, governments and ministries."""
    state = {PartyKind.COUNTRY, PartyKind.GOVERNMENT, PartyKind.MINISTRY}
    return "gov" if party.kind in state else "gov.igo" if party.kind is PartyKind.IGO else None


def _event(entry: Entry, states: Mapping[str, Codes]) -> dict[str, object]:
    short = in_short(entry)
    first, last = entry.days.first, entry.days.last
    kind = f"{entry.type}, {entry.mode}" if entry.mode else entry.type
    parties = [one.participant for one in entry.participants]
    one_day = short if last is None or first == last or not first or len(short or "") < 10 else None
    return _entity(
        entity_id("event", entry.id),
        "Event",
        {
            "name": plain(entry.title) or entry.id,
            "recordId": entry.id,
            "summary": f"{entry.status.value}; {kind}; {origins_in_words(entry)}",
            "description": [f"“{words}” ({one.doc})" for one in entry.mentions for words in one.evidence],
            "notes": [*history_in_words(entry), *differences_in_words(entry)],
            "date": one_day,
            "startDate": None if one_day else first.isoformat() if first else None,
            "endDate": None if one_day else last.isoformat() if last else None,
            "location": place_in_words(entry.place) or None,
            "country": _country(entry.place.country if entry.place else None, states),
            "involved": [_party_id(party) for party in parties if party.kind in _SCHEMAS],
            "keywords": [entry.type, entry.status.value, *(p.name for p in parties if p.kind not in _SCHEMAS)],
            "proof": [entity_id("page", source.page) for source in entry.sources],
        },
    )


def _links(entry: Entry) -> Iterator[dict[str, object]]:
    subject = entity_id("event", entry.id)
    for relation in entry.relations:
        yield _link(subject, relation, entry)
    for source in entry.sources:
        yield _entity(
            entity_id("source", f"{entry.id}/{source.page}"),
            "Documentation",
            {
                "document": entity_id("page", source.page),
                "entity": subject,
                "role": f"source of origin {source.origin}",
                "date": source.published,
            },
        )


def _link(subject: str, relation: Relation, entry: Entry) -> dict[str, object]:
    return _entity(
        entity_id("relation", f"{entry.id}/{relation.kind.value}/{relation.id}"),
        "UnknownLink",
        {"subject": subject, "object": entity_id("event", relation.id), "role": relation.kind.value},
    )


def _mentions(entry: Entry) -> Iterator[dict[str, object]]:
    for mention in entry.mentions:
        for party in mention.event.parties:
            if party.kind in _SCHEMAS:
                yield _mention(mention, party)


def _mention(mention: Mention, party: Participant) -> dict[str, object]:
    return _entity(
        entity_id("mention", f"{mention.page}/{_party_id(party)}"),
        "Mention",
        {
            "document": entity_id("page", mention.page),
            "name": plain(party.name) or party.kind.value,
            "resolved": _party_id(party),
            "detectedSchema": _SCHEMAS[party.kind],
        },
    )


def _article(card: Card) -> dict[str, object]:
    return _entity(
        entity_id("page", card.page),
        "Article",
        {
            "title": plain(card.title or "") or plain(card.doc) or card.page,
            "fileName": card.doc,
            "author": list(card.authors),
            "publisher": card.outlet,
            "sourceUrl": address(card),
            "publishedAt": card.published,
            "retrievedAt": whole_day(card.metadata.fetched),
            "language": _LANGUAGES.get(card.language),
            "notes": f"published between {card.earliest or '…'} and {card.latest or '…'}"
            if not card.published and (card.earliest or card.latest)
            else None,
        },
    )

"""The chronicle as JSON-LD in the words of schema.org: events, and the articles that tell of them."""

from __future__ import annotations

from collections.abc import Iterator

from depesche.answers.selection import Card, Pages, Selection
from depesche.export.addresses import address, urn
from depesche.export.form import Tally
from depesche.export.moves import certain, in_short, moved_from, postponed
from depesche.export.plain import json_line, json_lines_in
from depesche.export.words import differences_in_words
from depesche.model.linkage import Entry, ParticipantIn, RelationKind
from depesche.model.reading import PartyKind, Place, Status

_SCHEMA = "https://schema.org/"
CONTEXT: dict[str, object] = {
    "@vocab": _SCHEMA,
    "depesche": "urn:depesche:term:",
    **{
        name: {"@type": f"{_SCHEMA}Date"}
        for name in ("startDate", "endDate", "previousStartDate", "datePublished", "dateModified")
    },
    **{name: {"@type": "@id"} for name in ("eventStatus", "subjectOf", "superEvent", "url", "isBasedOn")},
    **{f"depesche:{kind.value}": {"@type": "@id"} for kind in RelationKind},
}
"""Written into the file, so that nobody has to fetch schema.org to read it."""

ROLES = ("actor", "recipient")

_TYPES = {
    PartyKind.PERSON: "Person",
    PartyKind.COUNTRY: "Country",
    PartyKind.GOVERNMENT: "GovernmentOrganization",
    PartyKind.MINISTRY: "GovernmentOrganization",
    PartyKind.MEDIA: "NewsMediaOrganization",
    PartyKind.PLACE: "Place",
}


def jsonld(selection: Selection, tally: Tally) -> Iterator[str]:
    """One graph: an event for each entry, then an article for each page that tells of one."""
    head = f'{{"@context":{json_line(CONTEXT)[:-1]},"@graph":[\n'
    return json_lines_in(head, _nodes(selection, tally), "]}")


def _nodes(selection: Selection, tally: Tally) -> Iterator[object]:
    pages = Pages()
    for entry in selection.entries():
        pages.meet(entry)
        tally.wrote("events")
        if entry.days.known and in_short(entry) is None:
            tally.left_out(
                "values", "startDate where an event lies somewhere in a range, which depesche:earliest tells"
            )
        yield event(entry)
    for one in pages.sources(selection):
        tally.wrote("articles")
        yield article(one.card)


def event(entry: Entry) -> dict[str, object]:
    """An entry as schema.org has it; `depesche:` marks what schema.org has no word for."""
    node: dict[str, object] = {
        "@id": urn("entry", entry.id),
        "@type": "Event",
        "identifier": entry.id,
        "name": entry.title,
        "additionalType": urn("type", entry.type),
        "depesche:type": entry.type,
        "depesche:mode": entry.mode,
        "depesche:status": entry.status.value,
        "depesche:precision": entry.precision.value,
        "eventStatus": _event_status(entry),
        **_days(entry),
        "location": _place(entry.place),
        **_parties(entry),
        "subjectOf": [urn("page", source.page) for source in entry.sources],
        "depesche:origins": entry.origins,
        "depesche:history": [_step(entry, number) for number in range(len(entry.history))],
        "depesche:difference": differences_in_words(entry),
        "depesche:evidence": [words for mention in entry.mentions for words in mention.evidence],
    }
    for relation in entry.relations:
        name = "superEvent" if relation.kind is RelationKind.PART_OF else f"depesche:{relation.kind.value}"
        others = node.setdefault(name, [])
        if isinstance(others, list):
            others.append(urn("entry", relation.id))
    return _filled(node)


def article(card: Card) -> dict[str, object]:
    """A page as an article."""
    return _filled(
        {
            "@id": urn("page", card.page),
            "@type": "NewsArticle",
            "identifier": card.doc,
            "headline": card.title,
            "url": address(card),
            "inLanguage": card.language if card.language != "other" else None,
            "datePublished": card.published,
            "depesche:publishedEarliest": None if card.published else card.earliest,
            "depesche:publishedLatest": None if card.published else card.latest,
            "author": [{"@type": "Person", "name": name} for name in card.authors],
            "publisher": {"@type": "NewsMediaOrganization", "name": card.outlet} if card.outlet else None,
            "creditText": card.agency,
        }
    )


def _event_status(entry: Entry) -> str | None:
    """What schema.org calls its status; None for what was denied or only may come, for which it has no word."""
    match entry.status:
        case Status.CANCELLED:
            return f"{_SCHEMA}EventCancelled"
        case Status.DENIED | Status.HYPOTHETICAL:
            return None
        case Status.PLANNED if postponed(entry):
            return f"{_SCHEMA}EventPostponed"
    return f"{_SCHEMA}{'EventRescheduled' if moved_from(entry) else 'EventScheduled'}"


def _days(entry: Entry) -> dict[str, object]:
    first, last = entry.days.first, entry.days.last
    told: dict[str, object] = {
        "startDate": in_short(entry),
        "previousStartDate": [days.first.isoformat() for days in moved_from(entry) if days.first],
    }
    if certain(entry.precision):
        return {**told, "endDate": last.isoformat() if last else None}
    return {
        **told,
        "depesche:earliest": first.isoformat() if first else None,
        "depesche:latest": last.isoformat() if last else None,
    }


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    address = {"@type": "PostalAddress", "addressCountry": place.country} if place.country else None
    return _filled({"@type": "Place", "name": place.name, "address": address})


def _parties(entry: Entry) -> dict[str, object]:
    """Who takes part, by role; those who meet are attendees as well."""
    roles = {f"depesche:{role}": [_party(one) for one in entry.participants if one.role == role] for role in ROLES}
    return {**roles, "attendee": [_party(one) for one in entry.participants] if entry.type == "CONSULT" else []}


def _party(one: ParticipantIn) -> dict[str, object]:
    party = one.participant
    return _filled(
        {
            "@id": urn("party", party.id) if party.id else None,
            "@type": _TYPES.get(party.kind, "Organization"),
            "name": party.name,
            "depesche:kind": party.kind.value,
            "depesche:country": party.country,
        }
    )


def _step(entry: Entry, number: int) -> dict[str, object]:
    step = entry.history[number]
    first, last = step.days.first, step.days.last
    return _filled(
        {
            "@type": "depesche:Step",
            "position": number + 1,
            "depesche:change": step.change.value,
            "depesche:status": step.status.value,
            "datePublished": step.published,
            "depesche:first": first.isoformat() if first else None,
            "depesche:last": last.isoformat() if last else None,
            "depesche:attribution": step.attribution,
            "isBasedOn": urn("page", step.page),
        }
    )


def _filled(node: dict[str, object]) -> dict[str, object]:
    """The node without what is empty."""
    return {name: value for name, value in node.items() if value not in (None, [], "")}

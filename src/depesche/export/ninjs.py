"""The chronicle as IPTC ninjs 3.1 items, a file for each entry."""

from __future__ import annotations

from collections.abc import Iterator

from depesche.answers.selection import Card, Selection
from depesche.export.addresses import address, urn
from depesche.export.form import Folder, Tally
from depesche.export.moves import NEVER, certain, first_told, in_short, last_told, moved_from, postponed
from depesche.export.plain import json_line, marked, plain
from depesche.export.words import (
    days_in_words,
    differences_in_words,
    history_in_words,
    parties_in_words,
    place_in_words,
    relation_titles,
)
from depesche.model.linkage import Entry, Source
from depesche.model.reading import PartyKind, Status

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
_OCCURRENCE = "http://cv.iptc.org/newscodes/eventoccurstatus/"
_PLACES = {PartyKind.COUNTRY, PartyKind.PLACE}


def ninjs(selection: Selection, tally: Tally, folder: Folder) -> None:
    """An item for each entry, named by its id."""
    for entry in selection.entries():
        tally.wrote("items")
        if entry.days.known and in_short(entry) is None:
            tally.left_out("values", "dates of an event that lies somewhere in a range; its body tells the range")
        if entry.status is Status.DENIED:
            tally.left_out("values", "certainty of an event that was denied: the vocabulary has no word for it")
        folder.write(f"{entry.id}.json", [json_line(item(entry, selection))])


def item(entry: Entry, selection: Selection) -> dict[str, object]:
    """An entry as a text item about an event."""
    parties = [one.participant for one in entry.participants]
    people = [party for party in parties if party.kind is PartyKind.PERSON]
    bodies = [party for party in parties if party.kind is not PartyKind.PERSON and party.kind not in _PLACES]
    made: dict[str, object] = {
        "uri": urn("entry", entry.id),
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "type": "text",
        "representationType": "complete",
        "version": str(max(len(entry.history), 1)),
        "firstCreated": _instant(first_told(entry)),
        "versionCreated": _instant(last_told(entry)),
        "pubStatus": "usable",
        "language": "de",
        "by": "Depesche",
        "headlines": [{"role": "main", "contentType": "text/plain", "value": plain(entry.title)}],
        "bodies": [_body(entry, selection)],
        "subjects": [{"name": entry.type, "uri": urn("type", entry.type)}],
        "people": [_named(party.name, party.id) for party in people],
        "organisations": [_named(party.name, party.id) for party in bodies],
        "places": [_named(name, id) for name, id in _places(entry)],
        "events": [
            {"name": plain(selection.title(one.id) or one.id), "rel": one.kind.value, "uri": urn("entry", one.id)}
            for one in entry.relations
        ],
        "eventDetails": _details(entry) or None,
        "infoSources": [_source(source, selection.card(source.page)) for source in entry.sources],
        "altIds": [{"role": "depesche", "value": entry.id}],
    }
    return {name: value for name, value in made.items() if value not in (None, [])}


def _instant(day: str | None) -> str | None:
    return f"{day}T00:00:00+00:00" if day and day != NEVER else None


def _named(name: str, id: str) -> dict[str, str]:
    return {"name": plain(name), **({"uri": urn("party", id)} if id else {})}


def _places(entry: Entry) -> Iterator[tuple[str, str]]:
    names: dict[str, str] = {entry.place.name: ""} if entry.place else {}
    for one in entry.participants:
        if one.participant.kind in _PLACES:
            names.setdefault(one.participant.name, one.participant.id)
    yield from names.items()


def _details(entry: Entry) -> dict[str, object]:
    """How sure its occurrence is (NewsCodes eventoccurstatus), and its days."""
    details: dict[str, object] = {}
    if entry.status is not Status.DENIED:
        code, name = _occurrence(entry)
        details["eventStatus"] = {"name": name, "uri": f"{_OCCURRENCE}{code}"}
    if start := in_short(entry):
        dates = {"start": start}
        if certain(entry.precision) and entry.days.last:
            dates["end"] = entry.days.last.isoformat()
        details["dates"] = dates
    return details


def _occurrence(entry: Entry) -> tuple[str, str]:
    """The code of its certainty and its name there."""
    announced = any(step.status is Status.PLANNED for step in entry.history)
    match entry.status:
        case Status.CANCELLED:
            return "eos6", "Planned, then cancelled"
        case Status.HYPOTHETICAL:
            return "eos3", "Planned, may occur"
        case Status.PLANNED if postponed(entry):
            return "eos2", "Planned, occurrence highly uncertain"
        case Status.PLANNED if certain(entry.precision) and not moved_from(entry) and entry.origins > 1:
            return "eos4", "Planned, occurrence highly likely"
        case Status.PLANNED:
            return "eos1", "Planned, occurrence planned only"
    return ("eos5", "Planned, occurs certainly") if announced else ("eos0", "Unplanned event")


def _body(entry: Entry, selection: Selection) -> dict[str, object]:
    facts = (entry.status.value, days_in_words(entry.days), place_in_words(entry.place), parties_in_words(entry))
    lines = [*history_in_words(entry), *differences_in_words(entry), *relation_titles(entry, selection.title)]
    parts = [f"<p>{marked('; '.join(fact for fact in facts if fact))}</p>"]
    parts += [
        f"<blockquote><p>“{marked(' […] '.join(mention.evidence))}” ({marked(mention.doc)})</p></blockquote>"
        for mention in entry.mentions
    ]
    if lines:
        parts.append(f"<ul>{''.join(f'<li>{marked(line)}</li>' for line in lines)}</ul>")
    return {"role": "main", "contentType": "text/html", "value": "".join(parts)}


def _source(source: Source, card: Card | None) -> dict[str, object]:
    name = plain(source.outlet or source.doc)
    return {"name": name, "uri": address(card) or urn("page", source.page), "rel": "source"}

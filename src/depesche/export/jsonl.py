"""The chronicle as JSON lines, an entry a line: the contract with other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from depesche.export.plain import json_line
from depesche.model.days import Days, iso
from depesche.model.linkage import Difference, Entry, Mention, ParticipantIn, Source, Step
from depesche.model.text import Span


def jsonl(entries: Iterable[Entry]) -> Iterator[str]:
    """A line for every entry."""
    return (json_line(entry_record(entry)) for entry in entries)


def entry_record(entry: Entry) -> dict[str, object]:
    """An entry as other programs see it."""
    return {
        "id": entry.id,
        "title": entry.title,
        "type": entry.type,
        "mode": entry.mode,
        "status": entry.status.value,
        **_days(entry.days),
        "precision": entry.precision.value,
        "place": {"name": entry.place.name, "country": entry.place.country} if entry.place else None,
        "participants": [_participant(one) for one in entry.participants],
        "sources": [_source(source) for source in entry.sources],
        "origins": entry.origins,
        "mentions": [_mention(mention) for mention in entry.mentions],
        "history": [_step(step) for step in entry.history],
        "relations": [{"kind": relation.kind.value, "id": relation.id} for relation in entry.relations],
        "differences": [_difference(difference) for difference in entry.differences],
    }


def _days(days: Days) -> dict[str, object]:
    return {"start": iso(days.first), "end": iso(days.last)}


def _participant(one: ParticipantIn) -> dict[str, object]:
    party = one.participant
    return {"name": party.name, "country": party.country, "kind": party.kind.value, "role": one.role}


def _source(source: Source) -> dict[str, object]:
    return {
        "doc": source.doc,
        "outlet": source.outlet,
        "agency": source.agency,
        "published": source.published,
        "origin": source.origin,
    }


def _mention(mention: Mention) -> dict[str, object]:
    event = mention.event
    actors, recipients = event.ruled  # a mention shows what its words tell; who is only judged is told by the entry
    return {
        "doc": mention.doc,
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "status": event.status.value,
        "evidence": list(mention.evidence),
        "spans": [[span.start, span.end] for span in event.evidence],
        "trigger": mention.trigger or words_at(mention, event.trigger),
        "actors": [party.name for party in actors],
        "recipients": [party.name for party in recipients],
        "place": event.place.country or event.place.name if event.place else None,
        "time_text": mention.time_text or words_at(mention, event.time_words),
        **_days(event.days),
        "attribution": event.attribution.text if event.attribution else None,
        "published": mention.published,
    }


def words_at(mention: Mention, span: Span | None) -> str | None:
    """The words at a place in the article, as far as the evidence holds them; None where it does not."""
    if span is None:
        return None
    for words, place in zip(mention.evidence, mention.event.evidence, strict=False):
        if place.holds(span):
            return words[span.start - place.start : span.end - place.start]
    return None


def _step(step: Step) -> dict[str, object]:
    return {
        "published": step.published,
        "doc": step.doc,
        "change": step.change.value,
        "status": step.status.value,
        **_days(step.days),
        "attribution": step.attribution,
    }


def _difference(difference: Difference) -> dict[str, object]:
    return {
        "field": difference.field.value,
        "kind": difference.kind.value,
        "values": [{"doc": value.doc, "text": value.text, "value": value.value} for value in difference.values],
    }

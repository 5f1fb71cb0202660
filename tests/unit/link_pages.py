"""Made-up pages for the tests of linking: a sentence, and what it tells."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from depesche.model.days import Days, Precision
from depesche.model.page import Dateline
from depesche.model.reading import (
    EventMention,
    Number,
    Participant,
    PartyKind,
    Place,
    Reading,
    Status,
)
from depesche.model.text import Span
from depesche.packs.linking import load_linking

RULES = load_linking("de")

ALMA = Participant(Span(0, 1), "Alma Brandt", "Alma Brandt", PartyKind.PERSON, "AUT", "person:alma-brandt")
IVO = Participant(Span(0, 1), "Ivo Novak", "Ivo Novak", PartyKind.PERSON, "CZE", "person:ivo-novak")
LENA = Participant(Span(0, 1), "Lena Maurer", "Lena Maurer", PartyKind.PERSON, "AUT", "person:lena-maurer")
AUSTRIA = Participant(Span(0, 1), "Österreich", "Österreich", PartyKind.COUNTRY, "AUT", "country:AUT")
VIENNA = Participant(Span(0, 1), "Wien", "Österreichische Regierung", PartyKind.GOVERNMENT, "AUT", "government:AUT")
CZECHIA = Participant(Span(0, 1), "Tschechien", "Tschechien", PartyKind.COUNTRY, "CZE", "country:CZE")
FRANCE = Participant(Span(0, 1), "Frankreich", "Frankreich", PartyKind.COUNTRY, "FRA", "country:FRA")
PRAGUE = Place("Prag", "Prag", None, "CZE")
BRNO = Place("Brünn", "Brünn", None, "CZE")
IN_CZECHIA = Place("Tschechien", "Tschechien", None, "CZE")
LINZ = Place("Linz", "Linz", None, "AUT")
EUROPE = Place("Europa", "Europa", None, None)


def days(first: str | None, last: str | None = None) -> Days:
    """A range from ISO days; one day where the last is left out."""
    start = date.fromisoformat(first) if first else None
    return Days(start, date.fromisoformat(last) if last else start)


def told(type_: str, words: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    """A sentence and the event in it; `trigger` and `time` are words of the sentence."""
    return words, {"type": type_, **fields}


def page(doc: str, published: str | None, *events: tuple[str, dict[str, Any]], **fields: Any) -> Reading:
    """A page of these sentences; `published` is a day or a range with a slash."""
    text, mentions, sentences = "", [], []
    for words, event in events:
        start = len(text)
        text += words + " "
        sentences.append(Span(start, start + len(words)))
        mentions.append(_mention(doc, words, start, dict(event)))
    first, _, last = (published or "").partition("/")
    known = days(first or None, last or None)
    dateline = Dateline(known.first if not last else None, known.first, known.last)
    id_ = hashlib.sha256(doc.encode()).hexdigest()[:16]
    text = fields.pop("text", text.strip())
    return Reading(id_, doc, text, dateline, events=tuple(mentions), sentences=tuple(sentences), **fields)


def _mention(doc: str, words: str, start: int, event: dict[str, Any]) -> EventMention:
    trigger, time = event.pop("trigger", words.split()[0]), event.pop("time", None)
    span = Span(start + words.index(trigger), start + words.index(trigger) + len(trigger))
    time_words = Span(start + words.index(time), start + words.index(time) + len(time)) if time else None
    number = event.pop("number", None)
    digest = hashlib.sha256(f"{doc} {start} {event['type']}".encode()).hexdigest()[:12]
    known = event.get("days", Days())
    defaults: dict[str, Any] = {
        "status": Status.OCCURRED,
        "precision": Precision.DAYS if known.length and known.length < 5 else Precision.RANGE,
        "lemma": trigger.casefold(),
        "numbers": (Number(span, number, of="mal"),) if number else (),
    }
    return EventMention(
        id=f"m-{digest}",
        trigger=span,
        evidence=(Span(start, start + len(words)),),
        time_words=time_words,
        **(defaults | event),
    )

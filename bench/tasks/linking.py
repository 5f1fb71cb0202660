"""Linking measured apart from reading: the gold mentions of the five seed pages, joined across pages.

The mentions are those that a careful reader wrote down, with types, parties, places, days and status; who is named in
their sentences comes from the list of actors. What gold has no field for is told by simple words: an invitation by its
trigger, a count by the mark that gold has for it in its chronicle.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from depesche.export.jsonl import entry_record
from depesche.link import link
from depesche.model.days import Days, Precision
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Participant, Party, PartyKind, Place, Reading, Status
from depesche.model.text import Span, slug
from depesche.parse import parse_text
from tasks.reading import knowledge
from tasks.seeds import EVENTS, GOLD, with_objects
from tasks.task import Figure, Figures, Reference, Row, Task, count, read_lines
from tasks.task import Place as Folder

INVITATIONS = ("einlad", "eingeladen", "lud", "lädt")
STATES = {"country": "country", "government": "government"}


def measure(folder: Folder) -> Figures:
    """Which gold mentions are joined, and the days of what they make."""
    gold = folder.shared / GOLD
    readings = gold_readings(
        *(read_lines(gold / f"{name}.jsonl") for name in ("texts", "events", "actors", "chronicle"))
    )
    linkage = link(readings, knowledge().linking)
    entries = [with_objects(entry_record(entry)) for entry in linkage.entries]
    system = folder.write("chronicle.jsonl", unmistakable(entries))
    words = ("--gold", gold / "chronicle.jsonl", "--events", gold / "events.jsonl", "--system", system, "--json")
    scored = folder.score(EVENTS, "chronicle", *words)
    return {
        "told_by_several_as_one": scored["events_whole"],
        "told_by_several_dated": scored["events_dated"],
        "links_f1": scored["links_all"]["f1"],
        "links_p": scored["links_all"]["p"],
        "links_r": scored["links_all"]["r"],
        "bcubed_f1": scored["bcubed"]["f1"],
    }


def unmistakable(entries: Sequence[Row]) -> list[Row]:
    """The entries without pieces of evidence in which another mention of the page stands whole, if others are left.

    The scorer finds gold's mentions by their words: of two that share a piece it would take either.
    """
    pieces = [
        (mention["doc"], mention["id"], piece)
        for e in entries
        for mention in e["mentions"]
        for piece in mention["evidence"]
    ]

    def shared(mention: Row, words: str) -> bool:
        return any(doc == mention["doc"] and id_ != mention["id"] and piece in words for doc, id_, piece in pieces)

    def own(mention: Row) -> Row:
        left = [words for words in mention["evidence"] if not shared(mention, words)]
        return {**mention, "evidence": left or mention["evidence"]}

    return [{**entry, "mentions": [own(mention) for mention in entry["mentions"]]} for entry in entries]


def gold_readings(
    texts: Sequence[Row], events: Sequence[Row], actors: Sequence[Row], chronicle: Sequence[Row]
) -> list[Reading]:
    """The pages as gold reads them."""
    told = {row["doc"]: row["events"] for row in events}
    counts = {(m["doc"], m["id"]) for row in chronicle if row["aggregate"] for m in row["mentions"]}
    return [_reading(row, told.get(row["doc"], []), actors, counts) for row in texts]


def _reading(row: Row, events: Sequence[Row], actors: Sequence[Row], counts: set[tuple[str, str]]) -> Reading:
    doc, text = row["doc"], row["text"]
    published = date.fromisoformat(row["published"])
    page = hashlib.sha256(text.encode()).hexdigest()[:32]
    parsed = parse_text(text, knowledge(), "de")
    return Reading(
        page=page,
        doc=doc,
        text=text,
        dateline=Dateline(published, published, published),
        title=row["title"],
        parties=tuple(sorted(_parties(doc, text, actors), key=lambda party: (party.start, party.end, party.id))),
        events=tuple(_mention(page, text, event, (doc, event["id"]) in counts) for event in events),
        sentences=tuple(Span(one.start, one.end) for one in parsed.sentences),
    )


def _parties(doc: str, text: str, actors: Sequence[Row]) -> Iterator[Party]:
    """Every place where a form of an actor stands that gold lists for the page."""
    for actor in actors:
        for alias in actor["aliases"]:
            if doc in alias["docs"]:
                for span in _places(alias["text"], text):
                    named = actor["name"], _id(actor), actor["country"]
                    yield Party(span.start, span.end, -1, PartyKind(actor["kind"]), *named)


def _mention(page: str, text: str, event: Row, count: bool) -> EventMention:
    evidence = tuple(next(_places(piece, text)) for piece in event["evidence"])
    first = evidence[0]
    trigger = next((span for span in _places(event["trigger"], text) if first.holds(span)), first)
    days = Days(_day(event["start"]), _day(event["end"]))
    when = next(_places(event["time_text"], text), None) if event["time_text"] else None
    digest = hashlib.sha256(f"{page} {event['id']}".encode()).hexdigest()[:16]
    return EventMention(
        id=f"m-{digest}",
        type=event["type"],
        trigger=trigger,
        evidence=evidence,
        status=Status(event["status"]),
        mode=event["mode"],
        actors=tuple(_participant(party, text) for party in event["actors"]),
        recipients=tuple(_participant(party, text) for party in event["recipients"]),
        place=_place(event["place"], text),
        time_words=when,
        days=days,
        precision=_precision(days),
        aggregate=count,
        invitation=event["type"] == "CONSULT" and event["trigger"].casefold().startswith(INVITATIONS),
        lemma=event["trigger"].casefold(),
    )


def _participant(party: Mapping[str, Any], text: str) -> Participant:
    span = next(_places(party["text"], text), Span(0, 1))
    return Participant(span, party["text"], party["name"], PartyKind(party["kind"]), party["country"], _id(party))


def _id(party: Mapping[str, Any]) -> str:
    return f"{party['kind']}:{party['country'] if party['kind'] in STATES else slug(party['name'])}"


def _place(place: Mapping[str, Any] | None, text: str) -> Place | None:
    if place is None:
        return None
    return Place(place["text"], place["text"], next(_places(place["text"], text), None), place["country"])


def _places(words: str, text: str) -> Iterator[Span]:
    """Everywhere that these words stand as words."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield Span(at, end)
        at = text.find(words, at + 1)


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _precision(days: Days) -> Precision:
    """How closely the days are told, by how many they are."""
    if days.length is None:
        return Precision.OPEN if days.known else Precision.UNKNOWN
    if days.first and days.last and days.first.day == 1 and (days.last + timedelta(1)).day == 1:
        return Precision.MONTH if days.length <= 31 else Precision.SEASON if days.length <= 92 else Precision.YEAR
    return Precision.DAY if days.length == 1 else Precision.DAYS


TASKS = (
    Task(
        "linking",
        (
            count("told_by_several_as_one", Reference(12, "gold")),
            count("told_by_several_dated", Reference(12, "gold")),
            Figure("links_f1"),
            Figure("links_p"),
            Figure("links_r"),
            Figure("bcubed_f1"),
        ),
        measure,
    ),
)

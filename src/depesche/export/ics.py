"""The chronicle as a calendar (RFC 5545): an all-day event for every entry with a first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from depesche.answers.selection import Selection
from depesche.export.addresses import lasting_id, latest_address
from depesche.export.form import Tally
from depesche.export.moves import certain, last_told
from depesche.export.plain import plain
from depesche.export.words import (
    days_in_short,
    differences_in_words,
    history_in_words,
    parties_in_words,
    place_in_words,
    relation_titles,
)
from depesche.model.days import Days
from depesche.model.linkage import Entry, RelationKind
from depesche.model.reading import Status

_STATUS = {
    Status.OCCURRED: "CONFIRMED",
    Status.PLANNED: "TENTATIVE",
    Status.HYPOTHETICAL: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
    Status.DENIED: "CANCELLED",
}
_RELATED = {RelationKind.PART_OF: "PARENT"}
_LONGEST = 75


def ics(selection: Selection, tally: Tally) -> Iterator[str]:
    """The calendar. What has no first day has no place in it."""
    yield from _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Depesche//Chronicle//DE", "CALSCALE:GREGORIAN")
    for entry in selection.entries():
        if entry.days.first is None:
            why = "only a last day is known" if entry.days.last else "no day is known"
            tally.left_out("entries", f"{why}, and a calendar needs a first one")
            continue
        tally.wrote("events")
        yield from _lines(*_event(entry, entry.days.first, selection))
    yield from _lines("END:VCALENDAR")


def uid(id: str, selection: Selection) -> str:
    """The name of an entry in calendars."""
    return f"{lasting_id(id, selection)}@depesche"


def _event(entry: Entry, first: date, selection: Selection) -> Iterator[str]:
    told = last_told(entry).replace("-", "")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(uid(entry.id, selection))}"
    yield f"DTSTAMP:{told}T000000Z"
    yield f"LAST-MODIFIED:{told}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(first)}"
    if after := _day_after(entry.days):
        yield f"DTEND;VALUE=DATE:{_basic(after)}"
    yield f"SUMMARY:{_text(_summary(entry))}"
    yield f"DESCRIPTION:{_description(entry, selection)}"
    if entry.place:
        yield f"LOCATION:{_text(place_in_words(entry.place))}"
    if address := latest_address(entry, selection):
        yield f"URL:{address}"
    yield f"CATEGORIES:{_text(entry.type)}"
    yield f"STATUS:{_STATUS[entry.status]}"
    yield f"SEQUENCE:{max(len(entry.history) - 1, 0)}"
    for relation in entry.relations:
        kind = _RELATED.get(relation.kind, "SIBLING")
        yield f"RELATED-TO;RELTYPE={kind}:{_text(uid(relation.id, selection))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(entry: Entry) -> str:
    """The title; where the days are a range in which it lies somewhere, that range behind it."""
    return entry.title if certain(entry.precision) else f"{entry.title} ({days_in_short(entry.days)})"


def _day_after(days: Days) -> date | None:
    """The first day that is no longer meant, as calendars write an end."""
    return days.last + timedelta(days=1) if days.last and days.last < date.max else None


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _description(entry: Entry, selection: Selection) -> str:
    facts = (entry.status.value, f"precision: {entry.precision.value}", parties_in_words(entry))
    told = [f"“{words}” ({mention.doc})" for mention in entry.mentions for words in mention.evidence]
    lines = ["; ".join(fact for fact in facts if fact), *told]
    lines += history_in_words(entry)
    lines += differences_in_words(entry)
    lines += relation_titles(entry, selection.title)
    return "\\n".join(_text(line) for line in lines)


def _text(value: str) -> str:
    escaped = plain(value).replace("\\", "\\\\").replace(";", "\\;")
    return escaped.replace(",", "\\,")


def _lines(*lines: str) -> Iterator[str]:
    return (f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """The line broken so that no part has more than 75 bytes, and no character is torn."""
    data = line.encode()
    parts: list[bytes] = []
    start, room = 0, _LONGEST
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(data[start:end])
        start, room = end, _LONGEST - 1
    return b"\r\n ".join([*parts, data[start:]]).decode()

"""The chronicle as a calendar (RFC 5545): an all-day event for every entry with a first day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from depesche.export.plain import plain
from depesche.export.words import parties_in_words, place_in_words
from depesche.model.days import Days
from depesche.model.linkage import Entry
from depesche.model.reading import Status

_STATUS = {
    Status.OCCURRED: "CONFIRMED",
    Status.PLANNED: "TENTATIVE",
    Status.HYPOTHETICAL: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
    Status.DENIED: "CANCELLED",
}
_NEVER = "1970-01-01"
_LONGEST = 75


def ics(entries: Iterable[Entry]) -> Iterator[str]:
    """The calendar. What has no first day has no place in it."""
    yield from _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Depesche//Chronicle//DE", "CALSCALE:GREGORIAN")
    for entry in entries:
        if entry.days.first:
            yield from _lines(*_event(entry, entry.days.first))
    yield from _lines("END:VCALENDAR")


def _event(entry: Entry, first: date) -> Iterator[str]:
    told = _latest(entry).replace("-", "")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.id)}@depesche"
    yield f"DTSTAMP:{told}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(first)}"
    if after := _day_after(entry.days):
        yield f"DTEND;VALUE=DATE:{_basic(after)}"
    yield f"SUMMARY:{_text(entry.title)}"
    yield f"DESCRIPTION:{_description(entry)}"
    if entry.place:
        yield f"LOCATION:{_text(place_in_words(entry.place))}"
    yield f"CATEGORIES:{_text(entry.type)}"
    yield f"STATUS:{_STATUS[entry.status]}"
    yield f"SEQUENCE:{max(len(entry.history) - 1, 0)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _latest(entry: Entry) -> str:
    """The day on which the latest dated page told of it: the calendar's stamp needs no clock."""
    return max((step.published or step.latest or _NEVER for step in entry.history), default=_NEVER)


def _day_after(days: Days) -> date | None:
    """The first day that is no longer meant, as calendars write an end."""
    return days.last + timedelta(days=1) if days.last and days.last < date.max else None


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _description(entry: Entry) -> str:
    facts = (entry.status.value, f"precision: {entry.precision.value}", parties_in_words(entry))
    told = [f"“{words}” ({mention.doc})" for mention in entry.mentions for words in mention.evidence]
    return "\\n".join(_text(line) for line in ("; ".join(fact for fact in facts if fact), *told))


def _text(value: str) -> str:
    escaped = plain(value).replace("\\", "\\\\").replace(";", "\\;")
    return escaped.replace(",", "\\,")


def _lines(*lines: str) -> Iterator[str]:
    return (f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """The line broken so that no part has more than 75 bytes, and no character is torn."""
    parts: list[str] = []
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST:
            parts.append(part)
            part, size = " ", 1
        part += character
        size += width
    return "\r\n".join([*parts, part])

"""The pages of a store in words and as records: what was read, when it was published, and why we think so."""

from __future__ import annotations

from depesche.export.pages import reason_in_words
from depesche.export.plain import plain
from depesche.export.words import days_in_words
from depesche.model.days import Days, iso
from depesche.model.page import Unread
from depesche.model.reading import Reading


def page_in_words(reading: Reading) -> str:
    """A page in a few lines: its day or range, name and title, and the reasons for the day."""
    line = reading.dateline
    days = Days(line.earliest, line.latest)
    facts = (reading.outlet, reading.agency, reading.language, f"{len(reading.events)} events")
    lines = [f"{days_in_words(days) if days.known else 'undated'}  {plain(reading.doc)}"]
    lines.append(f"    {plain(reading.title or '(no title)')}")
    lines.append(f"    {plain(', '.join(fact for fact in facts if fact))}")
    lines += [f"    - {plain(reason_in_words(reason))}" for reason in line.reasons]
    return "\n".join([*lines, ""])


def page_record(reading: Reading) -> dict[str, object]:
    """The same for other programs."""
    line = reading.dateline
    return {
        "doc": reading.doc,
        "id": reading.page,
        "title": reading.title,
        "published": iso(line.published),
        "published_earliest": iso(line.earliest),
        "published_latest": iso(line.latest),
        "reasons": [reason_in_words(reason) for reason in line.reasons],
        "outlet": reading.outlet,
        "agency": reading.agency,
        "language": reading.language,
        "events": len(reading.events),
    }


def unread_in_words(unread: Unread) -> str:
    """An input that could not be read, and why."""
    return f"not read  {plain(unread.source or unread.doc)}\n    {plain(unread.reason)}\n"

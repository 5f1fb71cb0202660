"""The chronicle as Markdown: day by day, the sentences and their pages in footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from depesche.answers.selection import Selection
from depesche.export.addresses import address
from depesche.export.form import Tally
from depesche.export.plain import plain
from depesche.export.words import (
    SIGNS,
    days_in_words,
    differences_in_words,
    history_in_words,
    origins_in_words,
    parties_in_words,
    place_in_words,
    published_in_words,
    relation_titles,
)
from depesche.model.linkage import Entry, Mention

_SPEAKS = re.compile(r"[\\`*_\[\]<>|~&#$]")


def markdown(selection: Selection, tally: Tally) -> Iterator[str]:
    """A heading for every day or range of days, its entries, and all footnotes at the end."""
    notes: list[str] = []
    heading = None
    yield "# Chronicle\n"
    for entry in selection.entries():
        tally.wrote("entries")
        days = days_in_words(entry.days)
        if days != heading:
            heading = days
            yield f"\n## {days}\n\n"
        yield from _entry(entry, notes, selection)
    if heading is None:
        yield "\nNo entries.\n"
    if notes:
        yield "\n---\n\n"
    for number, note in enumerate(notes, 1):
        yield f"[^{number}]: {note}\n"


def _entry(entry: Entry, notes: list[str], selection: Selection) -> Iterator[str]:
    marks = "".join(f"[^{number}]" for number in _noted(entry, notes, selection))
    yield f"- {SIGNS[entry.status]} **{quoted(entry.title)}** — {_about(entry)}{marks}\n"
    if len(entry.history) > 1:
        yield from (f"    - {quoted(line)}\n" for line in history_in_words(entry))
    yield from (f"    - {quoted(line)}\n" for line in relation_titles(entry, selection.title))
    yield from (f"    - {quoted(line)}\n" for line in differences_in_words(entry))


def _about(entry: Entry) -> str:
    kind = f"{entry.type}, {entry.mode}" if entry.mode else entry.type
    parts = (entry.status.value, kind, place_in_words(entry.place), parties_in_words(entry), origins_in_words(entry))
    return quoted("; ".join(part for part in parts if part))


def _noted(entry: Entry, notes: list[str], selection: Selection) -> Iterator[int]:
    """Adds a footnote for each mention and gives its number."""
    outlets = {source.page: source.outlet for source in entry.sources}
    for mention in entry.mentions:
        notes.append(_footnote(mention, outlets.get(mention.page), address(selection.card(mention.page))))
        yield len(notes)


def _footnote(mention: Mention, outlet: str | None, url: str | None) -> str:
    words = " […] ".join(mention.evidence)
    told = (mention.doc, outlet, published_in_words(mention), mention.event.status.value)
    link = f" <{url}>" if url else ""
    return f"“{quoted(words)}” — {quoted(', '.join(one for one in told if one))}{link}"


def quoted(text: str) -> str:
    """The text with everything that Markdown or HTML would obey written out."""
    return _SPEAKS.sub(lambda found: f"\\{found[0]}", plain(text))

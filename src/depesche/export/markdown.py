"""The chronicle as Markdown: day by day, the sentences and their pages in footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from depesche.export.plain import plain
from depesche.export.words import (
    SIGNS,
    days_in_words,
    parties_in_words,
    place_in_words,
    published_in_words,
    relation_in_words,
    titles,
    value_in_words,
)
from depesche.model.linkage import Difference, Entry, Mention, Source

_SPEAKS = re.compile(r"[\\`*_\[\]<>|~&#$]")


def markdown(entries: Iterable[Entry]) -> Iterator[str]:
    """A heading for every day or range of days, its entries, and all footnotes at the end."""
    shown = list(entries)
    known = titles(shown)
    notes: list[str] = []
    heading = None
    yield "# Chronicle\n"
    for entry in shown:
        days = days_in_words(entry.days)
        if days != heading:
            heading = days
            yield f"\n## {days}\n\n"
        yield from _entry(entry, notes, known)
    if not shown:
        yield "\nNo entries.\n"
    if notes:
        yield "\n---\n\n"
    for number, note in enumerate(notes, 1):
        yield f"[^{number}]: {note}\n"


def _entry(entry: Entry, notes: list[str], known: dict[str, str]) -> Iterator[str]:
    marks = "".join(f"[^{number}]" for number in _noted(entry, notes))
    yield f"- {SIGNS[entry.status]} **{quoted(entry.title)}** — {_about(entry)}{marks}\n"
    for relation in entry.relations:
        yield f"    - {quoted(relation_in_words(relation, known))}\n"
    for difference in entry.differences:
        yield f"    - {_difference(difference)}\n"


def _about(entry: Entry) -> str:
    sources = "1 independent source" if entry.origins == 1 else f"{entry.origins} independent sources"
    kind = f"{entry.type}, {entry.mode}" if entry.mode else entry.type
    parts = (entry.status.value, kind, place_in_words(entry.place), parties_in_words(entry), sources)
    return quoted("; ".join(part for part in parts if part))


def _noted(entry: Entry, notes: list[str]) -> Iterator[int]:
    """Adds a footnote for each mention and gives its number."""
    sources = {source.page: source for source in entry.sources}
    for mention in entry.mentions:
        notes.append(_footnote(mention, sources.get(mention.page)))
        yield len(notes)


def _footnote(mention: Mention, source: Source | None) -> str:
    words = " […] ".join(mention.evidence)
    outlet = source.outlet if source else None
    told = (mention.doc, outlet, published_in_words(mention), mention.event.status.value)
    return f"“{quoted(words)}” — {quoted(', '.join(one for one in told if one))}"


def _difference(difference: Difference) -> str:
    says = "; ".join(f"{value_in_words(value)} in {value.doc}" for value in difference.values)
    return quoted(f"{difference.field.value}, {difference.kind.value}: {says}")


def quoted(text: str) -> str:
    """The text with everything that Markdown or HTML would obey written out."""
    return _SPEAKS.sub(lambda found: f"\\{found[0]}", plain(text))

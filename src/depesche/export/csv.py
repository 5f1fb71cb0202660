"""The chronicle as a table for spreadsheets, an entry a row."""

from __future__ import annotations

import csv as tables
import io
from collections.abc import Iterable, Iterator

from depesche.export.plain import plain
from depesche.export.words import names
from depesche.model.days import iso
from depesche.model.linkage import Entry

COLUMNS = (
    "id", "title", "type", "mode", "status", "start", "end", "precision", "place", "country", "actors", "recipients",
    "origins", "sources", "outlets", "evidence", "history", "differences",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(entries: Iterable[Entry]) -> Iterator[str]:
    """The header, then a row for every entry; lists are joined with "; "."""
    yield _row(COLUMNS)
    for entry in entries:
        yield _row(_cells(entry))


def _cells(entry: Entry) -> tuple[str, ...]:
    place = entry.place
    return (
        entry.id,
        entry.title,
        entry.type,
        entry.mode or "",
        entry.status.value,
        iso(entry.days.first) or "",
        iso(entry.days.last) or "",
        entry.precision.value,
        place.name if place else "",
        (place.country or "") if place else "",
        _listed(names(entry, "actor")),
        _listed(names(entry, "recipient")),
        str(entry.origins),
        _listed(source.doc for source in entry.sources),
        _listed(dict.fromkeys(source.outlet for source in entry.sources if source.outlet)),
        _listed(words for mention in entry.mentions for words in mention.evidence),
        _listed(f"{step.published or 'undated'} {step.change.value} ({step.doc})" for step in entry.history),
        _listed(
            f"{one.field.value}: {' / '.join(dict.fromkeys(value.value for value in one.values))}"
            for one in entry.differences
        ),
    )


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    tables.writer(line).writerow([_defused(cell) for cell in cells])
    return line.getvalue()


def _defused(cell: str) -> str:
    """The cell as a spreadsheet takes it for text: what it would reckon with gets an apostrophe in front."""
    text = plain(cell)
    return f"'{text}" if cell.startswith(_FORMULA) or text.startswith(_FORMULA) else text

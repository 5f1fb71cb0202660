"""The chronicle as tables: which there are, what each column holds (`tables.toml`), and the rows of an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from depesche.answers.selection import Pages, Selection, Sourced
from depesche.export.words import names
from depesche.model.linkage import Entry, Mention, Step
from depesche.packs.files import read_toml

Cell: TypeAlias = str | int | date | tuple[str, ...] | None
Row: TypeAlias = tuple[Cell, ...]

ENTRIES, SOURCES = "entries", "sources"


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column: its type, the unit or code list of its values, where they come from, and what they say."""

    name: str
    type: Literal["text", "code", "day", "number", "list"]
    source: str
    says: str
    unit: str = ""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table and its columns in order."""

    says: str
    columns: tuple[Column, ...]


@cache
def tables() -> Mapping[str, Table]:
    """The tables of csv and parquet by name, in the order in which they are written."""
    return read_toml(Path(__file__).with_name("tables.toml"), dict[str, Table])


@cache
def coded_tables() -> Mapping[str, Table]:
    """The tables of polecat and gdelt by name."""
    return read_toml(Path(__file__).with_name("coded_tables.toml"), dict[str, Table])


def rows_of(entry: Entry) -> Iterator[tuple[str, Row]]:
    """All rows of an entry, each with the name of its table."""
    id = entry.id
    yield ENTRIES, entry_row(entry)
    for number, one in enumerate(entry.participants, 1):
        party = one.participant
        yield (
            "participants",
            (id, number, one.role, party.name, party.kind.value, party.country, party.id or None, party.text),
        )
    for mention in entry.mentions:
        event = mention.event
        yield "mentions", _mention(mention, id)
        for words, span in zip(mention.evidence, event.evidence, strict=False):
            yield "evidence", (event.id, mention.page, span.start, span.end, words)
    for number, step in enumerate(entry.history, 1):
        yield "history", _step(step, id, number)
    for relation in entry.relations:
        yield "relations", (id, relation.kind.value, relation.id)
    for number, difference in enumerate(entry.differences, 1):
        about = (id, number, difference.field.value, difference.kind.value)
        for value in difference.values:
            yield "differences", (*about, value.page, value.doc, value.text, value.value)
    for source in entry.sources:
        yield "entry_sources", (id, source.page, source.doc, source.origin)


def entry_row(entry: Entry) -> Row:
    """An entry in one row."""
    place = entry.place
    return (
        entry.id,
        entry.title,
        entry.type,
        entry.mode,
        entry.status.value,
        entry.days.first,
        entry.days.last,
        entry.precision.value,
        place.name if place else None,
        place.country if place else None,
        names(entry, "actor"),
        names(entry, "recipient"),
        entry.origins,
        tuple(source.doc for source in entry.sources),
        tuple(dict.fromkeys(source.outlet for source in entry.sources if source.outlet)),
        tuple(words for mention in entry.mentions for words in mention.evidence),
        *moves_of(entry),
    )


def moves_of(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """History, differences and relations of an entry in few words, a list each."""
    return (
        tuple(f"{step.published or 'undated'} {step.change.value} ({step.doc})" for step in entry.history),
        tuple(
            f"{one.field.value}: {' / '.join(dict.fromkeys(value.value for value in one.values))}"
            for one in entry.differences
        ),
        tuple(f"{relation.kind.value} {relation.id}" for relation in entry.relations),
    )


def _mention(mention: Mention, entry: str) -> Row:
    event = mention.event
    return (
        event.id,
        entry,
        mention.page,
        mention.doc,
        event.type,
        event.mode,
        event.status.value,
        event.days.first,
        event.days.last,
        event.precision.value,
        mention.trigger,
        mention.time_text,
        *(tuple(party.name for party in side) for side in event.ruled),
        event.place.name if event.place else None,
        event.place.country if event.place else None,
        event.attribution.text if event.attribution else None,
        day(mention.published),
        tuple(dict.fromkeys(reason.rule for reason in event.reasons)),
    )


def _step(step: Step, entry: str, number: int) -> Row:
    return (
        entry,
        number,
        day(step.published),
        day(step.earliest),
        day(step.latest),
        step.doc,
        step.change.value,
        step.status.value,
        step.days.first,
        step.days.last,
        step.attribution,
        step.mention,
    )


def source_row(one: Sourced) -> Row:
    """A page in one row."""
    card = one.card
    return (
        card.page,
        card.doc,
        card.title,
        card.outlet,
        card.house,
        card.agency,
        card.authors,
        card.metadata.url,
        card.language,
        day(card.published),
        day(card.earliest),
        day(card.latest),
        card.metadata.fetched,
        one.entries,
    )


def day(text: str | None) -> date | None:
    """The day that an ISO text names; None for None, and for what is no whole day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def all_rows(selection: Selection) -> Iterator[tuple[str, Row]]:
    """Every row of every table; those of the sources come last."""
    pages = Pages()
    for entry in selection.entries():
        pages.meet(entry)
        yield from rows_of(entry)
    for one in pages.sources(selection):
        yield SOURCES, source_row(one)

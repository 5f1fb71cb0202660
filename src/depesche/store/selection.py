"""Which entries of the chronicle are asked for, and the query that answers."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, or_, select
from sqlalchemy.sql.selectable import FromClause

from depesche.model.reading import Status
from depesche.store.dialects import contains, joined, words_of_entries
from depesche.store.rows import fold, whole
from depesche.store.schema import entries, participants


class ChronicleFilter(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a chronicle is narrowed to; what is None does not narrow.

    `start` and `end` keep entries that can lie on or between these days, and drop those of unknown day. `party`
    is part of a name or of its wording, an ISO country code ("CHN") or an id ("person:xi-jinping");
    `with_party` is another one in the same entry. `text` is part of the title or the evidence; capitals and
    punctuation do not count. `announced` keeps what any page told of as planned, whatever became of it.
    """

    start: date | None = None
    end: date | None = None
    party: str | None = None
    with_party: str | None = None
    type: str | None = None
    status: Status | None = None
    text: str | None = None
    announced: bool = False


EVERYTHING = ChronicleFilter()

PLANNED = f'"status":"{Status.PLANNED}"'
"""How a mention of something planned stands in the JSON of an entry; in words of a page the marks are escaped."""


def entries_in_order(filter: ChronicleFilter) -> Select[str]:
    """The entries that the filter keeps, by first day, last day and id."""
    return select(entries.c.value).order_by(entries.c.place_in_time, entries.c.id).where(*_wanted(filter))


def how_many(filter: ChronicleFilter) -> Select[int]:
    """The number of entries that the filter keeps."""
    return select(func.count()).select_from(entries).where(*_wanted(filter))


def _wanted(filter: ChronicleFilter) -> list[ColumnElement[bool]]:
    return [*_days(filter), *_parties(filter), *_kind(filter), *_words(filter)]


def _days(filter: ChronicleFilter) -> list[ColumnElement[bool]]:
    first, last = entries.c.first, entries.c.last
    wanted: list[ColumnElement[bool]] = []
    if filter.start or filter.end:
        wanted.append(or_(first.is_not(None), last.is_not(None)))
    if filter.start:
        wanted.append(or_(last.is_(None), last >= filter.start.isoformat()))
    if filter.end:
        wanted.append(or_(first.is_(None), first <= filter.end.isoformat()))
    return wanted


def _kind(filter: ChronicleFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if filter.announced:
        wanted.append(contains(entries.c.value, literal(PLANNED)))
    if filter.type is not None:
        wanted.append(entries.c.type == whole(filter.type).upper())
    if filter.status is not None:
        wanted.append(entries.c.status == filter.status.value)
    return wanted


def _words(filter: ChronicleFilter) -> list[ColumnElement[bool]]:
    if filter.text is None:
        return []
    needle = fold(filter.text)
    return [entries.c.number.in_(words_of_entries(needle)) if needle else false()]


def _parties(filter: ChronicleFilter) -> list[ColumnElement[bool]]:
    asked = [party for party in (filter.party, filter.with_party) if party is not None]
    if not asked:
        return []
    one, other = participants.alias("one"), participants.alias("other")
    here = [one.c.entry == entries.c.number, _is_party(one, asked[0])]
    if len(asked) == 2:
        beside = and_(other.c.entry == one.c.entry, other.c.position != one.c.position)
        here.append(exists().where(beside, _is_party(other, asked[1])))
    return [exists().where(*here)]


def entries_of_party(asked: str) -> Select[str | None]:
    """The numbers of the entries in which somebody of that id, country, name or wording takes part, in one string."""
    found = select(participants.c.entry).where(_is_party(participants, asked)).distinct().subquery()
    return select(joined(found.c.entry))


def _is_party(row: FromClause, asked: str) -> ColumnElement[bool]:
    id = whole(asked)
    by_id = or_(row.c.party == id, row.c.country == id.upper())
    needle = fold(asked)
    if not needle:
        return by_id
    if len(asked) == 3 and asked.isupper():  # a code, or an acronym: "IND" is in no "Kinderhilfswerk"
        needle = f" {needle} "
    return or_(by_id, contains(row.c.words, literal(needle)))

"""The chronicle a page at a time: rows by month and day, narrowed by what stands in the address."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import msgspec
import numpy as np

from depesche.answers.catalogue import STATUSES, Catalogue, Mask, Party, Positions
from depesche.answers.overview import Facets, Strip, facets, strip
from depesche.errors import UsageError
from depesche.model.days import Days, Precision
from depesche.model.linkage import Entry
from depesche.model.reading import Place, Status
from depesche.store import View

ROWS = 40
"""Entries on a page."""

FOLD = 8
"""Entries of one day that are shown at once; further ones unfold."""

WHOLE, LEAST = 1000, 12
"""A row's bar is drawn on so many points; one of a single day is at least so long."""


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a chronicle is narrowed to, as it stands in an address; what is None does not narrow.

    `start` and `end` keep what can lie on or between these days. `party` and `with_party` are ids, ISO codes of
    countries or parts of names; `country` is the ISO code of the place, `text` words of title or evidence.
    """

    start: date | None = None
    end: date | None = None
    party: str | None = None
    with_party: str | None = None
    type: str | None = None
    status: Status | None = None
    country: str | None = None
    outlet: str | None = None
    text: str | None = None


class Bar(msgspec.Struct, frozen=True):
    """Where an entry's days lie in the window of its page, in thousandths; an end that is not known fades out."""

    left: int
    width: int
    opens: bool
    ends_open: bool


class Row(msgspec.Struct, frozen=True):
    """An entry in a list."""

    id: str
    title: str
    type: str
    mode: str | None
    status: Status
    days: Days
    precision: Precision
    place: Place | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    origins: int
    pages: int
    differences: int
    bar: Bar | None = None


class Day(msgspec.Struct, frozen=True):
    """The entries of whose days the same is known: a day, a range, an open one; `more` are folded."""

    days: Days
    rows: tuple[Row, ...]
    more: tuple[Row, ...]


class Month(msgspec.Struct, frozen=True):
    """The days of one month; None is for entries whose first day is not known."""

    month: date | None
    days: tuple[Day, ...]


class ChroniclePage(msgspec.Struct, frozen=True):
    """One page of the chosen entries, with cursors to its neighbours, and what there is in all of them."""

    asked: Asked
    total: int
    position: int
    months: tuple[Month, ...]
    previous: str | None
    next: str | None
    facets: Facets
    strip: Strip

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of the page, in order."""
        return tuple(row for month in self.months for day in month.days for row in (*day.rows, *day.more))


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a page begins (`after` a key) or ends (`before` one)."""

    after: str | None = None
    before: str | None = None


def chosen(view: View, all: Catalogue, asked: Asked) -> Positions:
    """The places of the entries that are asked for."""
    mask = np.ones(len(all), np.bool_)
    if asked.start or asked.end:
        mask &= all.dated
    if asked.start:
        mask &= all.last >= asked.start.toordinal()
    if asked.end:
        mask &= all.first <= asked.end.toordinal()
    if asked.status is not None:
        mask &= all.statuses == STATUSES.index(asked.status)
    for index, value in ((all.by_type, asked.type), (all.by_country, asked.country), (all.by_outlet, asked.outlet)):
        if value is not None:
            mask &= _only(all, index.at.get(value))
    for party in (asked.party, asked.with_party):
        if party is not None:
            mask &= _with(view, all, party)
    if asked.text is not None:
        mask &= _numbered(all, view.numbers_with(asked.text))
    return np.flatnonzero(mask).astype(np.int32)


def _with(view: View, all: Catalogue, party: str) -> Mask:
    """Where somebody takes part: an id or a country by the columns, a name or wording by the store."""
    for index in (all.parties, all.of_country):
        if party in index.at:
            return _only(all, index.at[party])
    return _numbered(all, view.numbers_of_party(party))


def _numbered(all: Catalogue, numbers: Sequence[int]) -> Mask:
    return np.isin(all.numbers, np.array(numbers, np.int64), kind="table") if numbers else np.zeros(len(all), np.bool_)


def _only(all: Catalogue, places: Positions | None) -> Mask:
    mask = np.zeros(len(all), np.bool_)
    if places is not None:
        mask[places] = True
    return mask


def mask_of(all: Catalogue, places: Positions) -> Mask:
    """The places as a mask over all entries."""
    return _only(all, places)


def chronicle_page(view: View, all: Catalogue, asked: Asked, cursor: Cursor = Cursor()) -> ChroniclePage:
    """A page of the entries that are asked for; UsageError for a cursor that no page gave out."""
    return page_with_entries(view, all, asked, cursor)[0]


def page_with_entries(
    view: View, all: Catalogue, asked: Asked, cursor: Cursor = Cursor()
) -> tuple[ChroniclePage, list[Entry]]:
    """The same, with the whole entries that it shows."""
    places = chosen(view, all, asked)
    begin, end = _window(all, places, cursor)
    shown = places[begin:end]
    entries = view.numbered([int(number) for number in all.numbers[shown]])
    answer = ChroniclePage(
        asked=asked,
        total=len(places),
        position=begin,
        months=tuple(_months(_rows(all, shown, entries))),
        previous=cursor_of(all.keys[shown[0]]) if begin and len(shown) else None,
        next=cursor_of(all.keys[shown[-1]]) if end < len(places) and len(shown) else None,
        facets=facets(all, mask_of(all, places)),
        strip=strip(all, places),
    )
    return answer, entries


def _window(all: Catalogue, places: Positions, cursor: Cursor) -> tuple[int, int]:
    keys = _Keys(all.keys, places)
    if cursor.after:
        begin = bisect_right(keys, _key(cursor.after))
    elif cursor.before:
        begin = max(bisect_left(keys, _key(cursor.before)) - ROWS, 0)
    else:
        begin = 0
    return begin, min(begin + ROWS, len(places))


class _Keys:
    """The keys at some places, without a list of them."""

    def __init__(self, keys: tuple[str, ...], places: Positions) -> None:
        self._keys, self._places = keys, places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: int, /) -> str:
        return self._keys[int(self._places[at])]


def cursor_of(key: str) -> str:
    """A key in a form that stands well in an address."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _key(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise UsageError(f"cursor {cursor[:40]!r}: not one that a page gave out; leave it out to begin anew") from error


# --- rows


def rows_at(view: View, all: Catalogue, places: Positions) -> list[Row]:
    """The entries at these places as rows, each with its bar in the window of all of them."""
    return _rows(all, places, view.numbered([int(number) for number in all.numbers[places]]))


def _rows(all: Catalogue, places: Positions, entries: Sequence[Entry]) -> list[Row]:
    window = _hull([all.days(at) for at in places])
    return [row_of(entry, window) for entry in entries]


def row_of(entry: Entry, window: Days | None = None) -> Row:
    """An entry as a row; without a window it has no bar."""
    return Row(
        id=entry.id,
        title=entry.title,
        type=entry.type,
        mode=entry.mode,
        status=entry.status,
        days=entry.days,
        precision=entry.precision,
        place=entry.place,
        actors=parties_in(entry, "actor"),
        recipients=parties_in(entry, "recipient"),
        origins=entry.origins,
        pages=len(entry.sources),
        differences=len(entry.differences),
        bar=bar_of(entry.days, window) if window else None,
    )


def parties_in(entry: Entry, role: str) -> tuple[Party, ...]:
    """Who takes part in that role, each once."""
    told = [one.participant for one in entry.participants if one.role == role]
    known = {one.id or one.name: one for one in told}
    return tuple(Party(id, one.name, one.kind, one.country) for id, one in known.items())


def _hull(some: Sequence[Days]) -> Days | None:
    ends = [day for days in some for day in (days.first, days.last) if day]
    return Days(min(ends), max(ends)) if ends else None


def bar_of(days: Days, window: Days) -> Bar | None:
    """The bar of these days in a closed window of days; None where nothing is known of them."""
    if not days.known or not window.first or not window.last:
        return None
    begin, length = window.first.toordinal(), window.last.toordinal() - window.first.toordinal() + 1
    left = (days.first.toordinal() - begin) * WHOLE // length if days.first else 0
    right = (days.last.toordinal() + 1 - begin) * WHOLE // length if days.last else WHOLE
    width = min(max(right - left, LEAST), WHOLE)
    return Bar(min(left, WHOLE - width), width, days.first is None, days.last is None)


def _months(rows: Sequence[Row]) -> Iterator[Month]:
    for month, some in groupby(rows, key=_month):
        yield Month(month, tuple(_days_of(list(some))))


def _month(row: Row) -> date | None:
    return row.days.first.replace(day=1) if row.days.first else None


def _days_of(rows: Sequence[Row]) -> Iterator[Day]:
    for days, group in groupby(rows, key=lambda row: row.days):
        some = tuple(group)
        yield Day(days, some[:FOLD], some[FOLD:])

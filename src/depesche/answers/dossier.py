"""Who a party is and what it does: its entries, whom it meets and whom it blames, and how that changes over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import msgspec
import numpy as np

from depesche.answers.browse import Asked, Row, chosen, mask_of, rows_at
from depesche.answers.catalogue import EVER, NEVER, STATUSES, Catalogue, Party, Positions
from depesche.answers.overview import Facets, Strip, Unit, facets, period, strip, unit_for
from depesche.answers.overview import numbers as numbers_of
from depesche.answers.party import one_party
from depesche.errors import UsageError
from depesche.model.parties import PartyRecord
from depesche.model.reading import Status
from depesche.store import View

Score = Callable[[str, str | None], float]
"""The conflict–cooperation score of a type and mode, -10 to 10."""

LATEST, MOST = 20, 24
"""Entries that are shown of all, the latest; others that are named."""


class Counterpart(msgspec.Struct, frozen=True):
    """Somebody who takes part in the same entries: in how many, and how many of those are friendly and hostile."""

    party: Party
    together: int
    cooperation: int
    conflict: int


class Tone(msgspec.Struct, frozen=True):
    """What occurred in a month or year: friendly and hostile entries, and the mean score in tenths of a point."""

    first: date
    last: date
    cooperation: int
    conflict: int
    mean: int


class Dossier(msgspec.Struct, frozen=True):
    """A party, or a pair of them, in the chronicle. `record` is what the pages tell of who they are."""

    party: Party
    other: Party | None
    record: PartyRecord | None
    total: int
    acting: int
    facets: Facets
    strip: Strip
    unit: Unit
    tones: tuple[Tone, ...]
    counterparts: tuple[Counterpart, ...]
    latest: tuple[Row, ...]


def dossier(view: View, all: Catalogue, asked: str, score: Score) -> Dossier:
    """The party of that id or name; UsageError where there is none, or where several fit equally well."""
    party, record = _meant(view, all, asked)
    places = all.parties.at.get(party.id, np.zeros(0, np.int32))
    return _dossier(view, all, (party, None, record), places, score)


def pair(view: View, all: Catalogue, asked: tuple[str, str], score: Score) -> Dossier:
    """What two parties do together and to each other; UsageError as for a single one, or where both are one."""
    (one, record), (other, _) = (_meant(view, all, name) for name in asked)
    if one.id == other.id:
        raise UsageError(f"{asked[0]} and {asked[1]} are one party; two different ones make a pair")
    places = chosen(view, all, Asked(party=one.id, with_party=other.id))
    return _dossier(view, all, (one, other, record), places, score)


def _dossier(
    view: View,
    all: Catalogue,
    who: tuple[Party, Party | None, PartyRecord | None],
    places: Positions,
    score: Score,
) -> Dossier:
    party, other, record = who
    mask = mask_of(all, places)
    acts = all.actors.at.get(party.id)
    unit, tones = _tones(all, places, score)
    return Dossier(
        party=party,
        other=other,
        record=record,
        total=len(places),
        acting=0 if acts is None else int(mask[acts].sum()),
        facets=facets(all, mask),
        strip=strip(all, places),
        unit=unit,
        tones=tones,
        counterparts=_counterparts(all, places, {party.id, other.id if other else party.id}, score),
        latest=tuple(reversed(rows_at(view, all, _latest(all, places)))),
    )


def _meant(view: View, all: Catalogue, asked: str) -> tuple[Party, PartyRecord | None]:
    """An id of the chronicle, or else whom the pages know by that name."""
    if asked in all.known:
        return all.known[asked], view.party(asked)
    record = one_party(view, asked)
    return Party(record.id, record.name, record.kind, record.country), record


def _latest(all: Catalogue, places: Positions) -> Positions:
    """The last of those that have a first day; where too few have one, some without."""
    dated = places[all.first[places] > EVER]
    return (dated if len(dated) else places)[-LATEST:]


def scores(all: Catalogue, places: Positions, score: Score) -> list[float]:
    """The score of each entry; 0 for what has not occurred."""
    occurred = STATUSES.index(Status.OCCURRED)
    return [score(all.types[at], all.modes[at]) if all.statuses[at] == occurred else 0.0 for at in places]


def _counterparts(all: Catalogue, places: Positions, without: set[str], score: Score) -> tuple[Counterpart, ...]:
    found = [(id, n) for id, n in all.parties.counts(mask_of(all, places)) if id not in without][:MOST]
    rated = dict(zip(map(int, places), scores(all, places, score), strict=True))
    return tuple(_counterpart(all, id, together, rated) for id, together in found)


def _counterpart(all: Catalogue, id: str, together: int, rated: dict[int, float]) -> Counterpart:
    shared = [rated[at] for at in map(int, all.parties.at[id]) if at in rated]
    friendly, hostile = sum(one > 0 for one in shared), sum(one < 0 for one in shared)
    return Counterpart(all.known[id], together, friendly, hostile)


def _tones(all: Catalogue, places: Positions, score: Score) -> tuple[Unit, tuple[Tone, ...]]:
    first, last = all.first[places], all.last[places]
    begin = np.where(first > EVER, first, last)
    known = (begin > EVER) & (begin < NEVER) & (all.statuses[places] == STATUSES.index(Status.OCCURRED))
    days, rated = begin[known], scores(all, places[known], score)
    if not len(days):
        return Unit.MONTH, ()
    unit = unit_for(date.fromordinal(int(days.min())), date.fromordinal(int(days.max())))
    unit = Unit.MONTH if unit is Unit.DAY else unit
    number = numbers_of(days, unit)
    span = range(int(number.min()), int(number.max()) + 1)
    by_number: dict[int, list[float]] = {one: [] for one in span}
    for one, rate in zip(map(int, number), rated, strict=True):
        by_number[one].append(rate)
    return unit, tuple(_tone(unit, one, some) for one, some in by_number.items())


def _tone(unit: Unit, number: int, rated: Iterable[float]) -> Tone:
    some = list(rated)
    mean = round(10 * sum(some) / len(some)) if some else 0
    return Tone(*period(unit, number), sum(one > 0 for one in some), sum(one < 0 for one in some), mean)


class PartyLine(msgspec.Struct, frozen=True):
    """A party in a list, with the number of its entries."""

    party: Party
    entries: int


class PartyList(msgspec.Struct, frozen=True):
    """Parties of the chronicle, those with most entries first; `total` counts also those that are not listed."""

    total: int
    lines: tuple[PartyLine, ...]


MOST_LISTED = 200


def party_list(all: Catalogue, named: str | None = None) -> PartyList:
    """Everybody who takes part in an entry, or those whose name holds the words."""
    counts = all.parties.counts(np.ones(len(all), np.bool_))
    if named:
        wanted = all.ids_named(named)
        counts = [(id, count) for id, count in counts if id in wanted]
    lines = tuple(PartyLine(all.known[id], count) for id, count in counts[:MOST_LISTED])
    return PartyList(len(counts), lines)

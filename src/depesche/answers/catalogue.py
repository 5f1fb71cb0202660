"""What pages for browsing need to know of every entry at once, in columns: to filter, count and draw in milliseconds.

Made in one walk through the entries, and good for as long as the store stays as it was (`View.state_key`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.model.days import Days
from depesche.model.linkage import DifferenceKind
from depesche.model.reading import PartyKind, Status
from depesche.store import View
from depesche.store.rows import fold

Positions: TypeAlias = npt.NDArray[np.int32]
"""Places of entries in the order of the chronicle, rising."""

Mask: TypeAlias = npt.NDArray[np.bool_]

STATUSES = tuple(Status)
NEVER = date.max.toordinal()
EVER = date.min.toordinal()
SURE = 2**30
CONFLICT = DifferenceKind.CONFLICT
NOBODY: Positions = np.zeros(0, np.int32)


class _Place(msgspec.Struct):
    country: str | None = None


class _Participant(msgspec.Struct):
    name: str
    kind: PartyKind
    country: str | None = None
    id: str = ""


class _ParticipantIn(msgspec.Struct):
    participant: _Participant
    role: str


class _Source(msgspec.Struct):
    page: str
    outlet: str | None = None


class _Step(msgspec.Struct):
    published: str | None = None
    earliest: str | None = None


class _Reason(msgspec.Struct):
    score: int | None = None


class _Difference(msgspec.Struct):
    kind: DifferenceKind


class _Brief(msgspec.Struct):
    """Of a stored entry only what the columns hold."""

    id: str
    type: str
    status: Status
    mode: str | None = None
    days: Days = Days()
    place: _Place | None = None
    participants: tuple[_ParticipantIn, ...] = ()
    sources: tuple[_Source, ...] = ()
    history: tuple[_Step, ...] = ()
    reasons: tuple[_Reason, ...] = ()
    differences: tuple[_Difference, ...] = ()


class Index(msgspec.Struct, frozen=True):
    """Which entries have which value of a field; values are sorted."""

    names: tuple[str, ...]
    at: Mapping[str, Positions]
    flat: Positions
    owner: Positions

    def counts(self, mask: Mask, most: int | None = None) -> list[tuple[str, int]]:
        """How many of the entries under the mask have each value: the most frequent ones first, at most so many.

        Values that none has are left out; of equal counts the lesser name comes first.
        """
        found = np.bincount(self.owner[mask[self.flat]], minlength=len(self.names))
        there = np.flatnonzero(found)
        order = there[np.argsort(-found[there], kind="stable")][:most]  # names are sorted already
        return [(self.names[at], int(found[at])) for at in order]


class Party(msgspec.Struct, frozen=True):
    """Somebody who takes part, as the chronicle names them; the id leads to the dossier."""

    id: str
    name: str
    kind: PartyKind
    country: str | None = None


class Catalogue(msgspec.Struct, frozen=True):
    """Columns over all entries, by first day, last day and id; an index tells the entries that have a value.

    `first` and `last` are ordinal days, EVER and NEVER where that end is not known; `told_on` tells of which entries
    a page tells that was out from that day on. `actors` is the part of `parties` in which they act. `weakest` is the
    lowest score by which two mentions were held to be of one event, SURE where there was nothing to link; `disputed`
    tells of a conflict.
    """

    numbers: npt.NDArray[np.int64]
    ids: tuple[str, ...]
    keys: tuple[str, ...]
    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    statuses: npt.NDArray[np.int8]
    types: tuple[str, ...]
    modes: tuple[str | None, ...]
    countries: tuple[str | None, ...]
    by_type: Index
    by_country: Index
    by_outlet: Index
    by_page: Index
    told_on: Mapping[date, Positions]
    parties: Index
    actors: Index
    of_country: Index
    known: Mapping[str, Party]
    words: Mapping[str, str]
    weakest: npt.NDArray[np.int32]
    disputed: Mask

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self.ids)

    @property
    def dated(self) -> Mask:
        """Whether an entry has a day at either end."""
        return (self.first > EVER) | (self.last < NEVER)

    def days(self, at: int) -> Days:
        """The days of the entry at that place."""
        first, last = int(self.first[at]), int(self.last[at])
        return Days(date.fromordinal(first) if first > EVER else None, date.fromordinal(last) if last < NEVER else None)

    def ids_named(self, name: str) -> set[str]:
        """The ids of parties of which a name holds the words; none for words without letters."""
        needle = fold(name)
        return {id for id, words in self.words.items() if needle in words} if needle else set()

    def horizon(self) -> date | None:
        """The latest day from which on a page that tells of an entry was out."""
        return max(self.told_on, default=None)


def union(some: Iterable[Positions]) -> Positions:
    """The places in any of these, rising."""
    found = list(some)
    return np.unique(np.concatenate(found)).astype(np.int32) if found else NOBODY


def catalogue(view: View) -> Catalogue:
    """The columns over all entries of the view."""
    numbers: list[int] = []
    briefs: list[_Brief] = []
    keys: list[str] = []
    for number, key, brief in view.entries_as(_Brief):
        numbers.append(number)
        keys.append(key)
        briefs.append(brief)
    known, words = _who(briefs)
    return Catalogue(
        numbers=np.array(numbers, np.int64),
        ids=tuple(brief.id for brief in briefs),
        keys=tuple(keys),
        first=np.array([brief.days.first.toordinal() if brief.days.first else EVER for brief in briefs], np.int32),
        last=np.array([brief.days.last.toordinal() if brief.days.last else NEVER for brief in briefs], np.int32),
        statuses=np.array([STATUSES.index(brief.status) for brief in briefs], np.int8),
        types=tuple(brief.type for brief in briefs),
        modes=tuple(brief.mode for brief in briefs),
        countries=tuple(brief.place.country if brief.place else None for brief in briefs),
        by_type=_index((brief.type,) for brief in briefs),
        by_country=_index((brief.place.country,) if brief.place else () for brief in briefs),
        by_outlet=_index((source.outlet for source in brief.sources) for brief in briefs),
        by_page=_index((source.page for source in brief.sources) for brief in briefs),
        told_on=_by_day(briefs),
        parties=_index((_key(one) for one in brief.participants) for brief in briefs),
        actors=_index((_key(one) for one in brief.participants if one.role == "actor") for brief in briefs),
        of_country=_index((one.participant.country for one in brief.participants) for brief in briefs),
        known=known,
        words=words,
        weakest=np.array([_weakest(brief) for brief in briefs], np.int32),
        disputed=np.array([any(one.kind is CONFLICT for one in brief.differences) for brief in briefs], np.bool_),
    )


def _weakest(brief: _Brief) -> int:
    return min((reason.score for reason in brief.reasons if reason.score is not None), default=SURE)


def _key(one: _ParticipantIn) -> str:
    return one.participant.id or one.participant.name


def _index(values: Iterable[Iterable[str | None]]) -> Index:
    found: dict[str, list[int]] = defaultdict(list)
    for at, some in enumerate(values):
        for value in dict.fromkeys(some):
            if value:
                found[value].append(at)
    names = tuple(sorted(found))
    places = {name: np.array(found[name], np.int32) for name in names}
    flat = np.concatenate(list(places.values())) if places else NOBODY
    owner = np.repeat(np.arange(len(names), dtype=np.int32), [len(places[name]) for name in names])
    return Index(names, places, flat, owner)


def _by_day(briefs: Iterable[_Brief]) -> dict[date, Positions]:
    index = _index((step.published or step.earliest for step in brief.history) for brief in briefs)
    return {date.fromisoformat(day): at for day, at in index.at.items()}


def _who(briefs: Iterable[_Brief]) -> tuple[dict[str, Party], dict[str, str]]:
    known: dict[str, Party] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for one in _participants(briefs):
        key, who = _key(one), one.participant
        known.setdefault(key, Party(key, who.name, who.kind, who.country))
        names[key].add(who.name)
    words = {key: f" {'  '.join(sorted(fold(name) for name in names[key]))} " for key in sorted(names)}
    return known, words


def _participants(briefs: Iterable[_Brief]) -> Iterator[_ParticipantIn]:
    return (one for brief in briefs for one in brief.participants)

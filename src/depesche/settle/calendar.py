"""The events that pages date, looked up by type, days and who takes part."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from depesche.model.days import Days, iso
from depesche.model.facts import DatedEvent, Side
from depesche.settle.same import PERSONAL, Told

LAST_DAY = "9999-12-31"

Key = tuple[str, ...]


class Calendar:
    """Dated events by what two of them must share to be one: two of their countries, or a person."""

    def __init__(self, events: Sequence[DatedEvent]) -> None:
        self._events = sorted(events, key=_place_in_order)
        self._places: dict[Key, list[int]] = defaultdict(list)
        for place, event in enumerate(self._events):
            for key in _keys(event.type, event.sides, event.place):
                self._places[key].append(place)

    def __bool__(self) -> bool:
        """Whether any event is known."""
        return bool(self._events)

    def around(self, own: Told, days: Days) -> Iterator[DatedEvent]:
        """The events from first to last day, by first day, that share as much with a mention as to be one with it."""
        type_ = own.event.type
        start = bisect_left(self._events, (type_, iso(days.first) or ""), key=_place_in_order)
        end = bisect_right(self._events, (type_, iso(days.last) or LAST_DAY), key=_place_in_order)
        found: set[int] = set()
        for key in _keys(type_, own.sides, own.place):
            places = self._places.get(key, ())
            found.update(places[bisect_left(places, start) : bisect_left(places, end)])
        return (self._events[place] for place in sorted(found))


def _place_in_order(event: DatedEvent) -> tuple[str, str]:
    return event.type, iso(event.days.first) or ""


def _keys(type_: str, sides: Sequence[Side], place: str | None) -> Iterator[Key]:
    """What an event is looked up by; two that can be one have a key in common (see `same.can_be_same`)."""
    of = {side.key for side in sides} | ({place} if place else set())
    yield from ((type_, *pair) for pair in combinations(sorted(of), 2))
    if type_ in PERSONAL:
        yield from ((type_, side.person) for side in sides if side.person)

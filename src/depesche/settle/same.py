"""Whether an event of a page can be the one that another page dates: strictly, since nothing else speaks for it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from depesche.model.facts import DatedEvent, Side, sides_of
from depesche.model.reading import EventMention, Status

SINGULAR = {"CONSULT", "AGREE", "OFFICE"}
"""Types of which the same parties do not do one every week, as they accuse or attack each other."""
PERSONAL = {"OFFICE"}
"""Types that a person goes through once: elected, sworn in, resigned. Nobody else need be named."""
LEAST_SHARED = 2


class Told(msgspec.Struct, frozen=True):
    """An event of the page as it is compared: with its sides and the country it is set in."""

    event: EventMention
    sides: tuple[Side, ...]
    place: str | None


def told_of(event: EventMention) -> Told | None:
    """The event ready to be compared; None if it does not tell of one happening, done or planned."""
    one = event.status in {Status.OCCURRED, Status.PLANNED} and not event.aggregate and not event.invitation
    if not one or event.type not in SINGULAR:
        return None
    return Told(event, sides_of(event), event.told_place.country if event.told_place else None)


def can_be_same(own: Told, told: DatedEvent) -> bool:
    """Whether type, mode, place and parties agree: two parties at least, none of them by two persons."""
    event = own.event
    if event.type != told.type or _apart(event.mode, told.mode) or _apart(own.place, told.place):
        return False
    if not _enough_shared(own, told):
        return False
    return not _other_person(own.sides, told.sides) and not _other_person(told.sides, own.sides)


def _enough_shared(own: Told, told: DatedEvent) -> bool:
    if own.event.type in PERSONAL and own.event.mode and own.event.mode == told.mode:
        return any(side.person and side in told.sides for side in own.sides)
    # Who is visited may be told as party by one page and as place by the other.
    shared = {side.key for side in own.sides if side.key == told.place or any(side.same(one) for one in told.sides)}
    shared |= {side.key for side in told.sides if side.key == own.place}
    return len(shared) >= LEAST_SHARED


def _apart(one: str | None, other: str | None) -> bool:
    return bool(one and other) and one != other


def _other_person(sides: Sequence[Side], others: Sequence[Side]) -> bool:
    """Whether a country is there by somebody who is not among those that the other page names for it."""
    for side in sides:
        of_country = [other for other in others if other.key == side.key]
        if of_country and not any(side.same(other) for other in of_country):
            return True
    return False

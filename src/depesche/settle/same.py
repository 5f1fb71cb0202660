"""Whether an event of a page can be the one that another page dates: strictly, since nothing else speaks for it."""

from __future__ import annotations

from collections.abc import Sequence

from depesche.model.facts import DatedEvent, Side, sides_of
from depesche.model.reading import EventMention, Status

SINGULAR = {"CONSULT", "AGREE", "OFFICE"}
"""Types of which the same parties do not do one every week, as they accuse or attack each other."""
LEAST_SHARED = 2


def tells(event: EventMention) -> bool:
    """Whether the mention tells of one happening, done or planned."""
    told = event.status in {Status.OCCURRED, Status.PLANNED}
    return told and event.type in SINGULAR and not event.aggregate and not event.invitation


def can_be_same(event: EventMention, told: DatedEvent) -> bool:
    """Whether type, mode, place and parties agree: two parties at least, none of them by two persons."""
    place = event.place.country if event.place else None
    if event.type != told.type or _apart(event.mode, told.mode) or _apart(place, told.place):
        return False
    own = sides_of(event)
    if _other_person(own, told.sides) or _other_person(told.sides, own):
        return False
    # Who is visited may be told as party by one page and as place by the other.
    shared = {side.key for side in own if any(side.same(other) for other in told.sides) or side.key == told.place}
    shared |= {side.key for side in told.sides if side.key == place}
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

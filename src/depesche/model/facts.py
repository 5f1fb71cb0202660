"""What pages teach about the world: offices and days of events."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from depesche.model.days import Days
from depesche.model.reading import EventMention, Participant, PartyKind
from depesche.model.reason import Reason
from depesche.model.renaming import Meant
from depesche.model.text import Span


class OfficeFact(msgspec.Struct, frozen=True, omit_defaults=True, order=True):
    """That a page names somebody as holder of an office ("Chinas neuer Außenminister Qin Gang").

    `country` is that of the office, `days` when the page was published, `page` and `span` its source.
    """

    office: str
    country: str
    person: str
    name: str
    page: str
    doc: str
    span: Span
    earliest: str = ""
    latest: str = ""


class Side(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Who stands on a side of an event: the country, or a body of no country; `person` is the id of who acts for it."""

    key: str
    person: str = ""

    def same(self, other: Side) -> bool:
        """Whether both can be one: two different persons of a country are not."""
        return self.key == other.key and (not self.person or not other.person or self.person == other.person)


class DatedEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event that a page dates to the day: it narrows pages of unknown day that tell of it.

    `parties` are ids; `sides` are whom they act for, `place` the country it is set in.
    """

    type: str
    mode: str | None
    parties: tuple[str, ...]
    days: Days
    status: str
    page: str
    mention: str
    doc: str = ""
    sides: tuple[Side, ...] = ()
    place: str | None = None


def sides_of(event: EventMention) -> tuple[Side, ...]:
    """The sides of an event, sorted; who is only described stands for the country, and a crowd for nobody."""
    sides = {side for party in event.parties if (side := _side(party))}
    return tuple(sorted(side for side in sides if side.person or not _has_person(side.key, sides)))


def _has_person(key: str, sides: Collection[Side]) -> bool:
    return any(side.key == key and side.person for side in sides)


def _side(party: Participant) -> Side | None:
    match party.kind:
        case PartyKind.PERSON:
            named = party.id if party.id.startswith("person:") else ""
            return Side(party.country or named, named) if party.country or named else None
        case PartyKind.COUNTRY | PartyKind.GOVERNMENT | PartyKind.MINISTRY:
            return Side(party.country) if party.country else None
        case PartyKind.IGO | PartyKind.ORG:
            return Side(party.id) if party.id else None
        case _:
            return None


class NameFact(msgspec.Struct, frozen=True, omit_defaults=True, order=True):
    """That the party `id` of a page is the one known as `party` by that name; `page` is "" where it holds on all.

    `why` tells the rule: the names are spellings of one, or a person who uses the store decided it.
    """

    id: str
    page: str
    party: str
    name: str
    country: str | None = None
    why: str = ""
    note: str = ""


class Names:
    """Who is meant by ids, by the page that has them."""

    def __init__(self, names: Iterable[NameFact]) -> None:
        self._by_page: dict[str, dict[str, Meant]] = {}
        for one in sorted(names, key=lambda fact: fact.page):
            meant = Meant(one.party, one.name, one.country, Reason(one.why, one.note))
            self._by_page.setdefault(one.page, {})[one.id] = meant

    def meant_on(self, page: str) -> dict[str, Meant]:
        """Who is meant by the ids of a page: what holds for this page comes before what holds for all."""
        return {**self._by_page.get("", {}), **(self._by_page.get(page, {}) if page else {})}


class Facts(msgspec.Struct, frozen=True):
    """All that the pile teaches, sorted, so that the order of pages leaves no trace."""

    offices: tuple[OfficeFact, ...] = ()
    events: tuple[DatedEvent, ...] = ()
    names: tuple[NameFact, ...] = ()

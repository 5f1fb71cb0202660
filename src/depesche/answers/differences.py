"""Where sources differ: per field the values, who says which, and since when; and how many stand behind each value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from depesche.model.days import Days, iso
from depesche.model.linkage import Difference, DifferenceKind, Entry, Field, Mention, Source, Value
from depesche.model.reason import Reason
from depesche.store import EVERYTHING, ChronicleFilter, View

__all__ = ["Backing", "Claim", "Differing", "backings", "differences"]


UNDATED = "9999"
"""Sorts claims of pages without a day last."""


class Claim(msgspec.Struct, frozen=True):
    """What one source says in a field, and the days on which it was published ("as of").

    `origin` tells the independent sources of the entry apart ("o1"); it is None for a page that does not tell of it.
    """

    value: Value
    outlet: str | None = None
    agency: str | None = None
    origin: str | None = None
    published: str | None = None
    earliest: str | None = None
    latest: str | None = None


class Differing(msgspec.Struct, frozen=True):
    """A field in which the sources of an entry differ, with every claim by publication; undated ones come last."""

    entry: str
    title: str
    days: Days
    field: Field
    kind: DifferenceKind
    claims: tuple[Claim, ...]
    reason: Reason | None = None


class Backing(msgspec.Struct, frozen=True):
    """A value of a field, and how many independent sources and pages say so.

    `value` is in the form that differences have: an ISO day or range, a place, a figure with what it counts, a name.
    """

    field: Field
    value: str
    origins: int
    pages: tuple[str, ...]


def differences(
    view: View,
    filter: ChronicleFilter = EVERYTHING,
    field: Field | None = None,
    kind: DifferenceKind | None = None,
) -> Iterator[Differing]:
    """The differences of the entries that the filter keeps, in their order; of one field or kind where asked.

    Counts that stand beside each other ("39 Mal", "drei Mal") are one difference of several entries: it comes once,
    with the first.
    """
    seen: set[Difference] = set()
    for entry in view.entries(filter):
        for one in entry.differences:
            if one not in seen and field in (None, one.field) and kind in (None, one.kind):
                yield _differing(view, entry, one)
            seen.add(one)


def _differing(view: View, entry: Entry, one: Difference) -> Differing:
    sources = {source.page: source for source in entry.sources}
    mentions = {mention.page: mention for mention in entry.mentions}
    claims = tuple(_claim(view, value, sources.get(value.page), mentions.get(value.page)) for value in one.values)
    ordered = tuple(sorted(claims, key=lambda claim: claim.latest or claim.published or claim.earliest or UNDATED))
    return Differing(entry.id, entry.title, entry.days, one.field, one.kind, ordered, one.reason)


def _claim(view: View, value: Value, source: Source | None, mention: Mention | None) -> Claim:
    if source and mention:
        days = (mention.published, mention.earliest, mention.latest)
        return Claim(value, source.outlet, source.agency, source.origin, *days)
    card = view.card(value.page)
    if card is None:
        return Claim(value)
    return Claim(value, card.outlet, card.agency, None, card.published, card.earliest, card.latest)


def backings(entry: Entry) -> tuple[Backing, ...]:
    """By how many independent sources each value of each field is told, the best backed first within its field."""
    origin = {source.page: source.origin for source in entry.sources}
    told: dict[tuple[Field, str], dict[str, str]] = defaultdict(dict)
    for mention in entry.mentions:
        for said in _said(mention):
            told[said][mention.page] = origin.get(mention.page, mention.page)
    order = list(Field)
    found = [
        Backing(field, value, len(set(pages.values())), tuple(sorted(pages))) for (field, value), pages in told.items()
    ]
    return tuple(sorted(found, key=lambda one: (order.index(one.field), -one.origins, -len(one.pages), one.value)))


def _said(mention: Mention) -> Iterator[tuple[Field, str]]:
    event = mention.event
    yield Field.STATUS, event.status.value
    if event.days.known:
        first, last = iso(event.days.first) or "", iso(event.days.last) or ""
        yield Field.DATE, first if first == last else f"{first}/{last}"
    if event.place:
        yield Field.PLACE, event.place.name
    for number in event.numbers:
        yield Field.NUMBER, " ".join(part for part in (number.value, number.unit, number.of) if part)
    for party in event.parties:
        yield Field.PARTIES, party.name

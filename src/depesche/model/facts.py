"""What pages teach about the world: offices and days of events."""

from __future__ import annotations

import msgspec

from depesche.model.days import Days
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


class DatedEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event that a page of known date dates to the day: it narrows pages that tell of it undated."""

    type: str
    mode: str | None
    parties: tuple[str, ...]
    days: Days
    status: str
    page: str
    mention: str


class Facts(msgspec.Struct, frozen=True):
    """All that the pile teaches, sorted, so that the order of pages leaves no trace."""

    offices: tuple[OfficeFact, ...] = ()
    events: tuple[DatedEvent, ...] = ()

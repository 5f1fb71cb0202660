"""Who a pile of pages speaks of: a party with the spellings, the offices and the pages that tell of it."""

from __future__ import annotations

import msgspec

from depesche.model.reading import PartyKind
from depesche.model.text import Span


class Role(msgspec.Struct, frozen=True, omit_defaults=True, order=True):
    """That a page names the party as holder of an office, with the sentence that says so.

    `earliest` and `latest` are the page's day or range, "" where it has none.
    """

    earliest: str
    latest: str
    office: str
    country: str
    doc: str
    page: str
    span: Span
    sentence: str


class Spelling(msgspec.Struct, frozen=True, order=True):
    """A form in which pages write a party's name, on how many of them, and the names of the first few."""

    text: str
    pages: int
    docs: tuple[str, ...]


class PartyRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party of the pile. `others` are ids that mean it, each with the reason: other spellings, people's decisions."""

    id: str
    name: str
    kind: PartyKind
    country: str | None = None
    spellings: tuple[Spelling, ...] = ()
    roles: tuple[Role, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    pages: int = 0

"""What a store tells of its pages in short, and what it keeps of them for linking."""

from __future__ import annotations

import msgspec


class Counts(msgspec.Struct, frozen=True):
    """How much a store holds. `undated` pages have no day at either end of their range."""

    pages: int
    unread: int
    entries: int
    undated: int


class PageBrief(msgspec.Struct, frozen=True):
    """A page by its id and name, with its day or range."""

    id: str
    doc: str
    published: str | None
    earliest: str | None
    latest: str | None


class PageRead(msgspec.Struct, frozen=True):
    """A page by its id, name and source, with the versions that read it."""

    id: str
    doc: str
    source: str
    package: str
    knowledge: str


class ArticleText(msgspec.Struct, frozen=True):
    """Of a reading the text alone."""

    text: str


class KeptTrace(msgspec.Struct, frozen=True):
    """A page as linking sees it, which alone knows how to read the value, and a digest of what that was made of."""

    page: str
    key: str
    value: bytes

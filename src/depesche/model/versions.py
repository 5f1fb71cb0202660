"""What one address said at different times."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from depesche.model.days import Days


class Version(msgspec.Struct, frozen=True):
    """A page as it was at one time: what is compared of it. `lines` are those of the article's text.

    `fetched` and `modified` are ISO days or prefixes of them, as told.
    """

    page: str
    doc: str
    lines: tuple[str, ...]
    title: str | None = None
    days: Days = Days()
    authors: tuple[str, ...] = ()
    agency: str | None = None
    url: str | None = None
    fetched: str | None = None
    modified: str | None = None


class ChangeKind(StrEnum):
    """What changed. `NUMBER` is told beside the line in which it changed."""

    TITLE = "title"
    DAY = "day"
    AUTHORS = "authors"
    AGENCY = "agency"
    ADDED = "line added"
    REMOVED = "line removed"
    CHANGED = "line changed"
    NUMBER = "number"


class Change(msgspec.Struct, frozen=True):
    """One thing that changed, as it was and as it is; None where it was not there. Lines of the texts count from 0."""

    kind: ChangeKind
    before: str | None
    after: str | None
    line_before: int | None = None
    line_after: int | None = None


class Revision(msgspec.Struct, frozen=True):
    """A version and the one that followed it, with all that changed."""

    before: Version
    after: Version
    changes: tuple[Change, ...]


class History(msgspec.Struct, frozen=True):
    """All versions of one address in their order, and each step from one to the next."""

    address: str
    versions: tuple[Version, ...]
    revisions: tuple[Revision, ...]

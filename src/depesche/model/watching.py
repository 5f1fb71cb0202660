"""What a watch remembers: feeds, the pages they named, and how the hosts want to be asked."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Listed(msgspec.Struct, frozen=True):
    """A page that a feed names: its address, and the time that the feed tells of it, if any."""

    url: str
    told: datetime | None = None


class Feed(msgspec.Struct, frozen=True):
    """What a feed said: its title, the pages it names, and further feeds it consists of."""

    title: str | None = None
    pages: tuple[Listed, ...] = ()
    parts: tuple[Listed, ...] = ()


class FeedState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a feed. Times are UTC.

    `etag` and `modified` are what its server gave to ask by. `due` is when to ask again, `failures` how often in a row
    it failed, `says` why. `gone` feeds (410) are not asked again. `newest` is the latest time that it told of a page,
    `gap` its usual time between two pages in seconds.
    """

    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    checked: datetime | None = None
    due: datetime | None = None
    failures: int = 0
    says: str = ""
    gone: bool = False
    newest: datetime | None = None
    gap: float | None = None


class Standing(StrEnum):
    """Where a page that a feed named stands."""

    WAITING = "waiting"
    ARRIVED = "arrived"
    FAILED = "failed"


class PageState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a page that a feed named: when it was seen first, told of and fetched last, and how it stands.

    One that could not be fetched is tried again when it is `due`; `says` tells what went wrong.
    """

    url: str
    feed: str
    seen: datetime
    standing: Standing = Standing.WAITING
    told: datetime | None = None
    fetched: datetime | None = None
    due: datetime | None = None
    tries: int = 0
    says: str = ""


class HostState(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a host (scheme, name, port) wants to be asked: its robots.txt, when that was read, and not before when.

    `robots` is None where the file could not be had, as `says` tells, and nothing may be asked until it can.
    """

    host: str
    robots: str | None = None
    says: str = ""
    read: datetime | None = None
    not_before: datetime | None = None

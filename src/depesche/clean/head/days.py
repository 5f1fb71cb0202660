"""The days of publication and of the last change that the head of a page tells, by the outlet's clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from depesche.clean.head.marked import Heading, Marked, Stamped
from depesche.clean.head.structured import Described
from depesche.packs.heads import Heads

_TOLD = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)-?(?P<month>\d\d)(?:-?(?P<day>\d\d))?"
    r"(?:[T\s]+(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_UNIX = re.compile(
    r"(?:\w{3} )?(?P<month>\w{3}) +(?P<day>\d{1,2}) \d\d:\d\d:\d\d(?: [A-Z]{2,5})? (?P<year>(?:19|20)\d\d)"
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_GERMAN = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)")
_RFC = re.compile(
    r"(?:\w{3},?\s+)?(\d{1,2})\s+(\w{3})\w*\.?,?\s+((?:19|20)\d\d)|(\w{3})\w*\.?\s+(\d{1,2}),?\s+((?:19|20)\d\d)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NEAR = 200
"""Elements between the title and a stamp of no told kind, at most."""


class HeadDays(msgspec.Struct, frozen=True):
    """The day of publication and that of the last change, as ISO days."""

    published: str | None = None
    modified: str | None = None


def find_days(marked: Marked, told: Described, heading: Heading | None, heads: Heads, zone: str | None) -> HeadDays:
    """The first day that each kind of source tells: JSON-LD, meta elements, marked elements near the title.

    A meta element that is called just "date" may hold the day of a change, so a visible stamp beside the title is
    asked before it.
    """
    near = [one for one in marked.stamped if _is_near(one, heading)]
    published = [
        told.published,
        *_values(marked, heads.meta.published),
        *(one.told for one in near if one.kind == "published"),
        *(one.text for one in near if one.kind == "published"),
        *_values(marked, heads.meta.dated),
        *(one.told for one in near if one.kind == "dated"),
        *(one.text for one in near if one.kind == "dated"),
    ]
    modified = [
        told.modified,
        *_values(marked, heads.meta.modified),
        *(one.told or one.text for one in near if one.kind == "updated"),
    ]
    return HeadDays(_first(published, zone), _first(modified, zone))


def _is_near(one: Stamped, heading: Heading | None) -> bool:
    inside = heading.within if heading else frozenset()
    return one.within <= inside and (heading is None or abs(one.place - heading.place) <= NEAR)


def _values(marked: Marked, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        yield from marked.meta.get(key, ())


def _first(told: list[str | None], zone: str | None) -> str | None:
    return next((day for one in told if one and (day := local_day(one, zone))), None)


def local_day(told: str, zone: str | None) -> str | None:
    """The ISO day, or month, of a moment as a page tells it: by the clock of `zone` where it is told in UTC.

    A moment with an offset of its own is already told by the writer's clock. None where nothing can be read.
    """
    match = _TOLD.match(told)
    if not match:
        return _other_form(told, zone)
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"] or 1)
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    try:
        moment = datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
    if match["day"] is None:
        return f"{year:04d}-{month:02d}"
    in_utc = match["zone"] is not None and re.fullmatch(r"Z|UTC|GMT|[+-]00:?00", match["zone"])
    return _by_clock(moment, zone if in_utc else None)


def _by_clock(moment: datetime, zone: str | None) -> str:
    clock = _clock(zone) if zone else None
    return (moment.astimezone(clock) if clock else moment).date().isoformat()


@cache
def _clock(zone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _other_form(told: str, zone: str | None) -> str | None:
    if _EPOCH.fullmatch(told.strip()):
        return _by_clock(datetime.fromtimestamp(int(told.strip()[:10]), UTC), zone)
    unix = _UNIX.match(told.strip())
    if unix and unix["month"].lower() in _MONTHS:
        return _iso(unix["year"], str(_MONTHS.index(unix["month"].lower()) + 1), unix["day"])
    german = _GERMAN.search(told)
    if german:
        return _iso(german[3], german[2], german[1])
    match = _RFC.search(told)
    if match and (match[2] or match[4]).lower() in _MONTHS:
        month = _MONTHS.index((match[2] or match[4]).lower()) + 1
        return _iso(match[3] or match[6], str(month), match[1] or match[5])
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return datetime(int(year), int(month), int(day), tzinfo=UTC).date().isoformat()
    except ValueError:
        return None

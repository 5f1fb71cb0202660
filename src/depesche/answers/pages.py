"""What lies in a store, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from depesche.model.page import Unread
from depesche.model.reading import Reading
from depesche.store import Counts, View

__all__ = ["Counts", "PageLine", "counts", "page_lines", "page_list"]


class PageLine(msgspec.Struct, frozen=True):
    """A page in a list of pages: what it is, when it appeared, how many event mentions were read in it."""

    page: str
    doc: str
    title: str | None
    outlet: str | None
    agency: str | None
    published: date | None
    earliest: date | None
    latest: date | None
    events: int


def counts(view: View) -> Counts:
    """How many pages, unread inputs, entries and undated pages there are."""
    return view.counts()


class PageList(msgspec.Struct, frozen=True):
    """A part of the list of pages, by name; `next` is the name and id that it goes on after."""

    total: int
    lines: tuple[PageLine, ...]
    next: tuple[str, str] | None
    unread: tuple[Unread, ...]


LISTED = 50
"""Pages of the list that come at a time."""


def page_list(view: View, after: tuple[str, str] = ("", "")) -> PageList:
    """The pages that come after that name and id; what could not be read comes along at the beginning."""
    briefs = view.page_briefs(after, LISTED + 1)
    shown = briefs[:LISTED]
    lines = tuple(page_line(reading) for brief in shown if (reading := view.reading(brief.id)))
    following = (shown[-1].doc, shown[-1].id) if len(briefs) > LISTED else None
    return PageList(view.counts().pages, lines, following, () if any(after) else tuple(view.unread()))


def page_lines(view: View) -> Iterator[PageLine]:
    """A line for every page, by page id."""
    for reading in view.readings():
        yield page_line(reading)


def page_line(reading: Reading) -> PageLine:
    """The line of a page."""
    line = reading.dateline
    return PageLine(
        page=reading.page,
        doc=reading.doc,
        title=reading.title,
        outlet=reading.outlet,
        agency=reading.agency,
        published=line.published,
        earliest=line.earliest,
        latest=line.latest,
        events=len(reading.events),
    )

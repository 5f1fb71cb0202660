"""What lies in a store, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from depesche.store import Counts, View

__all__ = ["Counts", "PageLine", "counts", "page_lines"]


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


def page_lines(view: View) -> Iterator[PageLine]:
    """A line for every page, by page id."""
    for reading in view.readings():
        line = reading.dateline
        yield PageLine(
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

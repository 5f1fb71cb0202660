"""Seen from a day: coming up, announced and never reported, the briefing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from litestar import Response, get

from depesche.answers.briefing import Announced, announced, briefing
from depesche.answers.chronicle import overdue, upcoming
from depesche.model.linkage import Entry
from depesche.store import View
from depesche.web.guards import Asking
from depesche.web.request import day_in
from depesche.web.visit import Visit, show


def day_of(visit: Visit) -> date:
    """The day of the address; else the last one that the pages know of, and on an empty store a day without any."""
    return day_in(visit.params, "day") or visit.all.horizon() or date(2000, 1, 1)


@get("/upcoming", include_in_schema=False, sync_to_thread=True)
def coming_up(request: Asking) -> Response[str]:
    """What is planned from a day on."""
    return show(request, "announced.html", lambda visit: {"answer": seen_from(visit, upcoming), "kind": "upcoming"})


@get("/overdue", include_in_schema=False, sync_to_thread=True)
def never_reported(request: Asking) -> Response[str]:
    """What was announced for days before a day and never reported."""
    return show(request, "announced.html", lambda visit: {"answer": seen_from(visit, overdue), "kind": "overdue"})


def seen_from(visit: Visit, ask: Callable[[View, date, Mapping[str, str]], Iterator[Entry]]) -> Announced:
    """What is planned, seen from the day of the address."""
    day = day_of(visit)
    return announced(day, list(ask(visit.view, day, visit.site.prefixes)))


@get("/briefing", include_in_schema=False, sync_to_thread=True)
def brief(request: Asking) -> Response[str]:
    """What a day brought, for reading and printing."""

    def make(visit: Visit) -> Mapping[str, object]:
        return {"answer": briefing(visit.view, visit.all, day_of(visit), visit.site.prefixes)}

    return show(request, "briefing.html", make)

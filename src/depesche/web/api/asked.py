"""The parameters of questions, as the OpenAPI document describes them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from litestar.di import Provide
from litestar.params import QueryParameter

from depesche.answers.browse import Asked, Cursor
from depesche.web.request import asked_in, cursor_in

Words: TypeAlias = Annotated[str | None, QueryParameter(description="Words of the title or the evidence.")]
Who: TypeAlias = Annotated[
    str | None, QueryParameter(description="An id, an ISO country code (CHN) or part of a name of who takes part.")
]
With: TypeAlias = Annotated[str | None, QueryParameter(name="with", description="Somebody else in the same entry.")]
Type: TypeAlias = Annotated[str | None, QueryParameter(name="type", description="A type of event, such as CONSULT.")]
Stands: TypeAlias = Annotated[
    str | None, QueryParameter(description="occurred, planned, cancelled, denied or hypothetical.")
]
Country: TypeAlias = Annotated[str | None, QueryParameter(description="The ISO code of the place's country.")]
Outlet: TypeAlias = Annotated[str | None, QueryParameter(description="An outlet that tells of it.")]
From: TypeAlias = Annotated[str | None, QueryParameter(name="from", description="What can lie on this day or later.")]
To: TypeAlias = Annotated[str | None, QueryParameter(name="to", description="What can lie on this day or earlier.")]
After: TypeAlias = Annotated[str | None, QueryParameter(description="The cursor `next` of the page before.")]
Before: TypeAlias = Annotated[str | None, QueryParameter(description="The cursor `previous` of the page after.")]
Start: TypeAlias = Annotated[str | None, QueryParameter(description="The place in the list to go on from: `next`.")]
Day: TypeAlias = Annotated[
    str | None, QueryParameter(description="A day (2024-05-16); the last one that the pages know of if none is given.")
]


def asked(  # noqa: PLR0913 — a parameter each, so that they are described
    text: Words = None,
    party: Who = None,
    with_party: With = None,
    kind: Type = None,
    status: Stands = None,
    country: Country = None,
    outlet: Outlet = None,
    start: From = None,
    end: To = None,
) -> Asked:
    """The filter."""
    told = {
        "text": text,
        "party": party,
        "with": with_party,
        "type": kind,
        "status": status,
        "country": country,
        "outlet": outlet,
        "from": start,
        "to": end,
    }
    return asked_in({name: value for name, value in told.items() if value})


def cursor(after: After = None, before: Before = None) -> Cursor:
    """Where the page begins or ends."""
    return cursor_in({name: value for name, value in (("after", after), ("before", before)) if value})


FILTER = {"asked": Provide(asked, sync_to_thread=False)}
PAGED = {**FILTER, "cursor": Provide(cursor, sync_to_thread=False)}

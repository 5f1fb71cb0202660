"""What is doubtful, what was decided, and deciding; the latter needs the token."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, delete, get, post
from litestar.exceptions import NotAuthorizedException
from litestar.params import Body, FromPath, FromQuery

from depesche.answers.decisions import Standing, decisions
from depesche.answers.doubts import DoubtList, Kind, doubts
from depesche.errors import UsageError
from depesche.web.api.asked import Start
from depesche.web.deciding import Taken, Wanted, take, take_back
from depesche.web.guards import Asking, has_bearer
from depesche.web.request import number_in
from depesche.web.visit import site_of, told


@get("/review", sync_to_thread=True, tags=["decisions"])
def review(request: Asking, kind: FromQuery[str | None] = None, start: Start = None) -> Response[DoubtList | None]:
    """Doubtful entries of a kind (link, conflict, parties, day), with what was decided."""
    if kind is not None and kind not in {one.value for one in Kind}:
        raise UsageError(f"kind: {kind!r} is none of {', '.join(one.value for one in Kind)}")
    chosen = Kind(kind) if kind else Kind.LINK
    return told(request, lambda visit: doubts(visit.view, visit.all, chosen, number_in(visit.params, "start")))


@get("/decisions", sync_to_thread=True, tags=["decisions"])
def list_decisions(request: Asking) -> Response[tuple[Standing, ...] | None]:
    """What was decided about entries, and how it stands."""
    return told(request, lambda visit: decisions(visit.view))


@post("/decisions", sync_to_thread=True, tags=["decisions"])
def decide(request: Asking, data: Annotated[Wanted, Body(title="Decision")]) -> Taken:
    """Takes a decision and links the pile anew. Needs `Authorization: Bearer` with the token."""
    _authorised(request)
    return take(site_of(request), data)


@delete("/decisions/{number:int}", status_code=200, sync_to_thread=True, tags=["decisions"])
def undo(request: Asking, number: FromPath[int]) -> Taken:
    """Takes a decision back. Needs `Authorization: Bearer` with the token."""
    _authorised(request)
    return take_back(site_of(request), number)


def _authorised(request: Asking) -> None:
    """Only the token itself counts here: a cookie can be carried by a request that another site made."""
    if not has_bearer(site_of(request).serving, request):
        raise NotAuthorizedException("deciding needs the token; send it as Authorization: Bearer …")

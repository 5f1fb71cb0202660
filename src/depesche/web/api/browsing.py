"""Chronicle, search, world, one entry."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from depesche.answers.browse import Asked, ChroniclePage, Cursor, chronicle_page
from depesche.answers.search import SearchAnswer, search
from depesche.answers.told import EntryPage, entry_page
from depesche.answers.world import World, world
from depesche.errors import UsageError
from depesche.web.api.asked import FILTER, PAGED
from depesche.web.guards import Asking
from depesche.web.visit import told


@get("/chronicle", dependencies=PAGED, sync_to_thread=True, tags=["entries"])
def chronicle(
    request: Asking, asked: NamedDependency[Asked], cursor: NamedDependency[Cursor]
) -> Response[ChroniclePage | None]:
    """A page of the entries that the filter keeps, by day, with counts and the strip over all of them."""
    return told(request, lambda visit: chronicle_page(visit.view, visit.all, asked, cursor))


@get("/search", dependencies=PAGED, sync_to_thread=True, tags=["entries"])
def search_entries(
    request: Asking, asked: NamedDependency[Asked], cursor: NamedDependency[Cursor]
) -> Response[SearchAnswer | None]:
    """Entries and parties in which the words of `text` stand."""
    if asked.text is None:
        raise UsageError("text: nothing to search for; text=Hafen works")
    return told(request, lambda visit: search(visit.view, visit.all, asked, cursor))


@get("/world", dependencies=FILTER, sync_to_thread=True, tags=["entries"])
def the_world(request: Asking, asked: NamedDependency[Asked]) -> Response[World | None]:
    """The countries in which the chosen entries are set."""
    return told(request, lambda visit: world(visit.view, visit.all, asked, visit.site.ontology.score))


@get("/entries/{id:str}", sync_to_thread=True, tags=["entries"])
def entry(request: Asking, id: FromPath[str]) -> Response[EntryPage | None]:
    """One entry; `id` in the answer differs where another entry took up the one that was asked for."""
    return told(request, lambda visit: entry_page(visit.view, id))

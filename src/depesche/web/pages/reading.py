"""Chronicle, entry, saved page."""

from __future__ import annotations

from collections.abc import Mapping

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from depesche.answers.browse import chronicle_page
from depesche.answers.page import page_answer
from depesche.answers.told import entry_page
from depesche.web.guards import Asking
from depesche.web.links import entry_link
from depesche.web.pictures.life import life_picture
from depesche.web.pictures.strip import strip_picture
from depesche.web.request import asked_in, cursor_in
from depesche.web.visit import Visit, show, site_of


@get("/", include_in_schema=False)
async def home() -> Redirect:
    """The chronicle is where people begin."""
    return Redirect("/chronicle")


@get("/chronicle", include_in_schema=False, sync_to_thread=True)
def chronicle(request: Asking) -> Response[str]:
    """Entries by day, narrowed by what stands in the address."""

    def make(visit: Visit) -> Mapping[str, object]:
        asked = asked_in(visit.params)
        answer = chronicle_page(visit.view, visit.all, asked, cursor_in(visit.params))
        return {"answer": answer, "asked": asked, "strip": strip_picture(answer.strip, asked, visit.tongue)}

    return show(request, "chronicle.html", make)


@get("/entry/{id:str}", include_in_schema=False, sync_to_thread=True)
def entry(request: Asking, id: FromPath[str]) -> Response[str] | Redirect:
    """One entry with every passage; an id that another entry took up leads there."""
    with site_of(request).store.view() as view:
        found = view.entry(id)
    if found is not None and found.id != id:
        return Redirect(entry_link(found.id))

    def make(visit: Visit) -> Mapping[str, object]:
        answer = entry_page(visit.view, id)
        return {"answer": answer, "row": answer.row, "life": life_picture(answer.history, visit.tongue)}

    return show(request, "entry.html", make)


@get("/page/{id:str}", include_in_schema=False, sync_to_thread=True)
def page(request: Asking, id: FromPath[str]) -> Response[str]:
    """A saved page with all that was read in it."""

    def make(visit: Visit) -> Mapping[str, object]:
        layers = visit.params.get("layers")
        shown = {"times", "parties", "quotes", "events"} if layers is None else set(layers.split(","))
        return {"answer": page_answer(visit.view, visit.all, id), "shown": shown}

    return show(request, "page.html", make)

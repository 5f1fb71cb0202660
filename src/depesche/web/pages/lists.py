"""Stories, quotes, saved pages, the world, search."""

from __future__ import annotations

from collections.abc import Mapping

from litestar import Response, get
from litestar.params import FromPath

from depesche.answers.browse import Asked
from depesche.answers.pages import page_list
from depesche.answers.search import search
from depesche.answers.stories import story, story_list
from depesche.answers.utterances import Utterance
from depesche.answers.world import world
from depesche.web.guards import Asking
from depesche.web.pictures.globe import globe_picture
from depesche.web.pictures.strip import strip_picture
from depesche.web.quoted import quoted
from depesche.web.request import asked_in, cursor_in, number_in, pages_after, text_in
from depesche.web.visit import Visit, show


@get("/stories", include_in_schema=False, sync_to_thread=True)
def stories(request: Asking) -> Response[str]:
    """Stories, those of most pages first."""

    def make(visit: Visit) -> Mapping[str, object]:
        return {"answer": story_list(visit.view, visit.all, number_in(visit.params, "start"))}

    return show(request, "stories.html", make)


@get("/story/{id:str}", include_in_schema=False, sync_to_thread=True)
def one_story(request: Asking, id: FromPath[str]) -> Response[str]:
    """A story with its pages and entries."""

    def make(visit: Visit) -> Mapping[str, object]:
        answer = story(visit.view, visit.all, id)
        return {"answer": answer, "strip": strip_picture(answer.strip, Asked(), visit.tongue)}

    return show(request, "story.html", make)


@get("/quotes", include_in_schema=False, sync_to_thread=True)
def quotes(request: Asking) -> Response[str]:
    """What was said, by day."""

    def make(visit: Visit) -> Mapping[str, object]:
        answer = quoted(visit)
        told: dict[str, Utterance] = {one.id: one for one in visit.site.utterances(visit.view, visit.key)}
        return {"answer": answer, "told": told}

    return show(request, "quotes.html", make)


@get("/pages", include_in_schema=False, sync_to_thread=True)
def pages(request: Asking) -> Response[str]:
    """What lies in the store, and what could not be read."""

    def make(visit: Visit) -> Mapping[str, object]:
        return {"answer": page_list(visit.view, pages_after(visit.params))}

    return show(request, "pages.html", make)


@get("/world", include_in_schema=False, sync_to_thread=True)
def the_world(request: Asking) -> Response[str]:
    """Entries by country."""

    def make(visit: Visit) -> Mapping[str, object]:
        asked = asked_in(visit.params)
        answer = world(visit.view, visit.all, asked, visit.site.ontology.score)
        strip = strip_picture(answer.strip, asked, visit.tongue, "/world")
        return {"answer": answer, "asked": asked, "globe": globe_picture(answer), "strip": strip}

    return show(request, "world.html", make)


@get("/search", include_in_schema=False, sync_to_thread=True)
def find(request: Asking) -> Response[str]:
    """Entries and parties that the words are found in."""

    def make(visit: Visit) -> Mapping[str, object]:
        asked = asked_in(visit.params)
        if text_in(visit.params, "text") is None:
            return {"answer": None, "asked": asked}
        return {"answer": search(visit.view, visit.all, asked, cursor_in(visit.params)), "asked": asked}

    return show(request, "search.html", make)

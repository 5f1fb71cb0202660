"""Pages, parties, stories, quotes, and what is seen from a day."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from depesche.answers.briefing import Announced, Briefing, briefing
from depesche.answers.chronicle import overdue, upcoming
from depesche.answers.dossier import Dossier, PartyList, dossier, pair, party_list
from depesche.answers.page import PageAnswer, page_answer
from depesche.answers.pages import PageList, page_list
from depesche.answers.stories import StoryAnswer, StoryList, story, story_list
from depesche.web.api.asked import Day, From, Start, To
from depesche.web.guards import Asking
from depesche.web.pages.days import day_of, seen_from
from depesche.web.quoted import Quoted, quoted
from depesche.web.request import number_in, pages_after, text_in
from depesche.web.visit import Visit, told


@get("/pages", sync_to_thread=True, tags=["pages"])
def pages(
    request: Asking, after: FromQuery[str | None] = None, id: FromQuery[str | None] = None
) -> Response[PageList | None]:
    """Pages by name; `after` and `id` are the two parts of the cursor `next`."""
    return told(request, lambda visit: page_list(visit.view, pages_after(visit.params)))


@get("/pages/{id:str}", sync_to_thread=True, tags=["pages"])
def page(request: Asking, id: FromPath[str]) -> Response[PageAnswer | None]:
    """A saved page, by id or name, with all that was read in it."""
    return told(request, lambda visit: page_answer(visit.view, visit.all, id))


@get("/parties", sync_to_thread=True, tags=["parties"])
def parties(request: Asking, name: FromQuery[str | None] = None) -> Response[PartyList | None]:
    """Who takes part in entries, most entries first; those whose name holds the words if some are given."""
    return told(request, lambda visit: party_list(visit.all, text_in(visit.params, "name")))


@get("/parties/{id:str}", sync_to_thread=True, tags=["parties"])
def party(
    request: Asking,
    id: FromPath[str],
    other: Annotated[str | None, QueryParameter(name="with", description="Another party: then both as a pair.")] = None,
) -> Response[Dossier | None]:
    """A party by id or name, or it and another one. A slash in an id is written %252F."""

    def make(visit: Visit) -> Dossier:
        asked, score = unquote(id), visit.site.ontology.score
        if other:
            return pair(visit.view, visit.all, (asked, other), score)
        return dossier(visit.view, visit.all, asked, score)

    return told(request, make)


@get("/stories", sync_to_thread=True, tags=["stories"])
def stories(request: Asking, start: Start = None) -> Response[StoryList | None]:
    """Stories, those of most pages first."""
    return told(request, lambda visit: story_list(visit.view, visit.all, number_in(visit.params, "start")))


@get("/stories/{id:str}", sync_to_thread=True, tags=["stories"])
def one_story(request: Asking, id: FromPath[str]) -> Response[StoryAnswer | None]:
    """A story with its pages and entries."""
    return told(request, lambda visit: story(visit.view, visit.all, id))


@get("/quotes", sync_to_thread=True, tags=["quotes"])
def quotes(
    request: Asking,
    speaker: FromQuery[str | None] = None,
    about: FromQuery[str | None] = None,
    first: From = None,
    last: To = None,
    start: Start = None,
) -> Response[Quoted | None]:
    """What was said, by day, with all who print it."""
    return told(request, quoted)


@get("/upcoming", sync_to_thread=True, tags=["days"])
def coming_up(request: Asking, day: Day = None) -> Response[Announced | None]:
    """What was planned, seen from a day."""
    return told(request, lambda visit: seen_from(visit, upcoming))


@get("/overdue", sync_to_thread=True, tags=["days"])
def never_reported(request: Asking, day: Day = None) -> Response[Announced | None]:
    """What was announced for days before a day and never reported by then."""
    return told(request, lambda visit: seen_from(visit, overdue))


@get("/briefing", sync_to_thread=True, tags=["days"])
def brief(request: Asking, day: Day = None) -> Response[Briefing | None]:
    """What a day brought: new, changed, coming."""
    return told(request, lambda visit: briefing(visit.view, visit.all, day_of(visit), visit.site.prefixes))

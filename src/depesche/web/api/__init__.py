"""The answers as JSON, under /api/v1, for programs; the pages show nothing that is not here."""

from __future__ import annotations

from litestar import Response, Router, get

from depesche.web.api import browsing, deciding, looking
from depesche.web.guards import Asking

__all__ = ["api"]


@get("/openapi.json", include_in_schema=False)
async def document(request: Asking) -> Response[object]:
    """What there is to ask for, as OpenAPI describes it."""
    return Response(request.app.openapi_schema.to_schema(), media_type="application/vnd.oai.openapi+json")


api = Router(
    "/api/v1",
    route_handlers=[
        document,
        browsing.chronicle,
        browsing.search_entries,
        browsing.the_world,
        browsing.entry,
        looking.pages,
        looking.page,
        looking.parties,
        looking.party,
        looking.stories,
        looking.one_story,
        looking.quotes,
        looking.coming_up,
        looking.never_reported,
        looking.brief,
        deciding.review,
        deciding.list_decisions,
        deciding.decide,
        deciding.undo,
    ],
)

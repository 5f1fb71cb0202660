"""The application: routes, guards, headers, files, OpenAPI."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from litestar import Litestar, Response
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.static_files import create_static_files_router

from depesche import __version__
from depesche.web.api import api
from depesche.web.guards import HEADERS, Asking, known_host, may_read, pace
from depesche.web.pages import days, lists, parties, reading, review
from depesche.web.problems import complaint, problem
from depesche.web.site import Site

STATIC = Path(__file__).with_name("static")

OPEN = ("/static/", "/signin")
"""What is shown to those who have not signed in yet."""

LARGEST_BODY = 64_000  # bytes of a form or decision


def guard(request: Asking) -> Response[object] | None:
    """Turns away who asks by a name that is not ours, or who may not read."""
    site: Site = request.app.state.site
    if not known_host(site.serving, request.headers.get("host")):
        return complaint(
            request,
            HTTPStatus.MISDIRECTED_REQUEST,
            "asked by a name that this site does not have; --name at the start gives it one",
        )
    if may_read(site.serving, request) or request.url.path.startswith(OPEN):
        return None
    if request.url.path.startswith("/api/"):
        return complaint(request, HTTPStatus.UNAUTHORIZED, "the token is needed; send it as Authorization: Bearer …")
    return Response(None, status_code=HTTPStatus.SEE_OTHER, headers={**HEADERS, "location": "/signin"})


async def with_headers(response: Response[object]) -> Response[object]:
    """Adds what every answer says to the browser."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def make_app(site: Site) -> Litestar:
    """The application that serves a site."""
    return Litestar(
        route_handlers=[
            reading.home,
            reading.chronicle,
            reading.entry,
            reading.page,
            parties.parties,
            parties.party,
            lists.stories,
            lists.one_story,
            lists.quotes,
            lists.pages,
            lists.the_world,
            lists.find,
            days.coming_up,
            days.never_reported,
            days.brief,
            review.review,
            review.sign_in_form,
            review.sign_in,
            review.sign_out,
            review.decide,
            api,
            create_static_files_router("/static", [STATIC], include_in_schema=False),
        ],
        state=State({"site": site}),
        middleware=[pace().middleware] if site.serving.guarded else [],
        before_request=guard,
        after_request=with_headers,
        exception_handlers={Exception: problem},
        openapi_config=OpenAPIConfig(
            title="Depesche",
            version=__version__,
            path="/api/v1/openapi",
            render_plugins=[JsonRenderPlugin(path="/document.json")],
        ),
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        debug=False,
        pdb_on_exception=False,
    )

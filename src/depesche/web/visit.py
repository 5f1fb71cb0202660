"""One request: the view it is answered from, the language, and the answer with its ETag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlencode

from litestar import MediaType, Response
from litestar.datastructures import Cookie

from depesche.answers.catalogue import Catalogue
from depesche.store import View
from depesche.web.guards import MARK, Asking, cookie, form_mark, signed_in
from depesche.web.render import environment
from depesche.web.request import LANGUAGE, etag_of, has_it, language_of
from depesche.web.site import Site
from depesche.web.tongue import LANGUAGES, Tongue, tongue

T = TypeVar("T")

FRESH = "private, no-cache"
"""Keep it, but ask each time whether it is still so."""


class Visit:
    """A request with the view of the store that answers it."""

    def __init__(self, site: Site, request: Asking, view: View) -> None:
        self.site, self.request, self.view = site, request, view
        self.key = view.state_key()
        self.params: Mapping[str, str] = dict(
            reversed(list(request.query_params.multi_items()))  # the first of several counts
        )
        self.tongue: Tongue = tongue(language_of(request))

    @property
    def all(self) -> Catalogue:
        """Columns over all entries."""
        return self.site.catalogue(self.view, self.key)

    @property
    def etag(self) -> str:
        """Changes with the store, the question, the language and who is signed in."""
        query = urlencode(sorted(self.request.query_params.multi_items()))
        known = str(signed_in(self.site.serving, self.request))
        return etag_of(self.key, self.request.url.path, query, self.tongue.code, known, self.site.name)


def site_of(request: Asking) -> Site:
    """The site that is asked."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def show(request: Asking, template: str, make: Callable[[Visit], Mapping[str, object]]) -> Response[str]:
    """The page that a template makes of what `make` answers; 304 where the browser has it already."""
    site = site_of(request)
    with site.store.view() as view:
        visit = Visit(site, request, view)
        headers = {"etag": visit.etag, "cache-control": FRESH, "vary": "cookie, accept-language"}
        if has_it(request, visit.etag):
            return Response("", status_code=304, headers=headers)
        body = rendered(request, visit.tongue, template, make(visit))
    return Response(body, media_type=MediaType.HTML, headers=headers, cookies=_cookies(request))


def told(request: Asking, make: Callable[[Visit], T]) -> Response[T | None]:
    """What `make` answers, as JSON; 304 where the one who asks has it already."""
    site = site_of(request)
    with site.store.view() as view:
        visit = Visit(site, request, view)
        headers = {"etag": visit.etag, "cache-control": FRESH, "vary": "cookie, accept-language"}
        if has_it(request, visit.etag):
            return Response(None, status_code=304, headers=headers)
        return Response(make(visit), headers=headers)


def rendered(request: Asking, tongue: Tongue, template: str, values: Mapping[str, object]) -> str:
    """A page with what every page has around its own."""
    site = site_of(request)
    here = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    inside = signed_in(site.serving, request)
    frame = {
        "t": tongue,
        "site_name": site.name,
        "path": request.url.path,
        "languages": [(code, "?" + urlencode([*here, ("lang", code)])) for code in LANGUAGES],
        "back": request.url.path + (f"?{urlencode(here)}" if here else ""),
        "decides": site.serving.token is not None,
        "inside": inside,
        "mark_name": MARK,
        "mark": form_mark(site.serving.token) if inside and site.serving.token else "",
    }
    return environment().get_template(template).render(frame | dict(values))


def _cookies(request: Asking) -> list[Cookie]:
    """Remembers a language that was chosen by the address."""
    chosen = request.query_params.get("lang")
    if chosen not in LANGUAGES:
        return []
    return [cookie(LANGUAGE, str(chosen), secret=False, secure=request.url.scheme == "https")]

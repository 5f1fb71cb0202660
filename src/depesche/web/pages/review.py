"""Review: what is doubtful, what was decided; signing in; the decisions that forms send."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Literal, get_args

import msgspec
from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from depesche.answers.doubts import Kind, doubts
from depesche.errors import UsageError
from depesche.web.deciding import Verdict, Wanted, take, take_back
from depesche.web.guards import MARK, SESSION, Asking, cookie, from_here, is_token, may_decide, session
from depesche.web.problems import complaint
from depesche.web.request import number_in, text_in
from depesche.web.visit import Visit, show, site_of

SEE_OTHER: Literal[303] = 303
"""So that the browser asks anew instead of sending the form again."""

Form = Annotated[dict[str, object], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/review", include_in_schema=False, sync_to_thread=True)
def review(request: Asking) -> Response[str]:
    """Doubtful entries, and what was decided."""

    def make(visit: Visit) -> Mapping[str, object]:
        kind = text_in(visit.params, "kind") or Kind.LINK.value
        if kind not in {one.value for one in Kind}:
            raise UsageError(f"kind: {kind!r} is none of {', '.join(one.value for one in Kind)}")
        return {"answer": doubts(visit.view, visit.all, Kind(kind), number_in(visit.params, "start"))}

    return show(request, "review.html", make)


@get("/signin", include_in_schema=False, sync_to_thread=True)
def sign_in_form(request: Asking) -> Response[str]:
    """Where the token is given."""
    return show(request, "signin.html", lambda visit: {"wrong": False})


@post("/signin/token", include_in_schema=False, sync_to_thread=True)
def sign_in(request: Asking, data: Form) -> Response[object]:
    """Lets the browser decide from now on, if it has the token."""
    site = site_of(request)
    token = site.serving.token
    if token is None or not from_here(request) or not is_token(site.serving, _text(data, "token")):
        return complaint(request, HTTPStatus.FORBIDDEN, "that is not the token of this site")
    secret = cookie(SESSION, session(token), secret=True, secure=request.url.scheme == "https")
    return Redirect("/review", status_code=SEE_OTHER, cookies=[secret])


@post("/signout", include_in_schema=False, sync_to_thread=True)
def sign_out(request: Asking, data: Form) -> Response[object]:
    """Ends that."""
    if not may_decide(site_of(request).serving, request, _text(data, MARK)):
        return complaint(request, HTTPStatus.FORBIDDEN, "this form does not come from a page of this site")
    left = Redirect("/chronicle", status_code=SEE_OTHER)
    left.delete_cookie(SESSION)
    return left


@post("/decide", include_in_schema=False, sync_to_thread=True)
def decide(request: Asking, data: Form) -> Response[object]:
    """Takes the decision that a form of our own asks for, and leads back to where it was asked."""
    site = site_of(request)
    if not may_decide(site.serving, request, _text(data, MARK)):
        return complaint(request, HTTPStatus.FORBIDDEN, "deciding needs the token; sign in and send the form again")
    if undone := _text(data, "undo"):
        take_back(site, _number(undone))
    else:
        take(site, _wanted(data))
    return Redirect(_back(_text(data, "back")), status_code=SEE_OTHER)


def _wanted(data: Mapping[str, object]) -> Wanted:
    verdict = _text(data, "verdict")
    if verdict not in get_args(Verdict):
        raise UsageError(f"verdict: {verdict!r} is none of {', '.join(get_args(Verdict))}")
    named = data.get("others", ())
    several = tuple(map(str, named)) if isinstance(named, list | tuple) else tuple(str(named).split())
    return msgspec.convert(
        {
            "verdict": verdict,
            "entry": _text(data, "entry"),
            "others": several,
            "who": _text(data, "who"),
            "why": _text(data, "why"),
        },
        Wanted,
    )


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name, "")
    return value if isinstance(value, str) else ""


def _number(told: str) -> int:
    if not told.isdecimal() or len(told) > 9:
        raise UsageError(f"undo: {told[:20]!r} is not the number of a decision")
    return int(told)


def _back(path: str) -> str:
    """Where to go on: a path on this site, nothing else."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else "/review"

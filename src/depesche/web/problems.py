"""Errors: a page for people, problem details (RFC 9457) for programs; never a trace of what went on inside."""

from __future__ import annotations

import logging
from http import HTTPStatus

from litestar import MediaType, Response
from litestar.exceptions import HTTPException, TooManyRequestsException

from depesche.errors import DepescheError, StoreLocked, UsageError
from depesche.export.plain import plain
from depesche.web.guards import HEADERS, Asking
from depesche.web.request import language_of
from depesche.web.tongue import tongue
from depesche.web.visit import rendered

logger = logging.getLogger("depesche.web")

API = "/api/"


def problem(request: Asking, error: Exception) -> Response[object]:
    """The answer to a request that cannot be answered."""
    status, says = _told(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s: %s", request.url.path, says, exc_info=error)
    answer = complaint(request, status, says)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["retry-after"] = "60"
    return answer


def complaint(request: Asking, status: int, says: str) -> Response[object]:
    """What is wrong, as the one who asks understands it."""
    headers = {**HEADERS, "cache-control": "no-store"}
    title = HTTPStatus(status).phrase
    if request.url.path.startswith(API):
        detail = {"type": "about:blank", "title": title, "status": status, "detail": plain(says)}
        return Response(detail, status_code=status, media_type="application/problem+json", headers=headers)
    words = tongue(language_of(request))
    page = rendered(request, words, "problem.html", {"status": status, "title": title, "says": plain(says)})
    return Response(page, status_code=status, media_type=MediaType.HTML, headers=headers)


def _told(error: Exception) -> tuple[int, str]:
    match error:
        case UsageError():
            missing = "no such" in str(error) or "no page speaks" in str(error)
            return (HTTPStatus.NOT_FOUND if missing else HTTPStatus.BAD_REQUEST), str(error)
        case StoreLocked():
            return HTTPStatus.SERVICE_UNAVAILABLE, str(error)
        case DepescheError():
            return HTTPStatus.INTERNAL_SERVER_ERROR, str(error)
        case TooManyRequestsException():
            return HTTPStatus.TOO_MANY_REQUESTS, "too many costly questions in a minute; wait one and ask again"
        case HTTPException():
            extra = error.extra if isinstance(error.extra, list) else []
            fields = "; ".join(f"{one.get('key')}: {one.get('message')}" for one in extra if isinstance(one, dict))
            return error.status_code, fields or error.detail
    return HTTPStatus.INTERNAL_SERVER_ERROR, "a fault in Depesche itself; its log says more"

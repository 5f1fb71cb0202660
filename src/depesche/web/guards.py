"""Who may ask for what, and what every answer says to the browser.

The name by which the site is asked must be one of its own, so that no other site can reach it through a name of
theirs (DNS rebinding). Decisions need the token: as a bearer, or as the cookie that signing in sets, and then with
the mark of our own forms and from a page of our own (cross-site requests carry neither).
"""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie, State
from litestar.middleware.rate_limit import RateLimitConfig

from depesche.errors import UsageError
from depesche.web.site import Serving

Asking = Request[object, object, State]

SESSION = "depesche-session"
MARK = "mark"
"""The field by which our own forms are known."""

LEAST_TOKEN = 16
"""Characters of a token below which guessing it is no idle thought."""

COSTLY = ("search", "decide", "signin/token", "api/v1/search", "api/v1/decisions")
"""Paths whose answers cost much, since they search all words or link the pile anew, or that tell whether a token is
right."""

MOST_A_MINUTE = 120
"""Costly answers for one address, where others than this machine can ask."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # Not "no-referrer": browsers would then send forms with an origin of null.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-frame-options": "DENY",
}


def host_of(named: str) -> str:
    """The name in a Host header, without the port and without the brackets of an IPv6 address."""
    try:
        return (urlsplit(f"//{named}").hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def known_host(serving: Serving, named: str | None) -> bool:
    """Whether the site may be asked by this name."""
    return named is not None and host_of(named) in {host.lower() for host in serving.hosts}


def checked_token(token: str) -> str:
    """The token without white space around it; UsageError where it is too short to keep anybody out."""
    bare = token.strip()
    if len(bare) < LEAST_TOKEN or len(bare.split()) != 1:
        raise UsageError(
            f"--token-file: it should hold one word of at least {LEAST_TOKEN} characters; "
            "`openssl rand -hex 32 > token` writes one"
        )
    return bare


def pace() -> RateLimitConfig:
    """Turns away who asks for too many costly answers in a minute."""
    return RateLimitConfig(("minute", MOST_A_MINUTE), check_throttle_handler=_is_costly)


def _is_costly(request: Asking) -> bool:
    path = request.url.path.strip("/")
    return any(path == one or path.startswith(f"{one}/") for one in COSTLY)


# --- who is asking


def session(token: str) -> str:
    """What the cookie holds: proof of the token, not the token."""
    return _proof(token, "session")


def form_mark(token: str) -> str:
    """What our own forms carry."""
    return _proof(token, "form")


def _proof(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), f"depesche {purpose}".encode(), hashlib.sha256).hexdigest()


def is_token(serving: Serving, given: str) -> bool:
    """Whether it is the token."""
    return serving.token is not None and hmac.compare_digest(given.strip().encode(), serving.token.encode())


def has_bearer(serving: Serving, request: Asking) -> bool:
    """Whether the request carries the token itself, which no other site can make a browser do."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and is_token(serving, given)


def signed_in(serving: Serving, request: Asking) -> bool:
    """Whether the browser was given the cookie for the token."""
    given = request.cookies.get(SESSION, "")
    return serving.token is not None and hmac.compare_digest(given.encode(), session(serving.token).encode())


def may_read(serving: Serving, request: Asking) -> bool:
    """Whether pages and answers may be shown to who asks."""
    return not serving.guarded or signed_in(serving, request) or has_bearer(serving, request)


def may_decide(serving: Serving, request: Asking, mark: str = "") -> bool:
    """Whether a decision is taken from this request: by token, or from a form of ours by who has signed in."""
    if has_bearer(serving, request):
        return True
    if serving.token is None or not signed_in(serving, request) or not from_here(request):
        return False
    return hmac.compare_digest(mark.encode(), form_mark(serving.token).encode())


def from_here(request: Asking) -> bool:
    """Whether a page of this site made the browser send the request, as far as the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def cookie(name: str, value: str, *, secret: bool, secure: bool) -> Cookie:
    """A cookie that ends with the browser and that other sites' requests do not carry."""
    return Cookie(key=name, value=value, path="/", httponly=secret, samesite="strict", secure=secure)

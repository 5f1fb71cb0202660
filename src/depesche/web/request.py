"""What was asked: filters, cursors and language in the address; whether the browser has the answer already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from depesche import __version__
from depesche.answers.browse import Asked, Cursor
from depesche.errors import UsageError
from depesche.model.days import iso
from depesche.model.reading import Status
from depesche.web.guards import Asking
from depesche.web.tongue import LANGUAGES

LANGUAGE = "depesche-language"

LONGEST = 300
"""Characters of a value in an address: more is nobody's question."""

LONGEST_NAME = 2000
"""Characters of a page's name."""

Params = Mapping[str, str]


def text_in(params: Params, name: str) -> str | None:
    """A value of the address, None where it is missing or blank; UsageError where it is too long."""
    value = params.get(name, "").strip()
    if len(value) > LONGEST:
        raise UsageError(f"{name}: longer than {LONGEST} characters; a shorter one works")
    return value or None


def day_in(params: Params, name: str) -> date | None:
    """A day of the address."""
    value = text_in(params, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise UsageError(f"{name}: {value!r} is not a day such as 2024-05-16") from None


def asked_in(params: Params) -> Asked:
    """The filter that stands in an address; UsageError where a value makes no sense."""
    start, end, status = day_in(params, "from"), day_in(params, "to"), text_in(params, "status")
    if start and end and start > end:
        raise UsageError(f"from {start} is after to {end}; an earlier first day would work")
    if status is not None and status not in {one.value for one in Status}:
        raise UsageError(f"status: {status!r} is none of {', '.join(one.value for one in Status)}")
    kind, country = text_in(params, "type"), text_in(params, "country")
    return Asked(
        start=start,
        end=end,
        party=text_in(params, "party"),
        with_party=text_in(params, "with"),
        type=kind.upper() if kind else None,
        status=Status(status) if status else None,
        country=country.upper() if country else None,
        outlet=text_in(params, "outlet"),
        text=text_in(params, "text"),
    )


def number_in(params: Params, name: str) -> int:
    """A place in a list, 0 where none is told."""
    value = text_in(params, name) or "0"
    if not value.isdecimal() or not value.isascii() or len(value) > 9:
        raise UsageError(f"{name}: {value[:20]!r} is not a number such as 40")
    return int(value)


def pages_after(params: Params) -> tuple[str, str]:
    """After which name and id the list of pages goes on."""
    return params.get("after", "")[:LONGEST_NAME], params.get("id", "")[:LONGEST]


def cursor_in(params: Params) -> Cursor:
    """Where a page is to begin or end."""
    return Cursor(text_in(params, "after"), text_in(params, "before"))


def query_of(asked: Asked, **changed: str | date | None) -> str:
    """The filter as it stands in an address, with some values changed or, by None, taken out; begins with "?"."""
    values: dict[str, str | date | None] = {
        "text": asked.text,
        "party": asked.party,
        "with": asked.with_party,
        "type": asked.type,
        "status": asked.status.value if asked.status else None,
        "country": asked.country,
        "outlet": asked.outlet,
        "from": asked.start,
        "to": asked.end,
        **{name.rstrip("_"): value for name, value in changed.items()},
    }
    told = {name: iso(value) if isinstance(value, date) else value for name, value in values.items() if value}
    return f"?{urlencode(told)}" if told else "?"


def language_of(request: Asking) -> str:
    """The language asked for in the address, chosen before, or preferred by the browser; German otherwise."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE)):
        if chosen in LANGUAGES:
            return str(chosen)
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def etag_of(state: str, *parts: str) -> str:
    """A mark of an answer: the same for as long as the store, the question and Depesche are the same."""
    return f'"{hashlib.sha256(chr(10).join((__version__, state, *parts)).encode()).hexdigest()[:24]}"'


def has_it(request: Asking, etag: str) -> bool:
    """Whether the browser has this answer already."""
    told = request.headers.get("if-none-match", "")
    return etag in {one.strip().removeprefix("W/") for one in told.split(",")}

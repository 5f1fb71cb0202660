"""From an address to what lies there: robots.txt, turns, redirects, and trying again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from depesche.errors import FetchError
from depesche.fetch.client import Client
from depesche.fetch.clock import Clock
from depesche.fetch.hosts import ROBOTS_BYTES, Hosts, Manners
from depesche.fetch.urls import host_of, tidy_url
from depesche.model.response import Response

__all__ = ["Conditions", "Fetcher", "Manners"]

REDIRECTS = 5
PAUSES = (2.0, 8.0)
"""Seconds before the second and third try of a question that failed in passing."""

LONGEST_WAIT = 7 * 86400.0
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_REFUSALS = {401: "it needs a password", 403: "it is forbidden", 404: "it is not there", 410: "it is gone for good"}


class Conditions(msgspec.Struct, frozen=True):
    """What we have already: the answer is 304 where there is nothing newer."""

    etag: str | None = None
    modified: str | None = None


class Fetcher:
    """Fetches as hosts want it. Threads may share one."""

    def __init__(self, client: Client, clock: Clock, manners: Manners, hosts: Hosts) -> None:
        self._client = client
        self._clock = clock
        self._manners = manners
        self._hosts = hosts

    def fetch(self, url: str, conditions: Conditions = Conditions()) -> Response:
        """What lies at a tidy address, with the address where it was found in the end; or 304 where nothing is new.

        FetchError says why there is nothing, and whether trying again can help.
        """
        return self._followed(url, self._headers(conditions), obeying=True)

    def _headers(self, conditions: Conditions) -> Mapping[str, str]:
        told = {"User-Agent": self._manners.agent, "Accept": "*/*"}
        if conditions.etag:
            told["If-None-Match"] = conditions.etag
        if conditions.modified:
            told["If-Modified-Since"] = conditions.modified
        return told

    def _followed(self, url: str, headers: Mapping[str, str], *, obeying: bool) -> Response:
        """The answer at the end of the redirects; each step is checked as the first was."""
        for _ in range(REDIRECTS + 1):
            if obeying:
                self._ask_robots(url)
            answer = self._tried(url, headers)
            if answer.status not in _REDIRECTS:
                return _good(answer)
            if not (place := answer.header("location")):
                raise FetchError("it is moved, and not told where to", status=answer.status)
            url = tidy_url(place, base=url)
        raise FetchError(f"it is redirected more than {REDIRECTS} times", status=answer.status, lasting=True)

    def _ask_robots(self, url: str) -> None:
        host = host_of(url)
        if self._hosts.needs_robots(host):
            self._read_robots(host)
        self._hosts.check(host, url)

    def _read_robots(self, host: str) -> None:
        """Reads the robots.txt. Where there is none, everything is allowed; where it fails, nothing (RFC 9309)."""
        try:
            answer = self._followed(f"{host}/robots.txt", self._headers(Conditions()), obeying=False)
        except FetchError as error:
            if error.wait is not None or (error.lasting and error.status is None):
                raise  # the same would be said of every page: the host is to be left alone, or not to be reached
            allowed = error.status is not None and 400 <= error.status < 500 and error.status != 429
            self._hosts.put_robots(host, "" if allowed else None, str(error))
        else:
            text = answer.body[:ROBOTS_BYTES].decode("utf-8", "replace").replace("\0", "")
            self._hosts.put_robots(host, text)

    def _tried(self, url: str, headers: Mapping[str, str]) -> Response:
        """The answer, asked for again after a pause where it failed in passing."""
        for pause in (*PAUSES, None):
            try:
                answer = self._asked(url, headers)
            except FetchError as error:
                if error.lasting or error.wait is not None or pause is None:
                    raise
                self._clock.sleep(pause)
            else:
                if answer.status not in _PASSING or pause is None:
                    return answer
                self._wait(url, answer, pause)
        raise AssertionError("the last try returns or raises")

    def _asked(self, url: str, headers: Mapping[str, str]) -> Response:
        with self._hosts.turn(host_of(url)):
            return self._client.ask(url, headers)

    def _wait(self, url: str, answer: Response, pause: float) -> None:
        """Waits as the server asks to, or as long as we would; FetchError where it asks for more than our patience."""
        asked = _retry_after(answer.header("retry-after"), self._clock.now())
        if asked is not None and asked > self._manners.patience:
            self._hosts.put_off(host_of(url), asked)
            raise _refused(answer, asked)
        self._clock.sleep(max(pause, asked or 0))


def _good(answer: Response) -> Response:
    if answer.status in (200, 304):
        return answer
    raise _refused(answer, None)


def _refused(answer: Response, wait: float | None) -> FetchError:
    status = answer.status
    says = _REFUSALS.get(status, "it is refused" if 400 <= status < 500 else "the server failed")
    lasting = 400 <= status < 500 and status not in _PASSING
    if 200 <= status < 300:
        says, lasting = "there is nothing to read in the answer", True
    return FetchError(f"{says} (status {status})", status=status, lasting=lasting, wait=wait)


def _retry_after(told: str, now: datetime) -> float | None:
    """How many seconds a Retry-After asks for, in seconds or by a date; a week at most."""
    text = told.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):  # none, or none that can be read
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT)

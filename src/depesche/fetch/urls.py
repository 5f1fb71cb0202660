"""Addresses of the web in one form: http or https, the host as the network knows it, no fragment."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from depesche.errors import FetchError

LONGEST = 2000
_ODD = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_KEPT = "%/:=&?~#+!$,;'@()*[]|"
_FEED = re.compile(r"feed:(?://|(?=https?:))", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def tidy_url(url: str, base: str = "") -> str:
    """The address in the form in which it is fetched and remembered; with a base, what a link on it leads to.

    FetchError where it is no address of the web.
    """
    text = _FEED.sub(lambda match: "http://" if match[0].endswith("//") else "", url.strip(), count=1)
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchError(f"{_shown(url)}: no address ({error})", lasting=True) from error
    if parts.scheme not in _PORTS:
        raise FetchError(f"{_shown(url)}: only http and https are fetched", lasting=True)
    if not host or len(url) > LONGEST or _ODD.search(host):
        raise FetchError(f"{_shown(url)}: no address of a page", lasting=True)
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{parts.scheme}://…@{host}: addresses with a user are not fetched", lasting=True)
    place = _known_host(host, url)
    if port is not None and port != _PORTS[parts.scheme]:
        place += f":{port}"
    return f"{parts.scheme}://{place}{_path(parts)}"


def host_of(url: str) -> str:
    """Scheme, host and port of a tidy address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _path(parts: SplitResult) -> str:
    path = quote(parts.path.encode("utf-8", "replace"), safe=_KEPT) or "/"
    query = quote(parts.query.encode("utf-8", "replace"), safe=_KEPT)
    return f"{path}?{query}" if query else path


def _known_host(host: str, url: str) -> str:
    """The host in letters that names of hosts may have; an IPv6 address in brackets."""
    if ":" in host:
        return f"[{host}]"
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise FetchError(f"{_shown(url)}: no name of a host", lasting=True) from error


def _shown(url: str) -> str:
    text = _ODD.sub("?", url)
    return text if len(text) <= 200 else f"{text[:200]}…"

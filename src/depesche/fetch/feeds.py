"""What a feed says: RSS and Atom (feedparser), JSON Feed, sitemaps with or without news."""

from __future__ import annotations

import calendar
import io
import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice

import feedparser
from lxml import etree

from depesche.errors import FetchError, PageError
from depesche.fetch.opml import safe_parser
from depesche.fetch.urls import tidy_url
from depesche.model.response import Response
from depesche.model.watching import Feed, Listed

LARGEST = 20_000_000
MOST = 50_000
"""Pages that are taken from one feed; more no sitemap may have."""

FEED_ENTRIES = 1000
"""Entries that are read of one RSS or Atom feed; they come newest first."""

LONGEST_TITLE = 300
_ENTRIES = ("{*}item", "{*}entry")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]{1,9}|[0-9]{1,9});")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(urlset|sitemapindex)[\s>]")
_HTML = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(rb"<link\b[^>]{0,500}>", re.IGNORECASE)
_FEED_TYPE = re.compile(rb"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HREF = re.compile(rb"href\s*=\s*[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)


def read_feed(response: Response) -> Feed:
    """The pages that a feed names, none twice; FetchError where the answer is no feed."""
    try:
        return _read(response)
    except UnicodeError as error:  # half characters, in ways of writing them that nobody foresaw
        raise FetchError("no feed that can be read: it holds what is no character") from error


def _read(response: Response) -> Feed:
    data = response.body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not data:
        raise FetchError("the feed is empty")
    if data.startswith(b"{"):
        return _json_feed(data, response.url)
    if _ROOT.search(data[:5000]):
        return _sitemap(data, response.url)
    if _HTML.match(data[:5000]):
        raise FetchError(_no_feed(data, response.url), lasting=True)
    return _rss_or_atom(response)


def _no_feed(data: bytes, base: str) -> str:
    """Why a page of HTML is none, with the feeds that it names."""
    links = [link for link in _LINK.findall(data[:200_000]) if _FEED_TYPE.search(link)]
    named = [match[1].decode("utf-8", "replace") for link in links[:5] if (match := _HREF.search(link))]
    feeds = [listed.url for listed in _listed(((url, None) for url in named), base)]
    return "a page of HTML, no feed" + (f"; it names {', '.join(feeds)}" if feeds else "")


def _listed(found: Iterable[tuple[str, datetime | None]], base: str) -> tuple[Listed, ...]:
    """The addresses that can be fetched, each once with the latest time that is told of it."""
    pages: dict[str, datetime | None] = {}
    for address, told in found:
        if not address:
            continue
        try:
            url = tidy_url(address, base)
        except PageError:  # a feed may well name mail addresses or pictures in data
            continue
        before = pages.get(url)
        pages[url] = max(before, told) if before and told else before or told
        if len(pages) >= MOST:
            break
    return tuple(Listed(url, told) for url, told in pages.items())


def _title(text: object) -> str | None:
    words = " ".join(text.split()) if isinstance(text, str) else ""
    return words[:LONGEST_TITLE] or None


# --- RSS and Atom


def _rss_or_atom(response: Response) -> Feed:
    charset = _CHARSET.search(response.header("content-type")[:1000])
    root = _tree(response.body[:LARGEST], charset[1] if charset else None)
    title, pages = _parsed(_tamed(root))
    return Feed(title, _listed([*pages, *_links(root)], response.url))


def _parsed(data: bytes) -> tuple[str | None, list[tuple[str, datetime | None]]]:
    """Title and pages of a feed; nothing where feedparser fails on it, as on some that are broken: links remain."""
    try:
        # As a stream: a string would be taken for the name of a file, or for an address to be fetched.
        found = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    except Exception:  # noqa: BLE001 - KeyError, AttributeError and others, by its dialect
        return None, []
    entries = found.get("entries") or []
    if not entries and not found.get("version"):
        raise FetchError("XML, but no feed of a known form", lasting=True)
    title = _title((found.get("feed") or {}).get("title"))
    return title, [(str(entry.get("link") or ""), _entry_time(entry)) for entry in entries]


def _tamed(root: etree._Element) -> bytes:
    """The feed as well-formed XML without entities, of bounded depth, with the first of its entries.

    For feedparser falls back on a parser of its own where XML is broken, whose time grows with the square of the depth.
    """
    etree.strip_tags(root, etree.Entity)
    for entry in list(islice(root.iter(*_ENTRIES), FEED_ENTRIES, None)):
        if (above := entry.getparent()) is not None:
            above.remove(entry)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _links(root: etree._Element) -> Iterator[tuple[str, None]]:
    """The links of entries, wherever in them: where XML was broken, a tag that is not closed may hold some."""
    for link in root.iter("{*}link"):
        if (
            next(link.iterancestors(*_ENTRIES), None) is not None
            and next(link.iterancestors("{*}source"), None) is None
        ):
            address = link.get("href") if link.get("rel", "alternate") == "alternate" else None
            yield (link.text or "").strip() or address or "", None


def _tree(data: bytes, charset: str | None = None) -> etree._Element:
    """The root of XML, mended where it is broken; FetchError where there is none, or it is made to exhaust its reader.

    The charset that the server told goes first, then the one that the XML declares, then UTF-8.
    """
    says, data = "", _REFERENCE.sub(_kept_reference, data)
    for encoding in dict.fromkeys((charset, None, "utf-8")):
        try:
            parser = safe_parser(recover=True, charset=encoding)
            root = etree.fromstring(data, parser)
        except (LookupError, etree.XMLSyntaxError, ValueError) as error:  # a charset that nobody knows, among others
            says = " ".join(str(error).split())
            continue
        if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log):
            raise FetchError("XML that is made to exhaust its reader")
        if root is not None:
            return root
    raise FetchError("no XML that can be read" + (f" ({says[:200]})" if says else ""))


def _kept_reference(match: re.Match[bytes]) -> bytes:
    """The reference to a character, but none to half of one, which lxml cannot read back."""
    told = match[1].lower()
    number = int(told[1:], 16) if told.startswith(b"x") else int(told)
    return b"?" if 0xD800 <= number <= 0xDFFF else match[0]


def _entry_time(entry: Mapping[str, object]) -> datetime | None:
    told = [entry[name] for name in ("updated_parsed", "published_parsed") if name in entry]
    times = [_moment(value) for value in told if isinstance(value, time.struct_time)]
    return max((moment for moment in times if moment), default=None)


def _moment(value: time.struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC)
    except (ValueError, OverflowError, OSError):  # a year that is none
        return None


# --- JSON Feed


def _json_feed(data: bytes, base: str) -> Feed:
    try:
        found = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise FetchError(f"no JSON Feed that can be read ({error})") from error
    items = found.get("items")
    if not str(found.get("version", "")).startswith("https://jsonfeed.org/version/") or not isinstance(items, list):
        raise FetchError("JSON, but no JSON Feed", lasting=True)
    return Feed(_title(found.get("title")), _listed(_json_items(items), base))


def _json_items(items: list[object]) -> Iterator[tuple[str, datetime | None]]:
    for item in items:
        if isinstance(item, dict) and isinstance(url := item.get("url") or item.get("external_url"), str):
            told = [_iso(item.get(name)) for name in ("date_modified", "date_published")]
            yield url, max((moment for moment in told if moment), default=None)


def _iso(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip()) if isinstance(text, str) else None
        return moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # no time at all
        return None


# --- sitemaps


def _sitemap(data: bytes, base: str) -> Feed:
    root = _tree(data[:LARGEST])
    named = root.iterchildren("{*}url", "{*}sitemap")
    found = _listed(((_child(one, "loc"), _sitemap_time(one)) for one in named), base)
    if str(root.tag).rpartition("}")[2] == "sitemapindex":
        return Feed(parts=found)
    return Feed(_title(_child(root, "name")), found)


def _sitemap_time(element: etree._Element) -> datetime | None:
    told = [_iso(_child(element, name)) for name in ("publication_date", "lastmod")]
    return max((moment for moment in told if moment), default=None)


def _child(element: etree._Element, name: str) -> str:
    found = next(element.iter(f"{{*}}{name}"), None)
    return (found.text or "").strip() if found is not None else ""

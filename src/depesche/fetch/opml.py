"""Lists of feeds as feed readers keep them (OPML)."""

from __future__ import annotations

from lxml import etree

from depesche.errors import UsageError

LARGEST = 10_000_000


def feeds_of_opml(data: bytes, name: str) -> list[str]:
    """The addresses of the feeds in a list, in its order; UsageError where it is none."""
    try:
        root = etree.fromstring(data[:LARGEST], safe_parser())
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{name}: no OPML ({error.msg}); a list exported from a feed reader works") from error
    found = [outline.get("xmlUrl") or "" for outline in root.iter("{*}outline")] if root is not None else []
    feeds = list(dict.fromkeys(url.strip() for url in found if url.strip()))
    if not feeds:
        raise UsageError(f'{name}: no feed in it; <outline xmlUrl="https://…"/> names one')
    return feeds


def safe_parser(*, recover: bool = False, charset: str | None = None) -> etree.XMLParser:
    """A parser that fetches nothing, expands no entities, and gives up on what is made to exhaust it."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, encoding=charset
    )

"""Names and addresses that other programs follow: ids as URNs, web addresses of pages as URIs."""

from __future__ import annotations

import re
from urllib.parse import quote

from depesche.answers.selection import Card, Selection
from depesche.model.linkage import Entry

_WEB = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_KEPT = "!#$%&'()*+,/:;=?@[]~-._"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def urn(kind: str, id: str) -> str:
    """The name of an entry, mention, page or party that is the same in every export."""
    return f"urn:depesche:{kind}:{quote(id.encode('utf-8', 'replace'), safe=':-._~')}"


def lasting_id(id: str, selection: Selection) -> str:
    """The id that an entry had first in its store, for forms that know an entry again by it.

    An entry's id only sinks while pages are added (decision 2), so the greatest one that led here is the oldest.
    """
    return max((id, *selection.former_ids(id)))


def address(card: Card | None) -> str | None:
    """The web address of a page as a URI; None where none was told, or what was told is none."""
    told = card.metadata.url if card else None
    if not told or not _WEB.match(told.strip()):
        return None
    escaped = quote(told.strip().encode("utf-8", "replace"), safe=_KEPT)
    return _LONE_PERCENT.sub("%25", escaped)


def latest_address(entry: Entry, selection: Selection) -> str | None:
    """The web address of the page that told of the entry last and has one."""
    for step in reversed(entry.history):
        if found := address(selection.card(step.page)):
            return found
    return next((found for source in entry.sources if (found := address(selection.card(source.page)))), None)
